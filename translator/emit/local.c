/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's variables at a probe, $name: places as computations over the
 * saved registers, loads from memory as guarded as any. Probes that agree on
 * the place share the code; where they differ, the probe's row chooses. What
 * has no address but is used as an object is put together on the stack.
 */
#include <string.h>
#include "emitter.h"
#include "../debuginfo/dwarf.h"
#include "../providers/provider.h"

/* --- are two places the same? --- */

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool expr_equal(const struct loc_expr *a, const struct loc_expr *b)
{
	if (a == b)
		return true;
	return a && b && a->op == b->op && a->size == b->size && a->value == b->value && text_equal(a->symbol, b->symbol) &&
	       text_equal(a->module, b->module) && expr_equal(a->cond, b->cond) && expr_equal(a->left, b->left) && expr_equal(a->right, b->right);
}

static bool loc_equal(const struct var_loc *a, const struct var_loc *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->kind != b->kind || a->offset != b->offset || a->nbytes != b->nbytes || a->npieces != b->npieces ||
	    !expr_equal(a->expr, b->expr) || !loc_equal(a->target, b->target) || (a->nbytes && memcmp(a->bytes, b->bytes, a->nbytes)))
		return false;
	for (size_t i = 0; i < a->npieces; i++)
		if (a->pieces[i].bits != b->pieces[i].bits || a->pieces[i].bit_offset != b->pieces[i].bit_offset ||
		    !loc_equal(a->pieces[i].loc, b->pieces[i].loc))
			return false;
	return true;
}

/* --- computing --- */

/* What has been computed already in the block being filled: DWARF's stack machine duplicates. */
struct known { const struct loc_expr *expr; const char *text; };
struct computing {
	struct emitter *e;
	struct node *n;		/* for the place of a fault */
	struct known *known; size_t nknown, cap;
};

static const char *const register_names[] = {
	"AX", "DX", "CX", "BX", "SI", "DI", "BP", "SP", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "IP",
};

static const char *compute(struct computing *k, const struct loc_expr *x);

static const char *compute_load(struct computing *k, const struct loc_expr *x)
{
	const char *address = compute(k, x->left), *t = emit_temp(k->e);
	u32 pos = emit_position(k->e, k->n);

	if (x->size == 1 || x->size == 2 || x->size == 4 || x->size == 8) {
		emit_line(k->e, "dtc_u%u %s;", x->size * 8, t);
		emit_line(k->e, "DTC_LOAD(c, dtc_u%u, %s, %s, %u);", x->size * 8, t, address, pos);
		return mem_printf("(dtc_u64)%s", t);
	}
	emit_line(k->e, "dtc_u64 %s = 0;", t);
	emit_line(k->e, "if (dtc_load_bytes(c, &%s, %s, %u)) DTC_RAISE(c, %u);", t, address, x->size < 8 ? x->size : 8, pos);
	return t;
}

static const char *compute_division(struct computing *k, const struct loc_expr *x)
{
	const char *a = compute(k, x->left), *b = compute(k, x->right), *d = emit_temp(k->e);

	emit_line(k->e, "dtc_u64 %s = %s;", d, b);
	emit_line(k->e, "if (!%s) DTC_FAULT(c, %d, 0, %u);", d, DTC_FAULT_DIVZERO, emit_position(k->e, k->n));
	if (x->op != LOC_DIV)
		return mem_printf("(%s %s %s)", a, x->op == LOC_MOD ? "%" : "/", d);
	return mem_printf("(%s == -1ull ? -%s : (dtc_u64)((dtc_s64)%s / (dtc_s64)%s))", d, a, a, d);
}

static const char *compute_choice(struct computing *k, const struct loc_expr *x)
{
	const char *cond = compute(k, x->cond), *t = emit_temp(k->e);
	const struct loc_expr *arms[2] = { x->left, x->right };
	size_t known = k->nknown;

	emit_line(k->e, "dtc_u64 %s;", t);
	emit_line(k->e, "if (%s) {", cond);
	for (int i = 0; i < 2; i++) {
		if (i)
			emit_line(k->e, "} else {");
		k->e->indent++;
		emit_line(k->e, "%s = %s;", t, compute(k, arms[i]));
		k->e->indent--;
		k->nknown = known;	/* the block's temporaries end with it */
	}
	emit_line(k->e, "}");
	return t;
}

