// SPDX-License-Identifier: GPL-2.0
/*
 * The pass from descriptions to probes. It expects the clauses as parsed and
 * leaves: the probe table, sorted by group; for each probe the clauses that it
 * fires, in the order of the script; the groups, each attached as one. A
 * clause whose list names a probe twice fires twice, as in DTrace.
 *
 * Probes with equal lists of clauses share the list, so that 40,000 functions in
 * one clause cost a look-up each.
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "provider.h"
#include <dtc/limits.h>
#include "../syntax/parse.h"

/* A list of clauses: an earlier one and a clause more. List 0 is empty. */
struct clause_list {
	u32 before, clause, length;
	u32 *clauses;		/* made when it is asked for */
};

struct entry { struct probe *probe; u32 list; };

struct resolver {
	struct dtc *dtc;
	struct probe_set *set;
	struct clause *clause;
	struct probe_desc *desc;
	u32 last_id;				/* of the probe that the description matched last */
	struct entry *entries; size_t nentries, entries_cap;
	u32 *by_id; size_t by_id_size;		/* open addressing: place in entries, plus 1 */
	struct clause_list *lists; size_t nlists, lists_cap;
	u32 *by_clause; size_t by_clause_size;	/* (list, clause) -> list */
	size_t clause_cap;
};

static size_t hash_u64(u64 v)
{
	return (v * 0x9e3779b97f4a7c15ull) >> 20;
}

/* --- lists of clauses --- */

static u32 *list_slot(struct resolver *r, u32 before, u32 clause)
{
	size_t mask = r->by_clause_size - 1, i = hash_u64((u64)before << 32 | clause) & mask;

	for (; r->by_clause[i]; i = (i + 1) & mask) {
		const struct clause_list *l = &r->lists[r->by_clause[i]];

		if (l->before == before && l->clause == clause)
			break;
	}
	return &r->by_clause[i];
}

static void lists_grow(struct resolver *r)
{
	r->by_clause_size = r->by_clause_size ? r->by_clause_size * 2 : 256;
	r->by_clause = mem_alloc(r->by_clause_size * sizeof(*r->by_clause));
	for (size_t i = 1; i < r->nlists; i++)
		*list_slot(r, r->lists[i].before, r->lists[i].clause) = i;
}

static u32 list_add(struct resolver *r, u32 before, u32 clause)
{
	u32 *slot;

	if (r->nlists * 2 >= r->by_clause_size)
		lists_grow(r);
	slot = list_slot(r, before, clause);
	if (*slot)
		return *slot;
	r->lists = mem_grow(r->lists, &r->lists_cap, r->nlists, sizeof(*r->lists));
	r->lists[r->nlists] = (struct clause_list){ before, clause, r->lists[before].length + 1, NULL };
	return *slot = r->nlists++;
}

static u32 *list_clauses(struct resolver *r, u32 list)
{
	struct clause_list *l = &r->lists[list];

	if (!l->clauses) {
		l->clauses = mem_alloc((l->length + 1) * sizeof(u32));
		for (u32 i = list; i; i = r->lists[i].before)
			l->clauses[r->lists[i].length - 1] = r->lists[i].clause;
	}
	return l->clauses;
}

/* --- probes by id --- */

/* Two places of a probe have one id; places of two modules may. */
static bool same_probe(const struct probe *a, u32 id, const struct probe_site *site)
{
	if (a->id != id || !a->site != !site)
		return false;
	return !site || (a->site->file == site->file && a->site->addr == site->addr);
}

static u32 *id_slot(struct resolver *r, u32 id, const struct probe_site *site)
{
	size_t mask = r->by_id_size - 1, i = hash_u64(site ? id ^ site->addr << 32 : id) & mask;

	while (r->by_id[i] && !same_probe(r->entries[r->by_id[i] - 1].probe, id, site))
		i = (i + 1) & mask;
	return &r->by_id[i];
}

static void ids_grow(struct resolver *r)
{
	r->by_id_size = r->by_id_size ? r->by_id_size * 2 : 1024;
	r->by_id = mem_alloc(r->by_id_size * sizeof(*r->by_id));
	for (size_t i = 0; i < r->nentries; i++)
		*id_slot(r, r->entries[i].probe->id, r->entries[i].probe->site) = i + 1;
}

static void clause_add_probe(struct resolver *r, struct probe *p)
{
	struct probe_list *l = r->clause->probes;

	l->probes = mem_grow(l->probes, &r->clause_cap, l->count, sizeof(*l->probes));
	l->probes[l->count++] = p;
}

