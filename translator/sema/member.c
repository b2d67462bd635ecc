// SPDX-License-Identifier: GPL-2.0
/* What reaches into things or changes how they are seen: . -> [] sizeof offsetof stringof casts. */
#include "sema.h"

static const char *member_hint(struct type *sou, const char *name)
{
	struct nearest near;
	size_t i;

	nearest_init(&near, name);
	for (i = 0; i < sou->nmembers; i++)
		nearest_try(&near, sou->members[i].name);
	return nearest_hint(&near);
}

static struct type *no_member(struct sema *s, struct node *n, struct type *sou)
{
	return sema_error(s, n, "D_TYPE_MEMBER", member_hint(sou, n->name), "%s is not a member of %s", n->name,
			  type_name(s->dtc, sou, NULL));
}

/* The structure that `left.name` or `left->name` is of, or NULL with an error. */
static struct type *member_owner(struct sema *s, struct node *n)
{
	struct type *t = type_strip(n->left->type);

	if (n->is_arrow) {
		struct type *p = t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY ? type_strip(t->ref) : NULL;

		if (!p) {
			sema_error(s, n, "D_OP_PTR", type_is_sou(t) ? mem_printf("write .%s", n->name) : NULL,
				   "operator -> must be applied to a pointer, not %s", sema_type_name(s, n->left));
			return NULL;
		}
		t = p;
	} else if (type_is_sou(type_pointee(t))) {
		sema_error(s, n, "D_OP_SOU", mem_printf("it is a pointer: write ->%s", n->name),
			   "operator . must be applied to a struct or union, not %s", sema_type_name(s, n->left));
		return NULL;
	}
	if (t->kind == TYPE_FORWARD) {
		sema_error(s, n, "D_OP_INCOMPLETE", NULL, "operator %s cannot be applied to the incomplete type %s",
			   n->is_arrow ? "->" : ".", type_name(s->dtc, t, NULL));
		return NULL;
	}
	if (!type_is_sou(t)) {
		sema_error(s, n, "D_OP_SOU", NULL, "operator %s must be applied to a %sstruct or union, not %s",
			   n->is_arrow ? "->" : ".", n->is_arrow ? "pointer to " : "", sema_type_name(s, n->left));
		return NULL;
	}
	return t;
}

/* The kernel's variable, only partly known, that n is a member of; and where in it. */
static const struct node *partial_local(const struct node *n, u64 *bit)
{
	bool is_arrow = false;

	for (*bit = 0; n->kind == NODE_MEMBER && !is_arrow; n = n->left) {
		*bit += n->bit_offset;
		is_arrow = n->is_arrow;
	}
	return n->kind == NODE_LOCAL && n->local->is_partial ? n : NULL;
}

struct type *check_member(struct sema *s, struct node *n)
{
	bool is_part = s->wanted == n;
	const struct node *local;
	struct type *sou;
	u64 bit;

	s->wanted = n->left;
	check_expr(s, n->left);
	if (node_is_poison(n->left))
		return poison(s, n);
	if (n->left->kind == NODE_XLATE)
		return check_xlate(s, n);
	sou = member_owner(s, n);
	if (!sou)
		return n->type;
	n->member = type_member(sou, n->name, &n->bit_offset);
	if (!n->member)
		return no_member(s, n, sou);
	n->is_lvalue = true;
	n->is_user = n->left->is_user;
	n->type = n->member->type;
	local = is_part ? NULL : partial_local(n, &bit);
	return local ? local_whole(s, n, local, bit, n->member->bits ? n->member->bits : type_strip(n->type)->size * 8) : n->type;
}

/* --- [] --- */

static struct type *check_element(struct sema *s, struct node *n)
{
	struct node *i = n->list;
	struct type *t, *e;

	t = check_pointed(s, n->left);