static const char *compute_cut(struct computing *k, const struct loc_expr *x)
{
	const char *a = compute(k, x->left);
	unsigned spare = x->size < 8 ? 64 - 8 * x->size : 0;

	return mem_printf("(dtc_u64)((%s)(%s << %u) >> %u)", x->op == LOC_SEXT ? "dtc_s64" : "dtc_u64", a, spare, spare);
}

/* A shift by 64 and more leaves nothing, or the sign. */
static const char *compute_shift(struct computing *k, const struct loc_expr *x)
{
	const char *a = compute(k, x->left), *b = compute(k, x->right);

	if (x->op == LOC_SHRA)
		return mem_printf("(dtc_u64)((dtc_s64)%s >> (%s < 64 ? %s : 63))", a, b, b);
	return mem_printf("(%s < 64 ? %s %s %s : 0)", b, a, x->op == LOC_SHL ? "<<" : ">>", b);
}

static const char *compute_binary(struct computing *k, const struct loc_expr *x)
{
	static const struct { const char *op; bool is_signed; } ops[] = {
		[LOC_ADD] = { "+", false }, [LOC_SUB] = { "-", false }, [LOC_MUL] = { "*", false }, [LOC_AND] = { "&", false },
		[LOC_OR] = { "|", false }, [LOC_XOR] = { "^", false }, [LOC_EQ] = { "==", true }, [LOC_NE] = { "!=", true },
		[LOC_LT] = { "<", true }, [LOC_LE] = { "<=", true }, [LOC_GT] = { ">", true }, [LOC_GE] = { ">=", true },
	};
	const char *a = compute(k, x->left), *b = compute(k, x->right);

	if (ops[x->op].is_signed)
		return mem_printf("(dtc_u64)((dtc_s64)%s %s (dtc_s64)%s)", a, ops[x->op].op, b);
	return mem_printf("(%s %s %s)", a, ops[x->op].op, b);
}

static unsigned argument_number(u64 number)
{
	static const u8 of[] = { [5] = 0, [4] = 1, [1] = 2, [2] = 3, [8] = 4, [9] = 5 };

	return number < ARRAY_SIZE(of) ? of[number] : 0;
}

static const char *compute_entry(struct computing *k, const struct loc_expr *x)
{
	const char *cfa = compute(k, x->left), *t = emit_temp(k->e);

	emit_line(k->e, "dtc_u64 %s;", t);
	emit_line(k->e, "if (dtc_entry_value(c, &kept, %s, %zu, %u, &%s)) DTC_RAISE(c, %u);", cfa, entry_row(k->e, x), argument_number(x->value), t,
		  emit_position(k->e, k->n));
	return t;
}

static const char *compute_new(struct computing *k, const struct loc_expr *x)
{
	switch (x->op) {
	case LOC_CONST:
		return mem_printf("%lluull", (unsigned long long)x->value);
	case LOC_SYMBOL:
		return mem_printf("(%s + %lluull)", symbol_named(k->e, x->module, x->symbol), (unsigned long long)x->value);
	case LOC_REG:
		return mem_printf("DTC_REG(c->regs, DTC_REGS_%s)", register_names[x->value < ARRAY_SIZE(register_names) ? x->value : 0]);
	case LOC_ENTRY_REG:
		return compute_entry(k, x);
	case LOC_ARG:
		return mem_printf("dtc_arg(c, %llu)", (unsigned long long)x->value);
	case LOC_LOAD:
		return compute_load(k, x);
	case LOC_NEG:
		return mem_printf("(-%s)", compute(k, x->left));
	case LOC_NOT:
		return mem_printf("(~%s)", compute(k, x->left));
	case LOC_ABS: {
		const char *a = compute(k, x->left);
		return mem_printf("((dtc_s64)%s < 0 ? -%s : %s)", a, a, a);
	}
	case LOC_DIV: case LOC_MOD: case LOC_UDIV:
		return compute_division(k, x);
	case LOC_SHL: case LOC_SHR: case LOC_SHRA:
		return compute_shift(k, x);
	case LOC_COND:
		return compute_choice(k, x);
	case LOC_SEXT: case LOC_ZEXT:
		return compute_cut(k, x);
	case LOC_THIS_CPU:
		return mem_printf("(%s + dtc_percpu())", compute(k, x->left));
	default:
		return compute_binary(k, x);
	}
}

