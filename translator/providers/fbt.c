// SPDX-License-Identifier: GPL-2.0
/*
 * fbt:MODULE:FUNCTION:entry and fbt:MODULE:FUNCTION:return, for every function
 * of vmlinux and of modules that ftrace can hook. Functions of one name are
 * one probe; where their prototypes differ and the script asks for them, it has
 * a place for each. entry: arg0.. the arguments, args[] typed; return: arg0 is
 * -1, for which return it was is not known after it; arg1 and args[1] the value.
 *
 * A pattern, or nothing, for the module takes vmlinux and the modules that are
 * loaded where the script will run. Where that is not known (another kernel than
 * this host's) it takes vmlinux, and all modules only when vmlinux has no such
 * function. A module by name is taken whether it is loaded or not: the ids of
 * those that are not come last.
 */
#include <string.h>

#include "prototype.h"
#include "provider.h"
#include "../debuginfo/dwarf.h"
#include "../debuginfo/kernel.h"
#include "../debuginfo/index.h"

extern const struct provider provider_fbt;

static const struct { const char *name; enum dtc_group_kind kind; } rows[] = {
	{ "entry", DTC_GROUP_FBT_ENTRY }, { "return", DTC_GROUP_FBT_RETURN },
};

/* A walk over the functions that one description matches. */
struct walk {
	struct dtc *dtc;
	const struct probe_desc *d;
	probe_found_fn *found;
	void *arg;
	bool wanted[2], optional;
	u32 base;		/* id of the file's first function */
	size_t nfound;
};

static bool wants_prototypes(const struct dtc *dtc)
{
	return dtc->list ? dtc->verbose : dtc->unit && dtc->unit->asks_types;
}

static void fbt_give(struct dtc *dtc, const struct probe *p, probe_found_fn *found, void *arg)
{
	struct probe_site *sites;
	const size_t n = wants_prototypes(dtc) ? namesakes(dtc, p->part[1], p->part[2], &sites) : 0;

	if (!n)
		found(dtc, p, arg);
	for (size_t i = 0; i < n; i++) {
		struct probe one = *p;
		struct debug_place place;

		if (debug_place(sites[i].file, sites[i].addr, &place))
			continue;
		one.site = &sites[i];
		one.symbol = place.anchor;
		one.value = place.anchor_offset;
		one.is_namesake = true;
		found(dtc, &one, arg);
	}
}

static void function_found(struct walk *w, const char *module, const char *function, u32 index)
{
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
		struct probe p = {
			.id = w->base + index * 2 + i,
			.part = { "fbt", module, function, rows[i].name },
			.kind = rows[i].kind,
			.optional = w->optional,
			.provider = &provider_fbt,
		};

		if (!w->wanted[i])
			continue;
		w->nfound++;
		fbt_give(w->dtc, &p, w->found, w->arg);
	}
}

static void module_match(struct walk *w, const struct index_file *f, const struct index_mod *m)
{
	const char *module = index_name(f, m->name), *glob = w->d->part[2];

	if (*glob && !glob_is_pattern(glob)) {
		u32 i = index_func_find(f, m, glob);

		if (i != INDEX_NONE)
			function_found(w, module, index_name(f, f->funcs[i].name), i);
		return;
	}
	for (u32 i = m->first_func; i < m->first_func + m->nfuncs; i++)
		if (glob_match(glob, index_name(f, f->funcs[i].name)))
			function_found(w, module, index_name(f, f->funcs[i].name), i);
}

static void all_modules_match(struct walk *w, const struct index_file *f)
{
	for (u32 i = 0; i < f->nmods; i++)
		if (glob_match(w->d->part[1], index_name(f, f->mods[i].name)))
			module_match(w, f, &f->mods[i]);
}

/* Modules are looked at when one is named, when we know which are loaded, or as the last resort. */
static bool wants_modules(const struct walk *w, bool is_named)
{
	const char *module = w->d->part[1], *function = w->d->part[2], **loaded;
	size_t n;

	if (is_named)
		return strcmp(module, "vmlinux");
	/* a kernel may be without modules; who names one is told */
	if (!kernel_has_modules(w->dtc))
		return false;
	if (kernel_modules_loaded(w->dtc, &loaded, &n))
		return n;
	return !w->nfound && (!glob_match(module, "vmlinux") || (*function && strcmp(function, "*")));
}

