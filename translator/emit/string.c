/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Strings: literals, parts of the probe's name, comparisons; built-in variables
 * and macros whose value is known at load only. A string compares with a
 * constant in place where its memory allows: execname as two masked words, a
 * part of the probe's name by a table with a bit for each probe.
 */
#include <string.h>
#include "emitter.h"

/* D's strings end at the first NUL, or where they are as long as strings may be. */
struct val emit_literal(const struct emitter *e, const char *text, size_t len)
{
	size_t n = strnlen(text, len < e->strsize ? len : e->strsize - 1);
	struct val v = val_str(quoted(text, n), true);

	v.lit = text;
	v.lit_len = n;
	return v;
}

struct val emit_probe_part(struct emitter *e, enum dtc_part part)
{
	e->part_table[part] = true;
	e->cur->uses_probe = true;
	struct val v = val_str(mem_printf("dtc_probe_part_%d(dtc_probe(c))", part), true);
	v.part = 1 + part;
	return v;
}

/* Reads `size` bytes at `address` (0: up to its NUL) as a string. */
static struct val read_string(struct emitter *e, struct node *n, const char *address, u64 size)
{
	const char *t = emit_temp(e);

	if (!size || size >= e->strsize) {
		emit_line(e, "const char *%s = dtc_stringof(c, %s);", t, address);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
	} else {
		u32 pos = emit_position(e, n);
		emit_line(e, "char *%s = dtc_alloca(c, %llu);", t, (unsigned long long)size + 1);
		emit_line(e, "if (!%s || dtc_load_bytes(c, %s, %s, %llu)) DTC_RAISE(c, %u);", t, t, address, (unsigned long long)size, pos);
		emit_line(e, "%s[%llu] = 0;", t, (unsigned long long)size);
	}
	return val_str(t, true);
}

static bool is_null(const struct node *n)
{
	return n->is_const && type_is_scalar(n->type) && !n->value;
}

struct val emit_string_or_null(struct emitter *e, struct node *n)
{
	struct type *t = type_strip(n->type);

	if (is_null(n)) {
		struct val null = val_str("dtc_no_string", true);
		null.maybe_null = true;
		return null;
	}
	struct val v = emit_expr(e, n);
	if (v.kind == VAL_STR)
		return v;
	if (t->kind == TYPE_ARRAY && v.kind == VAL_MEM)
		return read_string(e, n, v.text, t->size);
	return read_string(e, n, val_as(v, n->type, false), 0);
}

struct val emit_string(struct emitter *e, struct node *n)
{
	struct val v = emit_string_or_null(e, n);

	if (!v.maybe_null)
		return v;
	v = emit_spill(e, v, n->type);
	v.maybe_null = false;
	emit_line(e, "if (%s == dtc_no_string) DTC_FAULT(c, %d, 0, %u);", v.text, DTC_FAULT_BADADDR, emit_position(e, n));
	return v;
}

/* --- comparison --- */

static int order(enum op op, int cmp)
{
	switch (op) {
	case OP_EQ: return cmp == 0;
	case OP_NE: return cmp != 0;
	case OP_LT: return cmp < 0;
	case OP_LE: return cmp <= 0;
	case OP_GT: return cmp > 0;
	default:    return cmp >= 0;
	}
}

static enum op mirrored(enum op op)
{
	switch (op) {
	case OP_LT: return OP_GT;
	case OP_LE: return OP_GE;
	case OP_GT: return OP_LT;
	case OP_GE: return OP_LE;
	default:    return op;
	}
}

/* execname == "text": both words of it, as far as the text and its NUL reach. */
static struct val compare_comm(enum op op, struct val comm, const char *lit, size_t len)
{
	const char *eq;

	if (len >= DTC_COMM_LEN) {
		eq = "0";
	} else {
		u64 w[2] = { 0 }, mask[2] = { 0 };
		memcpy(w, lit, len);
		memset(mask, 0xff, len + 1);
		eq = mem_printf("dtc_comm_equal(%s, 0x%llxull, 0x%llxull, 0x%llxull, 0x%llxull)", comm.text, (unsigned long long)w[0],
				(unsigned long long)mask[0], (unsigned long long)w[1], (unsigned long long)mask[1]);
	}
	return val_int(mem_printf("(dtc_s64)%s%s", op == OP_NE ? "!" : "", eq), true, true);
}