/* As dtc_u64, in a temporary of its own unless it is a leaf: it may be used again. */
static const char *compute(struct computing *k, const struct loc_expr *x)
{
	const char *text, *t;

	for (size_t i = 0; i < k->nknown; i++)
		if (k->known[i].expr == x)
			return k->known[i].text;
	text = compute_new(k, x);
	if (!x->left && !x->cond)
		return text;
	t = emit_temp(k->e);
	emit_line(k->e, "const dtc_u64 %s = %s;", t, text);
	k->known = mem_grow(k->known, &k->cap, k->nknown, sizeof(*k->known));
	k->known[k->nknown++] = (struct known){ x, t };
	return t;
}

/* --- objects --- */

struct object { const char *name; u64 size; };	/* dtc_u64 NAME[], zeroed */

static struct object object_new(struct emitter *e, u64 size)
{
	struct object o = { mem_printf("o%s", emit_temp(e)), size };

	emit_line(e, "dtc_u64 %s[%llu] = { 0 };", o.name, (unsigned long long)(size ? (size + 7) / 8 : 1));
	return o;
}

static void object_fill(struct computing *k, const struct object *o, const struct var_loc *loc);

/* `bits` of a value, from `from` on, into the object at `to`. */
static void bits_put(struct computing *k, const struct object *o, u64 to, u64 bits, const char *value, u64 from)
{
	const char *mask = bits < 64 ? mem_printf(" & %lluull", (1ull << bits) - 1) : "";

	if (from)
		value = mem_printf("(%s >> %llu)", value, (unsigned long long)from);
	emit_line(k->e, "%s[%llu] |= (%s%s) << %llu;", o->name, (unsigned long long)(to / 64), value, mask, (unsigned long long)(to % 64));
	if (to % 64 + bits > 64)
		emit_line(k->e, "%s[%llu] |= (%s%s) >> %llu;", o->name, (unsigned long long)(to / 64 + 1), value, mask, (unsigned long long)(64 - to % 64));
}

static void bytes_put(struct computing *k, const struct object *o, u64 to, u64 bits, const u8 *bytes, u64 nbytes, u64 from)
{
	for (u64 done = 0; done < bits; done += 8) {
		u64 n = bits - done < 8 ? bits - done : 8, at = (from + done) / 8;

		if (at < nbytes)
			bits_put(k, o, to + done, n, mem_printf("%uull", bytes[at]), 0);
	}
}

/* Memory, byte by byte where it must be shifted; in one go where it need not. */
static void memory_put(struct computing *k, const struct object *o, u64 to, u64 bits, const char *address, u64 from)
{
	u32 pos = emit_position(k->e, k->n);

	if (to % 8 == 0 && bits % 8 == 0 && from % 8 == 0) {
		emit_line(k->e, "if (dtc_load_bytes(c, (char *)%s + %llu, %s + %llu, %llu)) DTC_RAISE(c, %u);", o->name, (unsigned long long)(to / 8), address,
			  (unsigned long long)(from / 8), (unsigned long long)(bits / 8), pos);
		return;
	}
	for (u64 done = 0, n; done < bits; done += n) {
		const char *t = emit_temp(k->e);

		n = bits - done < 32 ? bits - done : 32;
		emit_line(k->e, "dtc_u64 %s = 0;", t);
		emit_line(k->e, "if (dtc_load_bytes(c, &%s, %s + %llu, %llu)) DTC_RAISE(c, %u);", t, address, (unsigned long long)((from + done) / 8),
			  (unsigned long long)(((from + done) % 8 + n + 7) / 8), pos);
		bits_put(k, o, to + done, n, t, (from + done) % 8);
	}
}

