// SPDX-License-Identifier: GPL-2.0
/*
 * pass_check: names, types, constants, the rules of actions. It runs after
 * resolve, so each clause knows its probes. Errors do not end it: an
 * expression at fault gets the type `poison`, which fits everywhere.
 *
 * What holds afterwards, when no error was reported, and the emitter relies on:
 *
 *  - Every expression has ->type, which may be a typedef or qualified (go
 *    through type_strip()). Arithmetic has the type C gives it; its value is
 *    computed at 64 bits. Conversions that assignments, arguments and keys
 *    imply are not in the tree: compare the two types.
 *  - The integer constant 0 may be assigned to a string: it frees it (an empty string).
 *  - An integer constant of any shape has is_const and value: 64 bits, extended
 *    by the sign of its type, truncated only by casts. NODE_STRING is the only
 *    string constant.
 *  - No NODE_IDENT, NODE_SCOPED, NODE_SIZEOF, NODE_OFFSETOF is left: they are
 *    NODE_VAR (var, scope), NODE_BUILTIN (builtin) or NODE_INT. Inline
 *    constants and functions are replaced by copies of their bodies, in
 *    NODE_CASTs that have a type and no decl_type; enumerators by NODE_INT.
 *    A cast to string is NODE_STRINGOF.
 *  - NODE_MACRO is left for what is known at run time: $target pid ppid pgid sid
 *    (int) uid euid gid egid (unsigned int), and with params_at_load $N
 *    (int64_t) and $$N (string). Other macros are NODE_INT, NODE_STRING or what
 *    the name they stand for is.
 *  - NODE_INDEX is an associative array's element when left->var->is_assoc (var is set
 *    on both; list: the keys, as many as var->nkeys); args[N] when left is
 *    NODE_BUILTIN BI_ARGS (list: a constant); else element list->value of the array
 *    or pointer `left`.
 *  - NODE_MEMBER has member and bit_offset (from the start of the structure,
 *    anonymous ones passed through). is_lvalue is set on what has an address.
 *  - NODE_CALL has func, whose arguments fit its prototype in number and kind; one
 *    with a format (printf, printa, system, freopen) has format. printa: the
 *    aggregations are the NODE_AGGs of the list, after the format if it starts with one.
 *  - A statement on an aggregation is NODE_EXPR_STMT(NODE_ASSIGN(NODE_AGG,
 *    NODE_CALL)): agg is set on the NODE_AGG; args[] of the call and of the agg
 *    have the constants of lquantize (base, limit, step) and llquantize (factor,
 *    low, high, steps). An increment is the argument that follows them. Other
 *    NODE_AGGs stand only as arguments of actions.
 *  - unit->vars and unit->aggs list all variables and aggregations in order of
 *    appearance. Variables: id counts within the scope, associative arrays of
 *    all scopes together on their own. A variable's type is never void, a
 *    function, incomplete or `poison`; keys of an array that are strings have the
 *    type string.
 *  - Actions (functions of kind FUNC_ACTION) that return void are statements.
 */
#include <string.h>
#include "sema.h"

struct type *poison(struct sema *s, struct node *n)
{
	n->is_const = false;
	return n->type = s->ts->poison;
}

struct type *sema_error(struct sema *s, struct node *n, const char *tag, const char *hint, const char *fmt, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	diag_error(s->dtc, &n->loc, tag, hint, "%s", message);
	return poison(s, n);
}

/* What to do with an aggregation, or with what an aggregating function gives, where a value is wanted. */
const char *aggregation_hint(const struct node *n)
{
	if (n->kind == NODE_AGG)
		return "aggregations are only printed: what the script itself reads it keeps in a variable";
	if (n->kind == NODE_CALL && n->func && n->func->kind == FUNC_AGG)
		return mem_printf("only an aggregation holds it: @name = %s(%s)", n->func->name, n->func->id == FN_COUNT ? "" : "...");
	return NULL;
}

const char *sema_type_name(struct sema *s, const struct node *n)
{
	if (n->kind == NODE_AGG)
		return "an aggregation";
	if (type_is_dyn(n->type))
		return n->func ? mem_printf("the result of %s( )", n->func->name) : "a value without a type";
	return type_name(s->dtc, n->type, NULL);
}

/* --- statements --- */

static void check_expr_stmt(struct sema *s, struct node *e)
{
	if (e->kind == NODE_ASSIGN && e->left->kind == NODE_AGG) {
		check_aggregation(s, e);
		return;
	}
	check_expr(s, e);
	if (node_is_poison(e))
		return;
	if (e->kind == NODE_AGG)
		sema_error(s, e, "D_AGG_NULL", "write @name = count()", "an aggregation has no effect of its own");
	else if (e->kind == NODE_CALL && e->func && e->func->kind == FUNC_AGG)
		sema_error(s, e, "D_CG_EXPR", "write @name = count()", "an aggregating function has no effect of its own");
}

