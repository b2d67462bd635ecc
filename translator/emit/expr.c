/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Expressions. Operands are evaluated from left to right: when a later operand
 * emits statements, earlier ones that could change meanwhile are put into
 * temporaries first. `&&`, `||` and `?:` evaluate what C evaluates.
 */
#include <string.h>
#include "emitter.h"

bool is_signed(struct type *t)
{
	t = type_strip(t);
	return (t->kind == TYPE_INT || t->kind == TYPE_ENUM) && t->is_signed;
}

unsigned type_bytes(struct type *t)
{
	t = type_strip(t);
	if (t->kind != TYPE_INT && t->kind != TYPE_ENUM)
		return 8;
	return t->size == 1 || t->size == 2 || t->size == 4 ? t->size : 8;
}

const char *ctype(struct type *t)
{
	static const char *const names[2][4] = {
		{ "dtc_u8", "dtc_u16", "dtc_u32", "dtc_u64" },
		{ "dtc_s8", "dtc_s16", "dtc_s32", "dtc_s64" },
	};
	unsigned n = type_bytes(t);
	return names[is_signed(t)][n == 1 ? 0 : n == 2 ? 1 : n == 4 ? 2 : 3];
}

static const char *wide(bool sign)
{
	return sign ? "dtc_s64" : "dtc_u64";
}

struct val val_int(const char *text, bool stable, bool exact)
{
	return (struct val){ .kind = VAL_INT, .text = text, .is_stable = stable, .is_exact = exact };
}

struct val val_str(const char *text, bool stable)
{
	return (struct val){ .kind = VAL_STR, .text = text, .is_stable = stable };
}

struct val val_const(struct type *type, u64 value)
{
	const char *text;

	if (!is_signed(type))
		text = mem_printf("%lluull", (unsigned long long)value);
	else if (value == 1ull << 63)
		text = "(-9223372036854775807ll - 1)";
	else
		text = mem_printf((s64)value < 0 ? "(%lldll)" : "%lldll", (long long)value);
	struct val v = val_int(text, true, true);
	v.is_const = true;
	v.value = value;
	return v;
}

/* An integer value of a D type as dtc_s64 or dtc_u64. */
const char *val_as(struct val v, struct type *type, bool want)
{
	if (v.kind != VAL_INT)
		return mem_printf("(%s)(unsigned long)%s", wide(want), v.text);
	if (is_signed(type) == want)
		return v.text;
	return mem_printf("(%s)%s", wide(want), v.text);
}

/* The same, truncated to the width of its type. */
const char *val_exact(struct val v, struct type *type)
{
	struct type *t = type_strip(type);

	if (t->is_bool && !v.is_exact)
		return mem_printf("(dtc_u64)(%s != 0)", v.text);
	if (v.is_exact || type_bytes(type) == 8)
		return v.text;
	return mem_printf("(%s)(%s)%s", wide(is_signed(type)), ctype(type), v.text);
}

struct val emit_spill(struct emitter *e, struct val v, struct type *type)
{
	const char *t;

	if (v.is_const || v.lit || v.kind == VAL_VOID)
		return v;
	t = emit_temp(e);
	if (v.kind == VAL_STR)
		emit_line(e, "const char *%s = %s;", t, v.text);
	else
		emit_line(e, "%s %s = %s;", v.kind == VAL_MEM ? "dtc_u64" : wide(is_signed(type)), t, v.text);
	v.text = t;
	v.is_stable = true;
	return v;
}

void emit_in_order(struct emitter *e, struct node **nodes, const emit_fn *fns, size_t n, struct val *vals)
{
	for (size_t i = 0; i < n; i++) {
		struct text sub = { 0 }, *out = emit_to(e, &sub);
		vals[i] = fns[i](e, nodes[i]);
		emit_to(e, out);
		if (!sub.len)
			continue;
		for (size_t j = 0; j < i; j++)
			if (!vals[j].is_stable)
				vals[j] = emit_spill(e, vals[j], nodes[j]->type);
		text_write(e->out, sub.data, sub.len);
	}
}

