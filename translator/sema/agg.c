// SPDX-License-Identifier: GPL-2.0
/* Aggregations: @name[keys] = function(arguments), and their use in actions. */
#include <string.h>
#include "sema.h"
#include <dtc/limits.h>

static const char *agg_text(const char *name)
{
	return strcmp(name, "_") ? mem_printf("@%s", name) : "@";
}

/* --- keys --- */

static bool key_fits(struct type *t)
{
	return type_is_string(t) || type_is_scalar(t) || type_is_symbol(t);
}

static bool check_agg_keys(struct sema *s, struct node *n)
{
	struct node *k;
	unsigned i = 1;
	bool ok = true;

	for (k = n->list; k; k = k->next, i++) {
		check_expr(s, k);
		if (node_is_poison(k)) {
			ok = false;
		} else if (!key_fits(k->type)) {
			sema_error(s, k, "D_KEY_TYPE", NULL, "a value of type %s may not be used as key #%u of aggregation %s[ ]",
				   sema_type_name(s, k), i, agg_text(n->name));
			ok = false;
		}
	}
	if (i - 1 > DTC_MAX_KEYS) {
		sema_error(s, n, "D_PROTO_LEN", NULL, "aggregation %s has %u keys; at most %u are possible", agg_text(n->name),
			   i - 1, DTC_MAX_KEYS);
		ok = false;
	}
	return ok;
}

static const char *key_hint(struct sema *s, const struct agg *a)
{
	struct text out = { 0 };
	size_t i;

	for (i = 0; i < a->nkeys; i++)
		text_add(&out, "%s%s", i ? ", " : "", type_name(s->dtc, a->key_types[i], NULL));
	return mem_printf("its first use, on line %u, is %s%s%s%s", a->loc.line, agg_text(a->name), a->nkeys ? "[" : "",
			  out.len ? out.data : "", a->nkeys ? "]" : "");
}

/* Keys of one place are laid out alike, whatever clause wrote them. */
static bool key_matches(struct type *want, const struct node *k)
{
	if (type_is_symbol(want) || type_is_symbol(k->type))
		return type_strip(want)->kind == type_strip(k->type)->kind;
	if (type_is_string(want) || type_is_string(k->type))
		return type_is_string(want) && type_is_string(k->type);
	return true;
}

bool agg_check_keys(struct sema *s, struct agg *a, struct node *n)
{
	unsigned count = node_count(n->list);
	struct node *k = n->list;
	size_t i;

	if (count != a->nkeys) {
		sema_error(s, n, "D_PROTO_LEN", key_hint(s, a), "%s[ ] prototype mismatch: %u key%s passed, %zu expected",
			   agg_text(a->name), count, count == 1 ? "" : "s", a->nkeys);
		return false;
	}
	for (i = 0; k; k = k->next, i++)
		if (!node_is_poison(k) && !type_is_poison(a->key_types[i]) && !key_matches(a->key_types[i], k)) {
			sema_error(s, k, "D_PROTO_ARG", key_hint(s, a), "%s[ ] key #%zu is incompatible with prototype: %s instead of %s",
				   agg_text(a->name), i + 1, sema_type_name(s, k), type_name(s->dtc, a->key_types[i], NULL));
			return false;
		}
	return true;
}

/* --- arguments of the functions --- */

struct constant_rule { const char *what, *tag_type, *tag_value; s64 min, max; };

static bool constant_argument(struct sema *s, struct node *call, struct node *arg, unsigned position,
			      const struct constant_rule *r, s64 *ret)
{
	if (node_is_poison(arg))
		return false;
	if (!arg->is_const || !type_is_integer(arg->type)) {
		sema_error(s, arg, r->tag_type, NULL, "%s( ) %s (argument #%u) must be an integer constant", call->func->name,
			   r->what, position);
		return false;
	}
	*ret = (s64)arg->value;
	if (*ret >= r->min && *ret <= r->max)
		return true;
	sema_error(s, arg, r->min == 1 && *ret <= 0 ? r->tag_type : r->tag_value, NULL, "%s( ) %s (argument #%u) must be from %lld to %lld", call->func->name, r->what,
		   position, (long long)r->min, (long long)r->max);
	return false;
}

