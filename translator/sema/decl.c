// SPDX-License-Identifier: GPL-2.0
/* Declarations: specifiers to types, structures and enums, variables, typedefs. */
#include <string.h>
#include "sema.h"
#include <dtc/limits.h>

static struct type *spec_error(struct sema *s, const struct loc *loc, const char *tag, const char *hint, const char *message)
{
	diag_error(s->dtc, loc, tag, hint, "%s", message);
	return s->ts->poison;
}

/* --- structures --- */

struct layout { u64 bits; u64 align; bool is_union, is_packed, has_unnamed; struct names names; };

static u64 align_of(struct type *t)
{
	u64 a = 1, m;
	size_t i;

	t = type_strip(t);
	if (t->kind == TYPE_ARRAY)
		return align_of(t->ref);
	if (t->kind == TYPE_STRING)
		return 1;
	if (!type_is_sou(t))
		return t->size && t->size <= 8 ? t->size : t->size ? 8 : 1;
	if (t->align)
		return t->align;
	for (i = 0; i < t->nmembers; i++) {
		m = align_of(t->members[i].type);
		a = m > a ? m : a;
	}
	t->align = (u32)a;
	return a;
}

static u64 round_up(u64 v, u64 to)
{
	return (v + to - 1) / to * to;
}

static bool bitfield_width(struct sema *s, struct declared *f, struct type *t, u32 *bits)
{
	struct type *width;

	if (!type_is_integer(t)) {
		spec_error(s, &f->loc, "D_DECL_BFTYPE", NULL, "a bit-field must have an integer type");
		return false;
	}
	width = check_constant(s, f->bits, "D_DECL_BFCONST", "a bit-field's width must be a positive integer constant");
	if (type_is_poison(width))
		return false;
	if (!f->bits->is_const || (s64)f->bits->value < 0 || (f->name && !f->bits->value)) {
		spec_error(s, &f->bits->loc, "D_DECL_BFCONST", NULL, "a bit-field's width must be a positive integer constant");
		return false;
	}
	if (f->bits->value > type_strip(t)->size * 8) {
		spec_error(s, &f->bits->loc, "D_DECL_BFSIZE", NULL, "a bit-field is wider than its type");
		return false;
	}
	*bits = (u32)f->bits->value;
	return true;
}

/* As the x86-64 ABI has it: a bit-field does not cross a unit of its type. */
static u64 place(struct layout *l, struct type *t, bool is_bits, u32 bits)
{
	u64 unit = type_strip(t)->size * 8, align = l->is_packed ? 8 : align_of(t) * 8, start = l->is_union ? 0 : l->bits, width;

	if (is_bits && !bits) {
		l->bits = l->is_union ? l->bits : round_up(start, unit ? unit : 8);
		return start;
	}
	width = is_bits ? bits : unit;
	if (!is_bits)
		start = round_up(start, align);
	else if (unit && !l->is_packed && start / unit != (start + width - 1) / unit)
		start = round_up(start, unit);
	if (start + width > l->bits)
		l->bits = start + width;
	if (align > l->align)
		l->align = align;
	return start;
}

static bool field_is_complete(struct sema *s, struct declared *f, struct type *t)
{
	struct type *st = type_strip(t);

	if (st->kind == TYPE_FUNCTION || st->kind == TYPE_DYN || declarator_assoc(f->type))
		spec_error(s, &f->loc, "D_DECL_DYNOBJ", NULL, "a member may not have such a type");
	else if (st->kind == TYPE_VOID)
		spec_error(s, &f->loc, "D_DECL_VOIDOBJ", NULL, "a member may not be void");
	else if (!f->name && !f->bits && !type_is_sou(t) && st->kind != TYPE_FORWARD)
		spec_error(s, &f->loc, "D_DECL_MNAME", NULL, "a member needs a name");
	else if (st->kind == TYPE_FORWARD)
		spec_error(s, &f->loc, "D_DECL_INCOMPLETE", NULL, "a member may not have an incomplete type");
	else
		return true;
	return false;
}

/* Named members are in l->names; the structure is not one yet, so that type_member() would not look into it. */
static bool has_member(const struct type *sou, const struct layout *l, const char *name)
{
	u64 unused;
	size_t i;

	if (names_get(&l->names, name))
		return true;
	for (i = 0; l->has_unnamed && i < sou->nmembers; i++)
		if (!sou->members[i].name && type_member(sou->members[i].type, name, &unused))
			return true;
	return false;
}

