// SPDX-License-Identifier: GPL-2.0
/* Assignments, ++ and --. The value is checked first: it may not use a variable that the assignment makes. */
#include "sema.h"

/* Whether a value may go into a variable, a key or a parameter of type `to`. */
bool type_assignable(struct type *to, const struct node *from)
{
	struct type *t = from->type, *st = type_strip(to);

	if (type_is_poison(to) || type_is_poison(t))
		return true;
	if (type_is_arith(to) && type_is_arith(t))
		return true;
	if (st->kind == TYPE_STRING || type_is_char_array(to))
		return type_is_strcompat(t);
	if (type_is_sou(to))
		return type_is_sou(t) && type_equal(to, t);
	if (st->kind == TYPE_POINTER) {
		if (type_is_function(type_pointee(to)) && type_is_function(t))
			return true;
		return node_is_null(from) || type_is_compatible_pointer(to, t);
	}
	if (st->kind == TYPE_ARRAY)
		return type_equal(to, t);
	return type_is_symbol(to) && type_equal(to, t);
}

/* --- scratch memory --- */

enum alloca_kind alloca_of(const struct node *n)
{
	enum alloca_kind l;

	if (n->is_const || !type_is_pointer(n->type))
		return ALLOCA_ANY;
	switch (n->kind) {
	case NODE_CALL:
		return n->func && n->func->id == FN_ALLOCA ? ALLOCA_YES : ALLOCA_ANY;
	case NODE_CAST:
		return alloca_of(n->left);
	case NODE_ASSIGN:
		return alloca_of(n->right);
	case NODE_BINARY:
		l = n->op == OP_COMMA ? ALLOCA_ANY : alloca_of(n->left);
		return l != ALLOCA_ANY ? l : alloca_of(n->right);
	case NODE_COND:
		l = alloca_of(n->right);
		return l != ALLOCA_ANY ? l : alloca_of(n->third);
	case NODE_VAR:
		return n->var->alloca;
	case NODE_MEMBER:	/* what was put into scratch memory is anything */
		return alloca_of(n->left) == ALLOCA_YES ? ALLOCA_ANY : ALLOCA_NO;
	case NODE_BUILTIN:
	case NODE_SYMBOL:
		return ALLOCA_NO;
	default:
		return ALLOCA_ANY;
	}
}

bool alloca_agree(struct sema *s, struct node *n, enum alloca_kind a, enum alloca_kind b)
{
	if (a == ALLOCA_ANY || b == ALLOCA_ANY || a == b)
		return true;
	sema_error(s, n, "D_ALLOCA_INCOMPAT", "use one variable for each", "a pointer may not be to memory of alloca( ) here and to other memory there");
	return false;
}

static bool keep_alloca(struct sema *s, struct node *n)
{
	struct var *v = n->left->kind == NODE_VAR || n->left->kind == NODE_INDEX ? n->left->var : NULL;
	enum alloca_kind kind = alloca_of(n->right);

	if (!v || n->assign_op)
		return true;
	if (!alloca_agree(s, n, v->alloca, kind))
		return false;
	v->alloca = kind != ALLOCA_ANY ? kind : v->alloca;
	return true;
}

static const char *op_name(const struct node *n)
{
	if (n->kind == NODE_UNARY)
		return op_text(n->op);
	return n->assign_op ? mem_printf("%s=", op_text(n->assign_op)) : "=";
}

static const char *mismatch_hint(struct sema *s, struct type *to, struct node *from, struct node *target)
{
	if (type_is_string(to) && type_is_pointer(from->type))
		return "a pointer to kernel memory is made a string by stringof(), to user memory by copyinstr()";
	if (type_is_string(to) && type_is_integer(from->type))
		return "numbers are made strings by lltostr()";
	if (type_is_pointer(to) ? type_is_integer(from->type) : type_is_integer(to) && type_is_pointer(from->type))
		return mem_printf("if it is meant, cast it: (%s)", type_name(s->dtc, to, NULL));
	if (target->kind == NODE_VAR && !target->var->is_declared)
		return mem_printf("the first assignment, on line %u, gave '%s' the type %s", target->var->loc.line,
				  var_text(target->var), type_name(s->dtc, target->var->type, NULL));
	return NULL;
}

/* What leads to the memory that an lvalue is: p of ((struct s *)p)->a[1]. */
static const struct node *node_root(const struct node *n)
{
	for (;;) {
		if ((n->kind == NODE_INDEX && n->var) || !n->left)
			return n;
		if (n->kind == NODE_BINARY && !type_is_pointer(n->left->type))
			n = n->right;
		else if (n->kind == NODE_MEMBER || n->kind == NODE_INDEX || n->kind == NODE_CAST || n->kind == NODE_UNARY || n->kind == NODE_BINARY)
			n = n->left;
		else
			return n;
	}
}

