// SPDX-License-Identifier: GPL-2.0
/*
 * The stack machine of DWARF: lists of operations, and the expression that each
 * must give, as text. There is no file behind them.
 */
#include <check.h>
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "translator/debuginfo/vars.h"

static struct text shown;

static const char *const names[] = {
	[LOC_NEG] = "neg", [LOC_NOT] = "not", [LOC_ABS] = "abs", [LOC_ADD] = "+", [LOC_SUB] = "-", [LOC_MUL] = "*", [LOC_DIV] = "/",
	[LOC_UDIV] = "u/", [LOC_MOD] = "%", [LOC_AND] = "&", [LOC_OR] = "|", [LOC_XOR] = "^", [LOC_SHL] = "<<", [LOC_SHR] = ">>",
	[LOC_SHRA] = ">>>", [LOC_EQ] = "==", [LOC_NE] = "!=", [LOC_LT] = "<", [LOC_LE] = "<=", [LOC_GT] = ">", [LOC_GE] = ">=",
};

static void show(const struct loc_expr *e)
{
	if (e->op == LOC_CONST) {
		text_add(&shown, "%lld", (long long)e->value);
	} else if (e->op == LOC_REG) {
		text_add(&shown, "r%llu", (unsigned long long)e->value);
	} else if (e->op == LOC_COND) {
		text_add(&shown, "(");
		show(e->cond);
		text_add(&shown, "?");
		show(e->left);
		text_add(&shown, ":");
		show(e->right);
		text_add(&shown, ")");
	} else if (e->op == LOC_LOAD) {
		text_add(&shown, "load%u(", e->size);
		show(e->left);
		text_add(&shown, ")");
	} else {
		text_add(&shown, "(");
		if (e->right)
			show(e->left);
		text_add(&shown, "%s", names[e->op]);
		show(e->right ? e->right : e->left);
		text_add(&shown, ")");
	}
}

static void show_location(const struct var_loc *l)
{
	static const char *const kinds[] = { "none", "memory", "value", "bytes", "pieces", "points", "cannot" };

	text_add(&shown, "%s", kinds[l->kind]);
	if (l->expr)
		text_add(&shown, " ");
	if (l->expr)
		show(l->expr);
	for (size_t i = 0; i < l->npieces; i++) {
		text_add(&shown, " [%llu@%llu ", (unsigned long long)l->pieces[i].bits, (unsigned long long)l->pieces[i].bit_offset);
		show_location(l->pieces[i].loc);
		text_add(&shown, "]");
	}
	if (l->why)
		text_add(&shown, " %s", l->why);
}

#define OPS 24
struct list { const char *want; Dwarf_Op ops[OPS]; size_t n; };

static const char *result(Dwarf_Op *ops, size_t n)
{
	struct debug_file file = { .module = "none" };
	struct loc_context c = { .f = &file };
	struct var_loc l;

	for (size_t i = 0; i < n && !ops[i].offset; i++)
		ops[i].offset = i * 3;
	shown.len = 0;
	loc_evaluate(&c, NULL, ops, n, &l);
	show_location(&l);
	return shown.data;
}