static void add_field(struct sema *s, struct type *sou, struct layout *l, struct declared *f, size_t *cap)
{
	struct type *t = check_decl_type(s, f->type);
	struct member *m;
	u64 offset;
	u32 bits = 0;

	if (type_is_poison(t) || !field_is_complete(s, f, t))
		return;
	if (f->bits && !bitfield_width(s, f, t, &bits))
		return;
	if (f->name && has_member(sou, l, f->name)) {
		diag_error(s->dtc, &f->loc, "D_UNKNOWN", NULL, "failed to define member '%s': the name is already in use", f->name);
		return;
	}
	offset = place(l, t, f->bits != NULL, bits);
	if (!f->name && !type_is_sou(t))
		return;		/* padding */
	sou->members = mem_grow(sou->members, cap, sou->nmembers, sizeof(*sou->members));
	m = &sou->members[sou->nmembers++];
	m->name = f->name;
	m->type = t;
	m->bit_offset = offset;
	m->bits = bits;
	if (f->name)
		names_put(&l->names, f->name, t);
	else
		l->has_unnamed = true;
}

static struct names *tag_table(struct sema *s, enum spec_kind kind)
{
	return kind == SPEC_STRUCT ? &s->ts->structs : kind == SPEC_UNION ? &s->ts->unions : &s->ts->enums;
}

static struct type *sou_define(struct sema *s, struct decl_spec *spec)
{
	enum type_kind kind = spec->kind == SPEC_STRUCT ? TYPE_STRUCT : TYPE_UNION;
	struct type *t = spec->name ? names_get(tag_table(s, spec->kind), spec->name) : NULL;
	struct layout l = { .align = 8, .is_union = kind == TYPE_UNION, .is_packed = spec->is_packed };
	struct declared *f;
	size_t cap = 0;

	if (t && t->kind != TYPE_FORWARD) {
		diag_error(s->dtc, &spec->name_loc, "D_DECL_TYPERED", NULL, "type redeclared: %s", type_name(s->dtc, t, NULL));
		return s->ts->poison;
	}
	if (!t) {
		t = type_new(TYPE_FORWARD, spec->name, 0);
		if (spec->name)
			names_put(tag_table(s, spec->kind), spec->name, t);
	}
	for (f = spec->fields; f; f = f->next)
		add_field(s, t, &l, f, &cap);
	if (!spec->fields)
		return t;
	t->kind = kind;
	t->size = round_up(l.bits, l.align) / 8;
	t->align = spec->is_packed;	/* 0: to be found */
	return t;
}

static void enumerator_add(struct sema *s, struct type *t, struct enum_item *e, s64 value, size_t *cap)
{
	struct constant *c = names_get(&s->enumerators, e->name);

	if (c && c->type == t) {
		diag_error(s->dtc, &e->loc, "D_UNKNOWN", NULL, "failed to define enumerator '%s': the name is already in use", e->name);
		return;
	}
	if (name_is_known(s, e->name)) {
		if (!e->loc.src->is_included)	/* a header's loses against D's own name */
			diag_error(s->dtc, &e->loc, "D_DECL_IDRED", NULL, "identifier redeclared: %s", e->name);
		return;
	}
	t->enums = mem_grow(t->enums, cap, t->nenums, sizeof(*t->enums));
	t->enums[t->nenums++] = (struct enumerator){ e->name, value };
	c = mem_alloc(sizeof(*c));
	c->value = value;
	c->type = t;
	names_put(&s->enumerators, e->name, c);
}

static struct type *enum_define(struct sema *s, struct decl_spec *spec)
{
	struct type *t = type_new(TYPE_ENUM, spec->name, 4);
	struct enum_item *e;
	size_t cap = 0;
	s64 value = 0;

	t->is_signed = true;
	if (spec->name) {
		if (names_get(&s->ts->enums, spec->name)) {
			diag_error(s->dtc, &spec->name_loc, "D_DECL_TYPERED", NULL, "type redeclared: enum %s", spec->name);
			return s->ts->poison;
		}
		names_put(&s->ts->enums, spec->name, t);
	}
	for (e = spec->enums; e; e = e->next, value++) {
		if (e->value) {
			check_constant(s, e->value, "D_DECL_ENCONST", "enumerator must be assigned an integral constant expression");
			if (node_is_poison(e->value))
				continue;
			if (!e->value->is_const) {
				spec_error(s, &e->value->loc, "D_DECL_ENCONST", NULL, "enumerator must be assigned an integral constant expression");
				continue;
			}
			value = (s64)e->value->value;
		}
		if ((value > INT32_MAX || value < INT32_MIN) && !e->loc.src->is_included) {	/* gcc permits it, and headers use it */
			spec_error(s, e->value ? &e->value->loc : &e->loc, "D_DECL_ENOFLOW", NULL, "enumerator value overflows an int");
			value = 0;
		}
		enumerator_add(s, t, e, value, &cap);
	}
	return t;
}

