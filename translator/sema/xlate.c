// SPDX-License-Identifier: GPL-2.0
/*
 * Translators. A member of a translated value is replaced by a copy of the
 * translator's expression for it, with what is translated in place of its
 * parameter. Where a translated value stands as a whole, its node gets
 * assignments to all members in `list`, and in `right` the node (NODE_XLATE
 * without `left`) that stands for the value in them.
 */
#include <string.h>
#include "sema.h"

static struct type *sou_of(struct type *t)
{
	struct type *p = type_pointee(t);

	return type_strip(p ? p : t);
}

static struct translator *translator_find(struct sema *s, struct type *to, struct type *from)
{
	struct translator *x;

	for (x = s->translators; x; x = x->next) {
		if (!type_equal(x->to->type, to))
			continue;
		if (type_equal(x->from->type, from) || (type_is_pointer(from) && type_is_compatible_pointer(x->from->type, from)) ||
		    (type_is_integer(x->from->type) && type_is_integer(from)))
			return x;
	}
	return NULL;
}

bool translator_exists(struct sema *s, struct type *to, struct type *from)
{
	return translator_find(s, sou_of(to), from) != NULL;
}

/* A member's expression, checked, with `value` for the parameter. */
static struct node *member_value(struct sema *s, struct translator *x, struct xlate_member *m, struct node *value)
{
	struct binding bind = { .name = x->param, .value = value }, *outer = s->bindings;
	struct node *n = node_clone(m->value);

	s->bindings = &bind;
	check_expr(s, n);
	s->bindings = outer;
	return n;
}

static void check_members(struct sema *s, struct translator *x)
{
	struct node *param = node_new(NODE_VAR, &x->param_loc);
	struct var *v = mem_alloc(sizeof(*v));
	struct xlate_member *m;
	u64 offset;

	v->name = x->param;
	v->type = x->from->type;
	v->is_declared = true;
	param->var = v;
	param->type = v->type;
	for (m = x->members; m; m = m->next) {
		const struct member *field = type_member(x->to->type, m->name, &offset);
		struct node *n;

		if (!field) {
			diag_error(s->dtc, &m->loc, "D_XLATE_MEMB", NULL, "translator member %s is not a member of %s", m->name,
				   type_name(s->dtc, x->to->type, NULL));
			continue;
		}
		n = member_value(s, x, m, param);
		m->is_bad = node_is_poison(n);
		if (!m->is_bad && !type_assignable(field->type, n))
			diag_error(s->dtc, &m->loc, "D_XLATE_INCOMPAT", NULL, "translator member %s definition uses incompatible types: %s = %s",
				   m->name, type_name(s->dtc, field->type, NULL), sema_type_name(s, n));
	}
}

void check_translator(struct sema *s, struct translator *x)
{
	struct type *to = check_decl_type(s, x->to), *from = check_decl_type(s, x->from);

	if (type_is_poison(to) || type_is_poison(from))
		return;
	if (!type_is_sou(to)) {
		diag_error(s->dtc, &x->to->loc, "D_XLATE_SOU", NULL, "translator output type must be a struct or union, not %s",
			   type_name(s->dtc, to, NULL));
		return;
	}
	if (translator_find(s, to, from)) {
		diag_error(s->dtc, &x->loc, "D_XLATE_REDECL", NULL, "translator from %s to %s has been previously declared",
			   type_name(s->dtc, from, NULL), type_name(s->dtc, to, NULL));
		return;
	}
	if (!x->loc.src->is_own)
		check_members(s, x);
	x->next = s->translators;
	s->translators = x;
}

static struct type *no_translator(struct sema *s, struct node *n, struct type *to)
{
	return sema_error(s, n, "D_XLATE_NONE", NULL, "translator for %s to %s is not defined", sema_type_name(s, n->left),
			  type_name(s->dtc, to, NULL));
}

static struct type *no_conversion(struct sema *s, struct node *n, const struct translator *x, struct type *to)
{
	const struct xlate_member *m;
	struct nearest near;

	nearest_init(&near, n->name);
	for (m = x->members; m; m = m->next)
		nearest_try(&near, m->name);
	return sema_error(s, n, "D_XLATE_NOCONV", nearest_hint(&near), "translator to %s does not define a conversion for member %s",
			  type_name(s->dtc, to, NULL), n->name);
}

