// SPDX-License-Identifier: GPL-2.0
/* Expressions: literals, operators, conditions. Folds constants as it goes. */
#include <limits.h>
#include "sema.h"

bool node_is_poison(const struct node *n)
{
	return type_is_poison(n->type);
}

bool node_is_zero(const struct node *n)
{
	return n->is_const && !n->value;
}

/* The constant 0, which goes with pointers of all kinds. */
bool node_is_null(const struct node *n)
{
	return node_is_zero(n) && type_is_integer(n->type);
}

struct type *set_const(struct node *n, struct type *t, u64 value)
{
	n->type = t;
	n->is_const = true;
	n->value = value;
	return t;
}

/* The first type that holds it, of int, unsigned int, long, unsigned long; a decimal one is not unsigned int unasked. */
static struct type *literal_type(struct sema *s, const struct node *n)
{
	bool u = n->int_suffix & 1, wide = n->int_suffix & 6, any = n->int_suffix & 8;

	if (!wide && n->value <= INT_MAX && !u)
		return type_int(s->dtc, 4, true);
	if (!wide && n->value <= UINT_MAX && (u || any))
		return type_int(s->dtc, 4, false);
	return type_int(s->dtc, 8, !u && n->value <= LLONG_MAX);
}

/* -9223372036854775808 is a long: a decimal literal is not unsigned when it is negative. */
static struct type *negative_type(struct sema *s, const struct node *n)
{
	if (n->int_suffix & 9 || n->value != 1ULL << 63)
		return n->type;
	return type_int(s->dtc, 8, true);
}

struct type *check_condition(struct sema *s, struct node *n, const char *tag, const char *what)
{
	struct type *t = check_expr(s, n);

	if (type_is_poison(t) || type_is_scalar(t) || type_strip(t)->kind == TYPE_ARRAY)
		return t;
	return sema_error(s, n, tag, type_is_string(t) ? "compare it with a string, as in execname == \"sh\"" : NULL,
			  "%s must be of scalar type, not %s", what, sema_type_name(s, n));
}

static struct type *operand_error(struct sema *s, struct node *n, const char *tag, const char *want)
{
	bool two = n->kind != NODE_UNARY;
	const char *types = two ? mem_printf("%s and %s", sema_type_name(s, n->left), sema_type_name(s, n->right)) :
			    sema_type_name(s, n->left);

	return sema_error(s, n, tag, NULL, "operator %s requires %s of %s type, not %s",
			  op_text(n->op ? n->op : n->assign_op), two ? "operands" : "an operand", want, types);
}

static struct type *check_deref(struct sema *s, struct node *n)
{
	struct type *t = type_strip(n->left->type), *p = t->kind == TYPE_STRING ? s->ts->character : type_pointee(t);

	if (type_is_function(t))
		return sema_error(s, n, "D_DEREF_FUNC", NULL, "cannot dereference a function");
	if (!p)
		return sema_error(s, n, "D_DEREF_NONPTR", type_is_integer(t) ? "cast it to a pointer first: *(int *)x" : NULL,
				  "cannot dereference non-pointer type %s", sema_type_name(s, n->left));
	if (type_is_void(p))
		return sema_error(s, n, "D_DEREF_VOID", "cast it to a pointer to what is there",
				  "cannot dereference pointer to void");
	if (type_is_function(p))
		return sema_error(s, n, "D_DEREF_FUNC", NULL, "cannot dereference pointer to function");
	n->is_lvalue = t->kind != TYPE_STRING;
	n->is_user = n->left->is_user;
	return n->type = p;
}

static struct type *check_addrof(struct sema *s, struct node *n)
{
	struct node *l = n->left;

