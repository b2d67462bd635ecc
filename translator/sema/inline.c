// SPDX-License-Identifier: GPL-2.0
/*
 * Inline constants and functions: each use is replaced by a copy of the body,
 * cast to the declared type, with the arguments in place of the parameters.
 * The definition's own body is never checked, only copies of it.
 */
#include "sema.h"

#define INLINE_DEPTH_MAX 64		/* definitions that use each other */
#define TREE_DEPTH_MAX	 2000		/* of what a use expands to */
#define CLONES_MAX	 500000	/* nodes that all uses of a script expand to */

static u64 ncloned;			/* by this compilation */

void clones_begin(void)
{
	ncloned = 0;
}

static struct node *clone_list(const struct node *list)
{
	struct node *first = NULL, **last = &first;

	for (; list; list = list->next) {
		*last = node_clone(list);
		last = &(*last)->next;
	}
	return first;
}

/* A deep copy of one node, without what follows it in its list. */
struct node *node_clone(const struct node *n)
{
	struct node *c;

	if (!n)
		return NULL;
	ncloned++;
	c = mem_alloc(sizeof(*c));
	*c = *n;
	c->next = NULL;
	c->left = node_clone(n->left);
	c->right = node_clone(n->right);
	c->third = node_clone(n->third);
	c->list = clone_list(n->list);
	return c;
}

void node_replace(struct node *n, const struct node *with)
{
	struct node *next = n->next;
	struct loc loc = n->loc;

	*n = *with;
	n->next = next;
	n->loc = loc;
}

static unsigned tree_depth(const struct node *n)
{
	const struct node *child[] = { n->left, n->right, n->third };
	unsigned depth = 0, d;
	size_t i;

	for (i = 0; i < 3; i++) {
		d = child[i] ? tree_depth(child[i]) : 0;
		depth = d > depth ? d : depth;
	}
	for (n = n->list; n; n = n->next) {
		d = tree_depth(n);
		depth = d > depth ? d : depth;
	}
	return depth + 1;
}

/* Small definitions that use each other several times grow without bound. */
bool expansion_fits(struct sema *s, struct node *n, const struct node *expanded)
{
	if (ncloned <= CLONES_MAX && tree_depth(expanded) <= TREE_DEPTH_MAX)
		return true;
	if (!s->too_large)
		sema_error(s, n, "D_CG_EXPR", "keep parts of it in variables", "the inline definitions and translators used here expand to too large an expression");
	s->too_large = true;
	poison(s, n);
	return false;
}

static struct node *cast_to(struct sema *s, struct node *value, struct type *t)
{
	struct node *c;

	if (!type_is_arith(t) && type_strip(t)->kind != TYPE_POINTER)
		return value;
	if (type_equal(t, value->type) && !value->is_const) {
		value->type = t;
		return value;
	}
	c = node_new(NODE_CAST, &value->loc);
	c->left = value;
	c->type = t;
	check_cast(s, c);
	return c;
}

static bool bind_arguments(struct sema *s, struct node *n, struct inline_def *def, struct binding **ret)
{
	unsigned count = node_count(n->list);
	struct declared *p = def->params;
	struct node *arg;
	size_t i = 0;
	bool ok = true;

	*ret = NULL;
	if (count != def->nparams) {
		sema_error(s, n, "D_PROTO_LEN", NULL, "%s( ) prototype mismatch: %u argument%s passed, %zu expected", def->name, count,
			   count == 1 ? "" : "s", def->nparams);
		return false;
	}
	for (arg = n->list; arg; arg = arg->next, p = p->next, i++) {
		struct binding *b;

		if (node_is_poison(arg)) {
			ok = false;
			continue;
		}
		if (!type_assignable(def->param_types[i], arg)) {
			sema_error(s, arg, "D_PROTO_ARG", NULL, "%s( ) argument #%zu is incompatible with prototype: %s instead of %s",
				   def->name, i + 1, sema_type_name(s, arg), type_name(s->dtc, def->param_types[i], NULL));
			ok = false;
			continue;
		}
		if (!p->name)
			continue;
		b = mem_alloc(sizeof(*b));
		b->name = p->name;
		b->value = cast_to(s, node_clone(arg), def->param_types[i]);
		b->next = *ret;
		*ret = b;
	}
	return ok;
}

/* NODE_IDENT, NODE_CALL or NODE_INDEX that names an inline definition. */
struct type *expand_inline(struct sema *s, struct node *n, struct inline_def *def)
{
	struct binding *outer = s->bindings, *bindings = NULL;
	const struct attributes *given = attributes_given(s, def->name);
	struct node *body;

