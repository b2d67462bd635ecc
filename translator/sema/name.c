// SPDX-License-Identifier: GPL-2.0
/*
 * Names in expressions. The order: parameters of the inline function or the
 * translator around, the script's variables and inlines, built-in variables,
 * enumerators.
 */
#include <ctype.h>
#include <dtc/limits.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "sema.h"
#include "../debuginfo/kernel.h"

/* What people write who come from C, awk, SystemTap, bpftrace. */
static const struct { const char *word, *hint; } foreign_words[] = {
	{ "comm", "the name of the process is execname" },
	{ "nsecs", "nanoseconds are timestamp" },
	{ "elapsed", "take the difference of two values of timestamp" },
	{ "func", "the name of the probed function is probefunc" },
	{ "probe", "the parts of the probe's name are probeprov, probemod, probefunc, probename" },
	{ "retval", "the value returned is arg1 at fbt:::return, arg0 at syscall:::return" },
	{ "curtask", "the kernel's structure of this thread is curthread" },
	{ "current", "the kernel's structure of this thread is curthread" },
	{ "kstack", "the kernel's stack is stack()" },
	{ "cgroup", "control groups are reached through curthread" },
	{ "username", "the number of the user is uid" },
	{ "target", "the macro variable is $target" },
	{ "true", "write 1" }, { "false", "write 0" },
	{ "str", "copyinstr() reads a string of the program, stringof() one of the kernel" },
	{ "kstr", "stringof() reads a string of the kernel" },
	{ "kernel_string", "stringof() reads a string of the kernel" },
	{ "user_string", "copyinstr() reads a string of the program" },
	{ "ustr", "copyinstr() reads a string of the program" },
	{ "probe_read_str", "copyinstr() reads a string of the program, stringof() one of the kernel" },
	{ "printk", "printing is done by printf()" },
	{ "puts", "printing is done by printf()" },
	{ "println", "printing is done by printf()" },
	{ "echo", "printing is done by printf()" },
	{ "sprintf", "strings are made by strjoin() and lltostr()" },
	{ "strcmp", "strings are compared by == and <" },
	{ "strncmp", "strings are compared by == and <; substr() gives a part" },
	{ "strcpy", "strings are assigned by =" },
	{ "strcat", "strings are joined by strjoin()" },
	{ "strcontains", "strstr() looks for a string in another" },
	{ "hist", "write @name = quantize(value)" },
	{ "lhist", "write @name = lquantize(value, low, high, step)" },
	{ "hist_log", "write @name = quantize(value)" },
	{ "stats", "write @name = avg(value)" },
	{ "delete", "assign 0 to free an element; trunc(@name) empties an aggregation" },
	{ "zero", "clear(@name) zeroes an aggregation" },
	{ "print_backtrace", "stack() records the kernel's stack" },
	{ "print_stack", "stack() records the kernel's stack" },
	{ "backtrace", "the kernel's stack is stack()" },
	{ "ksym", "kernel addresses are named by sym()" },
	{ "symname", "kernel addresses are named by sym()" },
	{ "gettimeofday_ns", "nanoseconds are timestamp, since 1970 walltimestamp" },
	{ "gettimeofday_us", "nanoseconds are timestamp, since 1970 walltimestamp" },
	{ "kretprobe", "returns of kernel functions are fbt::name:return" },
	{ "atoi", "strtoll() makes a number of a string" },
	{ "strtol", "strtoll() makes a number of a string" },
	{ "getpid", "the process id is pid" },
	{ "join", "strings are joined by strjoin()" },
};

const char *foreign_word(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(foreign_words); i++)
		if (!strcmp(foreign_words[i].word, name))
			return foreign_words[i].hint;
	return NULL;
}

/* --- a name that a clause further down assigns --- */

