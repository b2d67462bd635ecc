/* SPDX-License-Identifier: GPL-2.0 */
/* What line.c and inline.c share: a place in the kernel's code as a site of a probe. */
#ifndef DTC_SITE_H
#define DTC_SITE_H

#include "provider.h"
#include "../debuginfo/dwarf.h"

/* The debug file of a module, or NULL with an error reported at d. */
struct debug_file *site_file(struct dtc *dtc, const struct probe_desc *d, const char *module);
struct site_place { u64 addr, owner, inline_die; };	/* owner: the function or copy whose code it is; 0: not known */
/*
 * Gives a probe's places to `found`, of each owner the lowest: `like` and `site` say what they have in common. Where no
 * probe may stand, the probe is marked as skipped; -1 with an error reported at d when that holds for all and the probe
 * was named.
 */
int sites_found(struct dtc *dtc, const struct probe_desc *d, const struct probe *like, const struct probe_site *site,
		struct site_place *places, u32 n, probe_found_fn *found, void *arg);
/*
 * Ids of such probes: their places in the file's index, in a range for each file, past the ids of fbt. So they are the same in
 * each run on one kernel. A file that is too large for its range has probes whose ids are given as they are asked for.
 */
enum site_kind { SITE_LINE, SITE_INLINE };
u32 site_id(struct dtc *dtc, const struct debug_file *f, enum site_kind kind, u32 row);	/* 0: past the range */
u32 site_demand_id(struct dtc *dtc, const char *name);	/* by a name that is its own */
#define SITE_DEMAND_ID 4200000000u	/* the first of those */
/* The other way: a file, or NULL, and the place in its index, which need not be there. */
struct debug_file *site_of_id(struct dtc *dtc, enum site_kind kind, u32 id, u32 *row);

/* operations of such a provider */
size_t site_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret);
void site_locate(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret);
u32 site_alive(struct dtc *dtc, const struct probe *p, const struct probe_local *l);
/* They are in no list of all probes, and have no place among the others. */
u32 site_count(struct dtc *dtc);
bool site_by_index(struct dtc *dtc, u32 index, struct probe *ret);
const char *site_place(struct dtc *dtc, const struct probe *p);
unsigned site_nargs(struct dtc *dtc, const struct probe *p);
struct type *site_arg_type(struct dtc *dtc, const struct probe *p, unsigned n);

#endif