/* What can be written: a variable, an element of an array of D, memory of the clause's own. */
static bool check_target(struct sema *s, struct node *n, struct node *target)
{
	const struct node *root;

	if (target->kind == NODE_BUILTIN) {
		const char *hint = n->kind == NODE_ASSIGN && n->assign_op == OP_NONE ? "to compare, write ==" : NULL;

		sema_error(s, n, "D_OP_WRITE", hint, "operator %s can only be applied to a writable variable: '%s' is built in",
			   op_name(n), target->name);
		return false;
	}
	if (target->kind == NODE_SYMBOL) {
		sema_error(s, n, "D_OP_WRITE", NULL, "operator %s can only be applied to a writable variable: `%s is the kernel's", op_name(n), target->name);
		return false;
	}
	if (local_is_kernels(target)) {
		sema_error(s, n, "D_OP_WRITE", NULL, "operator %s can only be applied to a writable variable: $%s is the kernel's", op_name(n),
			   local_is_kernels(target)->name);
		return false;
	}
	if (target->kind == NODE_AGG) {
		sema_error(s, n, "D_AGG_FUNC", "as in @a = count()", "an aggregation takes the result of an aggregating function by =");
		return false;
	}
	if (!target->is_lvalue) {
		sema_error(s, n, "D_OP_LVAL", NULL, "operator %s requires a modifiable lvalue as an operand", op_name(n));
		return false;
	}
	root = node_root(target);
	if (root->kind == NODE_BUILTIN || root->kind == NODE_SYMBOL || root->is_const) {
		sema_error(s, n, type_strip(target->type)->kind == TYPE_ARRAY ? "D_OP_ARRFUN" : "D_OP_WRITE", "memory of the clause's own is had by alloca()", "operator %s can only be applied to a writable variable", op_name(n));
		return false;
	}
	return true;
}

/* Variables have a type of their own: bit-fields and qualifiers do not go on to them. */
static struct type *inferred_type(struct sema *s, struct type *t)
{
	while (t->kind == TYPE_TYPEDEF && !t->name && t->ref)
		t = t->ref;
	return type_is_char_array(t) ? s->ts->string : t;
}

/* What has no value that goes into anything. */
static const char *dynamic_value(const struct node *n)
{
	struct type *t = n->type;

	if (n->kind == NODE_CALL && n->func && n->func->kind == FUNC_ACTION)
		return mem_printf("the action %s( )", n->func->name);
	if (type_is_void(t))
		return "a void expression";
	if (type_is_dyn(t))
		return n->kind == NODE_AGG ? "an aggregation" : n->kind == NODE_CALL && n->func ?
			mem_printf("the result of %s( )", n->func->name) : "a value without a type";
	return type_is_function(t) ? "a function" : NULL;
}

/* As for operands of the wrong type. */
static const char *dynamic_tag(const struct node *n)
{
	switch (n->assign_op) {
	case OP_NONE:
		if (type_is_function(n->right->type))
			return "D_OP_ARRFUN";
		return type_is_symbol(n->right->type) ? "D_CG_EXPR" : "D_OP_INCOMPAT";
	case OP_ADD:
	case OP_SUB:
		return "D_OP_VFPTR";
	case OP_MUL:
	case OP_DIV:
		return "D_OP_ARITH";
	default:
		return "D_OP_INT";
	}
}

static bool check_value(struct sema *s, struct node *n, struct node *value)
{
	const char *what;

	if (node_is_poison(value))
		return false;
	what = dynamic_value(value);
	if (what)
		sema_error(s, n, dynamic_tag(n), aggregation_hint(value), "operator %s may not be applied to %s", op_name(n), what);
	return !what;
}

static struct type *define(struct sema *s, struct node *n, struct var *v)
{
	struct node *target = n->left, *value = n->right;
	struct type *t = s->ts->poison;

	if (n->assign_op)
		t = type_named(s->dtc, "int64_t");
	else if (check_value(s, n, value))
		t = inferred_type(s, value->type);
	if (type_strip(t)->kind == TYPE_FORWARD || type_strip(t)->kind == TYPE_FLOAT) {
		sema_error(s, n, "D_OP_INCOMPLETE", NULL, "a variable may not have the type %s", type_name(s->dtc, t, NULL));
		t = s->ts->poison;
	}
	v->type = t;
	target->type = t;
	return t;
}

