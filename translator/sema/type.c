// SPDX-License-Identifier: GPL-2.0
/*
 * Types: the canonical ones, D's own names, questions about a type, C's
 * conversions. A qualified type is a TYPE_TYPEDEF without a name whose quals
 * are set; type_strip() goes through it. Type objects are never changed once
 * other types refer to them, save by type_complete().
 */
#include <string.h>
#include "types.h"
#include "../debuginfo/kernel.h"

static size_t names_hash(const char *s)
{
	size_t h = 5381;

	while (*s)
		h = h * 33 + (unsigned char)*s++;
	return h;
}

void *names_get(const struct names *n, const char *name)
{
	struct names_entry *e;

	if (!n->nbuckets)
		return NULL;
	for (e = n->buckets[names_hash(name) % n->nbuckets]; e; e = e->next)
		if (!strcmp(e->name, name))
			return e->value;
	return NULL;
}

static void names_link(struct names *n, struct names_entry *e)
{
	struct names_entry **b = &n->buckets[names_hash(e->name) % n->nbuckets];

	e->next = *b;
	*b = e;
}

static void names_resize(struct names *n)
{
	struct names old = *n;
	struct names_entry *e, *next, *reversed;
	size_t i;

	n->nbuckets = old.nbuckets ? old.nbuckets * 4 : 64;
	n->buckets = mem_alloc(n->nbuckets * sizeof(*n->buckets));
	for (i = 0; i < old.nbuckets; i++) {
		for (reversed = NULL, e = old.buckets[i]; e; e = next) {
			next = e->next;
			e->next = reversed;
			reversed = e;
		}
		for (e = reversed; e; e = next) {
			next = e->next;
			names_link(n, e);
		}
	}
}

void names_put(struct names *n, const char *name, void *value)
{
	struct names_entry *e = mem_alloc(sizeof(*e));

	if (n->count >= n->nbuckets)
		names_resize(n);
	e->name = name;
	e->value = value;
	names_link(n, e);
	n->count++;
}

void names_suggest(const struct names *n, struct nearest *near)
{
	struct names_entry *e;
	size_t i;

	for (i = 0; i < n->nbuckets; i++)
		for (e = n->buckets[i]; e; e = e->next)
			if (e->value)
				nearest_try(near, e->name);
}

struct type *type_new(enum type_kind kind, const char *name, u64 size)
{
	struct type *t = mem_alloc(sizeof(*t));

	t->kind = kind;
	t->name = name;
	t->size = size;
	t->module = "D";
	return t;
}

static struct type *integer_new(const char *name, u64 size, bool is_signed)
{
	struct type *t = type_new(TYPE_INT, name, size);

	t->is_signed = is_signed;
	return t;
}

/* D's own names, beside the integers C has. Each stands for the type on its right. */
static const struct { const char *name, *of; } own_names[] = {
	{ "int8_t", "signed char" }, { "int16_t", "short" }, { "int32_t", "int" }, { "int64_t", "long" },
	{ "uint8_t", "unsigned char" }, { "uint16_t", "unsigned short" }, { "uint32_t", "unsigned int" },
	{ "uint64_t", "unsigned long" }, { "intptr_t", "long" }, { "uintptr_t", "unsigned long" },
	{ "intmax_t", "long" }, { "uintmax_t", "unsigned long" }, { "ptrdiff_t", "long" },
	{ "size_t", "unsigned long" }, { "ssize_t", "long" }, { "off_t", "long" }, { "loff_t", "long long" },
	{ "offset_t", "long" }, { "diskaddr_t", "unsigned long" }, { "uchar_t", "unsigned char" },
	{ "ushort_t", "unsigned short" }, { "uint_t", "unsigned int" }, { "ulong_t", "unsigned long" },
	{ "longlong_t", "long long" }, { "u_longlong_t", "unsigned long long" }, { "u_char", "unsigned char" },
	{ "u_short", "unsigned short" }, { "u_int", "unsigned int" }, { "u_long", "unsigned long" },
	{ "pid_t", "int" }, { "id_t", "int" }, { "uid_t", "unsigned int" }, { "gid_t", "unsigned int" },
	{ "dev_t", "unsigned int" }, { "ino_t", "unsigned long" }, { "mode_t", "unsigned short" },
	{ "nlink_t", "unsigned int" }, { "time_t", "long" }, { "clock_t", "long" }, { "clockid_t", "int" },
	{ "key_t", "int" }, { "caddr_t", "char *" }, { "hrtime_t", "long" }, { "nsec_t", "long" },
	{ "zoneid_t", "int" }, { "projid_t", "unsigned int" }, { "taskid_t", "int" }, { "poolid_t", "int" },
	{ "psetid_t", "int" }, { "processorid_t", "int" }, { "lgrp_id_t", "int" }, { "chipid_t", "int" },
	{ "boolean_t", "int" }, { "ipaddr_t", "unsigned int" }, { "in_addr_t", "unsigned int" },
	{ "pc_t", "unsigned long" }, { "index_t", "short" },
};

