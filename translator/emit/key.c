/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tuples: how each key is encoded (include/dtc/record.h) and the C that lays
 * them out. Keys of fixed size go into an array on the stack whose size the
 * compiler knows; a string or a stack among them makes the length known at run
 * time only, and the array is this CPU's.
 */
#include <string.h>
#include "emitter.h"

bool node_is_builtin(const struct node *n, enum builtin_id id)
{
	return n->kind == NODE_BUILTIN && n->builtin->id == id;
}

int node_probe_part(const struct node *n)
{
	if (n->kind != NODE_BUILTIN)
		return -1;
	switch (n->builtin->id) {
	case BI_PROBEPROV: return DTC_PART_PROVIDER;
	case BI_PROBEMOD:  return DTC_PART_MODULE;
	case BI_PROBEFUNC: return DTC_PART_FUNCTION;
	case BI_PROBENAME: return DTC_PART_NAME;
	default:	   return -1;
	}
}

u32 stack_frames(struct emitter *e, const struct node *n)
{
	const struct options *o = &e->dtc->opt;
	u64 frames = n->func->id == FN_JSTACK ? o->jstackframes : n->func->id == FN_USTACK ? o->ustackframes : o->stackframes;

	if (n->list && n->list->is_const)
		frames = n->list->value;
	if (!frames)
		frames = DTC_STACKFRAMES_DEFAULT;
	if (frames > o->maxframes)
		frames = o->maxframes;
	return frames < DTC_STACKFRAMES_MAX ? frames : DTC_STACKFRAMES_MAX;
}

static const struct sym_desc { enum func_id id; enum dtc_sym sym; bool is_user; } syms[] = {
	{ FN_SYM, DTC_SYM_SYM, false }, { FN_FUNC, DTC_SYM_FUNC, false }, { FN_MOD, DTC_SYM_MOD, false },
	{ FN_USYM, DTC_SYM_SYM, true }, { FN_UFUNC, DTC_SYM_FUNC, true }, { FN_UMOD, DTC_SYM_MOD, true }, { FN_UADDR, DTC_SYM_ADDR, true },
};

static const struct sym_desc *node_sym(const struct node *n)
{
	for (size_t i = 0; n->kind == NODE_CALL && n->func && i < ARRAY_SIZE(syms); i++)
		if (syms[i].id == n->func->id)
			return &syms[i];
	return NULL;
}

static bool node_calls(const struct node *n, enum func_id id)
{
	return n->kind == NODE_CALL && n->func && n->func->id == id;
}

static bool node_is_stack(const struct node *n)
{
	return node_calls(n, FN_STACK) || node_calls(n, FN_USTACK) || node_calls(n, FN_JSTACK);
}

/* The best encoding of an expression's value, on its own. */
struct key_form key_form(struct emitter *e, struct node *n)
{
	struct key_form f = { .kind = DTC_FIELD_STRING, .type = type_name(e->dtc, n->type, NULL) };
	int part = node_probe_part(n);
	const struct sym_desc *sym = node_sym(n);
	struct type *t = type_strip(n->type);

	if (part >= 0) {
		f.kind = DTC_FIELD_PROBE;
		f.flags = part;
	} else if (node_is_builtin(n, BI_EXECNAME)) {
		f.kind = DTC_FIELD_COMM;
		f.size = DTC_COMM_LEN;
	} else if (sym) {
		f.kind = sym->is_user ? DTC_FIELD_USYM : DTC_FIELD_KSYM;
		f.flags = sym->sym;
		f.size = sym->is_user ? 16 : 8;
	} else if (node_is_stack(n)) {
		f.kind = node_calls(n, FN_STACK) ? DTC_FIELD_STACK : DTC_FIELD_USTACK;
		f.frames = stack_frames(e, n);
		f.size = (f.frames + (f.kind == DTC_FIELD_USTACK)) * 8;
	} else if (!type_is_string(n->type)) {
		f.kind = DTC_FIELD_INT;
		f.size = type_bytes(t);
		f.flags = (is_signed(t) ? DTC_FIELD_F_SIGNED : 0) | (t->is_char ? DTC_FIELD_F_CHAR : 0) | (type_is_pointer(t) ? DTC_FIELD_F_POINTER : 0);
	} else {
		f.size = e->strsize;
	}
	return f;
}

/* The words of a constant string: its length, then its bytes. */
static u32 literal_words(struct emitter *e, struct text *init, struct val v)
{
	u32 n = v.lit_len < e->strsize ? v.lit_len : e->strsize - 1, words = (n + 7) / 8;

	text_add(init, "%u", n);
	for (u32 i = 0; i < words; i++) {
		u64 w = 0;
		memcpy(&w, v.lit + i * 8, n - i * 8 < 8 ? n - i * 8 : 8);
		text_add(init, ", 0x%llxull", (unsigned long long)w);
	}
	return 1 + words;
}

static struct val no_value(struct emitter *e, struct node *n)
{
	return (struct val){ .kind = VAL_VOID, .text = "0", .is_stable = true };
}

