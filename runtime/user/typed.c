// SPDX-License-Identifier: GPL-2.0
/*
 * print(): a value as C would declare it, each member with its value; what a
 * pointer points to as C would initialize it, members that are 0 left out.
 */
#include <inttypes.h>
#include "dtrun.h"

/* enum type_kind of translator/sema/type.h, whose numbers are fixed. */
enum { KIND_VOID, KIND_INT, KIND_ENUM, KIND_POINTER, KIND_ARRAY, KIND_STRUCT, KIND_UNION, KIND_FUNCTION, KIND_TYPEDEF, KIND_FLOAT };
#define DEPTH_MAX 32
#define INDENT 4

#define PARTS_MAX 65536	/* of one object: a type may be made to contain itself */

/* bits: what was recorded of it. one_line: $$vars as text. */
struct object { const struct printer *p; const char *bytes; uint64_t bits; uint32_t *parts; bool one_line; };

static const struct dtc_meta_type *type_strip(const struct meta *m, const struct dtc_meta_type *t)
{
	for (int depth = 0; t->kind == KIND_TYPEDEF && depth < DEPTH_MAX; depth++)
		t = meta_type(m, t->ref);
	return t;
}

static uint64_t bits_read(const struct object *o, uint64_t at, uint32_t bits, bool is_signed)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < bits; i++)
		if (at + i < o->bits)
			value |= (uint64_t)(o->bytes[(at + i) / 8] >> (at + i) % 8 & 1) << i;
	if (is_signed && bits && bits < 64 && value >> (bits - 1) & 1)
		value |= ~0ull << bits;
	return value;
}

static void enum_print(const struct object *o, const struct dtc_meta_type *t, int64_t value)
{
	for (uint32_t i = 0; i < t->nmembers; i++)
		if (meta_member(o->p->meta, t->first_member + i)->value == value) {
			fputs(meta_string(o->p->meta, meta_member(o->p->meta, t->first_member + i)->name), o->p->f);
			return;
		}
	fprintf(o->p->f, "%" PRId64, value);
}

static void pointer_print(const struct object *o, uint64_t value)
{
	struct symbol s;

	if (symbols_find(o->p->symbols, value, &s) && s.addr == value)
		fprintf(o->p->f, "%s`%s", s.module, s.name);
	else
		fprintf(o->p->f, "%#" PRIx64, value);
}

static void object_print(const struct object *o, const struct dtc_meta_type *type, uint64_t at, uint32_t bits, int depth);

static bool is_char(const struct meta *m, const struct dtc_meta_type *t)
{
	return type_strip(m, t)->kind == KIND_INT && type_strip(m, t)->size == 1 && type_strip(m, t)->flags & DTC_FIELD_F_CHAR;
}

static void array_print(const struct object *o, const struct dtc_meta_type *t, uint64_t at, int depth)
{
	const struct meta *m = o->p->meta;
	const struct dtc_meta_type *of = meta_type(m, t->ref);
	uint64_t size = type_strip(m, of)->size;

	if (is_char(m, of)) {
		fputs("[ \"", o->p->f);
		for (uint64_t i = 0, c; i < t->count && at + i * 8 + 8 <= o->bits && (c = bits_read(o, at + i * 8, 8, false)); i++)
			fprintf(o->p->f, c < ' ' || c > '~' ? "\\%03o" : "%c", (int)c);
		fputs("\" ]", o->p->f);
		return;
	}
	bool lines = !o->one_line && (type_strip(m, of)->kind == KIND_STRUCT || type_strip(m, of)->kind == KIND_UNION);

	fputs(lines ? "[\n" : "[", o->p->f);
	for (uint64_t i = 0; i < t->count && size && *o->parts < PARTS_MAX && at + i * size * 8 < o->bits; i++) {
		if (lines)
			fprintf(o->p->f, "%*s%s ", (depth + 1) * INDENT, "", meta_string(m, of->name));
		else
			fputs(i ? ", " : " ", o->p->f);
		object_print(o, of, at + i * size * 8, 0, depth + 1);
		if (lines)
			fputs(i + 1 < t->count ? ",\n" : "\n", o->p->f);
	}
	if (lines)
		fprintf(o->p->f, "%*s]", depth * INDENT, "");
	else
		fputs(" ]", o->p->f);
}

