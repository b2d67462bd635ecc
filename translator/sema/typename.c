// SPDX-License-Identifier: GPL-2.0
/*
 * Types as text, both ways: type_name() writes a type as C does;
 * type_from_text() reads the simple ones that stand in the tables of
 * built-ins and prototypes.
 */
#include <ctype.h>
#include <string.h>
#include "types.h"

static const struct { u32 bit; const char *name; } qual_names[] = {
	{ TYPE_Q_CONST, "const" }, { TYPE_Q_VOLATILE, "volatile" }, { TYPE_Q_USERLAND, "userland" },
};

static void quals_add(struct text *out, u32 quals)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(qual_names); i++)
		if (quals & qual_names[i].bit)
			text_add(out, "%s ", qual_names[i].name);
}

static const char *sou_word(const struct type *t)
{
	switch (t->kind) {
	case TYPE_UNION:
		return "union";
	case TYPE_ENUM:
		return "enum";
	default:
		return "struct";
	}
}

static void base_add(struct text *out, struct type *t)
{
	quals_add(out, t->quals);
	while (t->kind == TYPE_TYPEDEF && !t->name && t->ref) {
		t = t->ref;
		quals_add(out, t->quals);
	}
	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
	case TYPE_FORWARD:
		text_add(out, "%s %s", sou_word(t), t->name && *t->name ? t->name : "(anonymous)");
		break;
	default:
		text_add(out, "%s", t->name ? t->name : "void");
	}
}

/* The part of a type that stands around the name: (*name[4])(int). `inner` is what is there so far. */
static const char *declarator_text(struct dtc *dtc, struct type *t, const char *inner, struct type **base)
{
	for (;;) {
		struct type *q = t;
		u32 quals = 0;

		while (q->kind == TYPE_TYPEDEF && !q->name && q->ref) {
			quals |= q->quals;
			q = q->ref;
		}
		if (q->kind == TYPE_POINTER && q->ref) {
			quals |= q->quals;
			inner = mem_printf("*%s%s%s%s%s", quals & TYPE_Q_CONST ? "const" : "",
					   (quals & (TYPE_Q_CONST | TYPE_Q_VOLATILE)) == (TYPE_Q_CONST | TYPE_Q_VOLATILE) ? " " : "",
					   quals & TYPE_Q_VOLATILE ? "volatile" : "", quals & (TYPE_Q_CONST | TYPE_Q_VOLATILE) && *inner ? " " : "", inner);
			t = q->ref;
		} else if (q->kind == TYPE_ARRAY && q->ref) {
			if (*inner == '*')
				inner = mem_printf("(%s)", inner);
			inner = q->is_incomplete_array ? mem_printf("%s[]", inner) :
				mem_printf("%s[%llu]", inner, (unsigned long long)q->count);
			t = q->ref;
		} else if (q->kind == TYPE_FUNCTION && q->ref) {
			struct text args = { 0 };
			size_t i;

			for (i = 0; i < q->nmembers; i++)
				text_add(&args, "%s%s", i ? ", " : "", type_name(dtc, q->members[i].type, NULL));
			if (q->is_varargs)
				text_add(&args, q->nmembers ? ", ..." : "...");
			if (*inner == '*')
				inner = mem_printf("(%s)", inner);
			inner = mem_printf("%s(%s)", inner, args.len ? args.data : "void");
			t = q->ref;
		} else {
			*base = t;
			return inner;
		}
	}
}

const char *type_name(struct dtc *dtc, struct type *t, const char *declared)
{
	struct text out = { 0 };
	struct type *base;
	const char *around;

	if (!t)
		return "<unknown>";
	around = declarator_text(dtc, t, declared ? declared : "", &base);
	base_add(&out, base);
	if (*around)
		text_add(&out, " %s", around);
	return out.data;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static const char *skip_space(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

struct text_words {
	char name[128];		/* the words that make the base type */
	u32 quals;
	enum type_kind tag;	/* TYPE_VOID: not struct, union, enum */
};

static const char *words_read(const char *s, struct text_words *w)
{
	size_t n, i, used = 0;

	*w = (struct text_words){ 0 };
	for (s = skip_space(s); (n = word_length(s)); s = skip_space(s + n)) {
		for (i = 0; i < ARRAY_SIZE(qual_names); i++)
			if (strlen(qual_names[i].name) == n && !memcmp(s, qual_names[i].name, n))
				break;
		if (i < ARRAY_SIZE(qual_names))
			w->quals |= qual_names[i].bit;
		else if (!used && n == 6 && !memcmp(s, "struct", n))
			w->tag = TYPE_STRUCT;
		else if (!used && n == 5 && !memcmp(s, "union", n))
			w->tag = TYPE_UNION;
		else if (!used && n == 4 && !memcmp(s, "enum", n))
			w->tag = TYPE_ENUM;
		else if (used + n + 2 < sizeof(w->name))
			used += snprintf(w->name + used, sizeof(w->name) - used, "%s%.*s", used ? " " : "", (int)n, s);
	}
	return s;
}

struct type *type_from_text(struct dtc *dtc, const char *text)
{
	struct text_words w;
	struct type *t;

	text = words_read(text, &w);
	t = w.tag ? type_lookup(dtc, w.tag, w.name, NULL) : type_named(dtc, w.name);
	if (!t)
		return NULL;
	t = type_qualified(t, w.quals);
	for (; *text == '*'; text = skip_space(text + 1))
		t = type_pointer_to(dtc, t);
	return *text ? NULL : t;
}