	for (; i; i = i->next)
		check_expr(s, i);
	if (type_is_poison(t))
		return poison(s, n);
	i = n->list;
	e = type_strip(t)->kind == TYPE_STRING ? s->ts->character : type_pointee(t);
	if (!e) {
		const char *tag = i && i->next ? "D_ARR_BADREF" : "D_DEREF_NONPTR";

		if (n->left->kind == NODE_VAR || n->left->kind == NODE_BUILTIN)
			return sema_error(s, n, tag, NULL, "scalar '%s' may not be referenced as an array", n->left->name);
		return sema_error(s, n, tag, NULL, "operator [ ] cannot be applied to %s", sema_type_name(s, n->left));
	}
	if (!i || i->next)
		return sema_error(s, n, "D_ARR_BADREF", NULL, "an array or pointer takes one index, not %u", node_count(i));
	if (node_is_poison(i))
		return poison(s, n);
	if (!type_is_integer(i->type))
		return sema_error(s, i, "D_OP_INT", NULL, "array index must be an integer, not %s", sema_type_name(s, i));
	if (type_is_void(e))
		return sema_error(s, n, "D_DEREF_VOID", NULL, "cannot dereference pointer to void");
	if (type_is_function(e))
		return sema_error(s, n, "D_DEREF_FUNC", NULL, "cannot dereference pointer to function");
	t = type_strip(t);
	if (t->kind == TYPE_ARRAY && i->is_const && t->count && (i->value >= t->count))
		return sema_error(s, i, "D_ARR_BOUNDS", NULL, "index %lld is outside of the bounds of the array, %llu",
				  (long long)i->value, (unsigned long long)t->count);
	n->is_lvalue = t->kind != TYPE_STRING;
	n->is_user = n->left->is_user;
	return n->type = e;
}

struct type *check_index(struct sema *s, struct node *n)
{
	struct node *l = n->left, *k;
	struct inline_def *inl;
	struct var *v = NULL;

	if (l->kind == NODE_SCOPED)
		v = var_find(s, l->scope, l->name);
	else if (l->kind == NODE_IDENT) {
		struct binding *b;

		for (b = s->bindings; b; b = b->next)
			if (!__builtin_strcmp(b->name, l->name))
				return check_element(s, n);
		v = var_find(s, SCOPE_GLOBAL, l->name);
		inl = names_get(&s->inlines, l->name);
		if (!v && inl && inl->has_params) {
			for (k = n->list; k; k = k->next)
				check_expr(s, k);
			return expand_inline(s, n, inl);
		}
		if (!v && !inl && !__builtin_strcmp(l->name, "args"))
			return check_args(s, n);
		if (!v && !inl && !__builtin_strcmp(l->name, "uregs"))
			return check_uregs(s, n);
	} else if (l->kind == NODE_VAR) {
		v = l->var;
	}
	if (!v && l->kind == NODE_SCOPED && l->scope == SCOPE_THIS)
		return local_array(s, n);
	if (!v && l->kind == NODE_IDENT && !name_is_known(s, l->name))
		return undefined_name(s, l, "D_VAR_UNDEF"), poison(s, n);
	if (!v || !v->is_assoc)
		return check_element(s, n);
	l->kind = NODE_VAR;
	l->var = v;
	l->scope = v->scope;
	l->type = v->type;
	v->is_read = true;
	return check_assoc(s, n, v, false);
}

/* --- sizeof, offsetof, stringof, casts --- */

static bool is_bitfield(const struct node *n)
{
	return n->kind == NODE_MEMBER && n->member && n->member->bits;
}

struct type *check_sizeof(struct sema *s, struct node *n)
{
	struct type *t = n->left ? check_expr(s, n->left) : check_decl_type(s, n->decl_type), *st;