/* As C declares it: `struct file *f`. */
static bool ends_in_star(const char *name)
{
	size_t n = strlen(name);

	return n && name[n - 1] == '*';
}

static void member_line(const struct object *o, const struct dtc_meta_member *mem, const char *separator, uint64_t at, int depth)
{
	const struct dtc_meta_type *of = meta_type(o->p->meta, mem->type);
	const char *name = meta_string(o->p->meta, mem->name);

	fprintf(o->p->f, "%s%s%s", separator, name, *name ? "=" : "");
	object_print(o, of, at + mem->bit_offset, mem->bits, depth + 1);
}

static void members_print(const struct object *o, const struct dtc_meta_type *t, uint64_t at, int depth)
{
	const struct meta *m = o->p->meta;

	if (o->one_line) {
		for (uint32_t i = 0; i < t->nmembers && *o->parts < PARTS_MAX; i++)
			member_line(o, meta_member(m, t->first_member + i), i ? " " : "{", at, depth);
		fputs(t->nmembers ? "}" : "{}", o->p->f);
		return;
	}
	fputs("{\n", o->p->f);
	for (uint32_t i = 0; i < t->nmembers && *o->parts < PARTS_MAX; i++) {
		const struct dtc_meta_member *mem = meta_member(m, t->first_member + i);
		const struct dtc_meta_type *of = meta_type(m, mem->type);

		if (mem->bit_offset >= o->bits || at + mem->bit_offset >= o->bits) {
			fprintf(o->p->f, "%*s...\n", (depth + 1) * INDENT, "");
			break;
		}
		fprintf(o->p->f, "%*s%s", (depth + 1) * INDENT, "", meta_string(m, of->name));
		if (mem->bits)
			fprintf(o->p->f, " :%u", mem->bits);
		fprintf(o->p->f, "%s%s = ", of->name && mem->name && (mem->bits || !ends_in_star(meta_string(m, of->name))) ? " " : "", meta_string(m, mem->name));
		object_print(o, of, at + mem->bit_offset, mem->bits, depth + 1);
		fputc('\n', o->p->f);
	}
	fprintf(o->p->f, "%*s}", depth * INDENT, "");
}

static void char_print(const struct object *o, unsigned char value)
{
	if (!value)
		fputs("'\\0'", o->p->f);
	else
		fprintf(o->p->f, value < ' ' || value > '~' ? "'\\%03o'" : "'%c'", value);
}

static void object_print(const struct object *o, const struct dtc_meta_type *type, uint64_t at, uint32_t bits, int depth)
{
	const struct dtc_meta_type *t = type_strip(o->p->meta, type);
	uint32_t width = bits && bits <= 64 ? bits : t->size <= 8 ? t->size * 8 : 64;
	uint64_t value = bits_read(o, at, width, t->flags & DTC_FIELD_F_SIGNED);

	if (depth > DEPTH_MAX || ++*o->parts > PARTS_MAX) {
		fputs("...", o->p->f);
		return;
	}
	switch (t->kind) {
	case KIND_STRUCT:
	case KIND_UNION:
		members_print(o, t, at, depth);
		break;
	case KIND_ARRAY:
		array_print(o, t, at, depth);
		break;
	case KIND_ENUM:
		enum_print(o, t, value);
		break;
	case KIND_POINTER:
	case KIND_FUNCTION:
		pointer_print(o, value);
		break;
	default:
		if (is_char(o->p->meta, t))
			char_print(o, value);
		else if (o->one_line)
			fprintf(o->p->f, t->flags & DTC_FIELD_F_SIGNED ? "%" PRId64 : "%" PRIu64, value);
		else
			fprintf(o->p->f, "%#" PRIx64, width < 64 ? value & (((uint64_t)1 << width) - 1) : value);
	}
}

/* --- $$vars --- */