static void check_statement(struct sema *s, struct node *n)
{
	switch (n->kind) {
	case NODE_BLOCK:
		check_statements(s, n->list);
		break;
	case NODE_IF:
		for (; n && n->kind == NODE_IF; n = n->third) {	/* else if ... */
			check_condition(s, n->left, "D_PRED_SCALAR", "condition of if");
			if (n->right)
				check_statement(s, n->right);
		}
		if (n)
			check_statement(s, n);
		break;
	case NODE_EXPR_STMT:
		if (n->left)
			check_expr_stmt(s, n->left);
		break;
	default:
		check_expr_stmt(s, n);
	}
}

void check_statements(struct sema *s, struct node *list)
{
	for (; list; list = list->next)
		check_statement(s, list);
}

/* The predicate knows the variables that the actions make, and where it makes some itself they know those. */
static void check_clause(struct sema *s, struct clause *c)
{
	bool is_first = c->predicate && (!c->body || node_assigns(c->predicate));

	s->clause = c;
	order_begin(s);
	clause_begin(s);
	if (is_first)
		check_condition(s, c->predicate, "D_PRED_SCALAR", "predicate");
	if (c->body)
		check_statement(s, c->body);
	if (c->predicate && !is_first)
		check_condition(s, c->predicate, "D_PRED_SCALAR", "predicate");
	if (s->has_translated) {
		fill_translated(s, c->predicate);
		fill_translated(s, c->body);
	}
	s->has_translated = false;
	clause_end(s, c);
	s->clause = NULL;
}

static void check_top(struct sema *s, struct top *t)
{
	switch (t->kind) {
	case TOP_CLAUSE:
		check_clause(s, t->clause);
		break;
	case TOP_DECL:
		check_decl(s, t);
		break;
	case TOP_INLINE:
		check_inline(s, t->inl);
		break;
	case TOP_TRANSLATOR:
		check_translator(s, t->translator);
		break;
	case TOP_PROVIDER:
		check_provider(s, t->provider);
		break;
	default:
		break;
	}
}

static void check_destructive(struct sema *s)
{
	const struct node *n = s->destructive;

	if (!n || s->dtc->opt.destructive)
		return;
	diag_error(s->dtc, NULL, NULL, mem_printf("%s() on line %u is one: permit it with -w", n->func->name, n->loc.line),
		   "failed to enable '%s': Destructive actions not allowed", n->loc.src ? n->loc.src->name : "script");
}

static void check_provider_pragma(struct sema *s, const struct pragma *p)
{
	if (names_get(&s->providers, p->word[1]) || (parse_is_there && parse_is_there(s->dtc, "provider", p->word[1])))
		return;
	diag_error(s->dtc, &p->word_loc[1], "D_PRAGMA_UNUSED", NULL, "#pragma D attributes names provider '%s', which is not defined", p->word[1]);
}

/* What attributes and binding name must be there; not `translator`, which stands for the definition that follows. */
static void check_pragma(struct sema *s, const struct pragma *p)
{
	const char *name = p->word[1];
	const struct inline_def *inl;

	if (p->loc.src->is_library)
		return;
	if (p->kind == PRAGMA_PROVIDER) {
		check_provider_pragma(s, p);
		return;
	}
	if (p->kind != PRAGMA_ATTRIBUTES && p->kind != PRAGMA_BINDING)
		return;
	inl = names_get(&s->inlines, name);
	if ((inl ? inl->is_library : !names_get(&s->vars[SCOPE_GLOBAL], name)) && (inl || builtin_var_find(name) || func_find(name))) {
		diag_error(s->dtc, &p->word_loc[1], "D_PRAGMA_SCOPE", NULL, "the %s of '%s' cannot be changed: it is defined outside of the program",
			   p->kind == PRAGMA_BINDING ? "binding" : "attributes", name);
		return;
	}
	if (!strcmp(name, "translator") || names_get(&s->inlines, name) || names_get(&s->vars[SCOPE_GLOBAL], name) ||
	    names_get(&s->enumerators, name) || names_get(&s->providers, name) || builtin_var_find(name) || func_find(name))
		return;
	diag_error(s->dtc, &p->word_loc[1], "D_PRAGMA_UNUSED", NULL, "#pragma D %s names '%s', which is not defined",
		   p->kind == PRAGMA_BINDING ? "binding" : "attributes", name);
}

int pass_check(struct dtc *dtc)
{
	size_t before = diag_errors(dtc);
	struct sema s = { .dtc = dtc, .unit = dtc->unit };
	struct top *t;
	size_t i;

	s.ts = types_get(dtc);
	s.ts->string->size = dtc->opt.strsize;
	s.last_var = &dtc->unit->vars;
	s.last_agg = &dtc->unit->aggs;
	s.bad_agg = mem_alloc(sizeof(*s.bad_agg));
	clones_begin();
	attributes_begin(&s);
	for (t = dtc->unit->tops; t; t = t->next)
		check_top(&s, t);
	for (t = dtc->unit->tops; t; t = t->next)
		if (t->kind == TOP_PRAGMA)
			check_pragma(&s, t->pragma);
	check_lacking(&s);
	check_destructive(&s);
	for (i = 0; i < dtc->ninputs && diag_errors(dtc) == before; i++)
		if (dtc->inputs[i].is_empty)
			input_is_empty(dtc, &dtc->inputs[i]);
	return diag_errors(dtc) > before ? -1 : 0;
}
