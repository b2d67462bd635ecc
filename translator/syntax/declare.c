// SPDX-License-Identifier: GPL-2.0
/* Declarations: specifiers put together and checked, declarators, what they declare. */
#include "parser.h"

#include <string.h>

struct decl_spec *spec_new(const struct loc *loc, enum spec_kind kind, struct ref ref, const struct loc *name_loc)
{
	struct decl_spec *s = mem_alloc(sizeof(*s));

	s->loc = *loc;
	s->kind = kind;
	s->name = ref.name;
	s->module = ref.module;
	s->name_loc = *name_loc;
	return s;
}

struct decl_spec *spec_body(struct decl_spec *s, struct declared *fields, bool is_packed)
{
	s->has_body = true;
	s->fields = fields;
	s->is_packed = is_packed;
	return s;
}

struct decl_spec *spec_storage(const struct loc *loc, enum storage storage)
{
	struct decl_spec *s = spec_new(loc, SPEC_NONE, (struct ref){ NULL, NULL }, loc);

	s->storage = storage;
	s->storage_loc = *loc;
	return s;
}

/* Where a name is due, one of a type is a mistake in a name. */
static const char *second_type_tag(const struct decl_spec *a, const struct decl_spec *b)
{
	bool is_anonymous = (a->kind == SPEC_STRUCT || a->kind == SPEC_UNION || a->kind == SPEC_ENUM) && !a->name;

	if (b->kind == SPEC_NAME)
		return "D_SYNTAX";
	if (b->kind == SPEC_STRING && a->storage == STORAGE_TYPEDEF)
		return "D_DECL_IDRED";
	return b->kind == SPEC_STRING && !is_anonymous ? "D_DECL_IDENT" : "D_DECL_COMBO";
}

/* Adds b, a single specifier, to a. */
struct decl_spec *spec_merge(struct parser *p, struct decl_spec *a, struct decl_spec *b)
{
	size_t errors = diag_errors(p->dtc);

	a->is_wrong |= b->is_wrong;
	if (b->storage && a->storage)
		parse_error(p, &b->loc, "D_DECL_CLASS", NULL, "only one storage class may be given in a declaration");
	else if (b->storage) {
		a->storage = b->storage;
		a->storage_loc = b->storage_loc;
	}
	if (b->kind && a->kind && !a->is_wrong) {
		parse_error(p, &b->loc, second_type_tag(a, b), b->kind == SPEC_NAME || b->kind == SPEC_STRING ? "a variable cannot have the name of a type" : NULL,
			    "a declaration has one type; this is a second one");
	} else if (b->kind && !a->kind) {
		a->kind = b->kind;
		a->name = b->name;
		a->module = b->module;
		a->name_loc = b->name_loc;
		a->has_body = b->has_body;
		a->is_packed = b->is_packed;
		a->fields = b->fields;
		a->enums = b->enums;
	}
	if (a->nlong + b->nlong > 2)
		parse_error(p, &b->loc, "D_DECL_COMBO", NULL, "'long' is given three times");
	else if ((a->nlong && b->nshort) || (a->nshort && b->nlong))
		parse_error(p, &b->loc, "D_DECL_COMBO", NULL, "'long' and 'short' exclude each other");
	else if (a->nshort && b->nshort)
		parse_error(p, &b->loc, "D_DECL_COMBO", NULL, "'short' is given twice");
	else if ((a->is_signed && b->is_unsigned) || (a->is_unsigned && b->is_signed))
		parse_error(p, &b->loc, "D_DECL_COMBO", NULL, "'signed' and 'unsigned' exclude each other");
	else {
		a->nlong += b->nlong;
		a->nshort |= b->nshort;
		a->is_signed |= b->is_signed;
		a->is_unsigned |= b->is_unsigned;
	}
	a->quals |= b->quals;
	a->is_wrong |= diag_errors(p->dtc) > errors;
	return a;
}