static void piece_put(struct computing *k, const struct object *o, u64 to, u64 bits, const struct var_loc *loc, u64 from)
{
	switch (loc->kind) {
	case LOC_VALUE:
		bits_put(k, o, to, bits < 64 ? bits : 64, compute(k, loc->expr), from);
		break;
	case LOC_ADDRESS:
		memory_put(k, o, to, bits, compute(k, loc->expr), from);
		break;
	case LOC_BYTES:
		bytes_put(k, o, to, bits, loc->bytes, loc->nbytes, from);
		break;
	default:
		break;	/* optimized out: the checker let nothing use it */
	}
}

static void object_fill(struct computing *k, const struct object *o, const struct var_loc *loc)
{
	u64 at = 0;

	if (loc->kind != LOC_PIECES) {
		piece_put(k, o, 0, o->size * 8, loc, 0);
		return;
	}
	for (size_t i = 0; i < loc->npieces && at < o->size * 8; at += loc->pieces[i++].bits) {
		u64 left = o->size * 8 - at;

		piece_put(k, o, at, loc->pieces[i].bits < left ? loc->pieces[i].bits : left, loc->pieces[i].loc, loc->pieces[i].bit_offset);
	}
}

/* --- a place --- */

static bool is_object(const struct type *t)
{
	return !type_is_scalar((struct type *)t) || t->kind == TYPE_ARRAY;
}

/* An implicit pointer: to its target, which is put together where it has no address either. */
static const char *pointer_text(struct computing *k, const struct var_loc *loc, struct type *pointer, const struct object *o)
{
	if (loc->target->kind == LOC_ADDRESS)
		return mem_printf("(%s + %lldll)", compute(k, loc->target->expr), (long long)loc->offset);
	(void)pointer;
	object_fill(k, o, loc->target);
	return mem_printf("((dtc_u64)%s + %lldll)", o->name, (long long)loc->offset);
}

static u64 target_size(const struct var_loc *loc, struct type *pointer)
{
	u64 size = 0;

	if (loc->kind == LOC_BYTES)
		return loc->nbytes;
	for (size_t i = 0; loc->kind == LOC_PIECES && i < loc->npieces; i++)
		size += loc->pieces[i].bits;
	return size ? (size + 7) / 8 : type_strip(type_strip(pointer)->ref)->size;
}

/* The object that a place needs, declared before any choice of places; size 0: none. */
static u64 object_size(const struct var_loc *loc, struct type *t)
{
	switch (loc->kind) {
	case LOC_POINTS:
		return loc->target->kind == LOC_ADDRESS ? 0 : target_size(loc->target, t);
	case LOC_ADDRESS:
		return 0;
	case LOC_VALUE:
		return is_object(t) ? t->size : 0;
	default:
		return t->size ? t->size : 8;
	}
}

/* The value as dtc_u64 or dtc_s64 by its type, exact; of an object its address. */
static const char *place_text(struct emitter *e, struct node *n, const struct var_loc *loc, const struct object *o)
{
	struct computing k = { .e = e, .n = n };
	struct type *t = type_strip(n->type);
	const char *wide = is_signed(t) ? "dtc_s64" : "dtc_u64", *temp;

	switch (loc->kind) {
	case LOC_POINTS:
		return pointer_text(&k, loc, t, o);
	case LOC_ADDRESS:
		return is_object(t) ? compute(&k, loc->expr) : emit_load(e, n, compute(&k, loc->expr), n->type).text;
	case LOC_VALUE:
		if (!is_object(t))
			return val_exact(val_int(mem_printf("(%s)%s", wide, compute(&k, loc->expr)), true, false), n->type);
		break;
	default:
		break;
	}
	object_fill(&k, o, loc);
	if (is_object(t))
		return mem_printf("((dtc_u64)%s)", o->name);
	temp = emit_temp(e);
	emit_line(e, "%s %s = %s[0];", wide, temp, o->name);
	return val_exact(val_int(temp, true, false), n->type);
}

