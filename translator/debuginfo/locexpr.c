// SPDX-License-Identifier: GPL-2.0
/*
 * Expressions of locations. What is constant is computed here, and offsets are
 * gathered, so that most variables end as a load at register + offset.
 */
#include "vars.h"

static struct loc_expr *expr_new(enum loc_op op)
{
	struct loc_expr *e = mem_alloc(sizeof(*e));

	e->op = op;
	return e;
}

struct loc_expr *loc_const(u64 value)
{
	struct loc_expr *e = expr_new(LOC_CONST);

	e->value = value;
	return e;
}

struct loc_expr *loc_symbol(const char *module, const char *symbol, u64 offset)
{
	struct loc_expr *e = expr_new(LOC_SYMBOL);

	e->module = module;
	e->symbol = symbol;
	e->value = offset;
	return e;
}

struct loc_expr *loc_register(enum loc_op op, u64 number)
{
	struct loc_expr *e = expr_new(op);

	e->value = number;
	return e;
}

bool loc_is_const(const struct loc_expr *e, u64 *value)
{
	if (e->op != LOC_CONST)
		return false;
	*value = e->value;
	return true;
}

static u64 extend(u64 v, u8 size, bool is_signed)
{
	unsigned shift = 64 - 8 * size;

	if (!size || size >= 8)
		return v;
	return is_signed ? (u64)((s64)(v << shift) >> shift) : v << shift >> shift;
}

static bool fold_unary(enum loc_op op, u64 v, u8 size, u64 *ret)
{
	switch (op) {
	case LOC_NEG:	*ret = -v; return true;
	case LOC_NOT:	*ret = ~v; return true;
	case LOC_ABS:	*ret = (s64)v < 0 ? -v : v; return true;
	case LOC_SEXT:	*ret = extend(v, size, true); return true;
	case LOC_ZEXT:	*ret = extend(v, size, false); return true;
	default:	return false;
	}
}

/* The value is already what an extension to `size` bytes would make of it. */
static bool is_extended(const struct loc_expr *e, enum loc_op op, u8 size)
{
	if (size >= 8)
		return true;
	if (e->op == op && e->size <= size)
		return true;
	if (e->op == LOC_LOAD || e->op == LOC_ZEXT)
		return op == LOC_ZEXT ? e->size <= size : e->size < size;
	return false;
}

struct loc_expr *loc_unary(enum loc_op op, struct loc_expr *left, u8 size)
{
	struct loc_expr *e;
	u64 v;

	if (left->op == LOC_CONST && fold_unary(op, left->value, size, &v))
		return loc_const(v);
	if ((op == LOC_SEXT || op == LOC_ZEXT) && is_extended(left, op, size))
		return left;
	e = expr_new(op);
	e->left = left;
	e->size = size;
	return e;
}

static bool fold_binary(enum loc_op op, u64 a, u64 b, u64 *ret)
{
	switch (op) {
	case LOC_ADD:	*ret = a + b; return true;
	case LOC_SUB:	*ret = a - b; return true;
	case LOC_MUL:	*ret = a * b; return true;
	case LOC_DIV:
		if (!b || ((s64)a == INT64_MIN && (s64)b == -1))
			return false;
		*ret = (u64)((s64)a / (s64)b);
		return true;
	case LOC_UDIV:
		if (!b)
			return false;
		*ret = a / b;
		return true;
	case LOC_MOD:
		if (!b)
			return false;
		*ret = a % b;
		return true;
	case LOC_AND:	*ret = a & b; return true;
	case LOC_OR:	*ret = a | b; return true;
	case LOC_XOR:	*ret = a ^ b; return true;
	case LOC_SHL:	*ret = b < 64 ? a << b : 0; return true;
	case LOC_SHR:	*ret = b < 64 ? a >> b : 0; return true;
	case LOC_SHRA:	*ret = (u64)((s64)a >> (b < 64 ? b : 63)); return true;
	case LOC_EQ:	*ret = a == b; return true;
	case LOC_NE:	*ret = a != b; return true;
	case LOC_LT:	*ret = (s64)a < (s64)b; return true;
	case LOC_LE:	*ret = (s64)a <= (s64)b; return true;
	case LOC_GT:	*ret = (s64)a > (s64)b; return true;
	case LOC_GE:	*ret = (s64)a >= (s64)b; return true;
	default:	return false;
	}
}

/* e + offset, with the offsets that e ends in. */
static struct loc_expr *add_offset(struct loc_expr *e, u64 offset)
{
	struct loc_expr *sum;

	if (!offset)
		return e;
	if (e->op == LOC_SYMBOL)
		return loc_symbol(e->module, e->symbol, e->value + offset);
	if (e->op == LOC_ADD && e->right->op == LOC_CONST)
		return add_offset(e->left, e->right->value + offset);
	sum = expr_new(LOC_ADD);
	sum->left = e;
	sum->right = loc_const(offset);
	return sum;
}

struct loc_expr *loc_binary(enum loc_op op, struct loc_expr *left, struct loc_expr *right)
{
	struct loc_expr *e;
	u64 a, b, v;

	if (loc_is_const(right, &b)) {
		if (loc_is_const(left, &a) && fold_binary(op, a, b, &v))
			return loc_const(v);
		if (op == LOC_ADD || op == LOC_SUB)
			return add_offset(left, op == LOC_ADD ? b : -b);
		if ((op == LOC_SHL || op == LOC_SHR || op == LOC_SHRA) && !b)
			return left;
	} else if (op == LOC_ADD && loc_is_const(left, &a)) {
		return add_offset(right, a);
	}
	e = expr_new(op);
	e->left = left;
	e->right = right;
	return e;
}

struct loc_expr *loc_cond(struct loc_expr *cond, struct loc_expr *left, struct loc_expr *right)
{
	struct loc_expr *e;
	u64 v;

	if (loc_is_const(cond, &v))
		return v ? left : right;
	if (left == right)
		return left;
	e = expr_new(LOC_COND);
	e->cond = cond;
	e->left = left;
	e->right = right;
	return e;
}
