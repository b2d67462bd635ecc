// SPDX-License-Identifier: GPL-2.0
/* Formats of printf(), printa() and their kin against the arguments. */
#include <string.h>
#include "sema.h"
#include <dtc/format.h>

/* The format as memory of the compilation. */
static struct format *format_keep(struct format *f)
{
	struct format *kept = mem_alloc(sizeof(*kept));

	*kept = *f;
	kept->text = mem_strndup(f->text, f->len);
	kept->convs = mem_alloc(f->nconvs * sizeof(*f->convs));
	for (u32 i = 0; i < f->nconvs; i++) {
		kept->convs[i] = f->convs[i];
		if (f->convs[i].text)
			kept->convs[i].text = kept->text + (f->convs[i].text - f->text);
	}
	format_free(f);
	return kept;
}

static bool format_read(struct sema *s, struct node *call, struct node *text)
{
	struct format *format;
	struct format_error error;

	if (text->kind != NODE_STRING) {
		sema_error(s, text, "D_PRINTF_ARG_FMT", call->func->id != FN_PRINTF ? NULL :
			   type_is_string(text->type) ? "write printf(\"%s\", ...)" : "to print a value alone, use trace()",
			   "%s( ) argument #1 must be a string constant, not %s", call->func->name,
			   type_is_string(text->type) ? "a computed string" : sema_type_name(s, text));
		return false;
	}
	if (!text->text_len && call->func->id != FN_FREOPEN) {	/* freopen("") goes back to where output was */
		sema_error(s, text, "D_PRINTF_FMT_EMPTY", NULL, "%s( ) format string is empty", call->func->name);
		return false;
	}
	if (call->func->id == FN_FREOPEN && !strcmp(text->text, ".")) {
		sema_error(s, text, "D_FREOPEN_INVALID", "freopen(\"\") goes back to where output was", "freopen( ) argument #1 cannot be \".\"");
		return false;
	}
	if (format_parse(text->text, text->text_len, &format, &error)) {
		const char last = error.length ? text->text[error.offset + error.length - 1] : 0;

		sema_error(s, text, "D_SYNTAX", last && strchr("jtz", last) ? "sizes are not needed: %d and %u print integers of any" : NULL,
			   "%s( ) conversion '%.*s': %s", call->func->name,
			   (int)error.length, text->text + error.offset, error.message);
		return false;
	}
	call->format = format_keep(format);
	return true;
}

static bool is_address(struct type *t)
{
	return type_is_integer(t) || type_is_pointer(t);
}

/* A size that is written is a size that is meant; without one integers print at their own. */
static bool size_fits(enum format_size size, const struct type *t)
{
	switch (size) {
	case FORMAT_SIZE_HH:
		return t->size == 1;
	case FORMAT_SIZE_H:
		return t->size == 2;
	case FORMAT_SIZE_L:
	case FORMAT_SIZE_LL:
		return t->size == 8;
	default:
		return true;
	}
}

static bool conversion_takes(const struct format_conv *c, struct type *t)
{
	struct type *st = type_strip(t);

	switch (c->kind) {
	case FORMAT_INT:
		return type_is_integer(t) && size_fits(c->size, st);
	case FORMAT_CHAR:
	case FORMAT_ESCAPED_CHAR:
	case FORMAT_WIDE_CHAR:
		return type_is_integer(t) && st->size <= 4;
	case FORMAT_DATE:
	case FORMAT_DATE_RFC:
		return type_is_integer(t) && st->size == 8;
	case FORMAT_PORT:
		return type_is_integer(t);
	case FORMAT_POINTER:
		return is_address(t) || st->kind == TYPE_FUNCTION;
	case FORMAT_STRING:
	case FORMAT_ESCAPED_STRING:
	case FORMAT_WIDE_STRING:
		return type_is_string(t);
	case FORMAT_KERNEL_ADDR:
		return is_address(t) || st->kind == TYPE_KSYM || st->kind == TYPE_FUNCTION;
	case FORMAT_USER_ADDR:
		return is_address(t) || st->kind == TYPE_USYM;
	case FORMAT_STACK:
		return st->kind == TYPE_STACK || st->kind == TYPE_USTACK;
	case FORMAT_INET:
		return is_address(t) || type_is_string(t) || st->kind == TYPE_ARRAY || type_is_sou(t);
	case FORMAT_FLOAT:
		return st->kind == TYPE_FLOAT;
	default:
		return false;
	}
}

