// SPDX-License-Identifier: GPL-2.0
/* Calls: finding the function, arguments against its prototype (builtin.c has the texts). */
#include <ctype.h>
#include <string.h>
#include "sema.h"

#define PROTO_ARGS 8

struct proto {
	struct type *result;
	struct { struct type *type; bool is_any, is_optional; } arg[PROTO_ARGS];
	unsigned nargs, nrequired;
	bool is_varargs;
};

unsigned node_count(const struct node *list)
{
	unsigned n = 0;

	for (; list; list = list->next)
		n++;
	return n;
}

static struct type *result_type(struct sema *s, const struct func_desc *f, const char *text)
{
	struct type *t;

	if (!strcmp(text, "stack"))
		return f->id == FN_STACK ? s->ts->stack : s->ts->ustack;
	t = type_from_text(s->dtc, text);
	return t ? t : type_pointer_to(s->dtc, s->ts->void_type);	/* a kernel without debuginfo */
}

static void proto_arg(struct sema *s, struct proto *p, char *text)
{
	bool optional = *text == '[';

	if (optional) {
		text++;
		text[strcspn(text, "]")] = '\0';
	}
	if (!strcmp(text, "...")) {
		p->is_varargs = true;
		return;
	}
	if (p->nargs == PROTO_ARGS)
		return;
	p->arg[p->nargs].is_any = *text == '@';
	p->arg[p->nargs].is_optional = optional;
	if (*text != '@')
		p->arg[p->nargs].type = type_from_text(s->dtc, text);
	p->nargs++;
	p->nrequired += !optional;
}

/* The tables' prototypes are of our own making: `result(arg, arg, [arg], ...)`. */
static void proto_parse(struct sema *s, const struct func_desc *f, struct proto *p)
{
	char *text = mem_strdup(f->prototype), *args = strchr(text, '('), *end, *next;

	memset(p, 0, sizeof(*p));
	*args++ = '\0';
	end = strrchr(args, ')');
	*end = '\0';
	p->result = result_type(s, f, text);
	for (; *args; args = next) {
		next = args + strcspn(args, ",");
		if (*next)
			*next++ = '\0';
		while (*next == ' ')
			next++;
		proto_arg(s, p, args);
	}
}

static const char *proto_hint(const struct func_desc *f)
{
	const char *open = strchr(f->prototype, '(');
	int n = (int)(open - f->prototype);
	bool star = n && f->prototype[n - 1] == '*';

	return mem_printf("prototype: %.*s%s%s%s", n, f->prototype, star ? "" : " ", f->name, open);
}

/* 0 is a null pointer, also where a string is wanted. */
static bool argument_fits(struct type *want, const struct node *arg)
{
	struct type *t = arg->type;

	if (!want)	/* a type this kernel does not have: any pointer */
		return type_is_pointer(t) || type_is_integer(t);
	if (type_is_strcompat(want)) {
		struct type *p = type_strip(type_pointee(t));

		return type_is_strcompat(t) || node_is_zero(arg) || (p && (type_is_void(p) || (type_is_integer(p) && p->size == 1)));
	}
	if (type_is_integer(want) && type_is_symbol(t))
		return false;
	if (type_is_pointer(want) && type_is_void(type_pointee(want)))
		return type_is_pointer(t) || type_is_string(t) || node_is_zero(arg);
	return type_assignable(want, arg);
}

static const char *argument_hint(struct sema *s, const struct func_desc *f, struct type *want, const struct node *arg)
{
	const char *hint = proto_hint(f);

	if (want && type_is_strcompat(want) && type_is_integer(arg->type))
		return mem_printf("%s; copyinstr() reads a string of the program, stringof() one of the kernel", hint);
	if (want && type_is_integer(want) && type_is_pointer(arg->type))
		return mem_printf("%s; cast a pointer: (%s)", hint, type_name(s->dtc, want, NULL));
	return hint;
}