static void probe_found(struct dtc *dtc, const struct probe *p, void *arg)
{
	struct resolver *r = arg;
	struct entry *e;
	u32 *slot;

	/* the places of a probe come one after the other */
	if (!r->desc->nmatched || !p->site || r->last_id != p->id)
		r->desc->nmatched++;
	r->last_id = p->id;
	if (r->nentries * 2 >= r->by_id_size)
		ids_grow(r);
	slot = id_slot(r, p->id, p->site);
	if (!*slot) {
		struct probe *copy = mem_alloc(sizeof(*copy));

		*copy = *p;
		copy->desc = r->desc;
		r->entries = mem_grow(r->entries, &r->entries_cap, r->nentries, sizeof(*r->entries));
		r->entries[r->nentries++] = (struct entry){ copy, 0 };
		*slot = r->nentries;
	}
	e = &r->entries[*slot - 1];
	if (e->probe->optional && !p->optional) {
		e->probe->optional = false;
		e->probe->desc = r->desc;
	}
	if (!e->list || r->lists[e->list].clause != r->clause->index)
		clause_add_probe(r, e->probe);
	e->list = list_add(r, e->list, r->clause->index);
}

/* --- descriptions --- */

#define MATCHES_MAX 50000000	/* of all descriptions */
#define HINTS_MAX 100	/* each looks at all names of a kernel; more errors than that are not read */

struct try_names { struct nearest *near; unsigned part; size_t count; };

static void try_probe(struct dtc *dtc, const struct probe *p, void *arg)
{
	struct try_names *t = arg;

	t->count++;
	nearest_try(t->near, p->part[t->part]);
}

static const char *known_providers(void)
{
	const char *list = "";

	for (const struct provider *const *p = providers; *p; p++)
		if (!strstr(list, (*p)->name))
			list = mem_printf("%s%s%s", list, *list ? ", " : "", (*p)->name);
	return mem_printf("providers are %s", list);
}

/* Providers of other systems, by how their names begin, and what there is here. */
static const struct { const char *name, *instead; } foreign_providers[] = {
	{ "io", "requests to disks are sdt:block::" },
	{ "proc", "processes are sdt:sched::sched_process_*, signals sdt:signal::" },
	{ "sched", "scheduling is sdt:sched::" },
	{ "ip", "packets are sdt:net:: and fbt::ip_*:" },
	{ "tcp", "TCP is sdt:tcp::, sdt:sock:: and fbt::tcp_*:" },
	{ "udp", "UDP is sdt:udp:: and fbt::udp_*:" },
	{ "vminfo", "memory is sdt:exceptions::, sdt:kmem:: and sdt:vmscan::" },
	{ "fsinfo", "file systems are fbt::vfs_*:" },
	{ "lockstat", "locks are sdt:lock::contention_*" },
	{ "pid", "functions of programs are not traced" },
	{ "kprobe", "functions of the kernel are fbt::NAME:entry" },
	{ "kretprobe", "returns of functions of the kernel are fbt::NAME:return" },
	{ "fentry", "functions of the kernel are fbt::NAME:entry" },
	{ "fexit", "returns of functions of the kernel are fbt::NAME:return" },
	{ "tracepoint", "tracepoints are sdt:GROUP::NAME" },
	{ "interval", "timers are profile:::tick-N" },
};

static const char *foreign_provider(const char *name)
{
	size_t len = strcspn(name, "0123456789$");

	for (size_t i = 0; i < ARRAY_SIZE(foreign_providers); i++)
		if (strlen(foreign_providers[i].name) == len && !strncmp(foreign_providers[i].name, name, len))
			return foreign_providers[i].instead;
	return NULL;
}

static bool provider_hint(const struct probe_desc *d, const char **hint)
{
	struct nearest n;

	nearest_init(&n, d->part[0]);
	for (const struct provider *const *p = providers; *p; p++) {
		if (glob_match(d->part[0], (*p)->name))
			return false;
		nearest_try(&n, (*p)->name);
	}
	if (foreign_provider(d->part[0]))
		*hint = mem_printf("there is no provider '%s': %s", d->part[0], foreign_provider(d->part[0]));
	else
		*hint = n.best ? mem_printf("there is no provider '%s': %s", d->part[0], nearest_hint(&n)) :
			 mem_printf("there is no provider '%s': %s", d->part[0], known_providers());
	return true;
}

/* dtrace::BEGIN: parts are counted from the right, and this one has too few. */
static bool misplaced_provider(const struct probe_desc *d, const char **hint)
{
	static const char *const names[] = { "provider", "module", "function", "name" };
	size_t i = 0;

	while (i < 3 && !*d->part[i])
		i++;
	for (const struct provider *const *p = providers; *p && i; p++)
		if (!strcmp((*p)->name, d->part[i])) {
			*hint = mem_printf("'%s' stands for the %s here: the form is provider:module:function:name", d->part[i], names[i]);
			return true;
		}
	return false;
}