static const struct node *assignment_in(const struct node *n, enum scope scope, const char *name)
{
	const struct node *child[] = { n->left, n->right, n->third }, *found, *target = n->left;
	size_t i;

	if (n->kind == NODE_ASSIGN && target) {
		if (target->kind == NODE_INDEX)
			target = target->left;
		if (target->name && !strcmp(target->name, name) &&
		    (target->kind == NODE_IDENT ? scope == SCOPE_GLOBAL : target->kind == NODE_SCOPED && target->scope == scope))
			return n;
	}
	for (i = 0; i < ARRAY_SIZE(child); i++) {
		found = child[i] ? assignment_in(child[i], scope, name) : NULL;
		if (found)
			return found;
	}
	for (n = n->list; n; n = n->next) {
		found = assignment_in(n, scope, name);
		if (found)
			return found;
	}
	return NULL;
}

static const char *later_hint(struct sema *s, enum scope scope, const char *name)
{
	static const char *const words[] = { "", "self ", "this " };
	const struct node *found = NULL;
	const struct clause *c;

	for (c = s->clause; c && !found; c = c->next)
		if (c->body)
			found = assignment_in(c->body, scope, name);
	if (!found)
		return NULL;
	return mem_printf("it is assigned only on line %u: declare it at the top, as in %sint %s;", found->loc.line, words[scope], name);
}

/* $1 as it stands is a name, where most often a string is meant. */
static const char *argument_hint(const struct dtc *dtc, const char *name)
{
	for (size_t i = 1; i < dtc->nargs; i++)
		if (!strcmp(dtc->args[i], name))
			return mem_printf("it is the argument $%zu: as a string it is $$%zu", i, i);
	return NULL;
}

#define HINTS_MAX 200		/* errors that are shown at all, about: each hint searches the script */

static const char *undefined_hint(struct sema *s, const char *name)
{
	const struct builtin_var *b;
	struct nearest near;
	const char *hint;

	if (diag_errors(s->dtc) > HINTS_MAX)
		return NULL;
	hint = argument_hint(s->dtc, name);
	if (!hint)
		hint = later_hint(s, SCOPE_GLOBAL, name);
	if (!hint)
		hint = version_hint(s->dtc, name);
	if (!hint)
		hint = foreign_word(name);
	if (hint)
		return hint;
	if (names_get(&s->vars[SCOPE_SELF], name))
		return mem_printf("did you mean 'self->%s'?", name);
	if (names_get(&s->vars[SCOPE_THIS], name))
		return mem_printf("did you mean 'this->%s'?", name);
	if (names_get(&s->aggs, name))
		return mem_printf("did you mean '@%s'?", name);
	nearest_init(&near, name);
	names_suggest(&s->vars[SCOPE_GLOBAL], &near);
	names_suggest(&s->inlines, &near);
	for (b = builtin_vars; b->name; b++)
		nearest_try(&near, b->name);
	names_suggest(&s->enumerators, &near);
	if (near.best)
		return nearest_hint(&near);
	return type_lookup(s->dtc, TYPE_STRUCT, name, NULL) ? mem_printf("the structure is written struct %s", name) : NULL;
}

/* Each name is reported once. */
struct type *undefined_name(struct sema *s, struct node *n, const char *tag)
{
	if (names_get(&s->undefined, n->name))
		return poison(s, n);
	names_put(&s->undefined, n->name, n);
	return sema_error(s, n, tag, undefined_hint(s, n->name), "unknown variable '%s'", n->name);
}

static struct type *check_builtin(struct sema *s, struct node *n, const struct builtin_var *b)
{
	n->builtin = b;
	if (b->id == BI_ARGS || b->id == BI_UREGS) {
		return sema_error(s, n, "D_IDENT_BADREF", b->id == BI_ARGS ? "write args[0], args[1] ..." : "write uregs[R_PC], uregs[R_SP] ...",
				  "array '%s' may not be referenced without an index", n->name);
	}
	if (!b->supported)
		return sema_error(s, n, "D_VAR_UNSUP", NULL, "built-in variable '%s' is not available", n->name);
	if (b->id <= BI_ARG9 && locals_are_at_places(s))
		return check_local_integer(s, n, b->id - BI_ARG0);
	n->kind = NODE_BUILTIN;
	attribute_use(s, n, b->name, b->id == BI_CURTHREAD ? (struct attributes){ STABILITY_STABLE, STABILITY_PRIVATE, CLASS_COMMON } : attributes_stable);
	n->type = type_from_text(s->dtc, b->type);
	if (!n->type)	/* a kernel without debuginfo */
		n->type = type_pointer_to(s->dtc, s->ts->void_type);
	return n->type;
}