/* A place in a list is three bytes on, as DW_OP_bra and DW_OP_skip are long. */
#define JUMP(places)	((u64)(s64)((places) * 3))

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static struct list lists[] = {
	{ "none", {}, 0 },
	{ "value r3", { { DW_OP_reg3 } }, 1 },
	{ "value r12", { { DW_OP_regx, 12 } }, 1 },
	{ "memory (r7+-24)", { { DW_OP_breg7, (Dwarf_Word)-24 } }, 1 },
	{ "memory (r6+20)", { { DW_OP_bregx, 6, 8 }, { DW_OP_plus_uconst, 12 } }, 2 },
	{ "value (r5+1)", { { DW_OP_breg5, 1 }, { DW_OP_stack_value } }, 2 },
	{ "value 12", { { DW_OP_lit4 }, { DW_OP_lit3 }, { DW_OP_mul }, { DW_OP_stack_value } }, 4 },
	{ "value -3", { { DW_OP_const1s, 0xfd }, { DW_OP_stack_value } }, 2 },
	{ "value 253", { { DW_OP_const1u, 0xfd }, { DW_OP_stack_value } }, 2 },
	{ "value -7", { { DW_OP_consts, (Dwarf_Word)-14 }, { DW_OP_lit2 }, { DW_OP_div }, { DW_OP_stack_value } }, 4 },
	{ "value (r0/0)", { { DW_OP_breg0, 0 }, { DW_OP_lit0 }, { DW_OP_div }, { DW_OP_stack_value } }, 4 },
	{ "value 0", { { DW_OP_lit5 }, { DW_OP_const1u, 64 }, { DW_OP_shl }, { DW_OP_stack_value } }, 4 },
	{ "value -1", { { DW_OP_const1s, 0x80 }, { DW_OP_const1u, 70 }, { DW_OP_shra }, { DW_OP_stack_value } }, 4 },
	{ "memory load8((r4+8))", { { DW_OP_breg4, 8 }, { DW_OP_deref } }, 2 },
	{ "value load2(r4)", { { DW_OP_breg4, 0 }, { DW_OP_deref_size, 2 }, { DW_OP_stack_value } }, 3 },
	{ "value (r2-r1)", { { DW_OP_breg1, 0 }, { DW_OP_breg2, 0 }, { DW_OP_swap }, { DW_OP_minus }, { DW_OP_stack_value } }, 5 },
	{ "value (r1-r2)", { { DW_OP_breg1, 0 }, { DW_OP_breg2, 0 }, { DW_OP_over }, { DW_OP_drop }, { DW_OP_minus }, { DW_OP_stack_value } }, 6 },
	/* 1 2 3 rot: 3 1 2; then 3 - (1 * 2) */
	{ "value 1", { { DW_OP_lit1 }, { DW_OP_lit2 }, { DW_OP_lit3 }, { DW_OP_rot }, { DW_OP_mul }, { DW_OP_minus }, { DW_OP_stack_value } }, 7 },
	{ "value 9", { { DW_OP_lit9 }, { DW_OP_lit1 }, { DW_OP_pick, 1 }, { DW_OP_stack_value } }, 4 },
	{ "value (r1<r2)", { { DW_OP_breg1, 0 }, { DW_OP_breg2, 0 }, { DW_OP_lt }, { DW_OP_stack_value } }, 4 },
	{ "value (negr8)", { { DW_OP_breg8, 0 }, { DW_OP_neg }, { DW_OP_stack_value } }, 3 },
	{ "value 5", { { DW_OP_const1s, 0xfb }, { DW_OP_abs }, { DW_OP_stack_value } }, 3 },
	{ "pieces [64@0 value r0] [32@0 none] [32@0 memory r6]",
	  { { DW_OP_reg0 }, { DW_OP_piece, 8 }, { DW_OP_piece, 4 }, { DW_OP_breg6, 0 }, { DW_OP_piece, 4 } }, 5 },
	{ "pieces [3@5 value r0]", { { DW_OP_reg0 }, { DW_OP_bit_piece, 3, 5 } }, 2 },
	/* the branch is known */
	{ "value 7", { { DW_OP_lit7 }, { DW_OP_lit1 }, { DW_OP_bra, JUMP(1) }, { DW_OP_lit8 }, { DW_OP_stack_value } }, 5 },
	{ "value 8", { { DW_OP_lit7 }, { DW_OP_lit0 }, { DW_OP_bra, JUMP(1) }, { DW_OP_lit8 }, { DW_OP_stack_value } }, 5 },
	{ "value 7", { { DW_OP_lit7 }, { DW_OP_skip, JUMP(1) }, { DW_OP_lit8 }, { DW_OP_stack_value } }, 4 },
	/* the larger of two: both ways meet */
	{ "value ((r1>r2)?r1:r2)",
	  { { DW_OP_breg2, 0 }, { DW_OP_breg1, 0 }, { DW_OP_over }, { DW_OP_over }, { DW_OP_swap }, { DW_OP_gt }, { DW_OP_bra, JUMP(1) },
	    { DW_OP_swap }, { DW_OP_swap }, { DW_OP_drop }, { DW_OP_stack_value } }, 11 },
	/* each way has an end of its own */
	{ "value (r1?2:1)",
	  { { DW_OP_breg1, 0 }, { DW_OP_bra, JUMP(3) }, { DW_OP_lit1 }, { DW_OP_stack_value }, { DW_OP_skip, JUMP(2) }, { DW_OP_lit2 },
	    { DW_OP_stack_value } }, 7 },
	/* what is refused */
	{ "cannot where it is depends on a condition",
	  { { DW_OP_breg1, 0 }, { DW_OP_bra, JUMP(3) }, { DW_OP_lit1 }, { DW_OP_stack_value }, { DW_OP_skip, JUMP(1) }, { DW_OP_lit2 } }, 6 },
	{ "cannot its location takes too long to compute", { { DW_OP_skip, JUMP(-1) } }, 1 },
	{ "cannot the debug information of its location is damaged", { { DW_OP_plus } }, 1 },
	{ "cannot the debug information of its location is damaged", { { DW_OP_lit1 }, { DW_OP_pick, 1 } }, 2 },
	{ "cannot the debug information of its location is damaged", { { DW_OP_lit1 }, { DW_OP_deref_size, 9 } }, 2 },
	{ "cannot the debug information of its location is damaged", { { DW_OP_skip, JUMP(-2) }, { DW_OP_lit1 } }, 2 },
	{ "cannot the debug information of its location is damaged", { { 0xff } }, 1 },
	{ "cannot it is in a vector or floating-point register", { { DW_OP_reg17 } }, 1 },
	{ "cannot it is thread-local storage, which the kernel has none of", { { DW_OP_lit8 }, { DW_OP_form_tls_address } }, 2 },
	{ "cannot the compiler removed the parameter: only the callers know its value", { { DW_OP_GNU_parameter_ref, 1 } }, 1 },
};

START_TEST(operations)
{
	struct list *l = &lists[_i];

	ck_assert_str_eq(result(l->ops, l->n), l->want);
}
END_TEST

/* Conditions in conditions: bounded, and refused beyond. */
START_TEST(conditions)
{
	Dwarf_Op ops[64];
	size_t n = 0;

	for (unsigned i = 0; i < 16; i++) {
		ops[n++] = (Dwarf_Op){ .atom = DW_OP_breg1, .number = i };
		ops[n++] = (Dwarf_Op){ .atom = DW_OP_bra, .number = (u64)(s64)-6 };
	}
	for (size_t i = 0; i < n; i++)
		ops[i].offset = 1 + i * 3;
	ck_assert_str_eq(result(ops, n), "cannot its location depends on too many conditions");
}
END_TEST

START_TEST(deep_stack)
{
	Dwarf_Op ops[80];

	for (size_t i = 0; i < ARRAY_SIZE(ops); i++)
		ops[i] = (Dwarf_Op){ .atom = DW_OP_dup, .offset = 1 + i };
	ops[0].atom = DW_OP_lit1;
	ck_assert_str_eq(result(ops, ARRAY_SIZE(ops)), "cannot its location needs too deep a stack");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("locations");
	TCase *t = tcase_create("stack machine");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, operations, 0, ARRAY_SIZE(lists));
	tcase_add_test(t, conditions);
	tcase_add_test(t, deep_stack);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