static struct type *own_typedef(struct dtc *dtc, const char *name, const char *of)
{
	struct type *ref = type_from_text(dtc, of), *t;

	t = type_new(TYPE_TYPEDEF, name, ref->size);
	t->ref = ref;
	return t;
}

static void own_put(struct types *ts, struct type *t)
{
	names_put(&ts->own, t->name, t);
}

static void types_init(struct types *ts, struct dtc *dtc)
{
	static const char *const names[4][2] = {
		{ "unsigned char", "signed char" }, { "unsigned short", "short" },
		{ "unsigned int", "int" }, { "unsigned long", "long" },
	};
	size_t i, s;

	for (i = 0; i < 4; i++)
		for (s = 0; s < 2; s++)
			own_put(ts, ts->integer[i][s] = integer_new(names[i][s], 1u << i, s));
	own_put(ts, ts->character = integer_new("char", 1, true));
	ts->character->is_char = true;
	own_put(ts, integer_new("long long", 8, true));
	own_put(ts, integer_new("unsigned long long", 8, false));
	own_put(ts, ts->void_type = type_new(TYPE_VOID, "void", 0));
	own_put(ts, type_new(TYPE_FLOAT, "float", 4));
	own_put(ts, type_new(TYPE_FLOAT, "double", 8));
	own_put(ts, type_new(TYPE_FLOAT, "long double", 16));
	own_put(ts, integer_new("_Bool", 1, false));
	((struct type *)names_get(&ts->own, "_Bool"))->is_bool = true;
	own_put(ts, ts->string = type_new(TYPE_STRING, "string", dtc->opt.strsize));
	own_put(ts, ts->ksym = type_new(TYPE_KSYM, "_symaddr", 8));
	own_put(ts, ts->usym = type_new(TYPE_USYM, "_usymaddr", 16));
	ts->stack = type_new(TYPE_STACK, "stack", 8);
	ts->ustack = type_new(TYPE_USTACK, "stack", 8);
	ts->dyn = type_new(TYPE_DYN, "<DYN>", 0);
	ts->poison = type_new(TYPE_DYN, "<error>", 8);
	for (i = 0; i < ARRAY_SIZE(own_names); i++)
		own_put(ts, own_typedef(dtc, own_names[i].name, own_names[i].of));
}

struct types *types_get(struct dtc *dtc)
{
	if (!dtc->types) {
		dtc->types = mem_alloc(sizeof(*dtc->types));
		types_init(dtc->types, dtc);
	}
	return dtc->types;
}

struct type *type_complete(struct type *t)
{
	void (*complete)(struct type *t) = t->complete;

	if (complete) {
		t->complete = NULL;
		complete(t);
	}
	return t;
}

struct type *type_strip(struct type *t)
{
	while (t) {
		type_complete(t);
		if (t->kind != TYPE_TYPEDEF || !t->ref)
			break;
		t = t->ref;
	}
	return t;
}

struct type *type_qualified(struct type *t, u32 quals)
{
	struct type *q;

	if (!quals || (type_quals(t) & quals) == quals)
		return t;
	q = type_new(TYPE_TYPEDEF, NULL, t->size);
	q->ref = t;
	q->quals = quals;
	q->module = t->module;
	return q;
}

u32 type_quals(struct type *t)
{
	u32 quals = 0;

	for (; t; t = t->ref) {
		quals |= t->quals;
		if (t->kind != TYPE_TYPEDEF)
			break;
	}
	return quals;
}

static bool kind_is(struct type *t, enum type_kind kind)
{
	t = type_strip(t);
	return t && t->kind == kind;
}

bool type_is_integer(struct type *t)
{
	return kind_is(t, TYPE_INT) || kind_is(t, TYPE_ENUM);
}

bool type_is_arith(struct type *t)
{
	return type_is_integer(t) || kind_is(t, TYPE_FLOAT);
}

bool type_is_pointer(struct type *t)
{
	return kind_is(t, TYPE_POINTER) || kind_is(t, TYPE_ARRAY);
}

