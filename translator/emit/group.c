/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Handlers: a group's clauses one after the other, in the frame that its kind
 * of probe wants; all system calls share two handlers and their tables. Also
 * the tables of probe names and ids, where a clause computes with them.
 */
#include <string.h>
#include "emitter.h"

const char *probe_part(const struct probe *p, enum dtc_part part)
{
	return p->part[part] ? p->part[part] : "";
}

static bool group_uses(struct emitter *e, const u32 *clauses, size_t n, size_t offset)
{
	for (size_t i = 0; i < n; i++)
		if (*((const bool *)&e->ci[clauses[i]] + offset))
			return true;
	return false;
}

static bool uses_this(struct emitter *e, const u32 *clauses, size_t n)
{
	return group_uses(e, clauses, n, offsetof(struct clause_info, uses_this));
}

static bool needs_probe(struct emitter *e, const struct probe_group *g)
{
	return group_uses(e, g->clauses, g->nclauses, offsetof(struct clause_info, uses_probe)) ||
	       group_uses(e, g->entry_clauses, g->nentry_clauses, offsetof(struct clause_info, uses_probe));
}

/* A function that runs the clauses of a group: group_N, or entry_N for the entries of a pair. */
static void emit_run(struct emitter *e, const char *name, size_t n, const u32 *clauses, size_t nclauses)
{
	bool this = uses_this(e, clauses, nclauses);

	emit_line(e, "static DTC_CLAUSE void %s_%zu(struct dtc_ctx *c)", name, n);
	emit_line(e, "{");
	if (this)
		emit_line(e, "\tstruct dtc_this t = { 0 };");
	for (struct var *v = e->unit->vars; this && v; v = v->next)
		if (v->scope == SCOPE_THIS && !v->is_assoc && type_strip(v->type)->kind == TYPE_STRING) {
			emit_line(e, "\tt.v_%s = dtc_alloca(c, %u);", v->name, e->strsize);
			emit_line(e, "\tif (t.v_%s) *t.v_%s = 0;", v->name, v->name);
		}
	for (size_t i = 0; i < nclauses; i++)
		emit_line(e, "\tclause_%u(c%s);", clauses[i], e->ci[clauses[i]].uses_this ? ", &t" : "");
	emit_line(e, "}");
}

/* --- system calls --- */

static bool is_syscall(enum dtc_group_kind kind)
{
	return kind == DTC_GROUP_SYSCALL_ENTRY || kind == DTC_GROUP_SYSCALL_RETURN;
}

static size_t syscall_groups(struct emitter *e, enum dtc_group_kind kind, size_t *first)
{
	size_t count = 0;

	for (size_t g = e->ps->ngroups; g-- > 0;)
		if (e->ps->groups[g].kind == kind) {
			*first = g;
			count++;
		}
	return count;
}

static void syscall_table(struct emitter *e, enum dtc_group_kind kind, const char *type, const char *name, bool of_groups)
{
	emit_line(e, "static const %s %s[DTC_NR_SYSCALLS] = {", type, name);
	if (!of_groups)
		emit_line(e, "\t[0 ... DTC_NR_SYSCALLS - 1] = -1,");
	for (size_t g = 0; g < e->ps->ngroups; g++) {
		const struct probe_group *p = &e->ps->groups[g];
		for (u32 i = p->first; p->kind == kind && i < p->first + p->count; i++)
			emit_line(e, "\t[%llu] = %zu,", (unsigned long long)e->ps->probes[i]->value, of_groups ? g : i);
	}
	emit_line(e, "};");
}

static void emit_syscalls(struct emitter *e, enum dtc_group_kind kind, const char *name, const char *macro)
{
	size_t first = 0, count = syscall_groups(e, kind, &first);

	if (!count)
		return;
	syscall_table(e, kind, "dtc_s32", mem_printf("dtc_%s_probe", name), false);
	if (count > 1)
		syscall_table(e, kind, count > 255 || e->ps->ngroups > 255 ? "dtc_u16" : "dtc_u8", mem_printf("dtc_%s_group", name), true);
	emit_line(e, "static DTC_CLAUSE void %s_run(struct dtc_ctx *c, dtc_u32 nr)", name);
	emit_line(e, "{");
	if (count == 1) {
		emit_line(e, "\tc->group = %zu;", first);
		emit_line(e, "\tgroup_%zu(c);", first);
	} else {
		emit_line(e, "\tc->group = dtc_%s_group[nr];", name);
		emit_line(e, "\tswitch (c->group) {");
		for (size_t g = 0; g < e->ps->ngroups; g++)
			if (e->ps->groups[g].kind == kind)
				emit_line(e, "\tcase %zu: group_%zu(c); break;", g, g);
		emit_line(e, "\t}");
	}
	emit_line(e, "}");
	emit_line(e, "%s(%s_run(c, nr))\n", macro, name);
}

