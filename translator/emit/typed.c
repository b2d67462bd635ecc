/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The types of what print() shows, as rows of the metadata: each type once,
 * its members in a run. What a pointer points to is not followed.
 */
#include "emitter.h"

static struct dtc_meta_type *row_of(struct emitter *e, u32 row)
{
	return (struct dtc_meta_type *)e->types.data + row;
}

/* Room for n members in a run; gives the first. */
static u32 members_add(struct emitter *e, u32 row, size_t n)
{
	u32 first = e->members.n;

	for (size_t i = 0; i < n; i++)
		rows_add(&e->members);
	row_of(e, row)->first_member = first;
	row_of(e, row)->nmembers = n;
	return first;
}

static void add_members(struct emitter *e, u32 row, const struct type *t)
{
	u32 first = members_add(e, row, t->nmembers);

	for (size_t i = 0; i < t->nmembers; i++) {
		u32 of = type_row(e, t->members[i].type);	/* may move the members */
		struct dtc_meta_member *m = (struct dtc_meta_member *)e->members.data + first + i;
		m->name = strtab_add(&e->strings, t->members[i].name);
		m->type = of;
		m->bit_offset = t->members[i].bit_offset;
		m->bits = t->members[i].bits;
	}
}

static void add_enumerators(struct emitter *e, u32 row, const struct type *t)
{
	u32 first = members_add(e, row, t->nenums);

	for (size_t i = 0; i < t->nenums; i++) {
		struct dtc_meta_member *m = (struct dtc_meta_member *)e->members.data + first + i;
		m->name = strtab_add(&e->strings, t->enums[i].name);
		m->value = t->enums[i].value;
	}
}

/* A structure without a tag is told by its word alone. */
static const char *shown_name(struct emitter *e, struct type *t)
{
	if (t->kind == TYPE_STRUCT && !t->name)
		return "struct";
	if (t->kind == TYPE_UNION && !t->name)
		return "union";
	if (t->kind == TYPE_ENUM && !t->name)
		return "enum";
	return type_name(e->dtc, t, NULL);
}

u32 type_row(struct emitter *e, struct type *t)
{
	u32 row = e->types.n;

	type_complete(t);
	for (u32 i = 0; i < row; i++)
		if (e->type_of_row[i] == t)
			return i;
	struct dtc_meta_type *m = rows_add(&e->types);
	e->type_of_row = mem_grow(e->type_of_row, &e->type_cap, row + 1, sizeof(*e->type_of_row));
	e->type_of_row[row] = t;
	*m = (struct dtc_meta_type){
		.name = strtab_add(&e->strings, shown_name(e, t)), .kind = t->kind, .size = t->size, .count = t->count,
		.flags = (is_signed(t) ? DTC_FIELD_F_SIGNED : 0) | (t->is_char ? DTC_FIELD_F_CHAR : 0),
	};
	u32 ref = 0;
	switch (t->kind) {
	case TYPE_TYPEDEF:
	case TYPE_ARRAY:
		if (t->ref)
			ref = type_row(e, t->ref);
		break;
	case TYPE_STRING:
		m->kind = TYPE_ARRAY;
		m->count = m->size = e->strsize - 1;
		ref = type_row(e, type_named(e->dtc, "char"));
		break;
	case TYPE_STRUCT:
	case TYPE_UNION:
		add_members(e, row, t);
		break;
	case TYPE_ENUM:
		add_enumerators(e, row, t);
		break;
	default:
		break;
	}
	row_of(e, row)->ref = ref;
	return row;
}