	if (l->kind == NODE_AGG || l->kind == NODE_VAR || (l->kind == NODE_INDEX && l->var) || l->kind == NODE_BUILTIN)
		if (l->kind != NODE_VAR || !type_is_sou(l->type))
			return sema_error(s, n, "D_ADDROF_VAR", NULL, "cannot take the address of %s",
					  l->kind == NODE_AGG ? "an aggregation" : "a variable of D");
	if (type_is_dyn(l->type))
		return operand_error(s, n, "D_OP_DYN", "known");
	if (l->kind == NODE_MEMBER && l->member && l->member->bits)
		return sema_error(s, n, "D_ADDROF_BITFIELD", NULL, "cannot take the address of bit-field %s", l->name);
	if (local_is_temporary(l))
		return sema_error(s, n, "D_ADDROF_LVAL", NULL, "'%s' has no address: it is in registers", local_is_temporary(l)->name);
	if (!l->is_lvalue)
		return sema_error(s, n, "D_ADDROF_LVAL", NULL, "operator & needs something that has an address");
	n->is_user = l->is_user;
	return n->type = type_pointer_to(s->dtc, l->type);
}

static struct type *check_unary(struct sema *s, struct node *n)
{
	struct type *t;
	bool is_part;

	if (n->op == OP_INC || n->op == OP_DEC)
		return check_incdec(s, n);
	if (n->op == OP_ADDROF && n->left->kind == NODE_SYMBOL && !n->left->type)
		check_symbol_as(s, n->left, s->ts->void_type);
	is_part = s->wanted == n;
	t = n->op == OP_DEREF ? check_pointed(s, n->left) : check_expr(s, n->left);
	if (type_is_poison(t))
		return poison(s, n);
	switch (n->op) {
	case OP_DEREF:
		t = check_deref(s, n);
		if (n->left->kind == NODE_LOCAL && n->left->local->is_partial && !is_part && !type_is_poison(t))
			return local_whole(s, n, n->left, 0, type_strip(t)->size * 8);
		return t;
	case OP_ADDROF:
		return check_addrof(s, n);
	case OP_LNOT:
		if (!type_is_scalar(t) && !type_is_pointer(t))
			return operand_error(s, n, "D_OP_SCALAR", "scalar");
		n->type = type_int(s->dtc, 4, true);
		break;
	case OP_BNOT:
		if (!type_is_integer(t))
			return operand_error(s, n, "D_OP_INT", "integral");
		n->type = type_int_promote(s->dtc, t);
		break;
	default:
		if (!type_is_arith(t))
			return operand_error(s, n, "D_OP_ARITH", "arithmetic");
		n->type = n->op == OP_NEG && n->left->kind == NODE_INT ? negative_type(s, n->left) : type_int_promote(s->dtc, t);
	}
	fold_unary(n);
	return n->type;
}

static bool is_vfptr(struct type *t)
{
	struct type *p = type_strip(type_pointee(t));

	return p && (p->kind == TYPE_VOID || p->kind == TYPE_FUNCTION);
}

static struct type *incompatible(struct sema *s, struct node *n, enum op op, struct node *l, struct node *r)
{
	const char *hint = NULL;

	if (op == OP_ADD && (type_is_string(l->type) || type_is_string(r->type)))
		hint = "strings are joined by strjoin()";
	else if (aggregation_hint(l) || aggregation_hint(r))
		hint = aggregation_hint(aggregation_hint(l) ? l : r);
	else if (is_vfptr(l->type) || is_vfptr(r->type))
		hint = "cast it to a pointer to what is there, as in (char *)p";
	else if (type_is_pointer(l->type) != type_is_pointer(r->type) && (type_is_integer(l->type) || type_is_integer(r->type)))
		hint = "cast one to the type of the other, as in (uintptr_t)p";
	else if (type_is_string(l->type) != type_is_string(r->type) &&
		 (type_is_pointer(l->type) || type_is_pointer(r->type)))
		hint = "a pointer to kernel memory is made a string by stringof(), to user memory by copyinstr()";
	return sema_error(s, n, "D_OP_INCOMPAT", hint, "operands have incompatible types: %s %s %s",
			  sema_type_name(s, l), op_text(op), sema_type_name(s, r));
}

static bool pointer_base_ok(struct node *n)
{
	struct type *p = type_strip(type_pointee(n->type));

	return p && p->size;
}

static struct type *additive(struct sema *s, struct node *n, enum op op, struct node *l, struct node *r)
{
	struct type *lt = l->type, *rt = r->type, *e;