static void emit_pair(struct emitter *e, struct node *n, struct val *l, struct val *r)
{
	struct node *nodes[2] = { n->left, n->right };
	const emit_fn fns[2] = { emit_expr, emit_expr };
	struct val v[2];

	emit_in_order(e, nodes, fns, 2, v);
	*l = v[0];
	*r = v[1];
}

u32 emit_position(struct emitter *e, const struct node *n)
{
	struct dtc_c_position *p = rows_add(&e->positions);

	e->cur->uses_probe = true;	/* the fault's record names it */
	*p = (struct dtc_c_position){ e->ordinal, n->loc.src ? n->loc.src->index : 0, n->loc.line, n->loc.column };
	return e->positions.n - 1;
}

const char *emit_int(struct emitter *e, struct node *n, bool sign)
{
	return val_as(emit_expr(e, n), n->type, sign);
}

const char *emit_exact(struct emitter *e, struct node *n)
{
	struct val v = emit_expr(e, n);
	return v.kind == VAL_INT ? val_exact(v, n->type) : v.text;
}

const char *emit_cond(struct emitter *e, struct node *n)
{
	struct val v = emit_expr(e, n);

	if (v.kind == VAL_STR)
		return mem_printf("*%s", v.text);
	return v.text;
}

/* --- memory --- */

/* Is n a part of a variable of the script, in the script's own memory? */
bool is_own_memory(const struct node *n)
{
	for (;;) {
		if (n->kind == NODE_MEMBER && !n->is_arrow)
			n = n->left;
		else if (n->kind == NODE_INDEX && type_strip(n->left->type)->kind == TYPE_ARRAY)
			n = n->left;
		else
			return n->kind == NODE_VAR && !n->var->is_assoc;
	}
}

/* An array's end is a computed index's limit. A kernel's array of 0 or 1 may be longer than it is declared. */
static const char *index_address(struct emitter *e, struct node *n)
{
	struct node *nodes[2] = { n->left, n->list };
	const emit_fn fns[2] = { emit_expr, emit_expr };
	struct val v[2];
	u64 size = type_strip(n->type)->size;

	emit_in_order(e, nodes, fns, 2, v);
	const char *i = val_as(v[1], n->list->type, false);
	struct type *array = type_strip(n->left->type);
	bool own = is_own_memory(n), is_known = v[1].is_const && (!own || v[1].value < array->count);
	if (array->kind == TYPE_ARRAY && !is_known && (own || array->count > 1)) {
		u64 count = array->count;
		const char *t = emit_temp(e);
		emit_line(e, "dtc_u64 %s = %s;", t, i);
		emit_line(e, "if (%s >= %llu) DTC_FAULT(c, %d, %s, %u);", t, (unsigned long long)count, DTC_FAULT_BADINDEX, t, emit_position(e, n));
		i = t;
	}
	return mem_printf("(%s + %s * %llu)", v[0].text, i, (unsigned long long)(size ? size : 1));
}

const char *emit_address(struct emitter *e, struct node *n)
{
	switch (n->kind) {
	case NODE_MEMBER: {
		u64 off = n->bit_offset / 8;
		const char *base = n->is_arrow ? emit_int(e, n->left, false) : emit_address(e, n->left);
		return off ? mem_printf("(%s + %llu)", base, (unsigned long long)off) : base;
	}
	case NODE_UNARY:
		if (n->op == OP_DEREF)
			return emit_int(e, n->left, false);
		break;
	case NODE_INDEX:
		if (n->left->kind != NODE_VAR || !n->left->var->is_assoc)
			return index_address(e, n);
		break;
	case NODE_SYMBOL:
		return symbol_address(e, n);
	case NODE_LOCAL:
		return emit_local_address(e, n);
	default:
		break;
	}
	struct val v = emit_expr(e, n);
	return v.kind == VAL_STR ? mem_printf("(dtc_u64)%s", v.text) : v.text;
}

