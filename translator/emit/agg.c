/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Aggregations: find the entry of a tuple in this CPU's buffer, add a value.
 * Without keys the entry has a fixed place. No room is counted and not a fault.
 */
#include "emitter.h"

/* args: what the runtime's function takes beside the data; V value, I increment, L what the levels are made of */
static const struct { enum func_id id; enum dtc_agg_func func; const char *name, *args; u32 incr; u32 words; } funcs[] = {
	{ FN_COUNT, DTC_AGG_COUNT, "count", "", 0, 1 },
	{ FN_SUM, DTC_AGG_SUM, "sum", "V", 0, 2 },
	{ FN_AVG, DTC_AGG_AVG, "avg", "V", 0, 2 },
	{ FN_MIN, DTC_AGG_MIN, "min", "V", 0, 2 },
	{ FN_MAX, DTC_AGG_MAX, "max", "V", 0, 2 },
	{ FN_STDDEV, DTC_AGG_STDDEV, "stddev", "V", 0, 4 },
	{ FN_QUANTIZE, DTC_AGG_QUANTIZE, "quantize", "VI", 1, 1 + DTC_QUANTIZE_BUCKETS },
	{ FN_LQUANTIZE, DTC_AGG_LQUANTIZE, "lquantize", "VIL", 4, 3 },
	{ FN_LLQUANTIZE, DTC_AGG_LLQUANTIZE, "llquantize", "VIL", 5, 4 },
};

static size_t func_row(const struct agg *a)
{
	for (size_t i = 0; i < ARRAY_SIZE(funcs); i++)
		if (a->func && funcs[i].id == a->func->id)
			return i;
	return SIZE_MAX;
}

enum dtc_agg_func agg_func(const struct agg *a)
{
	size_t i = func_row(a);
	return i == SIZE_MAX ? DTC_AGG_COUNT : funcs[i].func;
}

static s64 levels(const struct agg *a)
{
	s64 step = a->args[2] ? a->args[2] : 1;
	return (a->args[1] - a->args[0]) / step;
}

u32 agg_data_words(const struct agg *a)
{
	size_t i = func_row(a);
	u32 words = i == SIZE_MAX ? 1 : funcs[i].words;

	if (a->func && a->func->id == FN_LLQUANTIZE)
		return words + 2 * llquantize_levels(a->args);
	return a->func && a->func->id == FN_LQUANTIZE ? words + levels(a) : words;
}

bool agg_value_signed(const struct agg *a)
{
	return a->value_type && is_signed(a->value_type);
}

static struct node *nth(struct node *list, u32 n)
{
	while (list && n--)
		list = list->next;
	return list;
}

static struct val agg_value(struct emitter *e, struct node *n)
{
	struct val v = emit_expr(e, n);

	if (v.kind != VAL_INT)
		return v;
	return emit_spill(e, val_int(val_as(val_int(val_exact(v, n->type), false, true), n->type, true), false, true), type_int(e->dtc, 8, true));
}

void emit_aggregation(struct emitter *e, struct node *assign)
{
	struct node *an = assign->left, *call = assign->right;
	struct agg *a = an->agg;
	struct agg_info *ai = &e->ai[a->row];
	size_t row = func_row(a);
	const char *value = "", *incr = "1", *extra = "";

	if (row == SIZE_MAX) {
		diag_error(e->dtc, &call->loc, "D_FUNC_UNDEF", NULL, "%s() is not supported yet", a->func->name);
		return;
	}
	if (funcs[row].args[0] == 'V')
		value = agg_value(e, call->list).text;
	struct node *in = funcs[row].incr ? nth(call->list, funcs[row].incr) : NULL;
	if (in)
		incr = agg_value(e, in).text;
	const char *d = emit_temp(e);
	if (an->list) {
		struct key k = emit_key(e, an->list, ai->keys, false, false);
		emit_line(e, "dtc_u64 *%s = dtc_agg_find(c, %u, %s, %s, %u);", d, a->row, k.name, k.words, ai->data_words);
	} else {
		emit_line(e, "dtc_u64 *%s = dtc_agg_fixed(c, %u);", d, ai->fixed_offset);
	}
	if (funcs[row].func == DTC_AGG_LQUANTIZE)
		extra = mem_printf(", %lldll, %lldll, %lldll", (long long)a->args[0], (long long)(a->args[2] ? a->args[2] : 1), (long long)levels(a));
	if (funcs[row].func == DTC_AGG_LLQUANTIZE)
		extra = mem_printf(", %lld, %lld, %lld, %lld, %lld", (long long)llquantize_levels(a->args) + 1, (long long)a->args[0], (long long)a->args[1], (long long)a->args[2], (long long)a->args[3]);
	if (funcs[row].func == DTC_AGG_COUNT)
		emit_line(e, "if (%s) dtc_agg_count(%s, 1);", d, d);
	else
		emit_line(e, "if (%s) dtc_agg_%s(%s, %s%s%s%s);", d, funcs[row].name, d, value, funcs[row].incr ? ", " : "",
			  funcs[row].incr ? incr : "", extra);
}