/* All specifiers are there: do they make a type? */
void spec_check(struct parser *p, struct decl_spec *s)
{
	bool sign = s->is_signed || s->is_unsigned, width = s->nlong || s->nshort;
	const char *tag = NULL, *message = NULL;

	switch (s->kind) {
	case SPEC_NONE:
		s->kind = SPEC_INT;
		return;
	case SPEC_INT:
		return;
	case SPEC_CHAR:
		if (width)
			tag = "D_DECL_CHARATTR", message = "'char' has no 'long' or 'short'";
		break;
	case SPEC_VOID:
		if (sign || width)
			tag = "D_DECL_VOIDATTR", message = "'void' has no 'signed', 'unsigned', 'long' or 'short'";
		break;
	case SPEC_DOUBLE:
		if (sign)
			tag = "D_DECL_SIGNINT", message = "'signed' and 'unsigned' go with integer types only";
		else if (s->nshort || s->nlong > 1)
			tag = "D_DECL_LONGINT", message = "'short' and 'long long' go with integer types only";
		break;
	default:
		if (sign)
			tag = "D_DECL_SIGNINT", message = "'signed' and 'unsigned' go with integer types only";
		else if (width)
			tag = "D_DECL_LONGINT", message = "'long' and 'short' go with integer types only";
	}
	if (!tag)
		return;
	parse_error(p, &s->loc, tag, NULL, "%s", message);
	s->is_wrong = true;
	s->is_signed = s->is_unsigned = false;
	s->nlong = s->nshort = 0;
}

struct declarator *declarator_new(enum declarator_kind kind, const struct loc *loc)
{
	struct declarator *d = mem_alloc(sizeof(*d));

	d->kind = kind;
	d->loc = *loc;
	return d;
}

struct declarator *declarator_append(struct declarator *list, struct declarator *more)
{
	struct declarator *d = list;

	if (!list)
		return more;
	while (d->next)
		d = d->next;
	d->next = more;
	return list;
}

struct declarator *declarator_reverse(struct declarator *list)
{
	struct declarator *reversed = NULL;

	while (list) {
		struct declarator *next = list->next;

		list->next = reversed;
		reversed = list;
		list = next;
	}
	return reversed;
}

struct decl_type *type_make(struct parser *p, const struct loc *loc, struct decl_spec *spec, struct declarator *list)
{
	struct decl_type *t = mem_alloc(sizeof(*t));
	unsigned steps = 0;

	for (struct declarator *d = list; d; d = d->next) {
		if (++steps < PARSE_DEPTH_MAX)
			continue;
		parse_error(p, loc, "D_SYNTAX", NULL, "a type of more than %d steps is too much", PARSE_DEPTH_MAX);
		d->next = NULL;
	}
	t->loc = *loc;
	t->spec = spec;
	t->declarator = list;
	return t;
}

struct declared *declared_new(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *parts)
{
	struct declared *d = mem_alloc(sizeof(*d));
	struct loc type_loc = spec->loc;

	type_loc.end_line = loc->end_line;
	type_loc.end_column = loc->end_column;
	d->loc = parts->name ? parts->loc : *loc;
	d->name = parts->name;
	d->type = type_make(p, &type_loc, spec, parts->list);
	return d;
}

struct declared *param_new(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *parts)
{
	if (spec->storage && spec->storage != STORAGE_REGISTER)
		parse_error(p, &spec->storage_loc, "D_DECL_PARMCLASS", NULL,
			    "a parameter has no storage class");
	spec_check(p, spec);
	return declared_new(p, loc, spec, parts);
}

struct enum_item *enum_item_new(const struct loc *loc, const char *name, struct node *value)
{
	struct enum_item *e = mem_alloc(sizeof(*e));

	*e = (struct enum_item){ .loc = *loc, .name = name, .value = value };
	return e;
}

