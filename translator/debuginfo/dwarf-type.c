// SPDX-License-Identifier: GPL-2.0
/*
 * Types of DWARF as struct type. A type is made when it is asked for and kept by
 * the place of its DIE; members and enumerators when they are looked at. A named
 * structure that BTF has with the same members is completed from there, so that
 * what is in it is what args[] has. A reference that goes round without a
 * structure in between becomes void.
 */
#include <dwarf.h>
#include <string.h>

#include "../sema/types.h"
#include "kernel.h"
#include "vars.h"

#define TYPE_DEPTH	200

struct maker {
	struct dtc *dtc;
	struct debug_file *f;
	unsigned depth;
};
struct pending {		/* what completing needs */
	struct dtc *dtc;
	struct debug_file *f;
	Dwarf_Die die;
};

static struct type *make(struct maker *m, Dwarf_Die *die);

static struct type *fresh(struct maker *m, enum type_kind kind, const char *name, u64 size)
{
	struct type *t = type_new(kind, name, size);

	t->module = m->f->module;
	return t;
}

/* --- those made so far --- */

static struct type **slot_of(struct debug_scopes *s, u64 die)
{
	size_t i = (die * 0x9e3779b97f4a7c15ull) >> 20 & (s->types_cap - 1);

	while (s->type_dies[i] && s->type_dies[i] != die)
		i = (i + 1) & (s->types_cap - 1);
	s->type_dies[i] = die;
	return &s->types[i];
}

static void slots_grow(struct debug_scopes *s)
{
	struct debug_scopes old = *s;

	s->types_cap = old.types_cap ? old.types_cap * 2 : 1024;
	s->types = mem_alloc(s->types_cap * sizeof(*s->types));
	s->type_dies = mem_alloc(s->types_cap * sizeof(*s->type_dies));
	for (size_t i = 0; i < old.types_cap; i++)
		if (old.type_dies[i])
			*slot_of(s, old.type_dies[i]) = old.types[i];
}

/* --- attributes --- */

static bool number(Dwarf_Die *die, unsigned name, u64 *ret)
{
	Dwarf_Attribute a;
	Dwarf_Word v;

	if (!dwarf_attr_integrate(die, name, &a) || dwarf_formudata(&a, &v))
		return false;
	*ret = v;
	return true;
}

static bool has_flag(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute a;
	bool flag = false;

	return dwarf_attr(die, name, &a) && !dwarf_formflag(&a, &flag) && flag;
}

static const char *name_of(Dwarf_Die *die)
{
	const char *s = dwarf_diename(die);

	return s && *s ? mem_strdup(s) : NULL;
}

static struct type *of(struct maker *m, Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die ref;

	if (!dwarf_attr_integrate(die, DW_AT_type, &a) || !dwarf_formref_die(&a, &ref))
		return types_get(m->dtc)->void_type;
	return make(m, &ref);
}

/* --- structures --- */

/* Where a member begins, in bytes: a number, or in old DWARF the addition of one. */
static u64 member_location(Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Word v;
	Dwarf_Op *ops;
	size_t n;

	if (!dwarf_attr(die, DW_AT_data_member_location, &a))
		return 0;
	if (!dwarf_formudata(&a, &v))
		return v;
	if (!dwarf_getlocation(&a, &ops, &n) && n == 1 && (ops[0].atom == DW_OP_plus_uconst || ops[0].atom == DW_OP_constu))
		return ops[0].number;
	return 0;
}

static void member_bits(Dwarf_Die *die, struct member *m)
{
	u64 bits = 0, offset, unit = 0;

	number(die, DW_AT_bit_size, &bits);
	m->bits = bits;
	if (number(die, DW_AT_data_bit_offset, &offset)) {
		m->bit_offset = offset;
		return;
	}
	m->bit_offset = member_location(die) * 8;
	if (bits && number(die, DW_AT_bit_offset, &offset)) {	/* before DWARF 5: from the most significant bit of its unit */
		if (!number(die, DW_AT_byte_size, &unit))
			unit = m->type->size;
		m->bit_offset += unit * 8 - offset - bits;
	}
}

static void add_member(struct type *t, size_t *cap, struct member m)
{
	t->members = mem_grow(t->members, cap, t->nmembers + 1, sizeof(*t->members));
	t->members[t->nmembers++] = m;
}

static void add_members(struct maker *m, struct type *t, Dwarf_Die *sou)
{
	Dwarf_Die die;
	size_t cap = 0;

	if (dwarf_child(sou, &die))
		return;
	do {
		struct member member = { 0 };

		if (dwarf_tag(&die) != DW_TAG_member)
			continue;
		member.name = name_of(&die);
		member.type = of(m, &die);
		member_bits(&die, &member);
		add_member(t, &cap, member);
	} while (!dwarf_siblingof(&die, &die));
}