/*
 * Which part is to blame: the name, when no provider has such a one; else the
 * first part whose removal makes the description match.
 */
static const char *zero_hint(struct dtc *dtc, const struct probe_desc *d)
{
	static const unsigned order[] = { 2, 1, 3 };
	const char *hint;
	struct nearest n;

	if (provider_hint(d, &hint) || misplaced_provider(d, &hint))
		return hint;
	for (const struct provider *const *p = providers; *p; p++)
		if (glob_match(d->part[0], (*p)->name) && (*p)->explain && (hint = (*p)->explain(dtc, d)))
			return hint;
	nearest_init(&n, d->part[3]);
	for (const struct provider *const *p = providers; *p; p++)
		if (glob_match(d->part[0], (*p)->name))
			(*p)->suggest(dtc, d, &n);
	if (n.best && n.distance)
		return nearest_hint(&n);
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		struct probe_desc relaxed = *d;
		struct try_names t = { &n, order[i], 0 };

		if (!*d->part[order[i]])
			continue;
		relaxed.part[order[i]] = "";
		/* a name alone, which no provider knows: all probes of all providers are no help */
		if (!*relaxed.part[2] && !*relaxed.part[3])
			continue;
		nearest_init(&n, d->part[order[i]]);
		for (const struct provider *const *p = providers; *p; p++)
			if (glob_match(d->part[0], (*p)->name))
				(*p)->match(dtc, &relaxed, try_probe, &t);
		if (t.count)
			return nearest_hint(&n);
	}
	return NULL;
}

static int id_resolve(struct resolver *r, struct probe_desc *d)
{
	const int ret = provider_match_id(r->dtc, d, probe_found, r);

	if (ret != PROBE_NO_ID)
		return ret;
	if (r->dtc->opt.zdefs)
		return 0;
	diag_error(r->dtc, &d->loc, "D_PDESC_INVAL", "dtc -l lists the probes with their ids", "there is no probe with id %u", d->id);
	return -1;
}

/* pid123: what is wrong with a description of a program's probes, as far as can be told without looking into it. */
static const char *process_fault(const struct dtc *dtc, const struct probe_desc *d, const char **tag)
{
	const char *digits = d->part[0] + 3, *name = d->part[3], *provider = d->part[0];
	char *end;
	long pid;

	if (strncmp(provider, "pid", 3) || !isdigit((unsigned char)*digits))
		return NULL;
	errno = 0;
	pid = strtol(digits, &end, 10);
	*tag = "D_PROC_BADPID";
	if (errno || *end || pid <= 0 || pid > INT32_MAX)
		return mem_printf("'%s' does not contain a valid process id", provider);
	*tag = "D_PROC_GRAB";
	if (!*dtc->kernel_root && kill((pid_t)pid, 0) && errno == ESRCH)
		return mem_printf("there is no process %ld", pid);
	*tag = "D_PROC_NAME";
	if (*name && !strpbrk(name, "*?[") && strcmp(name, "entry") && strcmp(name, "return") && strcmp(name, "-") &&
	    name[strspn(name, "0123456789abcdefABCDEF")])
		return mem_printf("'%s' is not a name of a process's probes: they are entry, return and offsets in hexadecimal digits", name);
	return NULL;
}

static int desc_resolve(struct resolver *r, struct probe_desc *d, enum input_kind kind)
{
	struct dtc *dtc = r->dtc;
	size_t errors = diag_errors(dtc);
	const char *fault, *tag;

	r->desc = d;
	d->nmatched = 0;
	if (probe_desc_expand(dtc, d, kind))
		return -1;
	if (d->is_id)
		return id_resolve(r, d);
	for (const struct provider *const *p = providers; *p; p++)
		if (glob_match(d->part[0], (*p)->name) && (*p)->match(dtc, d, probe_found, r))
			return -1;
	if (d->nmatched || dtc->opt.zdefs)
		return 0;
	fault = process_fault(dtc, d, &tag);
	if (fault)
		diag_error(dtc, &d->loc, tag, NULL, "%s", fault);
	else if (diag_errors(dtc) == errors)
		diag_error(dtc, &d->loc, "D_PDESC_ZERO", errors < HINTS_MAX ? zero_hint(dtc, d) : NULL, "probe description %s does not match any probes",
			   probe_desc_name(d));
	return -1;
}

/* --- groups --- */

/* What probes of a group have in common, then the id. `other`: entry probe of a pair. */
struct place { enum dtc_group_kind kind; u32 list, entry_list, id; u64 addr; struct probe *probe, *other; };

static int compare_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

#define BY(field) if (x->field != y->field) return x->field < y->field ? -1 : 1
	BY(kind);
	BY(list);
	BY(entry_list);
	BY(id);
	BY(addr);
#undef BY
	return 0;
}