/* --- handlers --- */

static const char *const kind_names[DTC_GROUP_NR] = {
	[DTC_GROUP_BEGIN] = "BEGIN", [DTC_GROUP_END] = "END", [DTC_GROUP_ERROR] = "ERROR", [DTC_GROUP_PROFILE] = "PROFILE",
	[DTC_GROUP_TICK] = "TICK", [DTC_GROUP_SYSCALL_ENTRY] = "SYSCALL_ENTRY", [DTC_GROUP_SYSCALL_RETURN] = "SYSCALL_RETURN",
	[DTC_GROUP_FBT_ENTRY] = "FBT_ENTRY", [DTC_GROUP_FBT_RETURN] = "FBT_RETURN", [DTC_GROUP_FBT_PAIR] = "FBT_PAIR",
	[DTC_GROUP_TRACEPOINT] = "TRACEPOINT", [DTC_GROUP_KPROBE] = "KPROBE",
};

static void emit_handler(struct emitter *e, size_t n, const struct probe_group *g)
{
	const char *probe = g->count == 1 ? mem_printf("%u", g->first) : "DTC_PROBE_BY_IP";

	emit_run(e, "group", n, g->clauses, g->nclauses);
	if (is_syscall(g->kind))
		return;
	if (g->kind == DTC_GROUP_FBT_ENTRY || g->kind == DTC_GROUP_TRACEPOINT)
		emit_line(e, "DTC_%s(%zu, %s, group_%zu(c))\n", kind_names[g->kind], n, probe, n);
	else if (g->kind == DTC_GROUP_KPROBE)
		emit_line(e, "DTC_KPROBE(%zu, group_%zu(c))\n", n, n);
	else
		emit_line(e, "DTC_FIRE(%zu, DTC_KIND_%s, group_%zu(c))\n", n, kind_names[g->kind], n);
	if (g->kind != DTC_GROUP_FBT_PAIR)
		return;
	emit_run(e, "entry", n, g->entry_clauses, g->nentry_clauses);
	emit_line(e, "DTC_FIRE_ENTRY(%zu, entry_%zu(c))\n", n, n);
}

static void emit_group_row(struct emitter *e, size_t n, const struct probe_group *g)
{
	struct text t = { 0 };

	text_add(&t, "\t{ .kind = DTC_KIND_%s, .nprobes = %u, .first_probe = %u,", kind_names[g->kind], g->count, g->first);
	if (needs_probe(e, g))
		text_add(&t, " .flags = DTC_GROUP_NEEDS_PROBE,");
	if (g->kind == DTC_GROUP_FBT_ENTRY || g->kind == DTC_GROUP_TRACEPOINT || g->kind == DTC_GROUP_KPROBE)
		text_add(&t, " .handler = dtc_handler_%zu,", n);
	if (!is_syscall(g->kind))
		text_add(&t, " .fire = dtc_fire_%zu,", n);
	if (g->kind == DTC_GROUP_FBT_PAIR)
		text_add(&t, " .fire_entry = dtc_fire_entry_%zu,", n);
	emit_line(e, "%.*s },", (int)t.len, t.data);
}

