// SPDX-License-Identifier: GPL-2.0
/*
 * Where a function finds its parameters and leaves its result, from its
 * prototype and the calling convention of x86-64: integers and pointers in six
 * registers, then on the stack; structures of up to two words in as many
 * registers when they are left, else on the stack. A place is one of argN's.
 */
#include "provider.h"
#include "../debuginfo/dwarf.h"

#define ARGS_MAX 10	/* that a tracepoint's handler takes */
#define FUNCTION_REGS 6	/* less: the handler of a tracepoint, whose first is its own */
#define DWARF_RSP 7
#define DWARF_RDX 1

static struct loc_expr *expr_new(enum loc_op op, u64 value)
{
	struct loc_expr *x = mem_alloc(sizeof(*x));

	x->op = op;
	x->value = value;
	return x;
}

static struct var_loc value_of(struct loc_expr *x)
{
	return (struct var_loc){ .kind = LOC_VALUE, .expr = x };
}

/* An object of several words, each a value. */
static struct var_loc words_of(struct loc_expr *const *words, u64 size)
{
	struct var_loc loc = { .kind = LOC_PIECES, .npieces = (size + 7) / 8 };

	loc.pieces = mem_alloc(loc.npieces * sizeof(*loc.pieces));
	for (size_t i = 0; i < loc.npieces; i++) {
		loc.pieces[i].loc = mem_alloc(sizeof(struct var_loc));
		*loc.pieces[i].loc = value_of(words[i]);
		loc.pieces[i].bits = i + 1 < loc.npieces ? 64 : size * 8 - i * 64;
	}
	return loc;
}

static struct var_loc words_from(u64 first, u64 size)
{
	struct loc_expr *words[ARGS_MAX];

	for (u64 i = 0; i < (size + 7) / 8; i++)
		words[i] = expr_new(LOC_ARG, first + i);
	return words_of(words, size);
}

static struct var_loc on_stack(unsigned regs, u64 word, u64 size)
{
	struct loc_expr *x;

	if (size <= 8)
		return value_of(expr_new(LOC_ARG, regs + word));
	if (regs < FUNCTION_REGS) {
		if (regs + word + (size + 7) / 8 <= ARGS_MAX)
			return words_from(regs + word, size);
		return (struct var_loc){ .kind = LOC_CANNOT, .why = "it is passed on the stack past what a tracepoint's handler sees" };
	}
	x = expr_new(LOC_ADD, 0);
	x->left = expr_new(LOC_REG, DWARF_RSP);
	x->right = expr_new(LOC_CONST, 8 + 8 * word);
	return (struct var_loc){ .kind = LOC_ADDRESS, .expr = x };
}

void abi_locate(struct type *function, unsigned first, unsigned regs, unsigned index, struct var_loc *ret)
{
	u64 reg = 0, word = 0;

	for (unsigned i = first; i < function->nmembers; i++) {
		struct type *t = type_strip(function->members[i].type);
		u64 size = t->kind == TYPE_ARRAY || !t->size ? type_is_sou(t) ? 0 : 8 : t->size, n = (size + 7) / 8;
		bool in_regs = n <= 2 && reg + n <= regs;

		if (i - first == index) {
			if (!size)
				*ret = (struct var_loc){ .kind = LOC_BYTES };
			else if (!in_regs)
				*ret = on_stack(regs, word, size);
			else
				*ret = n == 1 ? value_of(expr_new(LOC_ARG, reg)) : words_from(reg, size);
			return;
		}
		if (in_regs)
			reg += n;
		else
			word += n;
	}
	*ret = (struct var_loc){ .kind = LOC_NONE };
}

size_t abi_parameters(struct type *function, unsigned first, const struct probe_local **ret)
{
	size_t n = function && function->nmembers > first ? function->nmembers - first : 0;
	struct probe_local *l = mem_alloc((n + 1) * sizeof(*l));

	for (size_t i = 0; i < n; i++)
		l[i] = (struct probe_local){ function->members[first + i].name, LOCAL_PARAMETER, function->members[first + i].type, i, NULL, false };
	*ret = l;
	return n;
}

/* At the return of a function: argument 1. */
void abi_locate_result(struct type *result, struct var_loc *ret)
{
	struct loc_expr *rax = expr_new(LOC_ARG, 1), *words[2] = { rax, expr_new(LOC_REG, DWARF_RDX) };
	u64 size = type_strip(result)->size;

	if (size <= 8)
		*ret = value_of(rax);
	else if (size <= 16)
		*ret = words_of(words, size);
	else
		*ret = (struct var_loc){ .kind = LOC_ADDRESS, .expr = rax };
}
