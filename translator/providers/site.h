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
/* The id of the probe that has such places, by a name that is its own: the next free one when it is new. */
u32 site_id(struct dtc *dtc, const char *name);
#define SITE_FIRST_ID 800000	/* past those of fbt */

/* operations of such a provider */
size_t site_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret);
void site_locate(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret);
u32 site_alive(struct dtc *dtc, const struct probe *p, const struct probe_local *l);
/* Ids are given as sites are asked for: an id by itself names none. */
u32 site_count(struct dtc *dtc);
bool site_by_index(struct dtc *dtc, u32 index, struct probe *ret);
const char *site_place(struct dtc *dtc, const struct probe *p);
unsigned site_nargs(struct dtc *dtc, const struct probe *p);
struct type *site_arg_type(struct dtc *dtc, const struct probe *p, unsigned n);

#endif
