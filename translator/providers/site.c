// SPDX-License-Identifier: GPL-2.0
/*
 * A place in the kernel's code as a site of a probe: how the kernel finds it,
 * whether a probe may stand there, which variables are in scope.
 */
#include <stdlib.h>
#include <string.h>

#include "site.h"
#include "../sema/types.h"

u32 site_demand_id(struct dtc *dtc, const char *name)
{
	struct names **ids = &dtc->probes->site_ids;
	uintptr_t id;

	if (!*ids)
		*ids = mem_alloc(sizeof(**ids));
	id = (uintptr_t)names_get(*ids, name);
	if (!id) {
		id = SITE_DEMAND_ID + (*ids)->count;
		names_put(*ids, name, (void *)id);
	}
	return id;
}

struct debug_file *site_file(struct dtc *dtc, const struct probe_desc *d, const char *module)
{
	const char *why = NULL, *hint = NULL;
	struct debug_file *f = debug_file_get(dtc, module, &why, &hint);

	if (!f)
		diag_error(dtc, &d->loc, "D_PDESC_ZERO", hint, "%s needs the debug information of %s: %s", probe_desc_name(d), module,
			   why ? why : "it was not found");
	return f;
}

/* The site at a place, and with it the probe's function, symbol and value. */
static void site_make(struct probe *p, const struct probe_site *like, const struct site_place *at)
{
	struct probe_site *site = mem_alloc(sizeof(*site));
	struct debug_place place;

	*site = *like;
	site->addr = at->addr;
	site->inline_die = at->inline_die;
	if (debug_place(site->file, at->addr, &place))
		place = (struct debug_place){ .function = "", .forbidden = "it is in no function" };
	if (!p->part[2])
		p->part[2] = place.function;
	p->symbol = place.anchor;
	p->value = place.anchor_offset;
	p->skip = place.forbidden;
	site->text = mem_printf("%s:%u, %s+0x%llx", site->source, site->line, place.function, (unsigned long long)place.function_offset);
	p->site = site;
}

static int place_compare(const void *a, const void *b)
{
	const struct site_place *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

int sites_found(struct dtc *dtc, const struct probe_desc *d, const struct probe *like, const struct probe_site *site,
		struct site_place *places, u32 n, probe_found_fn *found, void *arg)
{
	struct probe *probes = mem_alloc((n + 1) * sizeof(*probes));
	u32 count = 0, good = 0;

	qsort(places, n, sizeof(*places), place_compare);
	for (u32 i = 0; i < n; i++) {
		if (i && places[i].owner && places[i].owner == places[i - 1].owner)
			continue;
		probes[count] = *like;
		site_make(&probes[count], site, &places[i]);
		good += !probes[count++].skip;
	}
	if (count && !good && !like->optional) {
		diag_error(dtc, &d->loc, "D_PDESC_ZERO", count > 1 ? mem_printf("so it is at all of its %u places", count) : NULL, "no probe may stand at %s: %s",
			   probes[0].site->text, probes[0].skip);
		return -1;
	}
	for (u32 i = 0; i < count; i++) {
		probes[i].optional |= probes[i].skip != NULL;
		found(dtc, &probes[i], arg);
	}
	return 0;
}

/* --- variables --- */

/* Parameters of the function that the place belongs to first, in their order; all else is local. */
static void locals_sort(struct probe_site *site, const struct debug_var *vars, size_t n, u64 low)
{
	struct probe_local *l = mem_alloc((n + 1) * sizeof(*l));
	unsigned nparams = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			bool is_param = vars[i].kind == DEBUG_PARAMETER && vars[i].scope_low == low;

			if (is_param != !pass)
				continue;
			l[site->nlocals++] = (struct probe_local){ vars[i].name, is_param ? LOCAL_PARAMETER : LOCAL_VARIABLE, vars[i].type,
								   is_param ? nparams++ : 0, &vars[i], vars[i].scope_low != low };
		}
	site->locals = l;
}

size_t site_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret)
{
	struct probe_site *site = p->site;
	struct debug_var *vars = NULL;
	struct debug_func owner;
	size_t n = 0;
	u64 low;

	if (!site->locals) {
		low = site->addr;
		if (site->inline_die) {
			debug_vars(dtc, site->file, site->addr, site->inline_die, &vars, &n);
		} else {
			debug_vars_line(dtc, site->file, site->addr, site->source, site->line, &vars, &n);
			if (!debug_owner(site->file, site->addr, site->source, site->line, &owner))
				low = owner.low;
		}
		locals_sort(site, vars, n, low);
	}
	*ret = site->locals;
	return site->nlocals;
}

void site_locate(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret)
{
	memset(ret, 0, sizeof(*ret));
	debug_locate(p->site->file, l->of, p->site->addr, ret);
}

u32 site_alive(struct dtc *dtc, const struct probe *p, const struct probe_local *l)
{
	return debug_nearest_alive(p->site->file, l->of, p->site->addr);
}

const char *site_place(struct dtc *dtc, const struct probe *p)
{
	return p->site->text;
}

unsigned site_nargs(struct dtc *dtc, const struct probe *p)
{
	const struct probe_local *l;
	size_t n = site_locals(dtc, p, &l), params = 0;

	while (params < n && l[params].kind == LOCAL_PARAMETER)
		params++;
	return params;
}

struct type *site_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	return n < site_nargs(dtc, p) ? p->site->locals[n].type : NULL;
}

u32 site_count(struct dtc *dtc)
{
	return 0;
}

bool site_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	return false;
}
