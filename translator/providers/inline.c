// SPDX-License-Identifier: GPL-2.0
/*
 * fbt:MODULE:FUNCTION:inline, the entries of a function's inlined copies: a site
 * for each, whose probefunc is the inlined function. args[] and $name are its
 * parameters and variables. Only descriptions with this very name mean it.
 */
#include <string.h>

#include "site.h"
#include "../debuginfo/index.h"

extern const struct provider provider_inline;

struct walk {
	struct dtc *dtc;
	const struct probe_desc *d;
	probe_found_fn *found;
	void *arg;
	struct debug_file *file;
	const char *name;	/* of the function whose copies are gathered */
	struct site_place *places; size_t nplaces, cap;
	u32 source, line, row;
	int err;
};

static void copies_found(struct walk *w)
{
	const char *source = w->nplaces ? debug_file_name(w->file, w->source) : NULL;
	struct probe_site site = { .file = w->file, .source = source ? source : "?", .line = w->line };
	struct probe p = { .part = { "fbt", w->file->module, w->name, "inline" }, .kind = DTC_GROUP_KPROBE, .provider = &provider_inline };

	if (!w->nplaces || w->err)
		return;
	p.id = site_id(w->dtc, w->file, SITE_INLINE, w->row);
	if (!p.id)
		p.id = site_demand_id(w->dtc, mem_printf("%s:%s:inline", w->file->module, w->name));
	p.optional = !*w->d->part[2] || glob_is_pattern(w->d->part[2]);
	w->err = sites_found(w->dtc, w->d, &p, &site, w->places, w->nplaces, w->found, w->arg);
}

/* The copies come by name, then address. */
static void copy_found(const struct debug_func *fn, void *arg)
{
	struct walk *w = arg;

	if (!w->name || strcmp(w->name, fn->name)) {
		copies_found(w);
		w->name = fn->name;
		w->nplaces = 0;
		w->places = NULL;
		w->cap = 0;
		w->source = fn->file;
		w->line = fn->line;
		w->row = fn->row;
	}
	w->places = mem_grow(w->places, &w->cap, w->nplaces + 1, sizeof(*w->places));
	w->places[w->nplaces++] = (struct site_place){ fn->low, fn->die, fn->die };
}

static void module_match(struct walk *w, const char *module)
{
	w->file = site_file(w->dtc, w->d, module);
	if (!w->file) {
		w->err = -1;
		return;
	}
	w->name = NULL;
	w->nplaces = 0;
	debug_inlines(w->file, *w->d->part[2] ? w->d->part[2] : NULL, copy_found, w);
	copies_found(w);
}

static int inline_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	struct walk w = { .dtc = dtc, .d = d, .found = found, .arg = arg };
	const char *module = *d->part[1] ? d->part[1] : "vmlinux", *why, *hint;
	const struct index_file *f;

	if (strcmp(d->part[3], "inline"))
		return 0;
	if (!glob_is_pattern(module)) {
		module_match(&w, module);
		return w.err;
	}
	if (glob_match(module, "vmlinux"))
		module_match(&w, "vmlinux");
	f = kernel_has_modules(dtc) ? index_modules(dtc) : NULL;
	for (u32 i = 0; f && !w.err && i < f->nmods; i++) {
		const char *name = index_name(f, f->mods[i].name);

		/* of a pattern, those whose debug information is there */
		if (glob_match(module, name) && strcmp(name, "vmlinux") && index_mod_has_debug(dtc, f, &f->mods[i]) && debug_file_get(dtc, name, &why, &hint))
			module_match(&w, name);
	}
	return w.err;
}

static void try_copy(const struct debug_func *fn, void *arg)
{
	nearest_try(arg, fn->name);
}

static void count_copy(const struct debug_func *fn, void *arg)
{
	++*(u32 *)arg;
}

/* What to do about a function without an entry of its own, or without copies. */
static const char *inline_explain(struct dtc *dtc, const struct probe_desc *d)
{
	const char *module = *d->part[1] ? d->part[1] : "vmlinux", *function = d->part[2], *why, *hint;
	struct debug_file *f;
	struct nearest near;
	u32 copies = 0, bodies = 0;

	if (!*function || glob_is_pattern(function) || glob_is_pattern(module) || !*d->part[0] || glob_is_pattern(d->part[0]))
		return NULL;
	if (strcmp(d->part[3], "inline") && strcmp(d->part[3], "entry") && strcmp(d->part[3], "return"))
		return NULL;
	f = debug_file_get(dtc, module, &why, &hint);
	if (!f)
		return NULL;
	debug_inlines(f, function, count_copy, &copies);
	debug_functions(f, function, count_copy, &bodies);
	if (strcmp(d->part[3], "inline"))
		return copies && !bodies ? mem_printf("'%s' exists only inlined, at %u place%s: fbt:%s:%s:inline probes %s", function, copies, copies == 1 ? "" : "s",
						      d->part[1], function, copies == 1 ? "it" : "them") : NULL;
	if (bodies)
		return mem_printf("'%s' is not inlined anywhere: its name is entry", function);
	nearest_init(&near, function);
	debug_inlines(f, NULL, try_copy, &near);
	return nearest_hint(&near);
}

static void inline_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	if (*d->part[0] && !glob_is_pattern(d->part[0]))
		nearest_try(n, "inline");
}

static bool inline_by_id(struct dtc *dtc, u32 id, struct probe_desc *ret)
{
	u32 row;
	struct debug_file *f = site_of_id(dtc, SITE_INLINE, id, &row);
	const char *name = f ? debug_inline_at(f, row) : NULL;

	ret->part[0] = "fbt";
	ret->part[1] = f ? f->module : "";
	ret->part[2] = name;
	ret->part[3] = "inline";
	return name;
}

const struct provider provider_inline = {
	.name = "fbt",
	.help = "inlined copies of kernel functions",
	.match = inline_match,
	.suggest = inline_suggest,
	.explain = inline_explain,
	.arg_type = site_arg_type,
	.nargs = site_nargs,
	.locals = site_locals,
	.locate = site_locate,
	.place = site_place,
	.alive = site_alive,
	.count = site_count,
	.by_index = site_by_index,
	.by_id = inline_by_id,
};
