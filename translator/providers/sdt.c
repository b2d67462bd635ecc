// SPDX-License-Identifier: GPL-2.0
/*
 * sdt:GROUP::NAME, every tracepoint of the kernel and of its modules: GROUP is
 * the one under which tracefs lists its event (sched, block ...), or the module's
 * name for a tracepoint without an event. args[] are the tracepoint's own
 * arguments, typed; argN the same as integers.
 *
 * Of modules those count that are loaded where the script will run. Where that
 * is not known, all, unless vmlinux alone has what was asked for.
 */
#include <string.h>

#include "tracepoint.h"
#include "../debuginfo/index.h"

#define ROOM 10000		/* ids kept for it, so that fbt's do not depend on the modules */

extern const struct provider provider_sdt;

struct walk {
	struct dtc *dtc;
	const struct probe_desc *d;
	const struct provider *provider;
	probe_found_fn *found;
	void *arg;
	u32 base;		/* id of the file's first tracepoint */
	size_t nfound;
};

static void probe_make(const struct provider *v, const struct index_file *f, u32 i, const char *module, u32 base, struct probe *ret)
{
	const char *group = index_name(f, f->tps[i].group), *name = index_name(f, f->tps[i].name);

	*ret = (struct probe){
		.id = base + i,
		.part = { v->name, *group ? group : module, "", name },
		.symbol = name,
		.kind = DTC_GROUP_TRACEPOINT,
		.provider = v,
	};
}

static void module_match(struct walk *w, const struct index_file *f, const struct index_mod *m)
{
	for (u32 i = m->first_tp; i < m->first_tp + m->ntps; i++) {
		struct probe p;

		if (!glob_match(w->d->part[3], index_name(f, f->tps[i].name)))
			continue;
		probe_make(w->provider, f, i, index_name(f, m->name), w->base, &p);
		if (!glob_match(w->d->part[1], p.part[1]))
			continue;
		p.optional = !*w->d->part[3] || glob_is_pattern(w->d->part[3]);
		w->nfound++;
		w->found(w->dtc, &p, w->arg);
	}
}

static int modules_match(struct walk *w)
{
	const struct index_file *f;
	const char **loaded;
	size_t n;

	if (!kernel_has_modules(w->dtc) || (kernel_modules_loaded(w->dtc, &loaded, &n) ? !n : w->nfound))
		return 0;
	f = index_modules(w->dtc);
	for (u32 i = 0; f && i < f->nmods; i++)
		module_match(w, f, &f->mods[i]);
	return f ? 0 : -1;
}

/* A name that only another provider has, as in BEGIN or tick-1s, opens no kernel. */
static bool is_tracepoint_name(const struct probe_desc *d)
{
	const char *name = d->part[3];

	if (*d->part[0] && !glob_is_pattern(d->part[0]))
		return true;
	return strcmp(name, "entry") && strcmp(name, "return") && strcmp(name, "BEGIN") && strcmp(name, "END") &&
	       strcmp(name, "ERROR") && (glob_is_pattern(name) || !strchr(name, '-'));
}

int tracepoint_match(struct dtc *dtc, const struct probe_desc *d, const struct provider *v, probe_found_fn *found, void *arg)
{
	struct walk w = { .dtc = dtc, .d = d, .provider = v, .found = found, .arg = arg };
	const struct index_file *f;

	if (!glob_match(d->part[2], "") || !is_tracepoint_name(d))
		return 0;
	/* where nobody named the provider and there is no image, the name is simply not known */
	if (!*d->part[0] && !index_has_vmlinux(dtc))
		return 0;
	f = index_vmlinux(dtc);
	if (!f)
		return -1;
	w.base = provider_base(dtc, v);
	if (f->nmods)
		module_match(&w, f, &f->mods[0]);
	w.base += f->ntps;
	return modules_match(&w);
}

void tracepoint_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	const struct index_file *f = *d->part[0] && index_has_vmlinux(dtc) ? index_vmlinux(dtc) : NULL;

	for (u32 i = 0; f && i < f->ntps; i++)
		nearest_try(n, index_name(f, f->tps[i].name));
}

bool tracepoint_by_index(struct dtc *dtc, const struct provider *v, u32 index, struct probe *ret)
{
	u32 base = provider_base(dtc, v);
	const struct index_file *f;

	if (index >= ROOM || !index_has_vmlinux(dtc))
		return false;
	f = index_vmlinux(dtc);
	if (f && index >= f->ntps) {
		index -= f->ntps;
		base += f->ntps;
		f = kernel_has_modules(dtc) ? index_modules(dtc) : NULL;
	}
	if (!f || index >= f->ntps)
		return false;
	probe_make(v, f, index, index_name(f, index_tp_module(f, index)->name), base, ret);
	return true;
}

/* The prototype: members[0] is the handler's own pointer. */
static struct type *tracepoint_type(struct dtc *dtc, const struct probe *p)
{
	return kernel_tracepoint_type(dtc, p->id - provider_base(dtc, p->provider));
}

unsigned tracepoint_nargs(struct dtc *dtc, const struct probe *p)
{
	struct type *t = tracepoint_type(dtc, p);

	return t && t->nmembers ? t->nmembers - 1 : 0;
}

static struct type *sdt_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	struct type *t = tracepoint_type(dtc, p);

	return t && n + 1 < t->nmembers ? t->members[n + 1].type : NULL;
}

static size_t sdt_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret)
{
	return abi_parameters(tracepoint_type(dtc, p), 1, ret);
}

static void sdt_locate(struct dtc *dtc, const struct probe *p, const struct probe_local *l, struct var_loc *ret)
{
	abi_locate(tracepoint_type(dtc, p), 1, 5, l->index, ret);
}

u32 tracepoint_count(struct dtc *dtc)
{
	return ROOM;
}

static int sdt_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	return tracepoint_match(dtc, d, &provider_sdt, found, arg);
}

static bool sdt_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	return tracepoint_by_index(dtc, &provider_sdt, index, ret);
}

const struct provider provider_sdt = {
	.name = "sdt",
	.help = "the kernel's tracepoints",
	.match = sdt_match,
	.suggest = tracepoint_suggest,
	.arg_type = sdt_arg_type,
	.nargs = tracepoint_nargs,
	.locals = sdt_locals,
	.locate = sdt_locate,
	.count = tracepoint_count,
	.by_index = sdt_by_index,
};