static bool same_group(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->list == b->list && a->entry_list == b->entry_list;
}

/* The probe at the entry of the function whose return this is. */
static const struct entry *entry_of_return(struct resolver *r, const struct probe *p)
{
	u32 i = p->kind == DTC_GROUP_FBT_RETURN ? *id_slot(r, p->id - 1, NULL) : 0;
	const struct entry *e = i ? &r->entries[i - 1] : NULL;

	return e && e->probe->kind == DTC_GROUP_FBT_ENTRY && e->probe->provider == p->provider ? e : NULL;
}

static size_t places_make(struct resolver *r, struct place *places)
{
	bool *in_pair = mem_alloc(r->nentries + 1);
	size_t n = 0;

	for (size_t i = 0; i < r->nentries; i++) {
		const struct entry *e = &r->entries[i], *entry = entry_of_return(r, e->probe);

		if (e->probe->kind == DTC_GROUP_FBT_ENTRY)
			continue;
		places[n++] = (struct place){ entry ? DTC_GROUP_FBT_PAIR : e->probe->kind, e->list, entry ? entry->list : 0,
					      e->probe->id, e->probe->site ? e->probe->site->addr : 0, e->probe, entry ? entry->probe : NULL };
		if (entry)
			in_pair[entry - r->entries] = true;
	}
	for (size_t i = 0; i < r->nentries; i++) {
		const struct entry *e = &r->entries[i];

		if (e->probe->kind == DTC_GROUP_FBT_ENTRY && !in_pair[i])
			places[n++] = (struct place){ DTC_GROUP_FBT_ENTRY, e->list, 0, e->probe->id, 0, e->probe, NULL };
	}
	qsort(places, n, sizeof(*places), compare_place);
	return n;
}

static void row_set(struct resolver *r, struct probe *p, u32 row, u32 list)
{
	p->row = row;
	p->group = r->set->ngroups;
	p->clauses = list_clauses(r, list);
	p->nclauses = r->lists[list].length;
	r->set->probes[row] = p;
}

static void groups_make(struct resolver *r)
{
	struct probe_set *set = r->set;
	struct place *places = mem_alloc((r->nentries + 1) * sizeof(*places));
	size_t n = places_make(r, places), cap = 0, end;

	set->probes = mem_alloc((r->nentries + 1) * sizeof(*set->probes));
	for (size_t i = 0; i < n; i = end) {
		struct probe_group g = {
			.kind = places[i].kind, .first = set->nprobes,
			.clauses = list_clauses(r, places[i].list), .nclauses = r->lists[places[i].list].length,
			.entry_clauses = list_clauses(r, places[i].entry_list),
			.nentry_clauses = r->lists[places[i].entry_list].length,
		};

		for (end = i; end < n && same_group(&places[i], &places[end]); end++)
			;
		g.count = end - i;
		for (size_t k = i; k < end; k++)
			row_set(r, places[k].probe, g.first + (k - i), places[k].list);
		set->nprobes += g.count;
		for (size_t k = i; k < end && places[k].other; k++, set->nprobes++)
			row_set(r, places[k].other, g.first + g.count + (k - i), places[k].entry_list);
		set->groups = mem_grow(set->groups, &cap, set->ngroups, sizeof(*set->groups));
		set->groups[set->ngroups++] = g;
	}
}

int pass_resolve(struct dtc *dtc)
{
	struct resolver r = { .dtc = dtc, .set = mem_alloc(sizeof(*r.set)) };
	int err = 0;

	dtc->probes = r.set;
	r.lists = mem_grow(NULL, &r.lists_cap, 0, sizeof(*r.lists));
	r.nlists = 1;
	r.by_id_size = 0;
	ids_grow(&r);
	for (struct clause *c = dtc->unit->clauses; c; c = c->next) {
		r.clause = c;
		r.clause_cap = 0;
		c->probes = mem_alloc(sizeof(*c->probes));
		for (struct probe_desc *d = c->descs; d; d = d->next) {
			if (desc_resolve(&r, d, c->input ? c->input->kind : INPUT_SCRIPT))
				err = -1;
			r.set->nmatched += d->nmatched;
		}
		if (r.set->nmatched > MATCHES_MAX) {
			diag_error(dtc, &c->loc, "D_UNKNOWN", "name fewer probes", "the descriptions up to here match more than %d probes",
				   MATCHES_MAX);
			return -1;
		}
	}
	if (!err && r.nentries > DTC_MAX_PROBES) {
		diag_error(dtc, NULL, "D_UNKNOWN", "name fewer modules", "%zu probes are more than the %d that one script may enable",
			   r.nentries, DTC_MAX_PROBES);
		err = -1;
	}
	if (!err)
		groups_make(&r);
	return err;
}