static struct type *use_var(struct sema *s, struct node *n, struct var *v)
{
	const struct attributes *given = v->scope == SCOPE_GLOBAL ? attributes_given(s, v->name) : NULL;

	attribute_use(s, n, v->name, given ? *given : attributes_stable);
	n->kind = NODE_VAR;
	n->var = v;
	n->scope = v->scope;
	n->is_lvalue = true;
	v->is_read = true;
	if (!v->is_assoc && v->type && type_strip(v->type)->kind == TYPE_FLOAT)
		return sema_error(s, n, "D_OP_ARITH", NULL, "'%s' has a floating-point type, of which D has no values", var_text(v));
	if (v->is_assoc && !type_is_poison(v->type))
		return sema_error(s, n, "D_IDENT_BADREF", "give its keys in []",
				  "associative array '%s' may not be referenced as a scalar", var_text(v));
	return n->type = v->type;
}

bool name_is_known(struct sema *s, const char *name)
{
	return names_get(&s->vars[SCOPE_GLOBAL], name) || names_get(&s->inlines, name) || names_get(&s->enumerators, name) ||
	       builtin_var_find(name) || func_find(name);
}

struct type *check_constant(struct sema *s, struct node *n, const char *tag, const char *what)
{
	if (n->kind == NODE_IDENT && !name_is_known(s, n->name))
		return sema_error(s, n, tag, mem_printf("'%s' is no inline constant and no enumerator", n->name), "%s", what);
	return check_expr(s, n);
}

struct type *check_ident(struct sema *s, struct node *n)
{
	const struct builtin_var *b;
	const struct constant *c;
	struct inline_def *inl;
	struct binding *bind;
	struct var *v;

	for (bind = s->bindings; bind; bind = bind->next)
		if (!strcmp(bind->name, n->name)) {
			node_replace(n, node_clone(bind->value));
			return n->type;
		}
	v = names_get(&s->vars[SCOPE_GLOBAL], n->name);
	if (v)
		return use_var(s, n, v);
	inl = names_get(&s->inlines, n->name);
	if (inl)
		return expand_inline(s, n, inl);
	b = version_knows(s->dtc, n->name) ? builtin_var_find(n->name) : NULL;
	if (b)
		return check_builtin(s, n, b);
	c = names_get(&s->enumerators, n->name);
	if (c) {
		n->kind = NODE_INT;
		return set_const(n, c->type, (u64)c->value);
	}
	if (!strcmp(n->name, "NULL")) {
		n->kind = NODE_INT;
		return set_const(n, type_int(s->dtc, 4, true), 0);
	}
	if (version_knows(s->dtc, n->name) && func_find(n->name))
		return sema_error(s, n, "D_IDENT_BADREF", mem_printf("call it: %s()", n->name),
				  "function '%s' may not be referenced as a variable", n->name);
	return undefined_name(s, n, "D_IDENT_UNDEF");
}

struct type *check_scoped(struct sema *s, struct node *n)
{
	const char *word = n->scope == SCOPE_SELF ? "self" : "this", *text, *hint;
	struct var *v = names_get(&s->vars[n->scope], n->name);
	struct nearest near;

	if (v)
		return use_var(s, n, v);
	text = mem_printf("%s->%s", word, n->name);
	if (names_get(&s->undefined, text))
		return poison(s, n);
	names_put(&s->undefined, text, n);
	hint = later_hint(s, n->scope, n->name);
	nearest_init(&near, n->name);
	names_suggest(&s->vars[n->scope], &near);
	if (!hint)
		hint = near.best ? mem_printf("did you mean '%s->%s'?", word, near.best) :
		       "a clause that stands before must assign it, or declare it at the top";
	return sema_error(s, n, "D_VAR_UNDEF", hint, "%s has not yet been declared or assigned", text);
}