static struct val key_value(struct emitter *e, struct node *n)
{
	if (node_is_stack(n))
		return no_value(e, n);
	if (node_sym(n))
		return val_int(emit_int(e, n->list, false), false, true);
	struct val v = type_is_string(n->type) ? emit_string(e, n) : emit_expr(e, n);
	if (v.kind == VAL_INT) {
		v.text = val_as(val_int(val_exact(v, n->type), v.is_stable, true), n->type, false);
		v.is_exact = true;
	}
	return v;
}

/* A part of the tuple in an array of fixed size: its words as initialisers, or a copy that follows. */
static u32 fixed_part(struct emitter *e, struct text *init, struct text *copies, const char *name, u32 at, const struct key_form *f, struct val v)
{
	if (f->kind == DTC_FIELD_STRING && v.lit)
		return literal_words(e, init, v);
	if (f->kind == DTC_FIELD_COMM) {
		text_add(init, "0, 0");
		text_add(copies, "__builtin_memcpy(&%s[%u], %s, 16);", name, at, v.text);
		return 2;
	}
	if (f->kind == DTC_FIELD_USYM) {
		text_add(init, "dtc_user_pid(c), %s", v.text);
		return 2;
	}
	if (f->kind == DTC_FIELD_PROBE) {
		e->cur->uses_probe = true;
		text_add(init, "dtc_probe(c)");
	} else {
		text_add(init, "%s", v.text);
	}
	return 1;
}

static bool part_is_fixed(const struct key_form *f, const struct val *v)
{
	return f->kind != DTC_FIELD_STACK && f->kind != DTC_FIELD_USTACK && !(f->kind == DTC_FIELD_STRING && !v->lit);
}

static void dynamic_part(struct emitter *e, const char *p, const struct key_form *f, struct val v)
{
	struct text init = { 0 };

	if (f->kind == DTC_FIELD_STACK)
		emit_line(e, "%s = dtc_key_stack(c, %s, %u);", p, p, f->frames);
	else if (f->kind == DTC_FIELD_USTACK)
		emit_line(e, "%s = dtc_key_ustack(c, %s, %u);", p, p, f->frames);
	else if (f->kind == DTC_FIELD_USYM)
		emit_line(e, "*%s++ = dtc_user_pid(c); *%s++ = %s;", p, p, v.text);
	else if (f->kind == DTC_FIELD_STRING)
		emit_line(e, "%s = dtc_key_string(%s, %s);", p, p, v.text);
	else if (f->kind == DTC_FIELD_COMM)
		emit_line(e, "__builtin_memcpy(%s, %s, 16); %s += 2;", p, v.text, p);
	else {
		fixed_part(e, &init, NULL, NULL, 0, f, v);
		emit_line(e, "*%s++ = %.*s;", p, (int)init.len, init.data);
	}
}

static struct key fixed_key(struct emitter *e, const char *name, const struct key_form *f, const struct val *v, size_t n, bool thread)
{
	struct text init = { 0 }, copies = { 0 };
	u32 words = 0;

	if (thread) {
		text_add(&init, "dtc_thread_key(c)");
		words++;
	}
	for (size_t i = 0; i < n; i++) {
		if (words)
			text_add(&init, ", ");
		words += fixed_part(e, &init, &copies, name, words, &f[i], v[i]);
	}
	emit_line(e, "dtc_u64 %s[] = { %.*s };", name, (int)init.len, init.data);
	if (copies.len)
		emit_line(e, "%.*s", (int)copies.len, copies.data);
	return (struct key){ .name = name, .words = mem_printf("%u", words), .nwords = words, .is_fixed = true };
}

struct key emit_key(struct emitter *e, struct node *keys, const struct key_form *forms, bool thread, bool second)
{
	struct node *nodes[DTC_MAX_KEYS];
	emit_fn fns[DTC_MAX_KEYS];
	struct key_form f[DTC_MAX_KEYS];
	struct val v[DTC_MAX_KEYS];
	const char *name = emit_temp(e), *p;
	size_t n = 0;
	bool fixed = true;

	for (struct node *k = keys; k && n < DTC_MAX_KEYS; k = k->next, n++) {
		f[n] = forms ? forms[n] : key_form(e, k);
		/* the elements of an array are found by content, whatever expression made the key */
		if (!forms && (f[n].kind == DTC_FIELD_PROBE || f[n].kind == DTC_FIELD_COMM))
			f[n].kind = DTC_FIELD_STRING;
		nodes[n] = k;
		fns[n] = f[n].kind == DTC_FIELD_PROBE ? no_value : key_value;	/* the row says it */
	}
	emit_in_order(e, nodes, fns, n, v);
	for (size_t i = 0; i < n; i++)
		fixed &= part_is_fixed(&f[i], &v[i]);
	if (fixed)
		return fixed_key(e, name, f, v, n, thread);
	p = mem_printf("%s_end", name);
	emit_line(e, "dtc_u64 *%s = dtc_key%s(c), *%s = %s;", name, second ? "2" : "", p, name);
	if (thread)
		emit_line(e, "*%s++ = dtc_thread_key(c);", p);
	for (size_t i = 0; i < n; i++)
		dynamic_part(e, p, &f[i], v[i]);
	return (struct key){ .name = name, .words = mem_printf("(dtc_u32)(%s - %s)", p, name) };
}