	if (type_is_arith(lt) && type_is_arith(rt))
		return type_promote(s->dtc, lt, rt);
	if (type_is_pointer(lt) && type_is_pointer(rt)) {
		if (op == OP_ADD || !type_is_compatible_pointer(lt, rt))
			return incompatible(s, n, op, l, r);
		return type_int(s->dtc, 8, true);
	}
	if (n->kind == NODE_ASSIGN && !type_is_string(lt) && !type_is_string(rt) && (!type_is_pointer(lt) || is_vfptr(lt)))
		return sema_error(s, n, "D_OP_VFPTR", NULL, "operator %s= requires a left-hand operand that is an integer as the other, or a pointer to what has a size, not %s",
				  op_text(op), sema_type_name(s, l));
	if (is_vfptr(lt) || is_vfptr(rt) ||
	    (!(type_is_pointer(lt) && type_is_integer(rt)) && !(op == OP_ADD && type_is_integer(lt) && type_is_pointer(rt))))
		return incompatible(s, n, op, l, r);
	if (!type_is_pointer(lt)) {
		lt = rt;
		l = r;
	}
	if (!pointer_base_ok(l))
		return sema_error(s, n, "D_OP_VFPTR", NULL, "operator %s cannot be applied to %s: what it points to has no size",
				  op_text(op), sema_type_name(s, l));
	e = type_pointee(lt);
	return type_strip(lt)->kind == TYPE_ARRAY ? type_pointer_to(s->dtc, e) : lt;
}

static struct type *relation(struct sema *s, struct node *n, enum op op, struct node *l, struct node *r)
{
	struct type *lt = l->type, *rt = r->type;
	bool string = type_is_string(lt) || type_is_string(rt);
	bool fits;

	if (string)
		fits = (type_is_strcompat(lt) && type_is_strcompat(rt)) ||
		       ((op == OP_EQ || op == OP_NE) && (node_is_zero(l) || node_is_zero(r)));	/* nothing was found */
	else if (type_is_arith(lt) && type_is_arith(rt))
		fits = true;
	else if (type_is_symbol(lt) || type_is_symbol(rt))
		fits = false;
	else if (type_is_pointer(lt) && type_is_pointer(rt))
		fits = type_is_compatible_pointer(lt, rt);
	else
		fits = (type_is_pointer(lt) && node_is_null(r)) || (node_is_null(l) && type_is_pointer(rt));
	return fits ? type_int(s->dtc, 4, true) : incompatible(s, n, op, l, r);
}

static bool logical_operand(struct type *t)
{
	return type_is_scalar(t) || type_strip(t)->kind == TYPE_ARRAY;
}

/* The type of `l op r`, for NODE_BINARY and for the op of `l op= r`. Both are checked and without error. */
struct type *binary_type(struct sema *s, struct node *n, enum op op, struct node *l, struct node *r)
{
	struct type *lt = l->type, *rt = r->type;

	switch (op) {
	case OP_ADD:
	case OP_SUB:
		return additive(s, n, op, l, r);
	case OP_MUL:
	case OP_DIV:
		if (!type_is_arith(lt) || !type_is_arith(rt))
			return operand_error(s, n, "D_OP_ARITH", "arithmetic");
		return type_promote(s->dtc, lt, rt);
	case OP_SHL:
	case OP_SHR:
		if (!type_is_integer(lt) || !type_is_integer(rt))
			return operand_error(s, n, "D_OP_INT", "integral");
		return type_int_promote(s->dtc, lt);
	case OP_MOD:
	case OP_BAND:
	case OP_BOR:
	case OP_BXOR:
		if (!type_is_integer(lt) || !type_is_integer(rt))
			return operand_error(s, n, "D_OP_INT", "integral");
		return type_promote(s->dtc, lt, rt);
	case OP_LAND:
	case OP_LOR:
	case OP_LXOR:
		if (!logical_operand(lt) || !logical_operand(rt))
			return operand_error(s, n, "D_OP_SCALAR", "scalar");
		return type_int(s->dtc, 4, true);
	case OP_COMMA:
		return rt;
	default:
		return relation(s, n, op, l, r);
	}
}