bool type_is_scalar(struct type *t)
{
	return type_is_arith(t) || kind_is(t, TYPE_POINTER) || kind_is(t, TYPE_FUNCTION) ||
	       kind_is(t, TYPE_KSYM) || kind_is(t, TYPE_USYM);
}

bool type_is_char_array(struct type *t)
{
	t = type_strip(t);
	if (!t || t->kind != TYPE_ARRAY)
		return false;
	t = type_strip(t->ref);
	return t && t->kind == TYPE_INT && t->is_char;
}

bool type_is_string(struct type *t)
{
	return kind_is(t, TYPE_STRING) || type_is_char_array(t);
}

bool type_is_strcompat(struct type *t)
{
	struct type *p;

	if (type_is_string(t))
		return true;
	t = type_strip(t);
	if (!t || t->kind != TYPE_POINTER)
		return false;
	p = type_strip(t->ref);
	return p && p->kind == TYPE_INT && p->is_char;
}

bool type_is_sou(struct type *t)
{
	return kind_is(t, TYPE_STRUCT) || kind_is(t, TYPE_UNION);
}

bool type_is_void(struct type *t)
{
	return kind_is(t, TYPE_VOID);
}

bool type_is_function(struct type *t)
{
	return kind_is(t, TYPE_FUNCTION);
}

bool type_is_symbol(struct type *t)
{
	return kind_is(t, TYPE_STACK) || kind_is(t, TYPE_USTACK) || kind_is(t, TYPE_KSYM) || kind_is(t, TYPE_USYM);
}

bool type_is_dyn(struct type *t)
{
	return kind_is(t, TYPE_DYN);
}

bool type_is_poison(struct type *t)
{
	return !t || (t->kind == TYPE_DYN && t->size);
}

struct type *type_pointee(struct type *t)
{
	t = type_strip(t);
	return t && (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY) ? t->ref : NULL;
}

/*
 * The kernel's structures without names, of which BTF has one and debug information one for each file:
 * typedef struct { ... } pte_t.
 */
static bool unnamed_equal(struct type *a, struct type *b)
{
	if (a->name || b->name || !a->module || !b->module || !strcmp(a->module, "D") || !strcmp(b->module, "D"))
		return false;
	if (a->kind == TYPE_ENUM || a->kind != b->kind || a->size != b->size)
		return false;
	type_complete(a);
	type_complete(b);
	if (a->nmembers != b->nmembers)
		return false;
	for (size_t i = 0; i < a->nmembers; i++) {
		const struct member *x = &a->members[i], *y = &b->members[i];

		if (x->bit_offset != y->bit_offset || x->bits != y->bits || strcmp(x->name ? x->name : "", y->name ? y->name : "") ||
		    !type_equal(x->type, y->type))
			return false;
	}
	return true;
}

static bool sou_equal(struct type *a, struct type *b)
{
	if (a->btf_id && a->btf_id == b->btf_id && a->module && b->module && !strcmp(a->module, b->module))
		return true;
	return (a->name && b->name && !strcmp(a->name, b->name)) || unnamed_equal(a, b);
}

/* Types nest no deeper than a script or BTF writes them; structures are compared by name. */
bool type_equal(struct type *a, struct type *b)
{
	size_t i;

	a = type_strip(a);
	b = type_strip(b);
	if (a == b)
		return true;
	if (!a || !b)
		return false;
	if (a->kind == TYPE_FORWARD || b->kind == TYPE_FORWARD)
		return (type_is_sou(a) || a->kind == TYPE_FORWARD) && (type_is_sou(b) || b->kind == TYPE_FORWARD) &&
		       sou_equal(a, b);
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case TYPE_INT:
		return a->size == b->size && a->is_signed == b->is_signed && a->is_bool == b->is_bool;
	case TYPE_FLOAT:
		return a->size == b->size;
	case TYPE_POINTER:
		return type_equal(a->ref, b->ref);
	case TYPE_ARRAY:
		return a->count == b->count && type_equal(a->ref, b->ref);
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		return sou_equal(a, b);
	case TYPE_FUNCTION:
		if (a->nmembers != b->nmembers || a->is_varargs != b->is_varargs || !type_equal(a->ref, b->ref))
			return false;
		for (i = 0; i < a->nmembers; i++)
			if (!type_equal(a->members[i].type, b->members[i].type))
				return false;
		return true;
	default:
		return true;
	}
}

