// SPDX-License-Identifier: GPL-2.0
/* What each function asks of its arguments beyond its prototype: one table by function. */
#include "sema.h"
#include <dtc/limits.h>

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
	if (type_is_dyn(a->type) || type_is_function(a->type) || a->kind == NODE_XLATE) {
		sema_error(s, a, "D_TRACE_DYN", a->kind == NODE_AGG ? "aggregations are printed by printa()" : a->kind == NODE_XLATE ? "print() shows all its members" : aggregation_hint(a),
			   "trace( ) may not be applied to %s", a->kind == NODE_AGG ? "an aggregation" : a->kind == NODE_XLATE ? "a translated value" : "a dynamic expression");
		return false;
	}
	return true;
}

static bool check_stack(struct sema *s, struct node *n)
{
	struct node *a = n->list;

	if (!a || is_positive_const(a, UINT32_MAX))	/* more than -x maxframes are cut to that */
		return true;
	sema_error(s, a, n->func->id == FN_STACK ? "D_STACK_SIZE" : "D_USTACK_FRAMES", NULL,
		   "%s( ) argument #1 must be a positive integer constant", n->func->name);
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
	if (node_is_zero(divisor)) {
		sema_error(s, divisor, "D_NORMALIZE_SCALAR", NULL, "normalize( ) argument #2 must not be 0: values are divided by it");
		return false;
	}
	return true;
}

static bool check_print(struct sema *s, struct node *n)
{
	struct type *to;

	if (type_is_void(n->list->type) || type_is_dyn(n->list->type)) {
		sema_error(s, n->list, "D_PRINT_SIZE", NULL, "print( ) may not be applied to %s",
			   type_is_void(n->list->type) ? "a void expression" : "an aggregation");
		return false;
	}
	to = type_strip(n->list->type)->kind == TYPE_POINTER ? type_strip(n->list->type)->ref : NULL;
	if (to)
		type_complete(to);
	if (to && !type_strip(to)->size) {
		sema_error(s, n->list, "D_PRINT_SIZE", NULL, "print( ) argument #1 points to '%s', which has no size", type_name(s->dtc, to, NULL));
		return false;
	}
	return true;
}

static bool check_alloca(struct sema *s, struct node *n)
{
	u64 size = s->dtc->opt.scratchsize;

	if (n->list->is_const && n->list->value > size) {
		sema_error(s, n->list, "D_ALLOCA_SIZE", "-x scratchsize=N makes it larger",
			   "alloca( ) size %llu is larger than scratch memory: %llu", (unsigned long long)n->list->value, (unsigned long long)size);
		return false;
	}
	return true;
}

static const struct rule {
	enum func_id id;
	bool (*check)(struct sema *s, struct node *n);
} rules[] = {
	{ FN_TRACE, check_trace },
	{ FN_STACK, check_stack },
	{ FN_USTACK, check_ustack },
	{ FN_JSTACK, check_ustack },
	{ FN_TRACEMEM, check_tracemem },
	{ FN_CLEAR, check_clear },
	{ FN_TRUNC, check_trunc },
	{ FN_NORMALIZE, check_normalize },
	{ FN_DENORMALIZE, check_denormalize },
	{ FN_PRINTF, check_printf },
	{ FN_SYSTEM, check_printf },
	{ FN_FREOPEN, check_printf },
	{ FN_PRINTA, check_printa },
	{ FN_PRINT, check_print },
	{ FN_ALLOCA, check_alloca },
};

static const struct rule *rule_find(enum func_id id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		if (rules[i].id == id)
			return &rules[i];
	return NULL;
}

struct type *check_function(struct sema *s, struct node *n)
{
	const struct func_desc *f = n->func;
	const struct rule *r = rule_find(f->id);
	struct type *result;

	if (f->kind == FUNC_AGG)
		return n->type = s->ts->dyn;
	if (!check_prototype(s, n) || (r && !r->check(s, n)))
		return poison(s, n);
	result = n->type;
	if (f->kind == FUNC_ACTION)
		check_order(s, n);
	if (!f->supported)
		return f->destructive && !s->dtc->opt.destructive ? poison(s, n) :
		       sema_error(s, n, "D_UNKNOWN", NULL, "%s( ) is not available yet", f->name);
	return n->type = result;
}