/* Another structure of the same name and size is told by the names of its members. */
static bool is_same_sou(Dwarf_Die *sou, const struct type *t)
{
	Dwarf_Die die;
	size_t i = 0;

	if (!dwarf_child(sou, &die))
		do {
			const char *name = dwarf_diename(&die), *its;

			if (dwarf_tag(&die) != DW_TAG_member)
				continue;
			its = i < t->nmembers ? t->members[i].name : NULL;
			if (i == t->nmembers || strcmp(name ? name : "", its ? its : ""))
				return false;
			i++;
		} while (!dwarf_siblingof(&die, &die));
	return i == t->nmembers;
}

static void complete_sou(struct type *t)
{
	struct pending *p = t->complete_arg;
	struct maker m = { .dtc = p->dtc, .f = p->f };
	struct type *b = t->name ? kernel_type(p->dtc, t->kind, t->name, p->f->module) : NULL;

	t->complete = NULL;
	if (b && b->size == t->size && is_same_sou(&p->die, type_complete(b))) {
		t->members = b->members;
		t->nmembers = b->nmembers;
		t->btf_id = b->btf_id;
		t->module = b->module;
		return;
	}
	add_members(&m, t, &p->die);
}

static void complete_enum(struct type *t)
{
	struct pending *p = t->complete_arg;
	Dwarf_Attribute a;
	Dwarf_Die die;
	Dwarf_Sword v;
	size_t cap = 0;

	t->complete = NULL;
	if (dwarf_child(&p->die, &die))
		return;
	do {
		if (dwarf_tag(&die) != DW_TAG_enumerator || !dwarf_attr(&die, DW_AT_const_value, &a))
			continue;
		if (dwarf_whatform(&a) == DW_FORM_sdata || dwarf_whatform(&a) == DW_FORM_implicit_const) {
			if (dwarf_formsdata(&a, &v))
				continue;
		} else if (dwarf_formudata(&a, (Dwarf_Word *)&v)) {
			continue;
		}
		t->enums = mem_grow(t->enums, &cap, t->nenums + 1, sizeof(*t->enums));
		t->enums[t->nenums++] = (struct enumerator){ name_of(&die), v };
	} while (!dwarf_siblingof(&die, &die));
}

static struct type *declared(struct maker *m, Dwarf_Die *die, enum type_kind kind)
{
	const char *name = name_of(die);
	struct type *t = name ? kernel_type(m->dtc, kind, name, m->f->module) : NULL;

	return t ? t : fresh(m, TYPE_FORWARD, name, 0);
}

static void complete_later(struct maker *m, struct type *t, Dwarf_Die *die, void (*complete)(struct type *t))
{
	struct pending *p = mem_alloc(sizeof(*p));

	*p = (struct pending){ m->dtc, m->f, *die };
	t->complete = complete;
	t->complete_arg = p;
}

static struct type *make_sou(struct maker *m, Dwarf_Die *die, enum type_kind kind)
{
	struct type *t;
	u64 size = 0;

	if (has_flag(die, DW_AT_declaration))
		return declared(m, die, kind);
	number(die, DW_AT_byte_size, &size);
	t = fresh(m, kind, name_of(die), size);
	complete_later(m, t, die, complete_sou);
	return t;
}

static struct type *make_enum(struct maker *m, Dwarf_Die *die)
{
	bool is_float;
	struct type *t;
	u64 size = 4;
	u8 base;

	if (has_flag(die, DW_AT_declaration))
		return declared(m, die, TYPE_ENUM);
	number(die, DW_AT_byte_size, &size);
	t = fresh(m, TYPE_ENUM, name_of(die), size);
	die_base_type(die, &base, &t->is_signed, &is_float);
	complete_later(m, t, die, complete_enum);
	return t;
}

/* --- the others --- */

static struct type *make_base(struct maker *m, Dwarf_Die *die)
{
	u64 size = 0, encoding = DW_ATE_unsigned;
	const char *name = name_of(die);
	struct type *t;

	number(die, DW_AT_byte_size, &size);
	number(die, DW_AT_encoding, &encoding);
	t = fresh(m, TYPE_INT, name, size);
	switch (encoding) {
	case DW_ATE_float: case DW_ATE_complex_float: case DW_ATE_imaginary_float: case DW_ATE_decimal_float:
		t->kind = TYPE_FLOAT;
		break;
	case DW_ATE_boolean:
		t->is_bool = true;
		break;
	case DW_ATE_signed_char: case DW_ATE_unsigned_char:
		t->is_char = size == 1;
		break;
	}
	t->is_signed = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
	return t;
}