/* An enumerator's name against an expression of its enum: `state == RUNNING`. */
static void enumerator_for(struct sema *s, struct node *n, struct type *t)
{
	const char *other;
	size_t i;

	t = type_strip(t);
	if (!t || t->kind != TYPE_ENUM || n->kind != NODE_IDENT || !n->name || names_get(&s->enumerators, n->name))
		return;
	for (i = 0; i < t->nenums; i++) {
		const struct enumerator *e = &t->enums[i];

		if (e->name[0] == n->name[0] && !__builtin_strcmp(e->name, n->name)) {
			other = names_get(&s->vars[SCOPE_GLOBAL], n->name) ? "variable" : names_get(&s->inlines, n->name) ? "inline" : NULL;
			if (other) {
				sema_error(s, n, "D_IDENT_AMBIG", "rename the one of the script", "'%s' is an enumerator of %s and a global %s", n->name,
					   type_name(s->dtc, t, NULL), other);
				return;
			}
			n->kind = NODE_INT;
			n->value = (u64)e->value;
			n->type = t;
			n->is_const = true;
		}
	}
}

static bool is_action(const struct node *n)
{
	return n->kind == NODE_CALL && n->func && n->func->kind == FUNC_ACTION;
}

/* Actions are statements; those with a result stand as arguments too. */
bool action_misplaced(struct sema *s, struct node *n)
{
	if (!is_action(n) || node_is_poison(n))
		return false;
	sema_error(s, n, "D_CG_EXPR", "make it a statement of its own", "%s( ) may not be called from a D expression", n->func->name);
	return true;
}

static struct type *check_comma(struct sema *s, struct node *n)
{
	struct node *l = n->left, *r = n->right;

	if (node_is_poison(l) || node_is_poison(r))
		return poison(s, n);
	if (type_is_dyn(l->type) || type_is_dyn(r->type))
		return sema_error(s, n, "D_OP_DYN", NULL, "operator , operands cannot be of dynamic type: %s", sema_type_name(s, type_is_dyn(l->type) ? l : r));
	if (is_action(l) || is_action(r))
		return sema_error(s, n, "D_OP_ACT", "make each a statement, with ;", "operator , operands cannot be actions: %s( )", (is_action(l) ? l : r)->func->name);
	return n->type = r->type;
}

/* A chain of one operator (a + b + c ...) is deep on the left: it is walked without recursion. */
static struct type *check_binary_one(struct sema *s, struct node *n)
{
	struct type *t;

	if (n->left->type)
		enumerator_for(s, n->right, n->left->type);
	check_expr(s, n->right);
	if (n->op == OP_COMMA)
		return check_comma(s, n);
	if (node_is_poison(n->left) || node_is_poison(n->right))
		return poison(s, n);
	t = binary_type(s, n, n->op, n->left, n->right);
	if (type_is_poison(t))
		return t;
	n->type = t;
	return fold_binary(s, n) ? n->type : poison(s, n);
}

static struct type *check_binary(struct sema *s, struct node *n)
{
	struct node *up[PARSE_DEPTH_MAX + 1];
	size_t depth = 0;

	while (n->kind == NODE_BINARY && depth < PARSE_DEPTH_MAX) {
		up[depth++] = n;
		n = n->left;
	}
	if (n->kind == NODE_IDENT && !names_get(&s->vars[SCOPE_GLOBAL], n->name) && up[depth - 1]->op >= OP_EQ && up[depth - 1]->op <= OP_GE) {	/* RUNNING == x->state */
		check_expr(s, up[depth - 1]->right);
		enumerator_for(s, n, up[depth - 1]->right->type);
	}
	check_expr(s, n);
	while (depth)
		check_binary_one(s, up[--depth]);
	return up[0]->type;
}