/* --- specifiers --- */

static struct type *int_spec(struct sema *s, const struct decl_spec *spec)
{
	static const char *const names[4][2] = {
		{ "short", "unsigned short" }, { "int", "unsigned int" }, { "long", "unsigned long" },
		{ "long long", "unsigned long long" },
	};
	unsigned rank = spec->nshort ? 0 : spec->nlong > 1 ? 3 : 1 + spec->nlong;

	return type_named(s->dtc, names[rank][spec->is_unsigned]);
}

static struct type *name_spec(struct sema *s, const struct decl_spec *spec)
{
	struct type *t = type_lookup(s->dtc, TYPE_TYPEDEF, spec->name, spec->module);
	struct nearest near;

	if (t)
		return t;
	nearest_init(&near, spec->name);
	names_suggest(&s->ts->typedefs, &near);
	names_suggest(&s->ts->own, &near);
	diag_error(s->dtc, &spec->name_loc, "D_TYPE_ERR", nearest_hint(&near), "unknown type name '%s'", spec->name);
	return s->ts->poison;
}

static struct type *tag_spec(struct sema *s, struct decl_spec *spec)
{
	enum type_kind kind = spec->kind == SPEC_STRUCT ? TYPE_STRUCT : spec->kind == SPEC_UNION ? TYPE_UNION : TYPE_ENUM;
	struct type *t;

	if (spec->has_body)
		return kind == TYPE_ENUM ? enum_define(s, spec) : sou_define(s, spec);
	t = type_lookup(s->dtc, kind, spec->name, spec->module);
	if (t)
		return t;
	if (kind == TYPE_ENUM || spec->module) {
		diag_error(s->dtc, &spec->name_loc, "D_TYPE_ERR", NULL, "unknown type %s %s",
			   kind == TYPE_ENUM ? "enum" : kind == TYPE_UNION ? "union" : "struct", spec->name);
		return s->ts->poison;
	}
	t = type_new(TYPE_FORWARD, spec->name, 0);
	names_put(tag_table(s, spec->kind), spec->name, t);
	return t;
}

static struct type *spec_type(struct sema *s, struct decl_spec *spec)
{
	switch (spec->kind) {
	case SPEC_VOID:
		return s->ts->void_type;
	case SPEC_CHAR:
		return spec->is_unsigned ? type_int(s->dtc, 1, false) : spec->is_signed ? type_int(s->dtc, 1, true) : s->ts->character;
	case SPEC_FLOAT:
		return type_named(s->dtc, "float");
	case SPEC_DOUBLE:
		return type_named(s->dtc, spec->nlong ? "long double" : "double");
	case SPEC_STRING:
		return s->ts->string;
	case SPEC_NAME:
		return name_spec(s, spec);
	case SPEC_STRUCT:
	case SPEC_UNION:
	case SPEC_ENUM:
		return tag_spec(s, spec);
	default:
		return int_spec(s, spec);
	}
}

/* Once for each specifier: `struct s { ... } a, b;` defines one type. */
struct type *check_spec(struct sema *s, struct decl_spec *spec)
{
	char key[24];
	struct type *t;

	snprintf(key, sizeof(key), "%p", (void *)spec);
	t = names_get(&s->specs, key);
	if (t)
		return t;
	t = spec_type(s, spec);
	if (spec->is_wrong)
		t = s->ts->poison;
	if (!type_is_poison(t))
		t = type_qualified(t, spec->quals);
	names_put(&s->specs, mem_strdup(key), t);
	return t;
}

/* --- things --- */

/* Passes recurse over types; what one declaration adds the parser has limited. */
static u32 typedef_steps(const struct type *t)
{
	u32 steps = 1;

	for (; t && !t->steps && (t->kind == TYPE_TYPEDEF || t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY || t->kind == TYPE_FUNCTION); t = t->ref)
		steps++;
	return t ? steps + t->steps : steps;
}