/* --- macro variables --- */

/* Values of dtrun's process and of the traced one, read when the module runs. */
static const struct { const char *name, *type; } run_time_macros[] = {
	{ "target", "pid_t" }, { "pid", "pid_t" }, { "ppid", "pid_t" }, { "pgid", "pid_t" }, { "sid", "pid_t" },
	{ "uid", "uid_t" }, { "euid", "uid_t" }, { "gid", "gid_t" }, { "egid", "gid_t" },
};

static bool is_argument(const char *name)
{
	return isdigit((unsigned char)*name);
}

static bool is_number(const char *text, u64 *value)
{
	const char *digits = text + (*text == '-' || *text == '+');
	char *end;

	if (!isdigit((unsigned char)*digits))
		return false;
	errno = 0;
	*value = strtoull(digits, &end, 0);
	if (*end || errno)
		return false;
	if (*text == '-')
		*value = -*value;
	return true;
}

static bool is_identifier(const char *text)
{
	if (!isalpha((unsigned char)*text) && *text != '_')
		return false;
	while (isalnum((unsigned char)*text) || *text == '_')
		text++;
	return !*text;
}

static struct type *macro_string(struct sema *s, struct node *n, const char *value)
{
	n->kind = NODE_STRING;
	n->text = value;
	n->text_len = strlen(value);
	return n->type = s->ts->string;
}

/* $$target and its kin: as text, of values that are known when the module runs. */
static struct type *macro_text(struct sema *s, struct node *n)
{
	struct node *value = node_clone(n);

	value->as_string = false;
	n->kind = NODE_CALL;
	n->name = "lltostr";
	n->list = value;
	return check_expr(s, n);
}

struct type *check_macro(struct sema *s, struct node *n)
{
	const char *value;
	u64 number;
	size_t i;

	if (is_argument(n->name) && macro_at_load(s->dtc, n->name) && strtoul(n->name, NULL, 10) >= DTC_MAX_PARAMS)
		return sema_error(s, n, "D_MACRO_UNDEF", NULL, "macro argument $%s is not defined: a module takes no more than %d", n->name,
				  DTC_MAX_PARAMS - 1);
	if (is_argument(n->name) && macro_at_load(s->dtc, n->name))
		return n->type = n->as_string ? s->ts->string : type_named(s->dtc, "int64_t");
	for (i = 0; i < ARRAY_SIZE(run_time_macros); i++)
		if (!strcmp(run_time_macros[i].name, n->name))
			return n->as_string ? macro_text(s, n) : (n->type = type_named(s->dtc, run_time_macros[i].type));
	value = macro_value(s->dtc, n->name);
	if (!value && !macro_is_known(n->name))
		return check_local(s, n);
	if (!value)
		return sema_error(s, n, "D_MACRO_UNDEF", is_argument(n->name) ? "give it on the command line, or set -xdefaultargs" :
				  macro_is_known(n->name) ? "its value is known only when the script runs: write it with one $" : NULL,
				  "macro %s%s is not defined", n->as_string ? "$$" : "$", n->name);
	if (n->as_string)
		return macro_string(s, n, value);
	if (is_number(value, &number)) {
		n->kind = NODE_INT;
		n->value = number;
		if ((s64)number < 0 && *value == '-')
			return set_const(n, type_int(s->dtc, (s64)number < INT32_MIN ? 8 : 4, true), number);
		return check_expr(s, n);
	}
	if (!is_identifier(value))
		return sema_error(s, n, "D_MACRO_UNDEF", mem_printf("as a string it is $$%s", n->name),
				  "macro $%s is no number and no name: %s", n->name, value);
	n->kind = NODE_IDENT;
	n->name = value;
	return check_ident(s, n);
}
