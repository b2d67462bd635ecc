// SPDX-License-Identifier: GPL-2.0
/*
 * The arrays that are built in: args[N], the probe's arguments with their
 * types, which all probes of the clause must share; uregs[R_N], the registers
 * of the program.
 */
#include "sema.h"
#include <dtc/limits.h>

static struct type *probe_arg(struct sema *s, const struct probe *p, unsigned n)
{
	return p->provider && p->provider->arg_type ? p->provider->arg_type(s->dtc, p, n) : NULL;
}

static unsigned probe_nargs(struct sema *s, const struct probe *p)
{
	return p->provider && p->provider->nargs ? p->provider->nargs(s->dtc, p) : 0;
}

static struct type *no_type(struct sema *s, struct node *n, const struct probe *p, unsigned i)
{
	unsigned count = probe_nargs(s, p);

	if (i >= count && !(p->provider && p->provider->missing && p->provider->missing(s->dtc, p)))
		return sema_error(s, n, "D_ARGS_IDX", mem_printf("arg%u gives what is there as an integer", i > 9 ? 9 : i),
				  "index %u is out of range for %s args[ ]: it has %u", i, probe_text(p), count);
	return sema_error(s, n, "D_ARGS_TYPE", type_hint(s, p, i), "the type of args[%u] of %s is not known", i, place_text(s, p));
}

/* The one index, a constant; NULL: n has an error. */
static struct node *constant_index(struct sema *s, struct node *n, const char *name)
{
	struct node *index = n->list;

	n->left->kind = NODE_BUILTIN;
	n->left->builtin = builtin_var_find(name);
	n->left->type = s->ts->dyn;
	if (!index || index->next) {
		sema_error(s, n, "D_PROTO_LEN", NULL, "%s[ ] prototype mismatch: %u indices passed, 1 expected", name, node_count(index));
		return NULL;
	}
	check_expr(s, index);
	if (node_is_poison(index)) {
		poison(s, n);
		return NULL;
	}
	if (index->is_const && type_is_integer(index->type))
		return index;
	sema_error(s, index, "D_PROTO_ARG", NULL, "%s[ ] index must be an integer constant, not %s", name,
		   type_is_integer(index->type) ? "a variable one" : sema_type_name(s, index));
	poison(s, n);
	return NULL;
}

struct type *check_uregs(struct sema *s, struct node *n)
{
	struct node *index = constant_index(s, n, "uregs");

	if (!index)
		return n->type;
	if (index->value >= DTC_UREGS)
		return sema_error(s, index, "D_REGS_IDX", "the registers have names: R_PC, R_SP, R_RAX ...", "index %lld is out of range for uregs[ ]: there are %d",
				  (long long)index->value, DTC_UREGS);
	return n->type = type_named(s->dtc, "uint64_t");
}

struct type *check_args(struct sema *s, struct node *n)
{
	const struct probe_list *list = s->clause ? s->clause->probes : NULL;
	struct node *index = constant_index(s, n, "args");
	struct type *t, *other;
	size_t i;

	if (!index)
		return n->type;
	if (!list || !list->count) {
		if (s->clause && !s->dtc->opt.zdefs && diag_errors(s->dtc))
			return poison(s, n);	/* the probe is at fault */
		if (!s->clause)
			return sema_error(s, n, "D_ARGS_NONE", NULL, "args[ ] may not be referenced outside of a probe clause");
		return sema_error(s, n, "D_ARGS_MULTI", "arg0, arg1 ... are integers at any probe", "args[ ] has no types where no probe matches");
	}
	if (index->value > 255)
		return sema_error(s, index, "D_ARGS_IDX", NULL, "index %lld is out of range for args[ ]", (long long)index->value);
	t = probe_arg(s, list->probes[0], (unsigned)index->value);
	if (!t)
		return no_type(s, n, list->probes[0], (unsigned)index->value);
	for (i = 1; i < list->count; i++) {
		other = probe_arg(s, list->probes[i], (unsigned)index->value);
		if (!other || !type_equal(t, other))
			return sema_error(s, n, "D_ARGS_MULTI", namesake_hint(s, list->probes[i], type_hint(s, list->probes[i], (unsigned)index->value)),
					  "args[%u] is %s for %s and %s for %s: its type must be one", (unsigned)index->value,
					  type_name(s->dtc, t, NULL), place_text(s, list->probes[0]),
					  other ? type_name(s->dtc, other, NULL) : "not known", place_text(s, list->probes[i]));
	}
	for (i = 0; i < list->count; i++)
		if (!i || list->probes[i]->provider != list->probes[i - 1]->provider)
			attribute_use(s, n, "args[ ]", attributes_of_args(list->probes[i]));
	if (locals_are_args(s))
		return check_local_arg(s, n, (unsigned)index->value);
	n->is_lvalue = false;
	return n->type = t;
}