static bool increment_argument(struct sema *s, struct node *call, struct node *arg)
{
	if (!arg || node_is_poison(arg))
		return !arg;
	if (arg->next) {
		sema_error(s, arg->next, "D_PROTO_LEN", NULL, "%s( ) prototype mismatch: too many arguments", call->func->name);
		return false;
	}
	if (type_is_scalar(arg->type))
		return true;
	sema_error(s, arg, "D_PROTO_ARG", NULL, "%s( ) increment must be an integer, not %s", call->func->name, sema_type_name(s, arg));
	return false;
}

static const struct constant_rule lquantize_rules[] = {
	{ "base", "D_LQUANT_BASETYPE", "D_LQUANT_BASEVAL", INT32_MIN, INT32_MAX },
	{ "limit", "D_LQUANT_LIMTYPE", "D_LQUANT_LIMVAL", INT32_MIN, INT32_MAX },
	{ "step", "D_LQUANT_STEPTYPE", "D_LQUANT_STEPVAL", 1, UINT16_MAX },
};

static bool lquantize_arguments(struct sema *s, struct node *call)
{
	struct node *arg = call->list->next;
	s64 *v = call->args, levels;
	size_t i;

	v[2] = 1;
	for (i = 0; i < ARRAY_SIZE(lquantize_rules) && arg; i++, arg = arg->next)
		if (!constant_argument(s, call, arg, i + 2, &lquantize_rules[i], &v[i]))
			return false;
	if (v[0] >= v[1]) {
		sema_error(s, call, "D_LQUANT_MISMATCH", NULL, "lquantize( ) base %lld must be less than limit %lld",
			   (long long)v[0], (long long)v[1]);
		return false;
	}
	levels = (v[1] - v[0]) / v[2];
	if (!levels) {
		sema_error(s, call, "D_LQUANT_STEPLARGE", NULL, "lquantize( ) step %lld is larger than the range %lld",
			   (long long)v[2], (long long)(v[1] - v[0]));
		return false;
	}
	if (levels > DTC_LQUANTIZE_LEVELS_MAX) {
		sema_error(s, call, "D_LQUANT_STEPSMALL", mem_printf("a step of %lld would do", (long long)
			   ((v[1] - v[0] + DTC_LQUANTIZE_LEVELS_MAX - 1) / DTC_LQUANTIZE_LEVELS_MAX)),
			   "lquantize( ) step %lld gives %lld levels; at most %d are possible", (long long)v[2],
			   (long long)levels, DTC_LQUANTIZE_LEVELS_MAX);
		return false;
	}
	return increment_argument(s, call, arg);
}

static const struct constant_rule llquantize_rules[] = {
	{ "factor", "D_LLQUANT_FACTORTYPE", "D_LLQUANT_FACTORVAL", 2, UINT16_MAX },
	{ "low magnitude", "D_LLQUANT_LMAGTYPE", "D_LLQUANT_LMAGVAL", 0, UINT16_MAX },
	{ "high magnitude", "D_LLQUANT_HMAGTYPE", "D_LLQUANT_HMAGVAL", 0, UINT16_MAX },
	{ "steps", "D_LLQUANT_STEPTYPE", "D_LLQUANT_STEPVAL", 1, UINT16_MAX },
};

/* Whether factor ^ power fits 64 bits; *ret has it then. */
static bool power_fits(u64 factor, u64 power, u64 *ret)
{
	u64 v = 1;

	for (; power > 0; power--)
		if (__builtin_mul_overflow(v, factor, &v))
			return false;
	*ret = v;
	return true;
}

/*
 * Each order of magnitude is cut into equal parts whose bounds are integers: no more than the
 * factor, or as many as divide what the lowest order goes to, which for order 0 is the square.
 */
static bool steps_fit(u64 factor, u64 low, u64 steps)
{
	u64 to;

	if (steps <= factor)
		return factor % steps == 0;
	return steps % factor == 0 && power_fits(factor, low ? low + 1 : 2, &to) && to % steps == 0;
}