static const char *place_address(struct emitter *e, struct node *n, const struct var_loc *loc, const struct object *o)
{
	struct computing k = { .e = e, .n = n };

	return loc->kind == LOC_ADDRESS ? compute(&k, loc->expr) : place_text(e, n, loc, o);
}

/* --- the choice among places --- */

typedef const char *place_fn(struct emitter *e, struct node *n, const struct var_loc *loc, const struct object *o);

/* Sites with one place, as the first of them. */
struct places { const struct var_loc **locs; u32 *of_site, *count; u32 n, most; };

static void places_find(const struct local *l, struct places *p)
{
	*p = (struct places){ mem_alloc((l->nsites + 1) * sizeof(*p->locs)), mem_alloc((l->nsites + 1) * sizeof(u32)),
			      mem_alloc((l->nsites + 1) * sizeof(u32)), 0, 0 };
	for (size_t i = 0; i < l->nsites; i++) {
		u32 k = 0;

		while (k < p->n && !(p->locs[k] == l->sites[i].loc || loc_equal(p->locs[k], l->sites[i].loc)))
			k++;
		if (k == p->n)
			p->locs[p->n++] = l->sites[i].loc;
		p->of_site[i] = k;
		if (++p->count[k] > p->count[p->most])
			p->most = k;
	}
}

/* `other`: the place that all rows not named have. */
static void case_emit(struct emitter *e, const struct local *l, const struct places *p, u32 place, u32 other)
{
	struct text t = { 0 };

	for (size_t i = 0; i < l->nsites && place != other; i++)
		if (p->of_site[i] == place)
			text_add(&t, "%scase %u:", t.len ? " " : "", l->sites[i].probe->row);
	emit_line(e, "%.*s {", place == other ? 8 : (int)t.len, place == other ? "default:" : t.data);
}

static const char *choose(struct emitter *e, struct node *n, place_fn *fn, const char *type)
{
	struct object o = { 0 };
	struct places p;
	const char *t;
	u64 size = 0;

	places_find(n->local, &p);
	for (u32 i = 0; i < p.n; i++) {
		u64 want = object_size(p.locs[i], type_strip(n->type));
		size = want > size ? want : size;
	}
	if (size)
		o = object_new(e, size);
	if (p.n == 1)
		return fn(e, n, p.locs[0], &o);
	e->cur->uses_probe = true;
	t = emit_temp(e);
	emit_line(e, "%s %s;", type, t);
	emit_line(e, "switch (dtc_probe(c)) {");
	for (u32 i = 0; i < p.n; i++) {
		case_emit(e, n->local, &p, i, p.most);
		e->indent++;
		emit_line(e, "%s = %s;", t, fn(e, n, p.locs[i], &o));
		emit_line(e, "break;");
		e->indent--;
		emit_line(e, "}");
	}
	emit_line(e, "}");
	return t;
}

struct val emit_local(struct emitter *e, struct node *n)
{
	const char *text = choose(e, n, place_text, is_signed(n->type) ? "dtc_s64" : "dtc_u64");

	if (is_object(type_strip(n->type)))
		return (struct val){ .kind = VAL_MEM, .text = text };
	return val_int(text, true, true);
}

const char *emit_local_address(struct emitter *e, struct node *n)
{
	return choose(e, n, place_address, "dtc_u64");
}

/* --- $$vars --- */