/* Pointers that may meet in an assignment or a comparison: void * with all, else to equal types. */
bool type_is_compatible_pointer(struct type *a, struct type *b)
{
	struct type *pa = type_strip(type_pointee(a)), *pb = type_strip(type_pointee(b));

	if (!pa || !pb)
		return false;
	if (pa->kind == TYPE_VOID || pb->kind == TYPE_VOID)
		return true;
	if (type_is_integer(pa) && type_is_integer(pb))
		return pa->size == pb->size;
	if (pa->kind == TYPE_ARRAY && pb->kind == TYPE_ARRAY)
		return type_is_compatible_pointer(pa, pb);
	return type_equal(pa, pb);
}

struct type *type_pointer_to(struct dtc *dtc, struct type *t)
{
	struct types *ts = types_get(dtc);
	char key[24];
	struct type *p;

	snprintf(key, sizeof(key), "%p", (void *)t);
	p = names_get(&ts->pointers, key);
	if (!p) {
		p = type_new(TYPE_POINTER, NULL, 8);
		p->ref = t;
		names_put(&ts->pointers, mem_strdup(key), p);
	}
	return p;
}

struct type *type_array_of(struct dtc *dtc, struct type *t, u64 count)
{
	struct type *a = type_new(TYPE_ARRAY, NULL, 0);

	(void)dtc;
	a->ref = t;
	a->count = count;
	a->size = type_strip(t)->size * count;
	return a;
}

struct type *type_int(struct dtc *dtc, unsigned size, bool is_signed)
{
	unsigned i = size <= 1 ? 0 : size == 2 ? 1 : size <= 4 ? 2 : 3;

	return types_get(dtc)->integer[i][is_signed];
}

struct type *type_named(struct dtc *dtc, const char *name)
{
	struct types *ts = types_get(dtc);
	struct type *t = names_get(&ts->typedefs, name);

	if (!t)
		t = names_get(&ts->own, name);
	return t ? t : kernel_type(dtc, TYPE_TYPEDEF, name, NULL);
}

struct type *type_lookup(struct dtc *dtc, enum type_kind sou, const char *tag, const char *module)
{
	struct types *ts = types_get(dtc);
	struct type *t = NULL;

	if (!module || !strcmp(module, "D"))
		t = names_get(sou == TYPE_STRUCT ? &ts->structs : sou == TYPE_UNION ? &ts->unions :
			      sou == TYPE_ENUM ? &ts->enums : &ts->typedefs, tag);
	if (!t && sou == TYPE_TYPEDEF && !module)
		t = names_get(&ts->own, tag);
	if (t || (module && !strcmp(module, "D")))
		return t;
	return kernel_type(dtc, sou, tag, module);
}

bool type_is_name(struct dtc *dtc, const char *module, const char *name)
{
	return (module ? type_lookup(dtc, TYPE_TYPEDEF, name, module) : type_named(dtc, name)) != NULL;
}

struct type *type_int_promote(struct dtc *dtc, struct type *t)
{
	t = type_strip(t);
	if (t->kind == TYPE_ENUM || t->is_bool)
		return type_int(dtc, 4, true);
	return t->kind == TYPE_INT ? t : type_int(dtc, 8, false);
}

struct type *type_promote(struct dtc *dtc, struct type *a, struct type *b)
{
	a = type_int_promote(dtc, a);
	b = type_int_promote(dtc, b);
	if (a->size != b->size)
		return a->size > b->size ? a : b;
	return a->is_signed ? b : a;
}

u64 type_truncate(u64 value, struct type *t)
{
	unsigned shift;

	t = type_strip(t);
	if (!t || (t->kind != TYPE_INT && t->kind != TYPE_ENUM))
		return value;
	if (t->is_bool)
		return value != 0;
	if (!t->size || t->size >= 8)
		return value;
	shift = 64 - 8 * t->size;
	if (t->is_signed || t->kind == TYPE_ENUM)
		return (u64)((s64)(value << shift) >> shift);
	return value << shift >> shift;
}

const struct member *type_member(struct type *sou, const char *name, u64 *bit_offset)
{
	const struct member *found;
	u64 inner;
	size_t i;

	sou = type_strip(sou);
	if (!sou || (sou->kind != TYPE_STRUCT && sou->kind != TYPE_UNION))
		return NULL;
	for (i = 0; i < sou->nmembers; i++) {
		const struct member *m = &sou->members[i];

		if (m->name && *m->name) {
			if (strcmp(m->name, name))
				continue;
			*bit_offset = m->bit_offset;
			return m;
		}
		inner = 0;
		found = type_member(m->type, name, &inner);
		if (found) {
			*bit_offset = m->bit_offset + inner;
			return found;
		}
	}
	return NULL;
}
