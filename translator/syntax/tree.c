// SPDX-License-Identifier: GPL-2.0
/* Nodes of the tree, the spelling of operators. */
#include "tree.h"

static const char *const op_texts[OP_NR] = {
	[OP_NONE] = "", [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_MOD] = "%", [OP_BAND] = "&", [OP_BOR] = "|",
	[OP_BXOR] = "^", [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_LAND] = "&&", [OP_LOR] = "||", [OP_LXOR] = "^^", [OP_EQ] = "==",
	[OP_NE] = "!=", [OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">", [OP_GE] = ">=", [OP_COMMA] = ",", [OP_NEG] = "-", [OP_PLUS] = "+",
	[OP_BNOT] = "~", [OP_LNOT] = "!", [OP_DEREF] = "*", [OP_ADDROF] = "&", [OP_INC] = "++", [OP_DEC] = "--",
};

const char *op_text(enum op op)
{
	return (unsigned)op < OP_NR ? op_texts[op] : "";
}

struct node *node_new(enum node_kind kind, const struct loc *loc)
{
	struct node *n = mem_alloc(sizeof(*n));

	n->kind = kind;
	n->loc = *loc;
	return n;
}