static void emit_program(struct emitter *e)
{
	size_t first, entries = syscall_groups(e, DTC_GROUP_SYSCALL_ENTRY, &first);
	size_t returns = syscall_groups(e, DTC_GROUP_SYSCALL_RETURN, &first), errors = syscall_groups(e, DTC_GROUP_ERROR, &first);

	emit_line(e, "static const dtc_u32 dtc_agg_fixed_rows[] = {");
	for (struct agg *a = e->unit->aggs; a; a = a->next)
		if (e->ai[a->row].fixed_offset)
			emit_line(e, "\t%u, %u, %u,", a->row, e->ai[a->row].fixed_offset, e->ai[a->row].data_words);
	emit_line(e, "\t0, 0, 0,");
	emit_line(e, "};");
	emit_line(e, "const struct dtc_program dtc_program = {");
	e->indent = 1;
	emit_line(e, ".version = DTC_PROGRAM_VERSION,");
	emit_line(e, ".ngroups = %zu, .nprobes = %zu, .nblocks = %zu,", e->ps->ngroups, e->ps->nprobes, e->blocks.n);
	emit_line(e, ".max_record = %u, .exit_record = %u, .agg_fixed_size = %u, .max_agg_entry = %u,", e->max_record, e->exit_record, e->agg_fixed_size, e->max_agg_entry);
	emit_line(e, ".self_size = %s, .max_dyn_value = %u, .ndynvars = %u,", e->self_size ? "sizeof(struct dtc_self_vars)" : "0", e->max_dyn_value, e->ndynvars);
	emit_line(e, ".scratch_size = %u, .strsize = %u, .destructive = %d, .npositions = %zu,", e->scratch, e->strsize, e->unit->destructive, e->positions.n);
	if (entries)
		emit_line(e, ".sys_enter = dtc_sys_enter,");
	if (returns)
		emit_line(e, ".sys_exit = dtc_sys_exit,");
	if (errors)
		emit_line(e, ".error = dtc_fire_%zu,", first);
	emit_line(e, ".agg_fixed = dtc_agg_fixed_rows,");
	if (e->symbols.n)
		emit_line(e, ".nsymbols = %zu, .symbols = dtc_symbol_names, .symbol_addresses = dtc_symbols,", e->symbols.n);
	if (e->entries.n)
		emit_line(e, ".nentries = %zu, .entries = dtc_entry_rows,", e->entries.n);
	e->indent = 0;
	emit_line(e, "};");
}

void emit_groups(struct emitter *e, struct text *c)
{
	emit_to(e, c);
	e->indent = 0;
	for (size_t g = 0; g < e->ps->ngroups; g++)
		emit_handler(e, g, &e->ps->groups[g]);
	emit_syscalls(e, DTC_GROUP_SYSCALL_ENTRY, "sysenter", "DTC_SYSCALL_ENTRY");
	emit_syscalls(e, DTC_GROUP_SYSCALL_RETURN, "sysexit", "DTC_SYSCALL_RETURN");
	emit_line(e, "const struct dtc_group dtc_groups[] = {");
	for (size_t g = 0; g < e->ps->ngroups; g++)
		emit_group_row(e, g, &e->ps->groups[g]);
	emit_line(e, "\t{ 0 },");
	emit_line(e, "};");
	emit_program(e);
}

/* --- names and ids of probes --- */

static void numbers(struct text *c, const char *name, const u32 *v, size_t n)
{
	text_add(c, "static const dtc_u32 %s[] = {", name);
	for (size_t i = 0; i < n; i++)
		text_add(c, "%s%u,", i % 12 ? " " : "\n\t", v[i]);
	text_add(c, "\n};\n");
}

void emit_probe_tables(struct emitter *e, struct text *c)
{
	size_t n = e->ps->nprobes;
	u32 *v = mem_alloc((n + 1) * sizeof(*v));

	for (int part = 0; part < 4; part++) {
		struct strtab names = { 0 };
		if (!e->part_table[part])
			continue;
		for (size_t i = 0; i < n; i++)
			v[i] = strtab_add(&names, probe_part(e->ps->probes[i], part));
		text_add(c, "static const char dtc_part_%d_text[] =", part);
		for (size_t at = 0; at < names.text.len; at += 96) {
			text_add(c, "\n\t");
			text_add_quoted(c, names.text.data + at, names.text.len - at < 96 ? names.text.len - at : 96);
		}
		text_add(c, ";\n");
		numbers(c, mem_printf("dtc_part_%d_at", part), v, n);
		text_add(c, "static DTC_CLAUSE const char *dtc_probe_part_%d(dtc_u32 row) { return dtc_part_%d_text + dtc_part_%d_at[row]; }\n", part, part, part);
	}
	if (e->id_table) {
		for (size_t i = 0; i < n; i++)
			v[i] = e->ps->probes[i]->id;
		numbers(c, "dtc_probe_id", v, n);
	}
}
