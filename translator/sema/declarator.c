// SPDX-License-Identifier: GPL-2.0
/* Declarators: pointers, arrays, functions applied to a specifier's type. */
#include "sema.h"

#define ARRAY_COUNT_MAX (1u << 30)

static struct type *array_step(struct sema *s, struct type *t, struct declarator *d)
{
	struct type *st = type_strip(t), *a;

	if (st->kind == TYPE_VOID || st->kind == TYPE_FUNCTION || st->kind == TYPE_FORWARD) {
		diag_error(s->dtc, &d->loc, st->kind == TYPE_VOID ? "D_DECL_VOIDOBJ" : "D_DECL_INCOMPLETE", NULL, "an array of %s has no size", type_name(s->dtc, t, NULL));
		return s->ts->poison;
	}
	if (!d->size) {
		a = type_array_of(s->dtc, t, 0);
		a->is_incomplete_array = true;
		return a;
	}
	check_constant(s, d->size, "D_DECL_ARRSUB", "an array's size must be a positive integer constant");
	if (node_is_poison(d->size))
		return s->ts->poison;
	if (!d->size->is_const || !type_is_integer(d->size->type) || (s64)d->size->value <= 0) {
		diag_error(s->dtc, &d->size->loc, "D_DECL_ARRSUB", "keys of an associative array are declared by their types",
			   "an array's size must be a positive integer constant");
		return s->ts->poison;
	}
	if (d->size->value > ARRAY_COUNT_MAX || (st->size && d->size->value > ARRAY_COUNT_MAX / st->size)) {
		diag_error(s->dtc, &d->size->loc, "D_DECL_ARRBIG", NULL, "the array is too large");
		return s->ts->poison;
	}
	return type_array_of(s->dtc, t, d->size->value);
}

static struct type *function_step(struct sema *s, struct type *t, struct declarator *d)
{
	struct type *f = type_new(TYPE_FUNCTION, NULL, 0);
	struct declared *p;
	size_t cap = 0;

	f->ref = t;
	f->is_varargs = d->is_varargs;
	for (p = d->params; p; p = p->next) {
		struct type *param = check_decl_type(s, p->type);

		if (type_is_poison(param))
			return param;
		if (declarator_assoc(p->type)) {
			diag_error(s->dtc, &p->loc, "D_DECL_PROTO_TYPE", NULL, "a parameter of a function may not be an associative array");
			return s->ts->poison;
		}
		if (type_is_void(param)) {
			if (p == d->params && !p->next && !p->name && !d->is_varargs)
				break;
			if (p == d->params && !p->next && !d->is_varargs)
				diag_error(s->dtc, &p->loc, "D_DECL_PROTO_NAME", NULL, "a void parameter may not have a name");
			else
				diag_error(s->dtc, &p->loc, "D_DECL_PROTO_VOID", NULL, "void must be the only parameter");
			return s->ts->poison;
		}
		f->members = mem_grow(f->members, &cap, f->nmembers, sizeof(*f->members));
		f->members[f->nmembers++] = (struct member){ .name = p->name, .type = param };
	}
	return f;
}

static struct type *step(struct sema *s, struct type *t, struct declarator *d)
{
	switch (d->kind) {
	case DECLARATOR_POINTER:
		return type_qualified(type_pointer_to(s->dtc, t), d->quals);
	case DECLARATOR_ARRAY:
		return array_step(s, t, d);
	case DECLARATOR_FUNCTION:
		return function_step(s, t, d);
	default:
		if (!d->next)
			return t;	/* the type of an element; declare_var() has the keys */
		diag_error(s->dtc, &d->loc, "D_DECL_DYNOBJ", NULL, "an associative array may not be part of another type");
		return s->ts->poison;
	}
}

/* The type, without the keys of an associative array. */
struct type *check_decl_type(struct sema *s, struct decl_type *dt)
{
	struct declarator *d;
	struct type *t;

	if (dt->type)
		return dt->type;
	t = check_spec(s, dt->spec);
	for (d = dt->declarator; d && !type_is_poison(t); d = d->next)
		t = step(s, t, d);
	return dt->type = t;
}

struct declarator *declarator_assoc(struct decl_type *dt)
{
	struct declarator *d = dt->declarator;

	while (d && d->next)
		d = d->next;
	return d && d->kind == DECLARATOR_ASSOC ? d : NULL;
}