	if (type_is_poison(t))
		return poison(s, n);
	if (n->left && is_bitfield(n->left))
		return sema_error(s, n, "D_SIZEOF_BITFIELD", NULL, "cannot apply sizeof to the bit-field %s", n->left->name);
	st = type_strip(t);
	if (!st->size && (st->kind != TYPE_ARRAY || st->is_incomplete_array) && !(type_is_sou(st)))
		return sema_error(s, n, "D_SIZEOF_TYPE", NULL, "cannot apply sizeof to %s",
				  n->left ? sema_type_name(s, n->left) : type_name(s->dtc, t, NULL));
	n->kind = NODE_INT;
	return set_const(n, type_named(s->dtc, "size_t"), n->left && n->left->kind == NODE_STRING ? n->left->text_len + 1 : st->size);
}

struct type *check_offsetof(struct sema *s, struct node *n)
{
	struct type *t = check_decl_type(s, n->decl_type);
	const struct member *m;
	u64 offset = 0;

	if (type_is_poison(t))
		return poison(s, n);
	t = type_strip(t);
	if (!type_is_sou(t))
		return sema_error(s, n, "D_OFFSETOF_TYPE", NULL, "offsetof must be applied to a struct or union type, not %s",
				  type_name(s->dtc, t, NULL));
	m = type_member(t, n->name, &offset);
	if (!m)
		return sema_error(s, n, "D_UNKNOWN", member_hint(t, n->name), "failed to determine the offset of %s: it is not a member of %s",
				  n->name, type_name(s->dtc, t, NULL));
	if (m->bits)
		return sema_error(s, n, "D_OFFSETOF_BITFIELD", NULL, "cannot take the offset of bit-field %s", n->name);
	n->kind = NODE_INT;
	return set_const(n, type_named(s->dtc, "size_t"), offset / 8);
}

struct type *check_stringof(struct sema *s, struct node *n)
{
	struct type *t;

	t = check_pointed(s, n->left);
	if (type_is_poison(t))
		return poison(s, n);
	if (!type_is_pointer(t) && !type_is_integer(t) && !type_is_strcompat(t))
		return sema_error(s, n, "D_STRINGOF_TYPE", NULL, "cannot apply stringof to a value of type %s", sema_type_name(s, n->left));
	return n->type = s->ts->string;
}

static bool cast_fits(struct type *to, struct type *from)
{
	struct type *st = type_strip(to), *sf = type_strip(from);

	if (st->kind == TYPE_VOID)
		return true;
	if (st->kind == TYPE_STRING)
		return type_is_strcompat(from) || type_is_pointer(from) || type_is_integer(from);
	if (st->kind == TYPE_POINTER)
		return type_is_integer(from) || type_is_pointer(from) || sf->kind == TYPE_STRING || sf->kind == TYPE_FUNCTION;
	if (type_is_arith(to))
		return type_is_arith(from) || type_is_pointer(from) || sf->kind == TYPE_FUNCTION;
	return type_is_sou(to) && type_equal(to, from);
}

struct type *check_cast(struct sema *s, struct node *n)
{
	struct type *to = n->decl_type ? check_decl_type(s, n->decl_type) : n->type;
	struct type *from;

	if (n->left->kind == NODE_SYMBOL && !n->left->type && !type_is_poison(to) && (type_is_scalar(to) || type_is_sou(to)))
		check_symbol_as(s, n->left, to);
	from = check_expr(s, n->left);
	if (type_is_poison(to) || type_is_poison(from) || action_misplaced(s, n->left))
		return poison(s, n);
	if (!cast_fits(to, from))
		return sema_error(s, n, "D_CAST_INVAL", NULL, "invalid cast expression: %s to %s", sema_type_name(s, n->left),
				  type_name(s->dtc, to, NULL));
	if (type_strip(to)->kind == TYPE_STRING) {
		n->kind = NODE_STRINGOF;
		return n->type = s->ts->string;
	}
	n->is_user = n->left->is_user;
	n->type = to;
	if (n->left->is_const && type_is_scalar(to))
		set_const(n, to, type_truncate(n->left->value, to));
	return to;
}