const char *emit_row_set(struct emitter *e, bool (*has)(const struct clause *c, size_t probe, const void *arg), const void *arg)
{
	const struct probe_list *l = e->clause->probes;
	u32 words = (e->ps->nprobes + 31) / 32, id = e->ntables++, *bits = mem_alloc(words * sizeof(*bits));

	e->cur->uses_probe = true;
	for (size_t i = 0; i < l->count; i++)
		if (has(e->clause, i, arg))
			bits[l->probes[i]->row / 32] |= 1u << l->probes[i]->row % 32;
	text_add(&e->tables, "static const dtc_u32 match_%u[] = {", id);
	for (u32 i = 0; i < words; i++)
		text_add(&e->tables, "%s0x%x,", i % 8 ? " " : "\n\t", bits[i]);
	text_add(&e->tables, "\n};\n");
	return mem_printf("(match_%u[dtc_probe(c) / 32] >> dtc_probe(c) %% 32 & 1)", id);
}

struct part_test { enum op op; enum dtc_part part; const char *text; };

static bool part_passes(const struct clause *c, size_t probe, const void *arg)
{
	const struct part_test *t = arg;

	return order(t->op, strcmp(probe_part(c->probes->probes[probe], t->part), t->text));
}

/* probefunc == "text": known for each probe of the clause. */
static struct val compare_part(struct emitter *e, enum op op, enum dtc_part part, const char *lit, size_t len)
{
	const struct part_test test = { op, part, mem_strndup(lit, len) };
	const struct probe_list *l = e->clause->probes;
	size_t yes = 0, n = l ? l->count : 0;
	u32 last = 0;

	for (size_t i = 0; i < n; i++)
		if (part_passes(e->clause, i, &test)) {
			yes++;
			last = l->probes[i]->row;
		}
	if (yes == 0 || yes == n)
		return val_const(type_int(e->dtc, 4, true), yes != 0);
	e->cur->uses_probe = true;
	if (yes == 1)
		return val_int(mem_printf("(dtc_s64)(dtc_probe(c) == %u)", last), true, true);
	return val_int(mem_printf("(dtc_s64)%s", emit_row_set(e, part_passes, &test)), true, true);
}

/* Variables do not tell NULL from the empty string; nothing else that is a string is NULL unasked. */
static bool keeps_no_null(const struct node *n)
{
	while (n->kind == NODE_CAST || n->kind == NODE_STRINGOF)
		n = n->left;
	return n->kind != NODE_CALL && n->kind != NODE_STRING && n->kind != NODE_COND && !is_null(n);
}

struct val emit_compare_strings(struct emitter *e, struct node *n)
{
	struct node *l = n->left, *r = n->right;
	enum op op = n->op;

	if (l->kind == NODE_STRING && r->kind != NODE_STRING) {
		struct node *t = l;
		l = r;
		r = t;
		op = mirrored(op);
	}
	if (r->kind == NODE_STRING) {
		struct val lit = emit_literal(e, r->text, r->text_len);
		int part = node_probe_part(l);
		if (part >= 0)
			return compare_part(e, op, part, lit.lit, lit.lit_len);
		if (node_is_builtin(l, BI_EXECNAME) && (op == OP_EQ || op == OP_NE))
			return compare_comm(op, emit_expr(e, l), lit.lit, lit.lit_len);
	}
	struct node *nodes[2] = { l, r };
	const emit_fn fns[2] = { emit_string_or_null, emit_string_or_null };
	struct val v[2];
	emit_in_order(e, nodes, fns, 2, v);
	for (int i = 0; i < 2; i++)
		if (is_null(nodes[i]) && keeps_no_null(nodes[!i]))
			v[i] = emit_literal(e, "", 0);
	const char *compare = v[0].maybe_null || v[1].maybe_null ? "dtc_strcmp_null" : "dtc_strcmp";
	return val_int(mem_printf("(dtc_s64)(%s(%s, %s) %s 0)", compare, v[0].text, v[1].text, op_text(op)), false, true);
}

/* --- built-in variables --- */