/* Buckets between the lowest and the highest one; the arguments were checked. */
s64 llquantize_levels(const s64 *args)
{
	u64 factor = args[0], steps = args[3], to = factor;
	s64 levels = 0, order;

	for (order = 0; order < args[1]; order++)
		to *= factor;
	for (; order <= args[2]; order++, to *= factor) {
		u64 parts = to < steps ? to : steps;

		levels += parts - parts / factor;
	}
	return levels;
}

static bool llquantize_arguments(struct sema *s, struct node *call)
{
	struct node *arg = call->list->next;
	s64 *v = call->args;
	size_t i;
	u64 high;

	for (i = 0; i < ARRAY_SIZE(llquantize_rules); i++, arg = arg->next)
		if (!constant_argument(s, call, arg, i + 2, &llquantize_rules[i], &v[i]))
			return false;
	if (v[2] < v[1] || !power_fits(v[0], v[2] + 1, &high)) {
		sema_error(s, call, "D_LLQUANT_HMAGVAL", NULL, v[2] < v[1] ? "llquantize( ) high magnitude must be at least the low one" :
			   "llquantize( ) factor to the high magnitude does not fit 64 bits");
		return false;
	}
	if (!steps_fit(v[0], v[1], v[3])) {
		sema_error(s, call, "D_LLQUANT_STEPVAL", NULL, "llquantize( ) steps (argument #5) must divide the factor, or be a multiple of it that divides its power above the low magnitude");
		return false;
	}
	if (llquantize_levels(v) > DTC_LQUANTIZE_LEVELS_MAX) {
		sema_error(s, call, "D_LLQUANT_STEPVAL", NULL, "llquantize( ) gives %lld levels; at most %d are possible",
			   (long long)llquantize_levels(v), DTC_LQUANTIZE_LEVELS_MAX);
		return false;
	}
	return increment_argument(s, call, arg);
}

static bool check_agg_call(struct sema *s, struct node *call)
{
	struct node *value = call->list;

	if (!check_prototype(s, call))
		return false;
	call->type = s->ts->dyn;
	if (!call->func->supported) {
		sema_error(s, call, "D_UNKNOWN", NULL, "%s( ) is not available yet", call->func->name);
		return false;
	}
	if (value && !type_is_scalar(value->type) && type_strip(value->type)->kind != TYPE_ARRAY) {
		sema_error(s, value, "D_AGG_SCALAR", NULL, "%s( ) argument #1 must be of scalar type, not %s", call->func->name,
			   sema_type_name(s, value));
		return false;
	}
	switch (call->func->id) {
	case FN_LQUANTIZE:
		return lquantize_arguments(s, call);
	case FN_LLQUANTIZE:
		return llquantize_arguments(s, call);
	case FN_QUANTIZE:
		return increment_argument(s, call, value->next);
	default:
		return true;
	}
}

/* --- the aggregation itself --- */

static struct agg *agg_new(struct sema *s, struct node *n, struct node *call)
{
	struct agg *a = mem_alloc(sizeof(*a));
	struct node *k;

	a->name = n->name;
	a->row = (u32)s->unit->naggs++;
	a->loc = n->loc;
	a->func = call->func;
	a->value_type = call->list ? call->list->type : type_int(s->dtc, 8, false);
	memcpy(a->args, call->args, sizeof(a->args));
	a->nkeys = node_count(n->list);
	a->key_types = mem_alloc((a->nkeys + 1) * sizeof(*a->key_types));
	a->first_keys = mem_alloc((a->nkeys + 1) * sizeof(*a->first_keys));
	a->nkeys = 0;
	for (k = n->list; k; k = k->next) {
		a->first_keys[a->nkeys] = k;
		a->key_types[a->nkeys++] = k->type;
	}
	names_put(&s->aggs, a->name, a);
	*s->last_agg = a;
	s->last_agg = &a->next;
	return a;
}

static const char *const lquantize_tags[] = { "D_LQUANT_MATCHBASE", "D_LQUANT_MATCHLIM", "D_LQUANT_MATCHSTEP" };
static const char *const llquantize_tags[] = { "D_LLQUANT_MATCHFACTOR", "D_LLQUANT_MATCHLMAG", "D_LLQUANT_MATCHHMAG",
					       "D_LLQUANT_MATCHSTEPS" };