static bool op_fits(struct sema *s, struct node *n)
{
	struct type *t = binary_type(s, n, n->assign_op, n->left, n->right);

	if (type_is_poison(t))
		return false;
	if ((n->assign_op == OP_DIV || n->assign_op == OP_MOD) && node_is_zero(n->right)) {
		sema_error(s, n, "D_DIV_ZERO", NULL, "expression contains division by zero");
		return false;
	}
	return true;
}

/* s = 0 frees a string as it frees an integer. */
static bool frees_string(const struct node *target, const struct node *value)
{
	return type_is_string(target->type) && node_is_zero(value) && type_is_integer(value->type);
}

/* char *p = "text": where the string lies, which for one that is computed is until the clause ends. */
static bool takes_address(const struct node *target, const struct node *value)
{
	return type_strip(target->type)->kind == TYPE_POINTER && type_is_strcompat(target->type) && type_strip(value->type)->kind == TYPE_STRING;
}

/* An inline that is more than a number, for which its value stands. */
static bool is_inline_value(struct sema *s, const struct node *target)
{
	const struct inline_def *inl = target->kind == NODE_IDENT ? names_get(&s->inlines, target->name) : NULL;

	return inl && !inl->has_params && !inl->constant;
}

static struct type *inline_written(struct sema *s, struct node *n)
{
	return sema_error(s, n, "D_OP_WRITE", NULL, "operator %s can only be applied to a writable variable: '%s' is inline", op_name(n), n->left->name);
}

struct type *check_assign(struct sema *s, struct node *n)
{
	struct node *target = n->left, *value = n->right;
	struct var *v;

	if (target->kind == NODE_AGG)
		return sema_error(s, n, "D_AGG_NULL", "make it a statement of its own",
				  "an aggregation may not be assigned within an expression");
	if (target->kind == NODE_ASSIGN && target->left->kind == NODE_AGG)
		return sema_error(s, n, "D_OP_LVAL", "an aggregation is assigned once in a statement", "operator %s requires a modifiable lvalue as an operand",
				  op_name(n));
	if (is_inline_value(s, target))
		return inline_written(s, n);
	check_expr(s, value);
	v = var_for_write(s, target);
	if (v) {
		n->type = define(s, n, v);
		if (type_is_poison(n->type) || !n->assign_op)
			return keep_alloca(s, n) ? n->type : poison(s, n);
	} else {
		check_expr(s, target);
	}
	if (target->var) {
		target->var->is_assigned = true;
		target->var->is_read |= n->assign_op != OP_NONE;
	}
	if (node_is_poison(target) || !check_target(s, n, target) || !check_value(s, n, value))
		return poison(s, n);
	if (type_is_function(target->type) || (type_strip(target->type)->kind == TYPE_ARRAY && !type_is_char_array(target->type)))
		return sema_error(s, n, "D_OP_ARRFUN", "assign its elements", "operator %s may not be applied to an operand of type %s", op_name(n),
				  sema_type_name(s, target));
	if (n->assign_op && !op_fits(s, n))
		return poison(s, n);
	if (!n->assign_op && !type_assignable(target->type, value) && !frees_string(target, value) && !takes_address(target, value))
		return sema_error(s, n, "D_OP_INCOMPAT", mismatch_hint(s, target->type, value, target),
				  "operands have incompatible types: %s = %s", sema_type_name(s, target), sema_type_name(s, value));
	return keep_alloca(s, n) ? (n->type = target->type) : poison(s, n);
}

struct type *check_incdec(struct sema *s, struct node *n)
{
	struct node *target = n->left;
	struct var *v = var_for_write(s, target);
	struct type *t, *p;

	if (is_inline_value(s, target))
		return inline_written(s, n);
	if (v)
		v->type = target->type = type_named(s->dtc, "int64_t");
	else
		check_expr(s, target);
	if (node_is_poison(target))
		return poison(s, n);
	t = target->type;
	p = type_strip(type_pointee(t));
	if (target->kind != NODE_AGG && !type_is_integer(t) && type_strip(t)->kind != TYPE_POINTER)
		return sema_error(s, n, "D_OP_SCALAR", NULL, "operator %s requires an operand of scalar type, not %s",
				  op_text(n->op), sema_type_name(s, target));
	if (p && (p->kind == TYPE_FUNCTION || p->kind == TYPE_VOID))
		return sema_error(s, n, "D_OP_VFPTR", NULL, "operator %s cannot be applied to %s", op_text(n->op), sema_type_name(s, target));
	if (!check_target(s, n, target))
		return poison(s, n);
	if (target->var)
		target->var->is_assigned = true;
	return n->type = t;
}