void declare(struct parser *p, const struct loc *loc, struct decl_spec *spec, struct declared *things)
{
	struct decl *d = mem_alloc(sizeof(*d));

	*d = (struct decl){ .loc = *loc, .spec = spec, .things = things };
	build_top(p, TOP_DECL, loc)->decl = d;
}

static bool is_void(const struct declared *d)
{
	return d->type->spec->kind == SPEC_VOID && !d->type->declarator;
}

#define PARAMS_COMPARED 256	/* more than these no list may have in the end */

/* A name that two parameters have is an error at the second. */
static bool same_name_before(const struct declared *params, const struct declared *param)
{
	const struct declared *d;

	for (d = params; d != param; d = d->next)
		if (d->name && param->name && !strcmp(d->name, param->name))
			return true;
	return false;
}

void params_distinct(struct parser *p, const struct declared *params, const char *of)
{
	const struct declared *d = params;

	for (unsigned i = 0; d && i < PARAMS_COMPARED; d = d->next, i++)
		if (same_name_before(params, d))
			parse_error(p, &d->loc, "D_DECL_PROTO_FORM", NULL, "parameter '%s' is already declared in this %s prototype", d->name, of);
}

/* One that is not `(void)`. */
static void void_parameter(struct parser *p, const struct declared *param, bool is_only)
{
	param->type->spec->is_wrong = true;
	parse_error(p, &param->loc, is_only ? "D_DECL_PROTO_NAME" : "D_DECL_PROTO_VOID", NULL,
		    is_only ? "a void parameter may not have a name" : "void must be the only parameter");
}

/* The parameters of a probe: they are named in `what` messages by the place of the list. */
void probe_params(struct parser *p, const struct loc *loc, const struct declared *params, bool is_varargs)
{
	const struct declared *d;

	if (is_varargs)
		parse_error(p, loc, "D_DECL_PROTO_VARARGS", NULL, "a probe takes a fixed number of arguments");
	params_distinct(p, params, "probe");
	for (d = params; d; d = d->next)
		if (is_void(d) && (d->name || d->next || d != params))
			void_parameter(p, d, !d->next && d == params);
}

/* `a`b is a name of another module's: it can be used, not declared. */
const char *declared_name(struct parser *p, const struct loc *loc, const char *name, const char *module)
{
	parse_error(p, loc, "D_DECL_SCOPE", NULL, "a declared name may not have the scoping operator: %s`%s", module ? module : "", name);
	return name;
}

/* inline int name(params) and name[params]: the last step of the declarator is the one nearest to the name. */
void define_inline(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *parts, struct node *body)
{
	struct inline_def *d = mem_alloc(sizeof(*d));
	struct declarator **last, *step = parts->list;
	struct declared *thing;

	spec_check(p, spec);
	if (spec->storage)
		parse_error(p, &spec->storage_loc, "D_DECL_BADCLASS", NULL, "an inline has no storage class");
	thing = declared_new(p, loc, spec, parts);
	d->loc = parts->loc;
	d->name = parts->name;
	d->type = thing->type;
	d->body = body;
	d->is_library = p->src->is_library;
	for (last = &d->type->declarator; step && step->next; step = step->next)
		last = &step->next;
	if (step && (step->kind == DECLARATOR_ASSOC || step->kind == DECLARATOR_FUNCTION)) {
		*last = NULL;
		d->has_params = true;
		d->params = step->params;
		if (step->is_varargs)
			parse_error(p, &step->loc, "D_DECL_PROTO_VARARGS", NULL, "an inline takes a fixed number of parameters");
	}
	if (d->params && !d->params->next && !d->params->name && is_void(d->params))
		d->params = NULL;	/* (void) */
	for (const struct declared *param = d->params; param; param = param->next) {
		if (is_void(param))
			void_parameter(p, param, !param->next && param == d->params);
		else if (!param->name)
			parse_error(p, &param->loc, "D_DECL_PROTO_NAME", NULL, "a parameter of an inline needs a name");
		d->nparams++;
	}
	build_top(p, TOP_INLINE, loc)->inl = d;
}