static struct val load_scalar(struct emitter *e, struct node *n, const char *address, struct type *type)
{
	const char *t = emit_temp(e);

	if (!is_own_memory(n))
		address = emit_readable(e, n, address, mem_printf("%u", type_bytes(type)));
	emit_line(e, "%s %s;", ctype(type), t);
	emit_line(e, "DTC_LOAD(c, %s, %s, %s, %u);", ctype(type), t, address, emit_position(e, n));
	return val_int(mem_printf("(%s)%s", wide(is_signed(type)), t), true, true);
}

struct val emit_load(struct emitter *e, struct node *n, const char *address, struct type *type)
{
	if (type_is_scalar(type) && type_strip(type)->kind != TYPE_ARRAY)
		return load_scalar(e, n, address, type);
	return (struct val){ .kind = VAL_MEM, .text = address };
}

void bits_place(const struct node *n, unsigned *unit, u64 *byte, unsigned *shift)
{
	*unit = type_bytes(n->type) * 8;
	*byte = n->bit_offset / *unit * *unit / 8;
	if (n->bit_offset - *byte * 8 + n->member->bits > *unit) {	/* packed across units */
		*unit = 64;
		*byte = n->bit_offset / 8;
	}
	*shift = n->bit_offset - *byte * 8;
}

static struct val load_bits(struct emitter *e, struct node *n)
{
	const struct member *m = n->member;
	unsigned unit, shift;
	u64 byte;

	bits_place(n, &unit, &byte, &shift);
	const char *base = n->is_arrow ? emit_int(e, n->left, false) : emit_address(e, n->left);
	const char *t = emit_temp(e), *from = mem_printf("(%s + %llu)", base, (unsigned long long)byte);
	if (!is_own_memory(n))
		from = emit_readable(e, n, from, mem_printf("%u", unit / 8));
	emit_line(e, "dtc_u%u %s;", unit, t);
	emit_line(e, "DTC_LOAD(c, dtc_u%u, %s, %s, %u);", unit, t, from, emit_position(e, n));
	return val_int(mem_printf("((%s)((dtc_u64)%s << %u) >> %u)", wide(is_signed(n->type)), t, 64 - shift - m->bits, 64 - m->bits), true, true);
}

static struct val emit_member(struct emitter *e, struct node *n)
{
	if (n->third)		/* a translated member: its expression */
		return emit_expr(e, n->third);
	if (n->member && n->member->bits)
		return load_bits(e, n);
	return emit_load(e, n, emit_address(e, n), n->type);
}

/* A character of a string, 0 where it has ended; `index` NULL: the first. */
static struct val string_char(struct emitter *e, struct node *string, struct node *index)
{
	struct node *nodes[2] = { string, index };
	const emit_fn fns[2] = { emit_string, emit_expr };
	struct val v[2] = { { 0 }, val_const(type_int(e->dtc, 8, false), 0) };

	emit_in_order(e, nodes, fns, index ? 2 : 1, v);
	if (!index)
		return val_int(mem_printf("(dtc_s64)*(const signed char *)%s", v[0].text), v[0].is_stable, true);
	const char *s = emit_temp(e), *i = emit_temp(e);
	emit_line(e, "const char *%s = %s;", s, v[0].text);
	emit_line(e, "dtc_u64 %s = %s;", i, val_as(v[1], index->type, false));
	return val_int(mem_printf("(dtc_s64)(%s < dtc_strlen(%s) ? (signed char)%s[%s] : 0)", i, s, s, i), true, true);
}