static bool count_of(Dwarf_Die *range, u64 *ret)
{
	Dwarf_Attribute a;
	Dwarf_Sword upper;

	if (number(range, DW_AT_count, ret))
		return true;
	if (!dwarf_attr(range, DW_AT_upper_bound, &a) || dwarf_formsdata(&a, &upper))
		return false;
	if (dwarf_whatform(&a) != DW_FORM_sdata && dwarf_whatform(&a) != DW_FORM_implicit_const)
		dwarf_formudata(&a, (Dwarf_Word *)&upper);
	*ret = (u64)upper + 1;
	return true;
}

#define DIMENSIONS	16

static struct type *make_array(struct maker *m, Dwarf_Die *die)
{
	struct type *t = of(m, die), *array;
	u64 counts[DIMENSIONS];
	unsigned n = 0;
	Dwarf_Die range;

	if (!dwarf_child(die, &range))
		do {
			if (dwarf_tag(&range) == DW_TAG_subrange_type && n < DIMENSIONS && !count_of(&range, &counts[n++]))
				counts[n - 1] = 0;
		} while (!dwarf_siblingof(&range, &range));
	if (!n)
		counts[n++] = 0;
	while (n-- > 0) {
		array = fresh(m, TYPE_ARRAY, NULL, 0);
		array->ref = t;
		array->count = counts[n];
		array->is_incomplete_array = !counts[n];
		if (__builtin_mul_overflow(t->size, counts[n], &array->size))
			array->size = array->count = 0;
		t = array;
	}
	return t;
}

static struct type *make_function(struct maker *m, Dwarf_Die *die)
{
	struct type *t = fresh(m, TYPE_FUNCTION, NULL, 0);
	Dwarf_Die param;
	size_t cap = 0;

	t->ref = of(m, die);
	if (dwarf_child(die, &param))
		return t;
	do {
		if (dwarf_tag(&param) == DW_TAG_unspecified_parameters)
			t->is_varargs = true;
		else if (dwarf_tag(&param) == DW_TAG_formal_parameter)
			add_member(t, &cap, (struct member){ .name = name_of(&param), .type = of(m, &param) });
	} while (!dwarf_siblingof(&param, &param));
	return t;
}

static struct type *make_referring(struct maker *m, Dwarf_Die *die, enum type_kind kind)
{
	struct type *ref = of(m, die), *t;

	t = fresh(m, kind, name_of(die), kind == TYPE_POINTER ? sizeof(u64) : ref->size);
	t->ref = ref;
	return t;
}

static struct type *make_kind(struct maker *m, Dwarf_Die *die)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_base_type:
		return make_base(m, die);
	case DW_TAG_pointer_type: case DW_TAG_reference_type:
		return make_referring(m, die, TYPE_POINTER);
	case DW_TAG_typedef:
		return make_referring(m, die, TYPE_TYPEDEF);
	case DW_TAG_const_type:
		return type_qualified(of(m, die), TYPE_Q_CONST);
	case DW_TAG_volatile_type:
		return type_qualified(of(m, die), TYPE_Q_VOLATILE);
	case DW_TAG_restrict_type: case DW_TAG_atomic_type: case DW_TAG_immutable_type: case DW_TAG_packed_type:
		return of(m, die);
	case DW_TAG_structure_type: case DW_TAG_class_type:
		return make_sou(m, die, TYPE_STRUCT);
	case DW_TAG_union_type:
		return make_sou(m, die, TYPE_UNION);
	case DW_TAG_enumeration_type:
		return make_enum(m, die);
	case DW_TAG_array_type:
		return make_array(m, die);
	case DW_TAG_subroutine_type:
		return make_function(m, die);
	default:
		return types_get(m->dtc)->void_type;
	}
}

static struct type *make(struct maker *m, Dwarf_Die *die)
{
	struct debug_scopes *s = debug_scopes(m->f);
	struct type **slot, *t;
	Dwarf_Attribute a;
	Dwarf_Die unit;

	if (m->depth > TYPE_DEPTH)
		return types_get(m->dtc)->void_type;
	if (dwarf_attr(die, DW_AT_signature, &a) && dwarf_formref_die(&a, &unit))
		die = &unit;
	if (s->ntypes * 2 >= s->types_cap)
		slots_grow(s);
	slot = slot_of(s, (u64)(uintptr_t)die->addr);
	if (*slot)
		return *slot;
	s->ntypes++;
	*slot = types_get(m->dtc)->void_type;	/* while it is being made */
	m->depth++;
	t = make_kind(m, die);
	m->depth--;
	*slot_of(s, (u64)(uintptr_t)die->addr) = t;
	return t;
}

struct type *dwarf_type_of(struct dtc *dtc, struct debug_file *f, Dwarf_Die *die)
{
	struct maker m = { .dtc = dtc, .f = f };

	return of(&m, die);
}
