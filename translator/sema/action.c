// SPDX-License-Identifier: GPL-2.0
/* What each function asks of its arguments beyond its prototype: one table by function. */
#include "sema.h"
#include <dtc/limits.h>

static const char *nth(unsigned n)
{
	return mem_printf("argument #%u", n);
}

static bool is_positive_const(const struct node *n, u64 max)
{
	return n->is_const && type_is_integer(n->type) && (s64)n->value > 0 && n->value <= max;
}

static bool check_trace(struct sema *s, struct node *n)
{
	struct node *a = n->list;

	if (type_is_void(a->type)) {
		sema_error(s, a, "D_TRACE_VOID", NULL, "trace( ) may not be applied to a void expression");
		return false;
	}
	if (type_is_dyn(a->type) || type_is_function(a->type)) {
		sema_error(s, a, "D_TRACE_DYN", a->kind == NODE_AGG ? "aggregations are printed by printa()" : NULL,
			   "trace( ) may not be applied to %s", a->kind == NODE_AGG ? "an aggregation" : "a dynamic expression");
		return false;
	}
	return true;
}

static bool check_stack(struct sema *s, struct node *n)
{
	struct node *a = n->list;

	if (!a || is_positive_const(a, DTC_STACKFRAMES_MAX))
		return true;
	sema_error(s, a, n->func->id == FN_STACK ? "D_STACK_SIZE" : "D_USTACK_FRAMES", NULL,
		   "%s( ) argument #1 must be an integer constant from 1 to %d", n->func->name, DTC_STACKFRAMES_MAX);
	return false;
}

static bool check_ustack(struct sema *s, struct node *n)
{
	struct node *a = n->list ? n->list->next : NULL;

	if (!check_stack(s, n))
		return false;
	if (!a || (a->is_const && (s64)a->value >= 0))
		return true;
	sema_error(s, a, "D_USTACK_STRSIZE", NULL, "%s( ) argument #2 must be a positive integer constant", n->func->name);
	return false;
}

static bool check_tracemem(struct sema *s, struct node *n)
{
	struct node *address = n->list, *size = address->next;

	if (!type_is_integer(address->type) && !type_is_pointer(address->type)) {
		sema_error(s, address, "D_TRACEMEM_ADDR", NULL, "tracemem( ) argument #1 must be a pointer or an integer, not %s",
			   sema_type_name(s, address));
		return false;
	}
	if (!is_positive_const(size, DTC_BUFSIZE_MAX)) {
		sema_error(s, size, "D_TRACEMEM_SIZE", NULL, "tracemem( ) argument #2 must be a positive integer constant");
		return false;
	}
	return true;
}

static bool check_clear(struct sema *s, struct node *n)
{
	return agg_argument(s, n, n->list, "D_CLEAR_AGGARG", "D_CLEAR_AGGBAD") != NULL;
}

static bool check_trunc(struct sema *s, struct node *n)
{
	return agg_argument(s, n, n->list, "D_TRUNC_AGGARG", "D_TRUNC_AGGBAD") != NULL;
}

static bool check_denormalize(struct sema *s, struct node *n)
{
	return agg_argument(s, n, n->list, "D_NORMALIZE_AGGARG", "D_NORMALIZE_AGGBAD") != NULL;
}

static bool check_normalize(struct sema *s, struct node *n)
{
	struct node *divisor = n->list->next;

	if (!check_denormalize(s, n))
		return false;
	if (!type_is_scalar(divisor->type)) {
		sema_error(s, divisor, "D_NORMALIZE_SCALAR", NULL, "normalize( ) %s must be of scalar type, not %s", nth(2),
			   sema_type_name(s, divisor));
		return false;
	}
	if (node_is_zero(divisor)) {
		sema_error(s, divisor, "D_NORMALIZE_SCALAR", NULL, "normalize( ) %s must not be 0: values are divided by it", nth(2));
		return false;
	}
	return true;
}

static bool check_print(struct sema *s, struct node *n)
{
	if (type_is_void(n->list->type) || type_is_dyn(n->list->type)) {
		sema_error(s, n->list, "D_PRINT_SIZE", NULL, "print( ) may not be applied to %s",
			   type_is_void(n->list->type) ? "a void expression" : "an aggregation");
		return false;
	}
	return true;
}

static bool check_alloca(struct sema *s, struct node *n)
{
	if (n->list->is_const && n->list->value > DTC_SCRATCHSIZE_MAX) {
		sema_error(s, n->list, "D_ALLOCA_SIZE", NULL, "alloca( ) size is larger than scratch memory may be");
		return false;
	}
	return true;
}

/* tag_aggregation: the aggregation's own errors come before those of the prototype. */
static const struct rule {
	enum func_id id;
	bool (*check)(struct sema *s, struct node *n);
	const char *tag_aggregation;
} rules[] = {
	{ FN_TRACE, check_trace, NULL },
	{ FN_STACK, check_stack, "D_STACK_SIZE" },
	{ FN_USTACK, check_ustack, "D_USTACK_FRAMES" },
	{ FN_JSTACK, check_ustack, "D_USTACK_FRAMES" },
	{ FN_TRACEMEM, check_tracemem, "D_TRACEMEM_SIZE" },
	{ FN_CLEAR, check_clear, NULL },
	{ FN_TRUNC, check_trunc, NULL },
	{ FN_NORMALIZE, check_normalize, "D_NORMALIZE_SCALAR" },
	{ FN_DENORMALIZE, check_denormalize, NULL },
	{ FN_PRINTF, check_printf, NULL },
	{ FN_SYSTEM, check_printf, NULL },
	{ FN_FREOPEN, check_printf, NULL },
	{ FN_PRINTA, check_printa, NULL },
	{ FN_PRINT, check_print, NULL },
	{ FN_ALLOCA, check_alloca, NULL },
};

static const struct rule *rule_find(enum func_id id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		if (rules[i].id == id)
			return &rules[i];
	return NULL;
}

/* Wrong types of arguments that have a tag of their own are left to the rule. */
static bool has_own_tag(const struct rule *r, const struct node *n)
{
	const struct node *a;

	if (!r || !r->tag_aggregation)
		return false;
	for (a = n->list; a; a = a->next)
		if (node_is_poison(a))
			return false;
	return n->func->id == FN_STACK || n->func->id == FN_USTACK || n->func->id == FN_JSTACK ? n->list && !n->list->next :
	       node_count(n->list) == 2;
}

struct type *check_function(struct sema *s, struct node *n)
{
	const struct func_desc *f = n->func;
	const struct rule *r = rule_find(f->id);
	struct type *result;

	if (f->kind == FUNC_AGG)
		return n->type = s->ts->dyn;
	if (has_own_tag(r, n)) {
		if (!r->check(s, n))
			return poison(s, n);
		if (!check_prototype(s, n))
			return poison(s, n);
	} else if (!check_prototype(s, n) || (r && !r->check(s, n))) {
		return poison(s, n);
	}
	result = n->type;
	if (!f->supported)
		return sema_error(s, n, "D_UNKNOWN", NULL, "%s( ) is not available yet", f->name);
	if (f->kind == FUNC_ACTION)
		check_order(s, n);
	return n->type = result;
}
