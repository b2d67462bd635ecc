// SPDX-License-Identifier: GPL-2.0
/* Nodes of the tree, the spelling of operators. */
#include "tree.h"

const struct op_desc op_descs[OP_NR] = {
	[OP_NONE] = { "", "" },
	[OP_ADD] = { "+", "sum; of a pointer and an integer: so many elements further" },
	[OP_SUB] = { "-", "difference; of two pointers: in elements" },
	[OP_MUL] = { "*", "product" },
	[OP_DIV] = { "/", "quotient, towards zero; by zero: a fault" },
	[OP_MOD] = { "%", "remainder, with the sign of the left; by zero: a fault" },
	[OP_BAND] = { "&", "bits that both have" },
	[OP_BOR] = { "|", "bits that either has" },
	[OP_BXOR] = { "^", "bits that one of them has" },
	[OP_SHL] = { "<<", "shifted to the left" },
	[OP_SHR] = { ">>", "shifted to the right; with the sign where the left is signed" },
	[OP_LAND] = { "&&", "both are not 0; the right is computed only if it matters" },
	[OP_LOR] = { "||", "one is not 0; the right is computed only if it matters" },
	[OP_LXOR] = { "^^", "one and only one is not 0" },
	[OP_EQ] = { "==", "equal; strings by their content" },
	[OP_NE] = { "!=", "not equal; strings by their content" },
	[OP_LT] = { "<", "less; strings by their bytes" },
	[OP_LE] = { "<=", "less or equal" },
	[OP_GT] = { ">", "greater" },
	[OP_GE] = { ">=", "greater or equal" },
	[OP_COMMA] = { ",", "the right, after the left has been computed" },
	[OP_NEG] = { "-", "negative of (unary)" },
	[OP_PLUS] = { "+", "value of (unary)" },
	[OP_BNOT] = { "~", "all bits turned" },
	[OP_LNOT] = { "!", "1 for 0, else 0" },
	[OP_DEREF] = { "*", "what a pointer points to (unary)" },
	[OP_ADDROF] = { "&", "address of (unary)" },
	[OP_INC] = { "++", "one more, before or after its value is taken" },
	[OP_DEC] = { "--", "one less, before or after its value is taken" },
};

const char *op_text(enum op op)
{
	return (unsigned)op < OP_NR ? op_descs[op].text : "";
}

struct node *node_new(enum node_kind kind, const struct loc *loc)
{
	struct node *n = mem_alloc(sizeof(*n));

	n->kind = kind;
	n->loc = *loc;
	return n;
}

bool node_assigns(const struct node *n)
{
	const struct node *child[] = { n->left, n->right, n->third };
	size_t i;

	if (n->kind == NODE_ASSIGN || (n->kind == NODE_UNARY && (n->op == OP_INC || n->op == OP_DEC)))
		return true;
	for (i = 0; i < ARRAY_SIZE(child); i++)
		if (child[i] && node_assigns(child[i]))
			return true;
	for (n = n->list; n; n = n->next)
		if (node_assigns(n))
			return true;
	return false;
}