static const struct { enum builtin_id id; const char *text; } builtins[] = {
	{ BI_CALLER, "dtc_caller(c)" },
	{ BI_CPU, "dtc_cpu(c)" },
	{ BI_CURTHREAD, "dtc_curthread(c)" },
	{ BI_ERRNO, "dtc_errno(c)" },
	{ BI_GID, "dtc_gid(c)" },
	{ BI_PID, "dtc_pid(c)" },
	{ BI_PPID, "dtc_ppid(c)" },
	{ BI_STACKDEPTH, "dtc_stackdepth(c)" },
	{ BI_TID, "dtc_tid(c)" },
	{ BI_TIMESTAMP, "dtc_timestamp(c)" },
	{ BI_UCALLER, "dtc_ucaller(c)" },
	{ BI_USTACKDEPTH, "dtc_ustackdepth(c)" },
	{ BI_UID, "dtc_uid(c)" },
	{ BI_VTIMESTAMP, "dtc_vtimestamp(c)" },
	{ BI_WALLTIMESTAMP, "dtc_walltimestamp(c)" },
	{ BI_IPL, "0" },
};

struct arg_test { struct dtc *dtc; unsigned n; };

/* A tracepoint passes its own arguments (0 of them: they are not known) and no others. */
static bool passes_arg(const struct clause *c, size_t probe, const void *arg)
{
	const struct arg_test *t = arg;
	const struct probe *p = c->probes->probes[probe];
	unsigned nargs = p->kind == DTC_GROUP_TRACEPOINT ? p->provider->nargs(t->dtc, p) : 0;

	return !nargs || t->n < nargs;
}

static struct val emit_arg(struct emitter *e, unsigned n, const char *sign)
{
	const struct arg_test test = { e->dtc, n };
	const char *text = mem_printf("dtc_arg(c, %u)", n);
	size_t yes = 0, count = e->clause->probes->count;

	for (size_t i = 0; i < count; i++)
		yes += passes_arg(e->clause, i, &test);
	if (yes < count)
		text = yes ? mem_printf("(%s ? %s : 0)", emit_row_set(e, passes_arg, &test), text) : "0";
	return val_int(mem_printf("(%s)%s", sign, text), true, true);
}

struct val emit_builtin(struct emitter *e, struct node *n)
{
	const char *sign = is_signed(n->type) ? "dtc_s64" : "dtc_u64";
	enum builtin_id id = n->builtin->id;
	int part = node_probe_part(n);

	if (part >= 0)
		return emit_probe_part(e, part);
	if (id >= BI_ARG0 && id <= BI_ARG9)
		return emit_arg(e, id - BI_ARG0, sign);
	if (id == BI_EXECNAME) {
		struct val v = val_str("dtc_comm(c)", true);
		v.is_comm = true;
		return v;
	}
	if (id == BI_EXECARGS) {
		const char *t = emit_temp(e);
		emit_line(e, "const char *%s = dtc_execargs(c);", t);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		return val_str(t, true);
	}
	if (id == BI_ID) {
		e->id_table = e->cur->uses_probe = true;
		return val_int(mem_printf("(%s)dtc_probe_id[dtc_probe(c)]", sign), true, true);
	}
	if (id == BI_EPID) {
		e->cur->uses_probe = true;
		return val_int(mem_printf("(%s)(dtc_probe(c) + %d)", sign, e->cur->epid_base), true, true);
	}
	for (size_t i = 0; i < ARRAY_SIZE(builtins); i++)
		if (builtins[i].id == id)
			return val_int(mem_printf("(%s)%s", sign, builtins[i].text), true, true);
	diag_error(e->dtc, &n->loc, "D_VAR_UNSUP", NULL, "'%s' is not supported yet", n->builtin->name);
	return val_const(n->type, 0);
}

struct val emit_macro(struct emitter *e, struct node *n)
{
	static const char *const known[] = { "target", "pid", "ppid", "pgid", "sid", "uid", "gid", "euid", "egid" };
	const char *sign = is_signed(n->type) ? "dtc_s64" : "dtc_u64";

	if (n->name[0] >= '0' && n->name[0] <= '9')
		return n->as_string || type_is_string(n->type) ? val_str(mem_printf("dtc_param_string(c, %s)", n->name), true) :
				      val_int(mem_printf("(%s)dtc_param(c, %s)", sign, n->name), true, true);
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		if (strcmp(n->name, known[i]))
			continue;
		const char *text = mem_printf("%s%s(c)", i ? "dtc_config_" : "dtc_", known[i]);
		if (!n->as_string && !type_is_string(n->type))
			return val_int(mem_printf("(%s)%s", sign, text), true, true);
		const char *t = emit_temp(e);
		emit_line(e, "const char *%s = dtc_lltostr(c, %s, 10);", t, text);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		return val_str(t, true);
	}
	diag_error(e->dtc, &n->loc, "D_MACRO_UNDEF", NULL, "macro variable '$%s' has no value", n->name);
	return val_const(n->type, 0);
}