static bool same_arguments(struct sema *s, struct agg *a, struct node *call)
{
	bool linear = a->func->id == FN_LQUANTIZE;
	const char *const *tags = linear ? lquantize_tags : llquantize_tags;
	const struct constant_rule *rules = linear ? lquantize_rules : llquantize_rules;
	size_t i, n = linear ? ARRAY_SIZE(lquantize_tags) : ARRAY_SIZE(llquantize_tags);

	if (!linear && a->func->id != FN_LLQUANTIZE)
		return true;
	for (i = 0; i < n; i++)
		if (a->args[i] != call->args[i]) {
			sema_error(s, call, tags[i], NULL, "%s( ) %s %lld does not match that of %s on line %u: %lld", a->func->name,
				   rules[i].what, (long long)call->args[i], agg_text(a->name), a->loc.line, (long long)a->args[i]);
			return false;
		}
	return true;
}

static void agg_spoil(struct sema *s, struct node *n)
{
	if (!names_get(&s->aggs, n->name))
		names_put(&s->aggs, n->name, s->bad_agg);
}

/* NODE_ASSIGN(NODE_AGG, value) as a statement. */
void check_aggregation(struct sema *s, struct node *assign)
{
	struct node *n = assign->left, *call = assign->right;
	bool keys_ok = check_agg_keys(s, n);
	struct agg *a = names_get(&s->aggs, n->name);

	assign->type = n->type = s->ts->dyn;
	check_expr(s, call);
	if (node_is_poison(call) || a == s->bad_agg) {
		agg_spoil(s, n);
		return;
	}
	if (assign->assign_op || call->kind != NODE_CALL || !call->func || call->func->kind != FUNC_AGG) {
		sema_error(s, assign->assign_op ? assign : call, "D_AGG_FUNC", "as in @a = count(), @a = sum(x), @a = quantize(x)",
			   "%s must be assigned the result of an aggregating function", agg_text(n->name));
		agg_spoil(s, n);
		return;
	}
	if (!check_agg_call(s, call) || !keys_ok) {
		agg_spoil(s, n);
		return;
	}
	check_aggregating_order(s, assign);
	if (!a) {
		n->agg = agg_new(s, n, call);
		return;
	}
	n->agg = a;
	if (a->func != call->func) {
		sema_error(s, assign, "D_AGG_REDEF", NULL, "aggregation redefined: %s is %s( ) here and %s( ) on line %u",
			   agg_text(n->name), call->func->name, a->func->name, a->loc.line);
		return;
	}
	if (agg_check_keys(s, a, n))
		same_arguments(s, a, call);
}

static struct type *undefined_agg(struct sema *s, struct node *n, const char *tag)
{
	struct nearest near;

	nearest_init(&near, n->name);
	names_suggest(&s->aggs, &near);
	return sema_error(s, n, tag, near.best ? mem_printf("did you mean '@%s'?", near.best) : "a clause that stands before must define it",
			  "undefined aggregation: %s", agg_text(n->name));
}

/* An aggregation within an expression: it has no value there; those who take one look at the node. */
struct type *check_agg_use(struct sema *s, struct node *n)
{
	if (!check_agg_keys(s, n))
		return poison(s, n);
	n->agg = names_get(&s->aggs, n->name);
	if (n->agg == s->bad_agg)
		return poison(s, n);
	if (!n->agg && !n->list)
		return undefined_agg(s, n, "D_IDENT_UNDEF");
	return n->type = s->ts->dyn;
}

struct agg *agg_argument(struct sema *s, struct node *call, struct node *arg, const char *tag, const char *tag_undef)
{
	if (arg && node_is_poison(arg))
		return NULL;
	if (!arg || arg->kind != NODE_AGG) {
		sema_error(s, arg ? arg : call, tag, NULL, "%s( ) argument must be an aggregation%s%s", call->func->name,
			   arg ? ", not " : "", arg ? sema_type_name(s, arg) : "");
		return NULL;
	}
	if (!arg->agg) {
		undefined_agg(s, arg, tag_undef);
		return NULL;
	}
	return arg->agg;
}