	if (def->in_use || s->depth >= INLINE_DEPTH_MAX)
		return sema_error(s, n, "D_IDENT_UNDEF", NULL, "inline '%s' may not use itself", def->name);
	if (type_is_poison(def->checked))
		return poison(s, n);
	if (def->has_params && n->kind == NODE_IDENT)
		return sema_error(s, n, "D_IDENT_BADREF", NULL, "inline function '%s' may not be referenced as a variable", def->name);
	if (def->has_params && !bind_arguments(s, n, def, &bindings))
		return poison(s, n);
	if (s->too_large)
		return poison(s, n);
	if (def->constant) {	/* a sum of sums of sums stays small */
		body = node_new(NODE_INT, &n->loc);
		set_const(body, def->constant->type, def->constant->value);
		node_replace(n, cast_to(s, body, def->checked));
		n->is_lvalue = false;
		return n->type;
	}
	body = node_clone(def->body);
	def->in_use = true;
	s->depth++;
	s->muted += given != NULL;
	s->bindings = bindings;
	check_expr(s, body);
	s->bindings = outer;
	s->muted -= given != NULL;
	s->depth--;
	attribute_use(s, n, def->name, given ? *given : attributes_stable);
	def->in_use = false;
	if (!expansion_fits(s, n, body) || node_is_poison(body))
		return poison(s, n);
	node_replace(n, cast_to(s, body, def->checked));
	n->is_lvalue = false;
	return n->type;
}

static struct node *stand_in(struct type *t, const struct loc *loc)
{
	struct node *n = node_new(NODE_VAR, loc);
	struct var *v = mem_alloc(sizeof(*v));

	v->type = t;
	v->name = "parameter";
	v->is_declared = true;
	n->var = v;
	n->type = t;
	return n;
}

static void param_types(struct sema *s, struct inline_def *def)
{
	struct declared *p;
	size_t i = 0;

	def->param_types = mem_alloc((def->nparams + 1) * sizeof(*def->param_types));
	for (p = def->params; p && i < def->nparams; p = p->next)
		def->param_types[i++] = check_decl_type(s, p->type);
}

static bool inline_type_fits(struct sema *s, struct inline_def *def)
{
	struct type *t = def->checked, *st = type_strip(t);

	if (type_is_poison(t))
		return true;
	if (st->kind == TYPE_VOID)
		diag_error(s->dtc, &def->loc, "D_DECL_VOIDOBJ", NULL, "an inline may not be void: %s", def->name);
	else if (st->kind == TYPE_FORWARD)
		diag_error(s->dtc, &def->loc, "D_DECL_INCOMPLETE", NULL, "inline '%s' has the incomplete type %s", def->name, type_name(s->dtc, t, NULL));
	else if (st->kind == TYPE_ARRAY)
		diag_error(s->dtc, &def->loc, "D_DECL_ARRNULL", "its parameters are declared by their types and names, as in inline int f[int a] = a + 1",
			   "inline '%s' may not be an array", def->name);
	else
		return true;
	return false;
}

void check_inline(struct sema *s, struct inline_def *def)
{
	struct binding *bindings = NULL, *outer = s->bindings;
	struct node *body = node_clone(def->body);
	struct declared *p;
	size_t i = 0;

	def->checked = check_decl_type(s, def->type);
	param_types(s, def);
	if (names_get(&s->vars[SCOPE_GLOBAL], def->name) || names_get(&s->inlines, def->name) ||
	    (!def->is_library && is_builtin(s->dtc, def->name))) {
		diag_error(s->dtc, &def->loc, "D_DECL_IDRED", NULL, "identifier redefined: %s", def->name);
		return;
	}
	names_put(&s->inlines, def->name, def);
	if (def->loc.src->is_own)
		return;
	for (p = def->params; p && i < def->nparams; p = p->next, i++) {
		struct binding *b = mem_alloc(sizeof(*b));

		b->name = p->name ? p->name : "";
		b->value = stand_in(def->param_types[i], &p->loc);
		b->next = bindings;
		bindings = b;
	}
	if (!inline_type_fits(s, def)) {
		def->checked = s->ts->poison;
		return;
	}
	s->bindings = bindings;
	def->in_use = true;
	check_expr(s, body);
	def->in_use = false;
	s->bindings = outer;
	if (node_is_poison(body))
		def->checked = s->ts->poison;
	else if (!type_is_poison(def->checked) && !type_assignable(def->checked, body)) {
		sema_error(s, body, "D_OP_INCOMPAT", NULL, "inline %s definition uses incompatible types: %s = %s", def->name,
			   type_name(s->dtc, def->checked, NULL), sema_type_name(s, body));
		def->checked = s->ts->poison;
	} else if (!def->has_params && body->is_const && type_is_integer(body->type)) {
		def->constant = body;
	}
}