static void declare_typedef(struct sema *s, struct declared *d)
{
	struct type *t = check_decl_type(s, d->type), *old, *def;
	const bool may_repeat = d->loc.src->is_included || d->loc.src->is_library;

	if (!d->name || type_is_poison(t))
		return;
	old = names_get(&s->ts->typedefs, d->name);
	if (!old && !may_repeat)	/* headers have words of their own for what D has already */
		old = names_get(&s->ts->own, d->name);
	if (old && (!may_repeat || !type_equal(old, t))) {
		diag_error(s->dtc, &d->loc, "D_DECL_IDRED", mem_printf("it is %s", type_name(s->dtc, old->ref ? old->ref : old, NULL)),
			   "typedef redeclared: %s", d->name);
		return;
	}
	if (names_get(&s->vars[SCOPE_GLOBAL], d->name) || names_get(&s->inlines, d->name)) {
		diag_error(s->dtc, &d->loc, "D_DECL_IDRED", NULL, "identifier redeclared: %s", d->name);
		return;
	}
	def = type_new(TYPE_TYPEDEF, d->name, type_strip(t)->size);
	def->ref = t;
	def->steps = typedef_steps(t);
	if (def->steps > PARSE_DEPTH_MAX) {
		diag_error(s->dtc, &d->loc, "D_SYNTAX", NULL, "a type of more than %d steps is too much", PARSE_DEPTH_MAX);
		return;
	}
	names_put(&s->ts->typedefs, d->name, def);
}

static bool var_type_fits(struct sema *s, struct declared *d, struct type *t, bool is_assoc)
{
	struct type *st = type_strip(t);

	if (type_is_poison(t))
		return false;
	if (st->kind == TYPE_VOID)
		spec_error(s, &d->loc, "D_DECL_VOIDOBJ", NULL, is_assoc ? "an array's elements may not be void" : "a variable may not be void");
	else if (st->kind == TYPE_FORWARD)
		diag_error(s->dtc, &d->loc, "D_DECL_INCOMPLETE", NULL, "variable '%s' has the incomplete type %s", d->name, type_name(s->dtc, t, NULL));
	else if (st->kind == TYPE_ARRAY && st->is_incomplete_array)
		diag_error(s->dtc, &d->loc, "D_DECL_ARRNULL", "give the types of its keys, or a size", "array declaration of '%s' requires a dimension", d->name);
	else if (st->kind == TYPE_FLOAT && is_assoc)
		diag_error(s->dtc, &d->loc, "D_DECL_CLASS", NULL, "variable '%s' may not have a floating-point type", d->name);
	else if (st->size > DTC_DYNVARSIZE_DEFAULT)
		diag_error(s->dtc, &d->loc, "D_DECL_ARRBIG", NULL, "variable '%s' is too large: %llu bytes", d->name, (unsigned long long)st->size);
	else
		return true;
	return false;
}

static void assoc_keys(struct sema *s, struct var *v, struct declarator *assoc)
{
	struct declared *k;
	struct type *t;
	size_t cap = 0;

	if (assoc->is_varargs)
		diag_error(s->dtc, &assoc->loc, "D_DECL_PROTO_VARARGS", NULL, "an array takes a fixed number of keys");
	for (k = assoc->params; k; k = k->next) {
		t = check_decl_type(s, k->type);
		if (type_is_void(t) || declarator_assoc(k->type)) {
			diag_error(s->dtc, &k->loc, "D_DECL_PROTO_TYPE", NULL, "key #%zu of array %s[ ] may not be %s", v->nkeys + 1, var_text(v),
				   type_is_void(t) ? "void" : "an associative array");
			t = s->ts->poison;
		}
		if (!type_is_poison(t) && !type_is_scalar(t) && !type_is_string(t)) {
			diag_error(s->dtc, &k->loc, "D_KEY_TYPE", NULL, "a value of type %s may not be used as key #%zu of array %s[ ]",
				   type_name(s->dtc, t, NULL), v->nkeys + 1, var_text(v));
			t = s->ts->poison;
		}
		v->key_types = mem_grow(v->key_types, &cap, v->nkeys, sizeof(*v->key_types));
		v->key_types[v->nkeys++] = t;
	}
}

static bool same_declaration(struct var *a, struct var *b)
{
	size_t i;

	if (a->is_assoc != b->is_assoc || a->nkeys != b->nkeys || !type_equal(a->type, b->type))
		return false;
	for (i = 0; i < a->nkeys; i++)
		if (!type_equal(a->key_types[i], b->key_types[i]))
			return false;
	return true;
}