/* The state of a variable in a record: include/dtc/meta.h. */
static void var_put(struct emitter *e, struct node *n, const struct var_loc *loc, const char *to, const char *state)
{
	struct computing k = { .e = e, .n = n };
	struct type *t = type_strip(n->type);
	struct object o;

	if (loc->kind == LOC_ADDRESS) {
		emit_line(e, "%s = dtc_rt_load_bytes(%s, %s, %llu) ? %d : %d;", state, to, compute(&k, loc->expr), (unsigned long long)t->size, DTC_VAR_BAD, DTC_VAR_VALUE);
		return;
	}
	if (is_object(t) || loc->kind != LOC_VALUE) {
		o = object_new(e, object_size(loc, t));
		object_fill(&k, &o, loc);
		emit_line(e, "__builtin_memcpy(%s, %s, %llu);", to, o.name, (unsigned long long)t->size);
	} else {
		emit_line(e, "*(%s *)(%s) = %s;", ctype(n->type), to, place_text(e, n, loc, NULL));
	}
	emit_line(e, "%s = %d;", state, DTC_VAR_VALUE);
}

static const struct loc_expr *entry_in_expr(const struct loc_expr *x)
{
	const struct loc_expr *found;

	if (!x || x->op == LOC_ENTRY_REG)
		return x;
	found = entry_in_expr(x->cond);
	found = found ? found : entry_in_expr(x->left);
	return found ? found : entry_in_expr(x->right);
}

/* What a place asks of the entry of its function: all of it is kept, or nothing. */
static const struct loc_expr *entry_in(const struct var_loc *loc)
{
	const struct loc_expr *found = entry_in_expr(loc->expr);

	for (size_t i = 0; i < loc->npieces && !found; i++)
		found = entry_in(loc->pieces[i].loc);
	return found;
}

/* A variable that nothing is known of leaves the others alone. */
static void var_put_known(struct emitter *e, struct node *n, const struct var_loc *loc, const char *to, const char *state)
{
	const struct loc_expr *entry = entry_in(loc);
	struct computing k = { .e = e, .n = n };

	if (!entry) {
		var_put(e, n, loc, to, state);
		return;
	}
	emit_line(e, "if (!dtc_entry_known(&kept, %s, %zu)) {", compute(&k, entry->left), entry_row(e, entry));
	emit_line(e, "\t%s = %d;", state, DTC_VAR_UNCAPTURED);
	emit_line(e, "} else {");
	e->indent++;
	var_put(e, n, loc, to, state);
	e->indent--;
	emit_line(e, "}");
}

static void var_emit(struct emitter *e, struct node *n, const char *to, const char *state)
{
	struct places p;

	emit_line(e, "%s = %d;", state, DTC_VAR_NONE);
	places_find(n->local, &p);
	if (n->local->nsites != e->clause->probes->count || p.n > 1)
		e->cur->uses_probe = true;
	emit_line(e, e->clause->probes->count > 1 ? "switch (dtc_probe(c)) {" : "{");
	for (u32 i = 0; i < p.n; i++) {
		if (e->clause->probes->count > 1)
			case_emit(e, n->local, &p, i, p.n);
		e->indent++;
		if (!p.locs[i])
			emit_line(e, "%s = %d;", state, DTC_VAR_GONE);
		else if (n->local->is_large)
			emit_line(e, "%s = %d;", state, DTC_VAR_LARGE);
		else
			var_put_known(e, n, p.locs[i], to, state);
		if (e->clause->probes->count > 1) {
			emit_line(e, "break;");
			e->indent--;
			emit_line(e, "}");
		} else {
			e->indent--;
		}
	}
	emit_line(e, "}");
}

void emit_vars(struct emitter *e, struct node *n, const char *base, u32 at)
{
	const struct vars *v = n->vars;

	for (size_t i = 0; i < v->n; i++) {
		struct node one = *n;

		one.kind = NODE_LOCAL;
		one.local = &v->locals[i];
		one.type = v->locals[i].type;
		var_emit(e, &one, mem_printf("%s + %llu", base, (unsigned long long)(at + n->type->members[i].bit_offset / 8)),
			 mem_printf("%s[%llu]", base, (unsigned long long)(at + n->type->size - v->n + i)));
	}
}