static struct val emit_index(struct emitter *e, struct node *n)
{
	if (type_strip(n->left->type)->kind == TYPE_STRING && !(n->left->kind == NODE_VAR && n->left->var->is_assoc))
		return string_char(e, n->left, n->list);
	if (n->left->kind == NODE_VAR && n->left->var->is_assoc)
		return emit_element(e, n);
	if (node_is_builtin(n->left, BI_UREGS)) {
		const char *t = emit_temp(e);
		emit_line(e, "dtc_u64 %s;", t);
		emit_line(e, "if (dtc_ureg(c, %llu, &%s)) DTC_RAISE(c, %u);", (unsigned long long)n->list->value, t, emit_position(e, n));
		return val_int(t, true, true);
	}
	if (node_is_builtin(n->left, BI_ARGS)) {
		struct val v = val_int(mem_printf("(%s)dtc_arg(c, %llu)", wide(is_signed(n->type)), (unsigned long long)n->list->value), true, false);
		return val_int(val_exact(v, n->type), true, true);
	}
	return emit_load(e, n, emit_address(e, n), n->type);
}

/* --- arithmetic --- */

static u64 pointed_size(struct type *t)
{
	t = type_strip(t);
	u64 size = (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY) && t->ref ? type_strip(t->ref)->size : 0;
	return size ? size : 1;
}

static struct val pointer_arith(struct emitter *e, enum op op, struct type *lt, struct val l, struct type *rt, struct val r)
{
	bool lp = type_is_pointer(lt), rp = type_is_pointer(rt);
	u64 size = pointed_size(lp ? lt : rt);

	if (lp && rp && op == OP_SUB)
		return val_int(mem_printf("((dtc_s64)(%s - %s) / %llu)", l.text, r.text, (unsigned long long)size), l.is_stable && r.is_stable, true);
	const char *a = val_as(l, lt, false), *b = val_as(r, rt, false);
	if (!lp && size > 1)
		a = mem_printf("(%s * %lluull)", a, (unsigned long long)size);
	if (!rp && size > 1)
		b = mem_printf("(%s * %lluull)", b, (unsigned long long)size);
	return val_int(mem_printf("(%s %s %s)", a, op_text(op), b), l.is_stable && r.is_stable, true);
}

static struct val divide(struct emitter *e, struct node *n, enum op op, bool sign, const char *a, struct val r, const char *b)
{
	const char *q = op_text(op);

	if (r.is_const && r.value && !(sign && (s64)r.value == -1))
		return val_int(mem_printf("(%s %s %s)", a, q, b), false, false);
	const char *t = emit_temp(e), *d = emit_temp(e);
	emit_line(e, "%s %s = %s, %s = %s;", wide(sign), t, a, d, b);
	emit_line(e, "if (!%s) DTC_FAULT(c, %d, 0, %u);", d, DTC_FAULT_DIVZERO, emit_position(e, n));
	if (!sign)
		return val_int(mem_printf("(%s %s %s)", t, q, d), true, false);
	if (op == OP_DIV)
		return val_int(mem_printf("(%s == -1 ? -%s : %s / %s)", d, t, t, d), true, false);
	return val_int(mem_printf("(%s == -1 ? 0 : %s %% %s)", d, t, d), true, false);
}

/* l OP r, both evaluated, as `type`. The node is for the place of a fault. */
struct val emit_arith(struct emitter *e, struct node *n, enum op op, struct type *type, struct type *lt, struct val l, struct type *rt, struct val r)
{
	if ((op == OP_ADD || op == OP_SUB) && (type_is_pointer(lt) || type_is_pointer(rt)))
		return pointer_arith(e, op, lt, l, rt, r);
	bool sign = is_signed(type), stable = l.is_stable && r.is_stable;
	const char *a = val_as(l, lt, sign), *b = val_as(r, rt, sign);
	struct val v;

	switch (op) {
	case OP_DIV: case OP_MOD:
		v = divide(e, n, op, sign, a, r, b);
		break;
	case OP_SHL: case OP_SHR:
		if (r.is_const)
			b = mem_printf("%u", (unsigned)(r.value & 63));
		else
			b = mem_printf("(%s & 63)", b);
		if (!l.is_const && strncmp(a, sign ? "(dtc_s64)" : "(dtc_u64)", 9))	/* a comparison is an int in C */
			a = mem_printf("(dtc_%c64)%s", sign ? 's' : 'u', a);
		/* fall through */
	default:
		v = val_int(mem_printf("(%s %s %s)", a, op_text(op), b), stable, false);
		break;
	}
	v.is_exact = type_bytes(type) == 8;
	return v;
}