static bool name_is_taken(struct sema *s, const struct declared *d, enum scope scope)
{
	if (scope != SCOPE_GLOBAL)
		return false;
	return names_get(&s->inlines, d->name) || names_get(&s->enumerators, d->name) || names_get(&s->ts->typedefs, d->name) ||
	       names_get(&s->ts->own, d->name) || is_builtin(s->dtc, d->name);
}

/* What the kernel has, which is told alike each time. */
static void declare_extern(struct sema *s, struct declared *d)
{
	struct type *t = check_decl_type(s, d->type), *old = names_get(&s->externs, d->name);

	if (type_is_poison(t))
		return;
	if (!old)
		names_put(&s->externs, d->name, t);
	else if (!type_equal(old, t) && !(type_is_function(old) && type_is_function(t)))
		diag_error(s->dtc, &d->loc, "D_DECL_IDRED", mem_printf("it was %s", type_name(s->dtc, old, NULL)), "identifier redeclared: %s", d->name);
}

void declare_var(struct sema *s, struct declared *d, enum scope scope)
{
	struct type *t = check_decl_type(s, d->type);
	struct declarator *assoc = declarator_assoc(d->type);
	struct var *old = var_find(s, scope, d->name), found = { 0 }, *v;

	if (assoc && scope == SCOPE_THIS) {
		diag_error(s->dtc, &d->loc, "D_DECL_LOCASSC", NULL, "this->%s may not be an associative array", d->name);
		t = s->ts->poison;
	}
	if (type_is_function(t) && scope == SCOPE_GLOBAL) {	/* a prototype */
		declare_extern(s, d);
		return;
	}
	if (d->type->spec->is_wrong)
		t = s->ts->poison;
	else if (name_is_taken(s, d, scope)) {
		diag_error(s->dtc, &d->loc, "D_DECL_IDRED", NULL, "identifier redeclared: %s", d->name);
		return;
	}
	found = (struct var){ .name = d->name, .scope = scope, .type = t, .is_assoc = assoc != NULL, .is_declared = true };
	if (!var_type_fits(s, d, t, assoc != NULL))
		found.type = s->ts->poison;
	if (assoc)
		assoc_keys(s, &found, assoc);
	if (old) {
		if (!type_is_poison(found.type) && !type_is_poison(old->type) && !same_declaration(old, &found))
			diag_error(s->dtc, &d->loc, "D_DECL_IDRED", mem_printf("it is %s since line %u", type_name(s->dtc, old->type, NULL), old->loc.line),
				   "identifier redeclared: %s", var_text(old));
		return;
	}
	v = var_new(s, scope, d->name, &d->loc);
	v->type = found.type;
	v->is_assoc = found.is_assoc;
	v->key_types = found.key_types;
	v->nkeys = found.nkeys;
	v->is_declared = true;
	var_number(s, v);
}

static bool storage_fits(struct sema *s, const struct decl_spec *spec)
{
	if (spec->storage != STORAGE_STATIC && spec->storage != STORAGE_AUTO && spec->storage != STORAGE_REGISTER)
		return true;
	spec_error(s, &spec->storage_loc, "D_DECL_BADCLASS", "variables are global, or begin with self or this",
		   "specified storage class not appropriate in D");
	return false;
}

void check_decl(struct sema *s, struct top *top)
{
	struct decl *decl = top->decl;
	struct decl_spec *spec = decl->spec;
	struct declared *d;

	if (!spec->is_wrong && !storage_fits(s, spec))
		return;
	check_spec(s, spec);
	if (!decl->things && !spec->is_wrong && !spec->has_body && spec->kind != SPEC_STRUCT && spec->kind != SPEC_UNION)
		spec_error(s, &decl->loc, "D_DECL_USELESS", NULL, "useless declaration");
	for (d = decl->things; d; d = d->next) {
		if (spec->storage == STORAGE_TYPEDEF)
			declare_typedef(s, d);
		else if (!d->name)
			check_decl_type(s, d->type);
		else if (spec->storage == STORAGE_EXTERN)
			declare_extern(s, d);
		else
			declare_var(s, d, spec->storage == STORAGE_SELF ? SCOPE_SELF : spec->storage == STORAGE_THIS ? SCOPE_THIS : SCOPE_GLOBAL);
	}
}