struct cursor {
	struct node *call;
	struct node *arg;	/* the next */
	unsigned position;	/* of it, from 1 */
	unsigned conversion;
	const char *what;	/* "argument", "key" */
};

static const char *conv_text(const struct format *f, const struct format_conv *c)
{
	return mem_printf("%.*s", (int)c->length, f->text + c->offset);
}

static const char *conv_hint(const struct format_conv *c, struct type *t)
{
	if (type_is_dyn(t))
		return "aggregations are printed by printa()";
	if ((c->kind == FORMAT_STRING || c->kind == FORMAT_ESCAPED_STRING) && type_is_pointer(t))
		return "a string of the kernel is stringof(pointer), one of the program copyinstr(pointer)";
	if (c->kind == FORMAT_STRING && type_is_integer(t))
		return "integers are printed by %d, %u, %x; a string of the program is copyinstr(address)";
	if (c->kind == FORMAT_INT && type_is_integer(t))
		return mem_printf("%%%c prints an integer of any size", c->letter);
	if (c->kind == FORMAT_INT && type_is_pointer(t))
		return "pointers are printed by %p";
	if (c->kind == FORMAT_INT && type_is_string(t))
		return "strings are printed by %s";
	if (type_is_symbol(t))
		return "stacks are printed by %k, addresses by %a";
	return NULL;
}

static bool dynamic_argument(struct sema *s, struct cursor *at, const char *what)
{
	struct node *a = at->arg;

	if (!a) {
		sema_error(s, at->call, "D_PRINTF_DYN_PROTO", NULL, "%s( ) prototype mismatch: conversion #%u is missing a corresponding \"%s\" argument",
			   at->call->func->name, at->conversion, what);
		return false;
	}
	if (!node_is_poison(a) && !type_is_integer(a->type)) {
		sema_error(s, a, "D_PRINTF_DYN_TYPE", NULL, "%s( ) argument #%u is incompatible with conversion #%u: \"%s\" must be an int, not %s",
			   at->call->func->name, at->position, at->conversion, what, sema_type_name(s, a));
		return false;
	}
	at->arg = a->next;
	at->position++;
	return true;
}

static bool value_argument(struct sema *s, struct cursor *at, const struct format_conv *c)
{
	const char *name = at->call->func->name, *text = conv_text(at->call->format, c);
	struct node *a = at->arg;

	if (!a) {
		sema_error(s, at->call, "D_PRINTF_ARG_PROTO", NULL, "%s( ) prototype mismatch: conversion #%u (%s) is missing a corresponding value argument",
			   name, at->conversion, text);
		return false;
	}
	if (!node_is_poison(a) && (a->kind == NODE_VARS ? c->kind != FORMAT_STRING : !conversion_takes(c, a->type))) {
		const char *hint = conv_hint(c, a->type);

		sema_error(s, a, "D_PRINTF_ARG_TYPE", hint ? hint : mem_printf("it takes %s", format_kind_wants(c->kind)),
			   "%s( ) %s #%u is incompatible with conversion #%u (%s): %s", name, at->what, at->position,
			   at->conversion, text, sema_type_name(s, a));
		return false;
	}
	at->arg = a->next;
	at->position++;
	return true;
}

/* %@: an integer of 64 bits, whatever the function. */
static bool aggregation_value(struct sema *s, struct cursor *at, const struct format_conv *c)
{
	if (conversion_takes(c, type_int(s->dtc, 8, true)))
		return true;
	sema_error(s, at->call->list, "D_PRINTF_ARG_TYPE", mem_printf("it takes %s", format_kind_wants(c->kind)),
		   "%s( ) aggregation's value is incompatible with conversion #%u (%s)", at->call->func->name, at->conversion,
		   conv_text(at->call->format, c));
	return false;
}

static bool conversion(struct sema *s, struct cursor *at, const struct format_conv *c)
{
	if ((c->flags & FORMAT_F_DYNWIDTH) && !dynamic_argument(s, at, "*"))
		return false;
	if ((c->flags & FORMAT_F_DYNPREC) && !dynamic_argument(s, at, ".*"))
		return false;
	if (c->flags & FORMAT_F_AGG)
		return aggregation_value(s, at, c);
	return value_argument(s, at, c);
}