/* xlate<T>(e).member; `n` is the NODE_MEMBER. */
static struct type *xlate_member(struct sema *s, struct node *n)
{
	struct node *xl = n->left, *value;
	struct type *to = sou_of(xl->type);
	struct translator *x = translator_find(s, to, xl->left->type);
	const struct member *field;
	struct xlate_member *m;
	u64 offset;

	if (n->is_arrow != (type_pointee(xl->type) != NULL))
		return sema_error(s, n, n->is_arrow ? "D_OP_PTR" : "D_OP_SOU", NULL, "operator %s cannot be applied to %s",
				  n->is_arrow ? "->" : ".", sema_type_name(s, xl));
	field = type_member(to, n->name, &offset);
	for (m = x->members; m && strcmp(m->name, n->name); m = m->next)
		;
	if (!field || !m)
		return no_conversion(s, n, x, to);
	if (s->too_large || m->is_bad)
		return poison(s, n);
	if (s->depth >= 64)
		return sema_error(s, n, "D_XLATE_NOCONV", NULL, "translators use each other without an end");
	s->depth++;
	value = member_value(s, x, m, xl->left);
	s->depth--;
	if (node_is_poison(value) && x->loc.src->is_own)
		return sema_error(s, n, "D_XLATE_NOCONV", NULL, "this kernel has not what member %s of %s is made of", n->name,
				  type_name(s->dtc, to, NULL));
	if (!expansion_fits(s, n, value) || node_is_poison(value))
		return poison(s, n);
	if (type_is_arith(field->type)) {
		struct node *c = node_new(NODE_CAST, &n->loc);

		c->left = value;
		c->type = field->type;
		check_cast(s, c);
		value = c;
	}
	node_replace(n, value);
	return n->type;
}

static struct node *member_assign(struct sema *s, struct node *n, struct translator *x, struct xlate_member *m)
{
	struct node *a = node_new(NODE_ASSIGN, &n->loc), *target = node_new(NODE_MEMBER, &n->loc);

	target->left = n->right;
	target->name = m->name;
	target->member = type_member(x->to->type, m->name, &target->bit_offset);
	target->is_lvalue = true;
	a->left = target;
	a->right = member_value(s, x, m, n->left);
	if (!target->member || node_is_poison(a->right))
		return NULL;
	a->type = target->type = target->member->type;
	return a;
}

static void fill_value(struct sema *s, struct node *n)
{
	struct translator *x = translator_find(s, sou_of(n->type), n->left->type);
	struct node **last = &n->list;
	struct xlate_member *m;
	static u64 id;

	n->right = node_new(NODE_XLATE, &n->loc);
	n->right->type = sou_of(n->type);
	n->right->value = ++id;
	for (m = x->members; m && !s->too_large; m = m->next) {
		*last = member_assign(s, n, x, m);
		if (!*last || !expansion_fits(s, n, *last)) {
			poison(s, n);
			return;
		}
		last = &(*last)->next;
	}
}

/* Gives the translated values below n, which are whole, their members. */
void fill_translated(struct sema *s, struct node *n)
{
	struct node *item;

	for (; n; n = n->right) {
		if (n->kind == NODE_XLATE && n->left && n->type && !node_is_poison(n) && !n->right)
			fill_value(s, n);
		fill_translated(s, n->left);
		fill_translated(s, n->third);
		for (item = n->list; item; item = item->next)
			fill_translated(s, item);
	}
}

/* NODE_XLATE, or the NODE_MEMBER over a checked one. */
struct type *check_xlate(struct sema *s, struct node *n)
{
	struct type *to;

	if (n->kind == NODE_MEMBER)
		return xlate_member(s, n);
	to = check_decl_type(s, n->decl_type);
	check_expr(s, n->left);
	if (type_is_poison(to) || node_is_poison(n->left))
		return poison(s, n);
	if (!type_is_sou(sou_of(to)))
		return sema_error(s, n, "D_XLATE_SOU", NULL, "operator xlate must be applied to a struct or union type, not %s",
				  type_name(s->dtc, to, NULL));
	if (!translator_find(s, sou_of(to), n->left->type))
		return no_translator(s, n, sou_of(to));
	s->has_translated = true;
	return n->type = to;
}