/* Whether nothing but numbers is in it, so that its type counts even where it is not chosen. */
static bool is_of_literals(const struct node *n)
{
	switch (n->kind) {
	case NODE_INT:
		return true;
	case NODE_UNARY:
	case NODE_CAST:
		return is_of_literals(n->left);
	case NODE_BINARY:
		return is_of_literals(n->left) && is_of_literals(n->right);
	case NODE_COND:
		return is_of_literals(n->left) && is_of_literals(n->right) && is_of_literals(n->third);
	default:
		return false;
	}
}

static struct type *check_cond(struct sema *s, struct node *n)
{
	struct node *a = n->right, *b = n->third;
	struct type *t = NULL;

	check_condition(s, n->left, "D_OP_SCALAR", "operand of ?:");
	if (n->left->is_const && type_is_integer(n->left->type)) {	/* DEBUG ? printf("x") : 1; is one or the other */
		struct node *chosen = n->left->value ? a : b;

		check_expr(s, chosen);
		if (!type_is_arith(chosen->type) || !is_of_literals(chosen == a ? b : a)) {
			node_replace(n, chosen);
			return n->type;
		}
	}
	check_expr(s, a);
	check_expr(s, b);
	if (node_is_poison(a) || node_is_poison(b) || node_is_poison(n->left))
		return poison(s, n);
	if (type_is_dyn(a->type) || type_is_dyn(b->type))
		return sema_error(s, n, "D_OP_DYN", NULL, "operator ?: operands cannot be of dynamic type: %s", sema_type_name(s, type_is_dyn(a->type) ? a : b));
	if (is_action(a) || is_action(b))
		return sema_error(s, n, "D_OP_ACT", "write if (...) { ... } else { ... }", "an action cannot be used in a conditional context");
	if (type_is_arith(a->type) && type_is_arith(b->type))
		t = type_promote(s->dtc, a->type, b->type);
	else if ((type_is_string(a->type) || type_is_string(b->type)) &&
		 (type_is_strcompat(a->type) || node_is_zero(a)) && (type_is_strcompat(b->type) || node_is_zero(b)))
		t = s->ts->string;
	else if (type_is_pointer(a->type) && (type_is_compatible_pointer(a->type, b->type) || node_is_null(b)))
		t = a->type;
	else if (type_is_pointer(b->type) && node_is_null(a))
		t = b->type;
	else if (type_is_void(a->type) && type_is_void(b->type))
		t = a->type;
	else if (type_is_sou(a->type) && type_equal(a->type, b->type))
		t = a->type;
	if (!t)
		return sema_error(s, n, "D_OP_INCOMPAT", NULL, "operator ?: operands have incompatible types: %s and %s",
				  sema_type_name(s, a), sema_type_name(s, b));
	n->type = t;
	fold_cond(n);
	alloca_agree(s, n, alloca_of(a), alloca_of(b));
	return n->type;
}

struct type *check_expr(struct sema *s, struct node *n)
{
	if (n->type)
		return n->type;
	switch (n->kind) {
	case NODE_INT:
		return set_const(n, literal_type(s, n), n->value);
	case NODE_STRING:
		return n->type = s->ts->string;
	case NODE_IDENT:
		return check_ident(s, n);
	case NODE_SCOPED:
		return check_scoped(s, n);
	case NODE_SYMBOL:
		return check_symbol(s, n);
	case NODE_MACRO:
		return check_macro(s, n);
	case NODE_AGG:
		return check_agg_use(s, n);
	case NODE_CALL:
		return check_call(s, n);
	case NODE_INDEX:
		return check_index(s, n);
	case NODE_MEMBER:
		return check_member(s, n);
	case NODE_UNARY:
		return check_unary(s, n);
	case NODE_BINARY:
		return check_binary(s, n);
	case NODE_ASSIGN:
		return check_assign(s, n);
	case NODE_COND:
		return check_cond(s, n);
	case NODE_CAST:
		return check_cast(s, n);
	case NODE_SIZEOF:
		return check_sizeof(s, n);
	case NODE_OFFSETOF:
		return check_offsetof(s, n);
	case NODE_STRINGOF:
		return check_stringof(s, n);
	case NODE_XLATE:
		return check_xlate(s, n);
	default:
		return poison(s, n);
	}
}