static struct val emit_compare(struct emitter *e, struct node *n)
{
	struct type *lt = n->left->type, *rt = n->right->type;
	struct val l, r;
	bool sign;

	if (type_is_string(lt) || type_is_string(rt) || type_strip(lt)->kind == TYPE_STRING || type_strip(rt)->kind == TYPE_STRING)
		return emit_compare_strings(e, n);
	emit_pair(e, n, &l, &r);
	if (type_is_integer(lt) && type_is_integer(rt))
		sign = is_signed(type_promote(e->dtc, lt, rt));
	else
		sign = false;
	return val_int(mem_printf("(%s %s %s)", val_as(l, lt, sign), op_text(n->op), val_as(r, rt, sign)), l.is_stable && r.is_stable, true);
}

static struct val emit_logical(struct emitter *e, struct node *n)
{
	if (n->op == OP_LXOR) {
		struct val l, r;
		emit_pair(e, n, &l, &r);
		return val_int(mem_printf("(!%s != !%s)", l.text, r.text), l.is_stable && r.is_stable, true);
	}
	const char *l = emit_cond(e, n->left);
	struct text sub = { 0 }, *out = emit_to(e, &sub);
	e->indent++;
	const char *r = emit_cond(e, n->right);
	e->indent--;
	emit_to(e, out);
	if (!sub.len)
		return val_int(mem_printf("(%s %s %s)", l, op_text(n->op), r), false, true);
	const char *t = emit_temp(e);
	emit_line(e, "dtc_s64 %s = %s != 0;", t, l);
	emit_line(e, "if (%s%s) {", n->op == OP_LAND ? "" : "!", t);
	text_write(e->out, sub.data, sub.len);
	emit_line(e, "\t%s = %s != 0;", t, r);
	emit_line(e, "}");
	return val_int(t, true, true);
}

static struct val emit_choice(struct emitter *e, struct node *n)
{
	bool string = type_is_string(n->type), sign = is_signed(n->type);
	const char *cond = emit_cond(e, n->left), *arm[2];
	struct text sub[2] = { { 0 } };
	struct node *nodes[2] = { n->right, n->third };
	bool maybe_null = false;

	for (int i = 0; i < 2; i++) {
		struct text *out = emit_to(e, &sub[i]);
		e->indent++;
		if (string) {
			struct val v = emit_string_or_null(e, nodes[i]);
			arm[i] = v.text;
			maybe_null |= v.maybe_null;
		} else {
			arm[i] = emit_int(e, nodes[i], sign);
		}
		e->indent--;
		emit_to(e, out);
	}
	const char *type = string ? "const char *" : sign ? "dtc_s64 " : "dtc_u64 ", *text;
	bool stable = false;
	if (!sub[0].len && !sub[1].len) {
		text = mem_printf("(%s ? %s : %s)", cond, arm[0], arm[1]);
	} else {
		text = emit_temp(e);
		stable = true;
		emit_line(e, "%s%s;", type, text);
		emit_line(e, "if (%s) {", cond);
		text_write(e->out, sub[0].data, sub[0].len);
		emit_line(e, "\t%s = %s;", text, arm[0]);
		emit_line(e, "} else {");
		text_write(e->out, sub[1].data, sub[1].len);
		emit_line(e, "\t%s = %s;", text, arm[1]);
		emit_line(e, "}");
	}
	if (type_is_sou(n->type))
		return (struct val){ .kind = VAL_MEM, .text = text, .is_stable = stable };
	struct val v = string ? val_str(text, stable) : val_int(text, stable, false);
	v.maybe_null = maybe_null;
	return v;
}

static struct val emit_binary(struct emitter *e, struct node *n)
{
	struct val l, r;