static void var_value(const struct object *o, const struct dtc_meta_member *mem, int state, int depth)
{
	const struct dtc_meta_type *of = meta_type(o->p->meta, mem->type);

	switch (state) {
	case DTC_VAR_VALUE:
		object_print(o, of, mem->bit_offset, 0, depth);
		break;
	case DTC_VAR_BAD:
		fputs("<bad address>", o->p->f);
		break;
	case DTC_VAR_LARGE:
		fprintf(o->p->f, "<%" PRIu64 " bytes>", (uint64_t)type_strip(o->p->meta, of)->size);
		break;
	case DTC_VAR_UNCAPTURED:
		fputs("<not captured>", o->p->f);
		break;
	default:
		fputs("<optimized out>", o->p->f);
	}
}

/* The variables that the place has; NULL: they are none. */
static const struct dtc_meta_type *vars_of(const struct meta *m, const struct value *v)
{
	const struct dtc_meta_type *t = v->field->value >= 0 && (uint64_t)v->field->value < meta_ntypes(m) ? meta_type(m, v->field->value) : NULL;

	return t && t->kind == KIND_STRUCT && t->nmembers <= v->len ? t : NULL;
}

void print_vars(const struct printer *p, const struct value *v, bool one_line)
{
	const struct dtc_meta_type *t = vars_of(p->meta, v);
	uint32_t parts = 0, shown = 0;
	struct object o = { p, v->bytes, (uint64_t)v->len * 8, &parts, one_line };

	if (!one_line)
		fprintf(p->f, "%s {\n", meta_string(p->meta, v->field->type));
	for (uint32_t i = 0; t && i < t->nmembers; i++) {
		const struct dtc_meta_member *mem = meta_member(p->meta, t->first_member + i);
		const char *type = meta_string(p->meta, meta_type(p->meta, mem->type)->name), *name = meta_string(p->meta, mem->name);
		int state = v->bytes[v->len - t->nmembers + i];

		if (state == DTC_VAR_NONE)
			continue;
		if (one_line)
			fprintf(p->f, "%s%s=", shown++ ? " " : "", name);
		else
			fprintf(p->f, "%*s%s%s%s = ", INDENT, "", type, ends_in_star(type) ? "" : " ", name);
		var_value(&o, mem, state, 1);
		if (!one_line)
			fputc('\n', p->f);
	}
	if (!one_line)
		fputs("}\n", p->f);
}

char *vars_text(const struct printer *p, const struct value *v)
{
	struct printer to = *p;
	char *text = NULL;
	size_t size;

	to.f = open_memstream(&text, &size);
	if (!to.f)
		return NULL;
	print_vars(&to, v, true);
	fclose(to.f);
	return text;
}

/* --- what a pointer points to --- */

#define POINTEE_INDENT 44
#define POINTEE_DEPTH 10

/* open: the depth of the members of the structure that waits for its brace; ended: no more is shown */
struct walk { const struct object *o; uint64_t limit; int open; bool ended; };

static void walk_close(struct walk *w, int depth)
{
	while (w->open > depth) {
		w->open--;
		fprintf(w->o->p->f, "%*s}%s\n", POINTEE_INDENT + w->open, "", w->open ? "," : "");
	}
}

static bool is_zero(const struct object *o, uint64_t at, uint64_t bits)
{
	for (uint64_t i = at / 8; i < (at + bits) / 8 && i < o->bits / 8; i++)
		if (o->bytes[i])
			return false;
	return true;
}

static void pointee_line(struct walk *w, const char *name, const struct dtc_meta_type *type, uint64_t at, uint32_t bits, int depth);

static void pointee_elements(struct walk *w, const struct dtc_meta_type *array, uint64_t at, int depth)
{
	const struct meta *m = w->o->p->meta;
	const struct dtc_meta_type *of = meta_type(m, array->ref);
	uint64_t size = type_strip(m, of)->size;
	int open = w->open;

	w->open = depth;
	for (uint64_t i = 0; i < array->count && size && !w->ended; i++) {
		if (is_char(m, of) && at + i * 8 < w->o->bits && !bits_read(w->o, at + i * 8, 8, false))
			break;
		pointee_line(w, "", of, at + i * size * 8, 0, depth);
	}
	walk_close(w, depth);
	w->open = open;
	if (!w->ended)
		fprintf(w->o->p->f, "%*s],\n", POINTEE_INDENT + depth - 1, "");
}