/* Messages count arguments from 1. True when all fit. */
bool check_prototype(struct sema *s, struct node *n)
{
	const struct func_desc *f = n->func;
	unsigned count = node_count(n->list), i = 0;
	struct node *arg;
	struct proto p;
	bool ok = true;

	proto_parse(s, f, &p);
	n->type = p.result;
	if (count < p.nrequired || (count > p.nargs && !p.is_varargs)) {
		bool range = p.is_varargs || p.nargs > p.nrequired;

		sema_error(s, n, "D_PROTO_LEN", proto_hint(f), "%s( ) prototype mismatch: %u argument%s passed, %s%u expected",
			   f->name, count, count == 1 ? "" : "s", !range ? "" : count < p.nrequired ? "at least " : "at most ",
			   count < p.nrequired ? p.nrequired : p.nargs);
		return false;
	}
	for (arg = n->list; arg && i < p.nargs; arg = arg->next, i++) {
		if (node_is_poison(arg)) {
			ok = false;
			continue;
		}
		if (p.arg[i].is_any || argument_fits(p.arg[i].type, arg))
			continue;
		sema_error(s, arg, "D_PROTO_ARG", argument_hint(s, f, p.arg[i].type, arg),
			   "%s( ) argument #%u is incompatible with prototype: %s instead of %s", f->name, i + 1,
			   sema_type_name(s, arg), p.arg[i].type ? type_name(s->dtc, p.arg[i].type, NULL) : "a pointer");
		ok = false;
	}
	for (; arg; arg = arg->next)
		ok &= !node_is_poison(arg);
	return ok;
}

static struct type *undefined_function(struct sema *s, struct node *n)
{
	const char *text = mem_printf("%s()", n->name), *hint = version_knows(s->dtc, n->name) ? foreign_word(n->name) : version_hint(s->dtc, n->name);
	const struct func_desc *f;
	struct nearest near;

	if (names_get(&s->undefined, text))
		return poison(s, n);
	names_put(&s->undefined, text, n);
	nearest_init(&near, n->name);
	for (f = func_descs; f->name; f++)
		nearest_try(&near, f->name);
	names_suggest(&s->inlines, &near);
	return sema_error(s, n, "D_FUNC_UNDEF", hint ? hint : nearest_hint(&near), "undefined function name: %s", n->name);
}

static const char *kind_of_name(struct sema *s, const char *name)
{
	if (names_get(&s->vars[SCOPE_GLOBAL], name))
		return "variable";
	if (names_get(&s->inlines, name))
		return "inline constant";
	if (names_get(&s->enumerators, name))
		return "enumerator";
	return builtin_var_find(name) ? "built-in variable" : NULL;
}

/* What kinds of locks there are is the kernel's affair. */
static bool is_lock_question(enum func_id id)
{
	return (id >= FN_MUTEX_OWNED && id <= FN_MUTEX_TYPE_SPIN) || (id >= FN_RW_ISWRITER && id <= FN_RW_WRITE_HELD) ||
	       id == FN_GETMAJOR || id == FN_GETMINOR;
}

static bool takes_vars(const struct node *n)
{
	const struct func_desc *f = n->name ? func_find(n->name) : NULL;

	return f && (f->id == FN_PRINT || f->id == FN_TRACE || f->id == FN_PRINTF);
}

struct type *check_call(struct sema *s, struct node *n)
{
	struct inline_def *inl = n->name ? names_get(&s->inlines, n->name) : NULL;
	const char *kind;
	struct node *arg;

	for (arg = n->list; arg; arg = arg->next)
		if (is_vars_macro(arg) && takes_vars(n))
			check_vars(s, arg);
		else
			check_expr(s, arg);
	if (!n->name)
		return sema_error(s, n, "D_FUNC_IDENT", NULL, "function designator is not of function type");
	if (inl && inl->has_params)
		return expand_inline(s, n, inl);
	n->func = version_knows(s->dtc, n->name) ? func_find(n->name) : NULL;
	if (!n->func) {
		kind = kind_of_name(s, n->name);
		if (kind)
			return sema_error(s, n, "D_FUNC_IDKIND", NULL, "%s '%s' may not be referenced as a function", kind, n->name);
		return undefined_function(s, n);
	}
	attribute_use(s, n, mem_printf("%s( )", n->name), n->func->kind == FUNC_SUBR && is_lock_question(n->func->id) ?
		      (struct attributes){ STABILITY_EVOLVING, STABILITY_EVOLVING, CLASS_COMMON } : attributes_stable);
	return check_function(s, n);
}