	switch (n->op) {
	case OP_COMMA:
		l = emit_expr(e, n->left);
		return emit_expr(e, n->right);
	case OP_LAND: case OP_LOR: case OP_LXOR:
		return emit_logical(e, n);
	case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_GT: case OP_GE:
		return emit_compare(e, n);
	default:
		emit_pair(e, n, &l, &r);
		return emit_arith(e, n, n->op, n->type, n->left->type, l, n->right->type, r);
	}
}

static struct val emit_unary(struct emitter *e, struct node *n)
{
	struct val v;

	switch (n->op) {
	case OP_INC: case OP_DEC:
		return emit_incdec(e, n);
	case OP_DEREF:
		if (type_strip(n->left->type)->kind == TYPE_STRING)
			return string_char(e, n->left, NULL);
		return emit_load(e, n, emit_address(e, n), n->type);
	case OP_ADDROF:
		return val_int(emit_address(e, n->left), false, true);
	case OP_LNOT:
		v = emit_expr(e, n->left);
		return val_int(mem_printf("(dtc_s64)!%s", v.kind == VAL_STR ? mem_printf("*%s", v.text) : v.text), v.is_stable, true);
	default:
		v = emit_expr(e, n->left);
		return val_int(mem_printf("(%s%s)", op_text(n->op), val_as(v, n->left->type, is_signed(n->type))), v.is_stable, type_bytes(n->type) == 8);
	}
}

static struct val emit_cast(struct emitter *e, struct node *n)
{
	struct type *to = type_strip(n->type);

	if (to->kind == TYPE_VOID) {
		emit_expr(e, n->left);
		return (struct val){ .kind = VAL_VOID, .text = "0" };
	}
	if (type_is_string(to))
		return emit_string_or_null(e, n->left);
	struct val v = emit_expr(e, n->left);
	if (v.kind == VAL_STR)
		v = val_int(mem_printf("(dtc_u64)%s", v.text), v.is_stable, true);
	if (v.kind == VAL_MEM || type_is_sou(to))
		return v;
	v.text = val_as(v, n->left->type, is_signed(to));
	/* what fits the narrower type already needs no cut */
	v.is_exact = v.is_exact && !to->is_bool && is_signed(n->left->type) == is_signed(to) && type_bytes(n->left->type) <= type_bytes(to);
	return val_int(val_exact(v, to), v.is_stable, true);
}

/* A function stands for its address. */
static struct val emit_symbol(struct emitter *e, struct node *n)
{
	if (type_strip(n->type)->kind == TYPE_FUNCTION)
		return val_int(symbol_address(e, n), true, true);
	return emit_load(e, n, symbol_address(e, n), n->type);
}

struct val emit_expr(struct emitter *e, struct node *n)
{
	if (n->is_const && type_is_scalar(n->type))
		return val_const(n->type, n->value);
	switch (n->kind) {
	case NODE_INT:		return val_const(n->type, n->value);
	case NODE_STRING:	return emit_literal(e, n->text, n->text_len);
	case NODE_VAR:		return emit_var(e, n);
	case NODE_SYMBOL:	return emit_symbol(e, n);
	case NODE_LOCAL:	return emit_local(e, n);
	case NODE_BUILTIN:	return emit_builtin(e, n);
	case NODE_MACRO:	return emit_macro(e, n);
	case NODE_CALL:		return emit_call(e, n);
	case NODE_INDEX:	return emit_index(e, n);
	case NODE_MEMBER:	return emit_member(e, n);
	case NODE_UNARY:	return emit_unary(e, n);
	case NODE_BINARY:	return emit_binary(e, n);
	case NODE_ASSIGN:	return emit_assign(e, n);
	case NODE_COND:		return emit_choice(e, n);
	case NODE_CAST:		return emit_cast(e, n);
	case NODE_STRINGOF:	return emit_string_or_null(e, n->left);
	case NODE_XLATE:	return n->left ? emit_xlate(e, n) : emit_held(e, n);
	default:
		break;
	}
	diag_error(e->dtc, &n->loc, "D_CG_EXPR", NULL, "this expression cannot be compiled yet");
	return val_const(n->type, 0);
}