static bool conversions(struct sema *s, struct cursor *at)
{
	const struct format *f = at->call->format;
	bool is_printa = at->call->func->id == FN_PRINTA;
	uint32_t i;

	for (i = 0; i < f->nconvs; i++) {
		const struct format_conv *c = &f->convs[i];

		if (c->kind == FORMAT_TEXT)
			continue;
		at->conversion++;
		if ((c->flags & FORMAT_F_AGG) && !is_printa) {
			sema_error(s, at->call->list, "D_PRINTF_AGG_CONV", "aggregations are printed by printa()",
				   "%s( ) conversion #%u (%s) is of an aggregation's value, which only printa( ) has",
				   at->call->func->name, at->conversion, conv_text(f, c));
			return false;
		}
		if (!conversion(s, at, c))
			return false;
	}
	return true;
}

bool check_printf(struct sema *s, struct node *n)
{
	struct cursor at = { .call = n, .arg = n->list->next, .position = 2, .what = "argument" };

	if (!format_read(s, n, n->list))
		return false;
	if (!conversions(s, &at))
		return false;
	if (at.arg) {
		sema_error(s, at.arg, "D_PRINTF_ARG_EXTRA", NULL, "%s( ) prototype mismatch: only %u argument%s required by this format string",
			   n->func->name, at.position - 2, at.position == 3 ? " is" : "s are");
		return false;
	}
	return true;
}

/* --- printa --- */

static bool same_keys(struct sema *s, struct node *n, struct agg *first, struct agg *a)
{
	size_t i;

	if (first->nkeys != a->nkeys) {
		sema_error(s, n, "D_PRINTA_AGGKEY", NULL, "printa( ) @%s has %zu key%s and @%s %zu: they cannot be joined",
			   a->name, a->nkeys, a->nkeys == 1 ? "" : "s", first->name, first->nkeys);
		return false;
	}
	for (i = 0; i < a->nkeys; i++)
		if (type_is_string(a->key_types[i]) != type_is_string(first->key_types[i]) ||
		    type_is_symbol(a->key_types[i]) != type_is_symbol(first->key_types[i])) {
			sema_error(s, n, "D_PRINTA_AGGPROTO", NULL, "printa( ) key #%zu of @%s is of type %s and that of @%s of type %s",
				   i + 1, a->name, type_name(s->dtc, a->key_types[i], NULL), first->name,
				   type_name(s->dtc, first->key_types[i], NULL));
			return false;
		}
	return true;
}

static bool check_printa_aggs(struct sema *s, struct node *n, struct node *list, struct agg **first)
{
	struct node *arg;

	*first = NULL;
	for (arg = list; arg; arg = arg->next) {
		struct agg *a = agg_argument(s, n, arg, "D_PRINTA_AGGARG", "D_PRINTA_AGGBAD");

		if (!a)
			return false;
		if (!*first)
			*first = a;
		else if (!same_keys(s, arg, *first, a))
			return false;
	}
	return true;
}

/* The keys of an aggregation as arguments of the format. */
static struct node *key_nodes(struct agg *a, const struct loc *loc)
{
	struct node *list = NULL;
	size_t i;

	for (i = a->nkeys; i-- > 0; ) {
		struct node *k = node_new(NODE_INT, loc);

		k->type = a->key_types[i];
		k->next = list;
		list = k;
	}
	return list;
}

bool check_printa(struct sema *s, struct node *n)
{
	struct node *aggs = n->list->kind == NODE_AGG ? n->list : n->list->next;
	struct cursor at = { .call = n, .position = 1, .what = "key" };
	struct agg *first;

	if (n->list->kind != NODE_AGG && n->list->kind != NODE_STRING) {
		sema_error(s, n->list, "D_PRINTA_AGGARG", "prototype: void printa([format,] @name, ...)",
			   "printa( ) argument #1 must be a format or an aggregation, not %s", sema_type_name(s, n->list));
		return false;
	}
	if (!aggs) {
		sema_error(s, n, "D_PRINTA_PROTO", "prototype: void printa([format,] @name, ...)",
			   "printa( ) prototype mismatch: an aggregation is missing");
		return false;
	}
	if (aggs != n->list && !format_read(s, n, n->list))
		return false;
	if (!check_printa_aggs(s, n, aggs, &first))
		return false;
	if (aggs == n->list)
		return true;
	at.arg = key_nodes(first, &n->list->loc);
	return conversions(s, &at);
}