static void pointee_members(struct walk *w, const struct dtc_meta_type *t, uint64_t at, int depth)
{
	const struct meta *m = w->o->p->meta;

	w->open = depth;
	for (uint32_t i = 0; i < t->nmembers && !w->ended; i++) {
		const struct dtc_meta_member *mem = meta_member(m, t->first_member + i);

		pointee_line(w, meta_string(m, mem->name), meta_type(m, mem->type), at + mem->bit_offset, mem->bits, depth);
	}
}

static void pointee_scalar(const struct walk *w, const struct dtc_meta_type *type, uint64_t value)
{
	const struct meta *m = w->o->p->meta;
	const struct dtc_meta_type *t = type_strip(m, type);
	FILE *f = w->o->p->f;

	if (t->kind == KIND_ENUM)
		enum_print(w->o, t, (int32_t)value);
	else if (t->kind == KIND_POINTER)
		fprintf(f, "0x%" PRIx64, value);
	else if (is_char(m, t) && !strcmp(meta_string(m, type->name), "char"))
		fprintf(f, "'%c'", (int)value);
	else
		fprintf(f, t->flags & DTC_FIELD_F_SIGNED ? "%" PRId64 : "%" PRIu64, value);
	fputs(",\n", f);
}

/* One object: nothing that is 0, but for the whole; up to the limit and to a depth. */
static void pointee_line(struct walk *w, const char *name, const struct dtc_meta_type *type, uint64_t at, uint32_t bits, int depth)
{
	const struct dtc_meta_type *t = type_strip(w->o->p->meta, type);
	uint32_t width = bits && bits <= 64 ? bits : t->size <= 8 ? t->size * 8 : 64;
	FILE *f = w->o->p->f;

	if (at >= w->limit || depth >= POINTEE_DEPTH || ++*w->o->parts > PARTS_MAX) {
		fprintf(f, "%*s...\n", POINTEE_INDENT + depth, "");
		w->ended = true;
		return;
	}
	walk_close(w, depth);
	if (t->kind == KIND_FUNCTION || t->kind == KIND_VOID || t->kind == KIND_FLOAT ||
	    (depth && (bits ? !bits_read(w->o, at, width, false) : is_zero(w->o, at, (uint64_t)t->size * 8))))
		return;
	fprintf(f, "%*s%s%s%s(%s)", POINTEE_INDENT + depth, "", *name ? "." : "", name, *name ? " = " : "", meta_string(w->o->p->meta, type->name));
	if (t->kind == KIND_STRUCT || t->kind == KIND_UNION) {
		fputs(" {\n", f);
		pointee_members(w, t, at, depth + 1);
	} else if (t->kind == KIND_ARRAY) {
		fputs(t->count ? " [\n" : " [],\n", f);
		if (t->count)
			pointee_elements(w, t, at, depth + 1);
	} else {
		pointee_scalar(w, type, bits_read(w->o, at, width, t->flags & DTC_FIELD_F_SIGNED));
	}
}

void print_pointee(const struct printer *p, uint64_t address, const struct value *v)
{
	uint32_t parts = 0;
	struct object o = { p, v->bytes, (uint64_t)v->len * 8, &parts, false };
	struct walk w = { &o, (v->len < p->opt->printsize ? v->len : p->opt->printsize) * 8, 0, false };

	fprintf(p->f, "0x%" PRIx64 " = *\n", address);
	if (v->field->value >= 0 && (uint64_t)v->field->value < meta_ntypes(p->meta))
		pointee_line(&w, "", meta_type(p->meta, v->field->value), 0, 0, 0);
	walk_close(&w, 0);
}

void print_typed(const struct printer *p, const struct value *v)
{
	uint32_t parts = 0;
	struct object o = { p, v->bytes, (uint64_t)(v->len > p->opt->printsize ? p->opt->printsize : v->len) * 8, &parts, false };

	if (v->flags & DTC_FIELD_F_VARS) {
		print_vars(p, v, false);
		return;
	}
	if (v->field->value >= 0 && (uint64_t)v->field->value < meta_ntypes(p->meta)) {	/* the row of its type */
		fprintf(p->f, "%s ", meta_string(p->meta, v->field->type));
		object_print(&o, meta_type(p->meta, v->field->value), 0, 0, 0);
		fputc('\n', p->f);
		return;
	}
	print_bytes(p, v->bytes, o.bits / 8);
}