static int fbt_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	struct walk w = {
		.dtc = dtc, .d = d, .found = found, .arg = arg,
		.wanted = { glob_match(d->part[3], rows[0].name), glob_match(d->part[3], rows[1].name) },
		.optional = !*d->part[2] || glob_is_pattern(d->part[2]),
	};
	bool is_named = *d->part[1] && !glob_is_pattern(d->part[1]);
	const struct index_file *f, *all;

	if (!w.wanted[0] && !w.wanted[1])
		return 0;
	f = index_vmlinux(dtc);
	if (!f)
		return -1;
	w.base = provider_base(dtc, &provider_fbt);
	if (f->nmods && glob_match(d->part[1], "vmlinux"))
		module_match(&w, f, &f->mods[0]);
	if (!wants_modules(&w, is_named))
		return 0;
	w.base += f->nfuncs * 2;
	f = index_modules(dtc);
	if (!f)
		return -1;
	all_modules_match(&w, f);
	if (!is_named || index_mod_find(f, d->part[1]))
		return 0;
	all = index_modules_all(dtc);
	if (all && all != f) {
		w.base += f->nfuncs * 2;
		all_modules_match(&w, all);
	}
	return all ? 0 : -1;
}

static void fbt_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
		nearest_try(n, rows[i].name);
}

/* A function that the kernel has, but without a hook. */
static const char *fbt_explain(struct dtc *dtc, const struct probe_desc *d)
{
	const char *name = d->part[2];

	if (!*name || glob_is_pattern(name) || !kernel_function_exists(dtc, name) || kernel_function_find(dtc, "vmlinux", name) != SIZE_MAX)
		return NULL;
	return mem_printf("the kernel has '%s' but cannot trace it: it is marked notrace, runs at boot only, or was inlined everywhere",
			  name);
}

static bool fbt_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	const char *module, *function = kernel_function(dtc, index / 2, &module);

	if (!function)
		return false;
	*ret = (struct probe){
		.id = provider_base(dtc, &provider_fbt) + index,
		.part = { "fbt", module, function, rows[index % 2].name },
		.kind = rows[index % 2].kind,
		.provider = &provider_fbt,
	};
	return true;
}

static struct type *fbt_type(struct dtc *dtc, const struct probe *p)
{
	return kernel_function_type(dtc, p->part[1], p->part[2]);
}

/* What the function gives, or NULL. */
static struct type *fbt_result(struct dtc *dtc, const struct probe *p)
{
	const struct type *t = fbt_type(dtc, p);
	const struct prototype *proto = t ? NULL : prototype_of(dtc, p);

	return t ? t->ref : proto ? proto->result : NULL;
}

static unsigned fbt_nargs(struct dtc *dtc, const struct probe *p)
{
	const struct type *t = fbt_type(dtc, p), *result;
	const struct prototype *proto;

	if (p->kind == DTC_GROUP_FBT_ENTRY) {
		proto = t ? NULL : prototype_of(dtc, p);
		return t ? t->nmembers : proto ? proto->n : 0;
	}
	result = fbt_result(dtc, p);
	return result && type_strip((struct type *)result)->kind == TYPE_VOID ? 1 : 2;
}

static struct type *fbt_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	struct type *t = fbt_type(dtc, p);

	if (n >= fbt_nargs(dtc, p))
		return NULL;
	if (p->kind == DTC_GROUP_FBT_ENTRY)
		return t ? t->members[n].type : prototype_of(dtc, p)->locals[n].type;
	t = n == 1 ? fbt_result(dtc, p) : NULL;
	return t ? t : type_named(dtc, "int64_t");
}

/* The parameters at entry; at return what is returned. */
static size_t fbt_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret)
{
	struct type *t = fbt_type(dtc, p);
	const struct prototype *proto = t ? NULL : prototype_of(dtc, p);
	struct probe_local *l;

	*ret = NULL;
	if (p->kind == DTC_GROUP_FBT_ENTRY) {
		if (t)
			return abi_parameters(t, 0, ret);
		*ret = proto ? proto->locals : NULL;
		return proto ? proto->n : 0;
	}
	t = fbt_result(dtc, p);
	if (!t || fbt_nargs(dtc, p) < 2)
		return 0;
	*ret = l = mem_alloc(sizeof(*l));
	*l = (struct probe_local){ "return", LOCAL_RESULT, t, 0, NULL, false };
	return 1;
}

static void fbt_locate(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret)
{
	if (l->kind == LOCAL_RESULT)
		abi_locate_result(l->type, ret);
	else if (l->of)
		prototype_locate(l, ret);
	else
		abi_locate(fbt_type(dtc, p), 0, 6, l->index, ret);
}

static const char *fbt_place(struct dtc *dtc, const struct probe *p)
{
	return p->site ? mem_printf("fbt:%s:%s:%s (%s:%u)", p->part[1], p->part[2], p->part[3], p->site->source, p->site->line) : NULL;
}

static u32 fbt_count(struct dtc *dtc)
{
	return kernel_nfunctions(dtc) * 2;
}

const struct provider provider_fbt = {
	.name = "fbt",
	.help = "kernel functions: entry and return",
	.match = fbt_match,
	.suggest = fbt_suggest,
	.explain = fbt_explain,
	.arg_type = fbt_arg_type,
	.nargs = fbt_nargs,
	.locals = fbt_locals,
	.locate = fbt_locate,
	.place = fbt_place,
	.missing = prototype_missing,
	.count = fbt_count,
	.by_index = fbt_by_index,
	.give = fbt_give,
};
