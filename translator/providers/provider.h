/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Probes and who provides them. A provider is a struct of operations in a file
 * of its own; resolve.c asks each whose name matches a description.
 *
 * A probe's id is its place in the list of all probes of that kernel, as
 * `dtc -l` shows it, provider after provider in the order of providers[]:
 * dtrace (1..3), profile (the listed rates, then room for those made on
 * demand, in the order asked for), syscall, sdt, rawtp and fbt, each of vmlinux, then
 * of modules by name. Ids need no more of a kernel than their provider does.
 */
#ifndef DTC_PROVIDER_H
#define DTC_PROVIDER_H

#include "../dtc.h"
#include "../syntax/tree.h"
#include <dtc/meta.h>

struct var_loc;

/*
 * One of the places of a probe: the probe's part[2] is the function whose code it is, `symbol` + `value` what the kernel finds it by.
 * Of an fbt probe: one of the functions that have its name, where they differ.
 */
struct probe_site {
	struct debug_file *file;
	u64 addr;
	u64 inline_die;			/* the inlined copy whose entry it is, or 0 */
	const char *source;		/* "fs/read_write.c"; of the declaration for an inlined copy */
	u32 line;
	const char *text;		/* for messages: "fs/read_write.c:452, vfs_read+0x1c" */
	const struct probe_local *locals; size_t nlocals;	/* once asked for */
};

struct probe {
	u32 id;
	const char *part[4];		/* provider, module, function, name */
	const char *symbol;		/* where it is not the function */
	enum dtc_group_kind kind;
	u64 value;			/* by kind: see meta.h */
	bool optional;			/* matched only by globs */
	struct probe_site *site;	/* a place in code: a probe has a row for each; else NULL */
	bool is_namesake;		/* one of several functions of a name, of which the kernel may be unable to hook some */
	const char *skip;		/* NULL, or why it is not attached, only counted */
	u32 nlacking;			/* of `clauses`, those that skip it: a variable is missing */
	const struct provider *provider;
	struct probe_desc *desc;	/* the first that matched */
	/* resolved */
	u32 row;			/* in the probe table: probes are sorted by group */
	u32 group;
	u32 *clauses; size_t nclauses;	/* indices of the clauses, in order */
};

/* The enabled probes and their groups: probes with the same kind and the same list of clauses. */
struct probe_group {
	enum dtc_group_kind kind;
	u32 first, count;		/* rows */
	const u32 *clauses; size_t nclauses;
	const u32 *entry_clauses; size_t nentry_clauses;	/* FBT_PAIR: clauses of the entry probes, whose rows follow: first + count + i */
};
struct probe_set {
	struct probe **probes; size_t nprobes;	/* by row */
	struct probe_group *groups; size_t ngroups;
	u64 nmatched;			/* as the banner counts them: by description, duplicates included */
	struct names *site_ids;		/* of probes with places, by name: site.c */
	struct names *prototypes;	/* prototype.c */
	const char *const *demanded; size_t ndemanded;	/* names of profile and tick probes made on demand, by id */
};
/* The probes of a clause */
struct probe_list { struct probe **probes; size_t count; };

/* A variable at a probe: $name. */
enum probe_local_kind { LOCAL_PARAMETER, LOCAL_VARIABLE, LOCAL_RESULT };
struct probe_local {
	const char *name;
	enum probe_local_kind kind;
	struct type *type;
	unsigned index;			/* of a parameter */
	const void *of;			/* the provider's own */
	bool is_outer;			/* of the function that this one is inlined into */
};

typedef void probe_found_fn(struct dtc *dtc, const struct probe *p, void *arg);

struct provider {
	const char *name;
	const char *help;
	/*
	 * Calls `found` for each probe that matches the four globs. With a description that names
	 * something which must exist but can't (a tick without a number), reports an error with its tag
	 * and returns -1.
	 */
	int (*match)(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg);
	/* Offers near names for a description that matched nothing. */
	void (*suggest)(struct dtc *dtc, const struct probe_desc *d, struct nearest *n);
	/* Or says why: NULL, or a hint. May be NULL itself. */
	const char *(*explain)(struct dtc *dtc, const struct probe_desc *d);
	/* The type of args[n] / the meaning of argN, or NULL: sema asks. */
	struct type *(*arg_type)(struct dtc *dtc, const struct probe *p, unsigned n);
	unsigned (*nargs)(struct dtc *dtc, const struct probe *p);
	/* The variables at a probe, parameters first and in order, of one name the innermost first. May be NULL itself. */
	size_t (*locals)(struct dtc *dtc, const struct probe *p, const struct probe_local **ret);
	/* Where one of them is. */
	void (*locate)(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret);
	/* How messages name a place ("fs/read_write.c:452"); such probes are skipped where a pattern matched them and a variable is missing. May be NULL. */
	const char *(*place)(struct dtc *dtc, const struct probe *p);
	/* The line nearest to the probe where a variable is alive; 0: none. May be NULL. */
	u32 (*alive)(struct dtc *dtc, const struct probe *p, const struct probe_local *l);
	/* Where what its arguments are is not known: what is missing, or NULL. May be NULL. */
	const char *(*missing)(struct dtc *dtc, const struct probe *p);
	/* How many ids it takes. Providers that follow ask, so it must not need what a script may not have. */
	u32 (*count)(struct dtc *dtc);
	/* The probe whose place in the provider's list is `index` (id less the provider's first). False: a hole. */
	bool (*by_index)(struct dtc *dtc, u32 index, struct probe *ret);
	/* Hands on a probe of the list as the places that it has, where these must be told apart. NULL: as it is. */
	void (*give)(struct dtc *dtc, const struct probe *p, probe_found_fn *found, void *arg);
	/* Of probes that are in no list and may have many places: the description that an id stands for, its parts alone. May be NULL. */
	bool (*by_id)(struct dtc *dtc, u32 id, struct probe_desc *ret);
};
u32 provider_base(struct dtc *dtc, const struct provider *p);	/* id of its first probe */
#define PROBE_NO_ID 1
/* What the description's id stands for, with all its places. 0; PROBE_NO_ID: nothing; or -1. */
int provider_match_id(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg);
extern const struct provider *const providers[];	/* in the order of their ids, ended by NULL */

/* abi.c: where a function finds its parameters, from its prototype; `regs` of them come in registers. Those from `first` on. */
size_t abi_parameters(struct type *function, unsigned first, const struct probe_local **ret);
void abi_locate(struct type *function, unsigned first, unsigned regs, unsigned index, struct var_loc *ret);
void abi_locate_result(struct type *result, struct var_loc *ret);

bool glob_match(const char *glob, const char *s);	/* * ? [...] with ! or ^, \ escapes; "" matches all */
bool glob_is_pattern(const char *s);

/* The four parts joined by colons. */
const char *probe_desc_name(const struct probe_desc *d);
/*
 * Fills d->part from d->text: macros expanded, right-aligned by what kind of input it stands in (-P provider,
 * -m module, -f function, -n and scripts name). -1 with an error reported.
 */
int probe_desc_expand(struct dtc *dtc, struct probe_desc *d, enum input_kind kind);

/* dtc -l */
int probes_list(struct dtc *dtc, FILE *out);
/* -e -v: each description of an input, with the attributes and arguments of its first probe. */
void probes_explain(struct dtc *dtc, const struct input *in, FILE *out);

#endif
