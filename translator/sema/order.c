// SPDX-License-Identifier: GPL-2.0
/*
 * The order of actions in a clause: what is recorded goes to one place, so
 * speculate() comes first and commit() stands alone. Also what is destructive.
 */
#include "sema.h"

void order_begin(struct sema *s)
{
	s->records = s->commit = s->speculate = NULL;
}

static void out_of_order(struct sema *s, struct node *n, const char *tag, const char *what, const char *after)
{
	diag_error(s->dtc, &n->loc, tag, "use a clause for each", "%s may not follow %s", what, after);
}

static const char *call_text(const struct node *n)
{
	return mem_printf("%s( )", n->func->name);
}

static void speculation_order(struct sema *s, struct node *n)
{
	if (n->func->id == FN_COMMIT) {
		if (s->records)
			out_of_order(s, n, "D_COMM_DREC", "commit( )", mem_printf("data-recording action %s", s->records));
		s->commit = "commit( )";
		return;
	}
	if (s->speculate)
		out_of_order(s, n, "D_SPEC_SPEC", "speculate( )", "speculate( )");
	else if (s->commit)
		out_of_order(s, n, "D_SPEC_COMM", "speculate( )", "commit( )");
	else if (s->records)
		out_of_order(s, n, "D_SPEC_DREC", "speculate( )", mem_printf("data-recording action %s", s->records));
	s->speculate = "speculate( )";
}

/* A call to an action whose arguments are right. */
void check_order(struct sema *s, struct node *n)
{
	const struct func_desc *f = n->func;

	if (f->destructive) {
		s->unit->destructive = true;
		if (!s->destructive)
			s->destructive = n;
	}
	switch (f->id) {
	case FN_COMMIT:
	case FN_SPECULATE:
		speculation_order(s, n);
		return;
	case FN_DISCARD:
		return;
	case FN_EXIT:
		if (s->speculate)
			out_of_order(s, n, "D_EXIT_SPEC", "exit( )", s->speculate);
		break;
	default:
		if (f->destructive && s->speculate)
			out_of_order(s, n, "D_ACT_SPEC", call_text(n), s->speculate);
		if (f->id == FN_COPYOUT || f->id == FN_COPYOUTSTR)
			return;		/* may stand in expressions, where it is no action */
	}
	if (s->commit)
		out_of_order(s, n, "D_DREC_COMM", mem_printf("data-recording action %s", call_text(n)), s->commit);
	s->records = call_text(n);
}

void check_aggregating_order(struct sema *s, struct node *n)
{
	if (s->commit)
		out_of_order(s, n, "D_AGG_COMM", "an aggregating action", s->commit);
	else if (s->speculate)
		out_of_order(s, n, "D_AGG_SPEC", "an aggregating action", s->speculate);
	s->records = "of an aggregation";
}
