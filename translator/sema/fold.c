// SPDX-License-Identifier: GPL-2.0
/*
 * Constant folding, at 64 bits as the emitted code computes: the signedness of
 * the type tells which division, shift and comparison; nothing is truncated
 * but by casts and what is negative yet unsigned.
 */
#include "sema.h"

static bool type_signed(struct type *t)
{
	t = type_strip(t);
	return t->kind == TYPE_ENUM || (t->kind == TYPE_INT && t->is_signed);
}

static u64 divide(u64 a, u64 b, bool sign, bool rest)
{
	if (sign && b == (u64)-1)
		return rest ? 0 : -a;
	if (sign)
		return rest ? (u64)((s64)a % (s64)b) : (u64)((s64)a / (s64)b);
	return rest ? a % b : a / b;
}

static int compare(u64 a, u64 b, bool sign)
{
	if (a == b)
		return 0;
	return (sign ? (s64)a < (s64)b : a < b) ? -1 : 1;
}

static u64 shift_right(u64 a, u64 b, bool sign)
{
	return sign ? (u64)((s64)a >> (b & 63)) : a >> (b & 63);
}

/* The operands' common type rules comparisons and division; shifts go by the left one, the result's. */
bool fold_binary(struct sema *s, struct node *n)
{
	struct node *l = n->left, *r = n->right;
	u64 a = l->value, b = r->value, v;
	bool sign;

	if ((n->op == OP_DIV || n->op == OP_MOD) && r->is_const && !b) {
		sema_error(s, n, "D_DIV_ZERO", NULL, "expression contains division by zero");
		return false;
	}
	if (!l->is_const || !r->is_const || !type_is_integer(l->type) || !type_is_integer(r->type))
		return true;
	sign = type_signed(n->op == OP_SHR ? n->type : type_promote(s->dtc, l->type, r->type));
	switch (n->op) {
	case OP_ADD: v = a + b; break;
	case OP_SUB: v = a - b; break;
	case OP_MUL: v = a * b; break;
	case OP_DIV: v = divide(a, b, sign, false); break;
	case OP_MOD: v = divide(a, b, sign, true); break;
	case OP_BAND: v = a & b; break;
	case OP_BOR: v = a | b; break;
	case OP_BXOR: v = a ^ b; break;
	case OP_SHL: v = a << (b & 63); break;
	case OP_SHR: v = shift_right(a, b, sign); break;
	case OP_LAND: v = a && b; break;
	case OP_LOR: v = a || b; break;
	case OP_LXOR: v = !a != !b; break;
	case OP_EQ: v = a == b; break;
	case OP_NE: v = a != b; break;
	case OP_LT: v = compare(a, b, sign) < 0; break;
	case OP_LE: v = compare(a, b, sign) <= 0; break;
	case OP_GT: v = compare(a, b, sign) > 0; break;
	case OP_GE: v = compare(a, b, sign) >= 0; break;
	default:
		return true;
	}
	set_const(n, n->type, v);
	return true;
}

void fold_unary(struct node *n)
{
	u64 a = n->left->value;

	if (!n->left->is_const)
		return;
	switch (n->op) {
	case OP_NEG:
		set_const(n, n->type, type_signed(n->type) ? -a : type_truncate(-a, n->type));
		break;
	case OP_PLUS:
		set_const(n, n->type, a);
		break;
	case OP_BNOT:
		set_const(n, n->type, ~a);
		break;
	case OP_LNOT:
		set_const(n, n->type, !a);
		break;
	default:
		break;
	}
}

void fold_cond(struct node *n)
{
	const struct node *chosen = n->left->value ? n->right : n->third;

	if (n->left->is_const && chosen->is_const && type_is_integer(n->type))
		set_const(n, n->type, type_signed(n->type) ? chosen->value : type_truncate(chosen->value, n->type));
}
