/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Variables: reading, assigning, ++ and --.
 *
 * Globals are static C variables. this-> variables are members of a struct on
 * the stack of the firing, strings behind a pointer. self-> scalars are members
 * of the thread's block, which is looked up once a clause (dtc_self_get) and
 * made when a value other than 0 is stored (dtc_self_make). Elements of
 * associative arrays are copied in and out of the runtime's table; storing 0
 * frees them. An assignment evaluates its right side first.
 */
#include <string.h>
#include "emitter.h"

const char *var_name(const struct var *v)
{
	switch (v->scope) {
	case SCOPE_SELF:
		return mem_printf("v_%s", v->name);
	case SCOPE_THIS:
		return mem_printf("t->v_%s", v->name);
	default:
		return mem_printf("g_%s", v->name);
	}
}

static bool is_string(struct type *t)
{
	return type_strip(t)->kind == TYPE_STRING;
}

static bool is_plain(struct type *t)
{
	return type_is_scalar(t) && type_strip(t)->kind != TYPE_ARRAY;
}

static const char *wide(struct type *t)
{
	return is_signed(t) ? "dtc_s64" : "dtc_u64";
}

static const char *self_get(struct emitter *e)
{
	const char *t = emit_temp(e);

	emit_line(e, "struct dtc_self_vars *%s = dtc_self_get(c, &self);", t);
	return t;
}

struct val emit_var(struct emitter *e, struct node *n)
{
	const struct var *v = n->var;
	const char *name = var_name(v);

	if (v->scope == SCOPE_SELF) {
		const char *p = self_get(e);
		if (is_string(v->type))
			return val_str(mem_printf("(%s ? %s->%s : \"\")", p, p, name), false);
		if (!is_plain(v->type)) {
			e->zeros = type_strip(v->type)->size > e->zeros ? type_strip(v->type)->size : e->zeros;
			return (struct val){ .kind = VAL_MEM, .text = mem_printf("(dtc_u64)(%s ? %s->%s : dtc_zeros)", p, p, name) };
		}
		return val_int(mem_printf("(%s)(%s ? %s->%s : 0)", wide(v->type), p, p, name), false, true);
	}
	if (is_string(v->type))
		return val_str(v->scope == SCOPE_THIS ? mem_printf("dtc_this_string(%s)", name) : name, false);
	if (!is_plain(v->type))
		return (struct val){ .kind = VAL_MEM, .text = mem_printf("(dtc_u64)%s", name), .is_stable = true };
	if (type_bytes(v->type) == 8)
		return val_int(name, false, true);
	return val_int(mem_printf("(%s)%s", wide(v->type), name), false, true);
}

/* --- parts of a value that is kept whole --- */

/*
 * An element of an associative array of which a part is written, or a
 * translated value whose members are: it lies in scratch memory meanwhile.
 */
struct held {
	const struct node *node;
	const char *text;	/* its address; NULL: not there yet */
	struct key key;
	struct held *next;
};

/* Nodes are copied (store_bits), their children are not. */
static bool is_same(const struct node *a, const struct node *b)
{
	return a->kind == b->kind && a->left == b->left && a->list == b->list && a->value == b->value;
}

static struct held *held_find(struct emitter *e, const struct node *n)
{
	struct held *h = e->held;

	while (h && !is_same(h->node, n))
		h = h->next;
	return h;
}

struct val emit_held(struct emitter *e, struct node *n)
{
	struct held *h = held_find(e, n);

	return (struct val){ .kind = VAL_MEM, .text = h && h->text ? h->text : "0", .is_stable = true };
}

/* --- associative arrays --- */

/* Loads element `k` of n's array into a new temporary. */
static struct val element_load(struct emitter *e, struct node *n, struct key k)
{
	const struct var *v = n->left->var;
	const char *t = emit_temp(e);

	if (is_string(v->type)) {
		emit_line(e, "char *%s = dtc_alloca(c, %u);", t, e->strsize);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		emit_line(e, "dtc_dyn_load(c, %u, %s, %s, %s, %u);", v->offset, k.name, k.words, t, e->strsize);
		return val_str(t, true);
	}
	if (!is_plain(v->type)) {
		u64 size = type_strip(v->type)->size;
		emit_line(e, "char *%s = dtc_alloca(c, %llu);", t, (unsigned long long)size);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		emit_line(e, "dtc_dyn_load(c, %u, %s, %s, %s, %llu);", v->offset, k.name, k.words, t, (unsigned long long)size);
		return (struct val){ .kind = VAL_MEM, .text = mem_printf("(dtc_u64)%s", t), .is_stable = true };
	}
	emit_line(e, "%s %s;", ctype(v->type), t);
	emit_line(e, "dtc_dyn_load(c, %u, %s, %s, &%s, sizeof(%s));", v->offset, k.name, k.words, t, t);
	return val_int(mem_printf("(%s)%s", wide(v->type), t), true, true);
}

static struct key element_key(struct emitter *e, struct node *n)
{
	return emit_key(e, n->list, NULL, n->left->var->scope == SCOPE_SELF, false);
}

struct val emit_element(struct emitter *e, struct node *n)
{
	struct held *h = held_find(e, n);
	struct val v;

	if (!h)
		return element_load(e, n, element_key(e, n));
	if (!h->text) {
		h->key = element_key(e, n);
		v = element_load(e, n, h->key);
		h->text = v.text;
	}
	return emit_held(e, n);
}

/* Stores t, a temporary of the element's storage type or a string. */
static void element_store(struct emitter *e, struct node *n, struct key k, const char *t, struct val v)
{
	const struct var *var = n->left->var;
	bool string = is_string(var->type);

	if (v.is_const && !v.value) {
		emit_line(e, "dtc_dyn_free(c, %u, %s, %s);", var->offset, k.name, k.words);
		return;
	}
	if (!v.is_const)
		emit_line(e, "if (!%s%s) dtc_dyn_free(c, %u, %s, %s); else", string ? "*" : "", t, var->offset, k.name, k.words);
	emit_line(e, "dtc_dyn_store(c, %u, %s, %s, %s%s, %s);", var->offset, k.name, k.words, string ? "" : "&", t,
		  string ? mem_printf("%u", e->strsize) : mem_printf("sizeof(%s)", t));
}

/* --- writing parts of it --- */

/* The element that the target is a part of, or NULL. */
static struct node *element_of_part(struct node *n)
{
	bool part = false;

	while ((n->kind == NODE_MEMBER && !n->is_arrow) || (n->kind == NODE_INDEX && !n->var && type_strip(n->left->type)->kind == TYPE_ARRAY)) {
		n = n->left;
		part = true;
	}
	return part && n->kind == NODE_INDEX && n->var && n->var->is_assoc ? n : NULL;
}

/* An assignment or ++ on a part of `element`, which is read when it is first needed and stored when all is done. */
static struct val write_part(struct emitter *e, struct node *n, struct node *element, emit_fn write)
{
	struct held h = { .node = element, .next = e->held };
	struct val v;

	e->held = &h;
	v = emit_spill(e, write(e, n), n->type);
	e->held = h.next;
	if (h.text)
		emit_line(e, "dtc_dyn_store(c, %u, %s, %s, (void *)%s, %llu);", element->left->var->offset, h.key.name, h.key.words, h.text,
			  (unsigned long long)type_strip(element->left->var->type)->size);
	return v;
}

/* A translated value as a whole: xlate.c has made an assignment to each member. */
struct val emit_xlate(struct emitter *e, struct node *n)
{
	struct held h = { .node = n->right, .next = e->held };
	u64 size = type_strip(n->right->type)->size;
	const char *t = emit_temp(e);

	emit_line(e, "char *%s = dtc_alloca(c, %llu);", t, (unsigned long long)size);
	emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
	emit_line(e, "__builtin_memset(%s, 0, %llu);", t, (unsigned long long)size);
	h.text = mem_printf("(dtc_u64)%s", t);
	e->held = &h;
	for (struct node *m = n->list; m; m = m->next)
		emit_expr(e, m);
	e->held = h.next;
	if (type_is_sou(n->type))
		return (struct val){ .kind = VAL_MEM, .text = h.text, .is_stable = true };
	return val_int(h.text, true, true);
}

/* --- assignment --- */

static void assign_string(struct emitter *e, struct node *target, struct val v)
{
	const struct var *var = target->var;
	const char *name = var_name(var);

	if (var->scope == SCOPE_SELF) {
		const char *p = emit_temp(e);
		bool empty = v.lit && !v.lit_len;
		emit_line(e, "struct dtc_self_vars *%s = dtc_self_%s(c, &self);", p, empty ? "get" : "make");
		emit_line(e, "if (%s) dtc_strcpy(%s->%s, %s, %u);", p, p, name, v.text, e->strsize);
		return;
	}
	if (var->scope == SCOPE_THIS)
		emit_line(e, "if (!%s) DTC_FAULT(c, %d, 0, %u);", name, DTC_FAULT_NOSCRATCH, emit_position(e, target));
	emit_line(e, "dtc_strcpy(%s, %s, %u);", name, v.text, e->strsize);
}

/* `text` is the value in the storage type of the target. */
static void assign_self(struct emitter *e, struct node *target, const char *text, struct val v)
{
	const char *p = emit_temp(e), *name = var_name(target->var);

	if (v.is_const)
		emit_line(e, "struct dtc_self_vars *%s = dtc_self_%s(c, &self);", p, v.value ? "make" : "get");
	else
		emit_line(e, "struct dtc_self_vars *%s = %s ? dtc_self_make(c, &self) : dtc_self_get(c, &self);", p, text);
	emit_line(e, "if (%s) %s->%s = %s;", p, p, name, text);
}

/* --- memory --- */

static const struct node *base_var(const struct node *n)
{
	while (n->kind == NODE_MEMBER || n->kind == NODE_INDEX)
		n = n->left;
	return n;
}

/*
 * The address of `size` bytes that may be written, at `n` with `offset` bytes
 * past it: in a variable of the script, or found to be in its memory when it
 * runs. `opened`: the caller closes a brace after what it writes.
 */
static const char *own_address(struct emitter *e, struct node *at, struct node *n, u64 offset, u64 size, bool *opened)
{
	const char *t = emit_temp(e);

	*opened = false;
	if (is_own_memory(n)) {
		if (base_var(n)->var->scope == SCOPE_SELF) {
			emit_line(e, "if (dtc_self_make(c, &self)) {");
			*opened = true;
		}
		emit_line(e, "dtc_u64 %s = %s + %llu;", t, emit_address(e, n), (unsigned long long)offset);
		return t;
	}
	emit_line(e, "dtc_u64 %s = %s + %llu;", t, emit_address(e, n), (unsigned long long)offset);
	emit_own_check(e, at, t, mem_printf("%llu", (unsigned long long)size));
	return t;
}

static void store_memory(struct emitter *e, struct node *target, const char *t)
{
	bool opened;
	const char *p = own_address(e, target, target, 0, type_bytes(target->type), &opened);

	emit_line(e, "*(%s *)%s = %s;", ctype(target->type), p, t);
	if (opened)
		emit_line(e, "}");
}

static struct val store_bits(struct emitter *e, struct node *target, const char *t)
{
	unsigned unit, shift, bits = target->member->bits;
	u64 byte, mask = bits < 64 ? (1ull << bits) - 1 : ~0ull;
	bool opened;

	bits_place(target, &unit, &byte, &shift);
	struct node whole = *target->left;
	if (target->is_arrow)
		whole = (struct node){ .kind = NODE_UNARY, .op = OP_DEREF, .loc = target->loc, .left = target->left, .type = type_strip(target->left->type)->ref };
	const char *a = own_address(e, target, &whole, byte, unit / 8, &opened), *p = emit_temp(e);
	emit_line(e, "dtc_u%u *%s = (void *)%s;", unit, p, a);
	emit_line(e, "*%s = (*%s & ~(0x%llxull << %u)) | ((dtc_u64)%s & 0x%llxull) << %u;", p, p, (unsigned long long)mask, shift, t,
		  (unsigned long long)mask, shift);
	if (opened)
		emit_line(e, "}");
	return val_int(mem_printf("((%s)((dtc_u64)%s << %u) >> %u)", wide(target->type), t, 64 - bits, 64 - bits), true, true);
}

static bool is_element(const struct node *n)
{
	return n->kind == NODE_INDEX && n->left->kind == NODE_VAR && n->left->var->is_assoc;
}

/* Puts a scalar into the target and returns it as stored. */
static struct val store(struct emitter *e, struct node *target, struct type *vtype, struct val v, const struct key *k)
{
	struct type *type = target->type;
	const char *t = emit_temp(e);

	emit_line(e, "%s %s = %s%s;", ctype(type), t, val_as(v, vtype, is_signed(type)), type_strip(type)->is_bool ? " != 0" : "");
	struct val stored = val_int(type_bytes(type) == 8 ? t : mem_printf("(%s)%s", wide(type), t), true, true);
	if (is_element(target))
		element_store(e, target, *k, t, v);
	else if (target->kind == NODE_VAR && target->var->scope == SCOPE_SELF)
		assign_self(e, target, t, v);
	else if (target->kind == NODE_VAR)
		emit_line(e, "%s = %s;", var_name(target->var), t);
	else if (target->kind == NODE_MEMBER && target->member && target->member->bits)
		return store_bits(e, target, t);
	else
		store_memory(e, target, t);
	return stored;
}

/* A string into a char array or a string member, cut to its size. */
static struct val store_string(struct emitter *e, struct node *n, struct val v)
{
	u64 size = type_strip(n->left->type)->size;
	bool opened;
	const char *p = own_address(e, n, n->left, 0, size, &opened);

	emit_line(e, "dtc_strcpy((char *)%s, %s, %llu);", p, v.text, (unsigned long long)size);
	if (opened)
		emit_line(e, "}");
	return v;
}

/* A structure or an array, by value. */
static struct val assign_whole(struct emitter *e, struct node *n)
{
	struct node *target = n->left;
	u64 size = type_strip(target->type)->size;
	struct val v = emit_spill(e, emit_expr(e, n->right), n->right->type);
	const char *from = is_own_memory(n->right) ? v.text : emit_readable(e, n->right, v.text, mem_printf("%llu", (unsigned long long)size));
	u32 pos = emit_position(e, n);

	if (is_element(target)) {
		struct key k = element_key(e, target);
		const char *t = emit_temp(e);
		emit_line(e, "char *%s = dtc_alloca(c, %llu);", t, (unsigned long long)size);
		emit_line(e, "if (!%s || dtc_load_bytes(c, %s, %s, %llu)) DTC_RAISE(c, %u);", t, t, from, (unsigned long long)size, pos);
		emit_line(e, "dtc_dyn_store(c, %u, %s, %s, %s, %llu);", target->left->var->offset, k.name, k.words, t, (unsigned long long)size);
		return (struct val){ .kind = VAL_MEM, .text = mem_printf("(dtc_u64)%s", t), .is_stable = true };
	}
	bool opened;
	const char *p = own_address(e, n, target, 0, size, &opened);
	emit_line(e, "if (dtc_load_bytes(c, (void *)%s, %s, %llu)) DTC_RAISE(c, %u);", p, from, (unsigned long long)size, pos);
	if (opened)
		emit_line(e, "}");
	return (struct val){ .kind = VAL_MEM, .text = opened ? emit_address(e, target) : p };
}

/* What the target of += has before the right side, which may change it. An element that is written in part is read again after that. */
static struct val value_before(struct emitter *e, struct node *target, struct key *k)
{
	struct held *held = e->held;
	struct val old;

	if (is_element(target)) {
		*k = element_key(e, target);
		return emit_spill(e, element_load(e, target, *k), target->type);
	}
	if (element_of_part(target))
		e->held = held->next;
	old = emit_spill(e, emit_expr(e, target), target->type);
	e->held = held;
	return old;
}

static struct val assign(struct emitter *e, struct node *n)
{
	struct node *target = n->left;

	if (is_string(target->type)) {
		struct val v = emit_spill(e, emit_string_or_null(e, n->right), n->right->type);
		if (target->kind != NODE_VAR && !is_element(target))
			return store_string(e, n, v);
		if (!is_element(target)) {
			assign_string(e, target, v);
			return emit_var(e, target);
		}
		/* the table copies strsize bytes: from room that has them */
		const char *t = emit_temp(e);
		emit_line(e, "char *%s = dtc_alloca(c, %u);", t, e->strsize);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		emit_line(e, "dtc_strcpy(%s, %s, %u);", t, v.text, e->strsize);
		element_store(e, target, element_key(e, target), t, val_str(t, true));
		return val_str(t, true);
	}
	if (type_strip(target->type)->kind == TYPE_ARRAY && type_is_string(target->type) && !is_element(target) && !type_equal(target->type, n->right->type))
		return store_string(e, n, emit_spill(e, emit_string_or_null(e, n->right), n->right->type));
	if (!is_plain(target->type))
		return assign_whole(e, n);
	struct key k = { 0 };
	struct val old = { 0 };
	bool old_first = n->assign_op != OP_NONE && node_assigns(n->right);
	if (old_first)
		old = value_before(e, target, &k);
	struct val v = emit_expr(e, n->right);
	struct type *vtype = n->right->type;
	if (v.kind == VAL_STR)
		v = val_int(mem_printf("(dtc_u64)%s", v.text), false, true);
	if (is_element(target)) {
		v = emit_spill(e, v, vtype);
		if (!old_first)
			k = element_key(e, target);
	}
	if (n->assign_op != OP_NONE) {
		v = emit_spill(e, v, vtype);
		if (!old_first)
			old = is_element(target) ? element_load(e, target, k) : emit_expr(e, target);
		struct type *type = type_is_pointer(target->type) ? target->type :
				    n->assign_op == OP_SHL || n->assign_op == OP_SHR ? target->type :
				    type_promote(e->dtc, target->type, vtype);
		v = emit_arith(e, n, n->assign_op, type, target->type, old, vtype, v);
		vtype = type;
	}
	return store(e, target, vtype, v, &k);
}

struct val emit_assign(struct emitter *e, struct node *n)
{
	struct node *element;

	if (n->left->kind == NODE_AGG) {
		emit_aggregation(e, n);
		return (struct val){ .kind = VAL_VOID, .text = "0" };
	}
	element = element_of_part(n->left);
	return element ? write_part(e, n, element, assign) : assign(e, n);
}

static struct val incdec(struct emitter *e, struct node *n)
{
	struct node *target = n->left;
	struct type *type = target->type;
	struct key k = { 0 };
	struct val old;

	if (is_element(target)) {
		k = element_key(e, target);
		old = element_load(e, target, k);
	} else {
		old = emit_spill(e, emit_expr(e, target), type);
	}
	struct type *one = type_int(e->dtc, 8, is_signed(type));
	struct val v = emit_arith(e, n, n->op == OP_INC ? OP_ADD : OP_SUB, type, type, old, one, val_const(one, 1));
	struct val stored = store(e, target, type, v, &k);
	return n->is_postfix ? old : stored;
}

struct val emit_incdec(struct emitter *e, struct node *n)
{
	struct node *element = element_of_part(n->left);

	return element ? write_part(e, n, element, incdec) : incdec(e, n);
}

/* --- declarations --- */

static void member(struct text *c, const struct var *v, u32 strsize, bool by_pointer)
{
	if (is_string(v->type) && by_pointer)
		text_add(c, "\tchar *v_%s;\n", v->name);
	else if (is_string(v->type))
		text_add(c, "\tchar v_%s[%u];\n", v->name, strsize);
	else if (is_plain(v->type))
		text_add(c, "\t%s v_%s;\n", ctype(v->type), v->name);
	else
		text_add(c, "\tchar v_%s[%llu] __attribute__((aligned(8)));\n", v->name, (unsigned long long)type_strip(v->type)->size);
}

/* What pointers may write to: scratch, structures and arrays of the script's variables; never a string's end or a pointer to one. */
static void emit_own_vars(struct emitter *e, struct text *c, enum scope scope, const char *prefix)
{
	for (struct var *v = e->unit->vars; v; v = v->next)
		if (v->scope == scope && !v->is_assoc && type_strip(v->type)->kind != TYPE_DYN && !is_plain(v->type) && !is_string(v->type))
			text_add(c, "\tif (dtc_within(at, n, %s_%s, sizeof(%s_%s)))\n\t\treturn 1;\n", prefix, v->name, prefix, v->name);
}

static void emit_own(struct emitter *e, struct text *c, bool this)
{
	text_add(c, "static DTC_CLAUSE int dtc_own(struct dtc_ctx *c, dtc_u64 at, dtc_u64 n)\n{\n");
	if (e->self_size)
		text_add(c, "\tstruct dtc_self_vars *s = c->self;\n");
	text_add(c, "\tif (dtc_in_scratch(c, at, n))\n\t\treturn 1;\n");
	emit_own_vars(e, c, SCOPE_GLOBAL, "g");
	if (e->self_size) {
		text_add(c, "\tif (!s)\n\t\treturn 0;\n");
		emit_own_vars(e, c, SCOPE_SELF, "s->v");
	}
	text_add(c, "\treturn 0;\n}\n");
	if (!this)
		return;
	text_add(c, "static DTC_CLAUSE int dtc_own_this(struct dtc_this *t, dtc_u64 at, dtc_u64 n)\n{\n\t(void)t; (void)at; (void)n;\n");
	emit_own_vars(e, c, SCOPE_THIS, "t->v");
	text_add(c, "\treturn 0;\n}\n");
}

/* Faults unless the script may write `size` bytes at `address`, both C. */
void emit_own_check(struct emitter *e, const struct node *at, const char *address, const char *size)
{
	const char *this = e->cur->uses_this ? mem_printf(" && !dtc_own_this(t, %s, %s)", address, size) : "";

	e->uses_own = true;
	emit_line(e, "if (!dtc_own(c, %s, %s)%s) {", address, size, this);
	emit_line(e, "\tif (dtc_in_scratch(c, %s, 1)) DTC_FAULT(c, %d, %s, %u);", address, DTC_FAULT_BADSIZE, size, emit_position(e, at));
	emit_line(e, "\tDTC_FAULT(c, %d, %s, %u);", DTC_FAULT_BADADDR, address, emit_position(e, at));
	emit_line(e, "}");
}

const char *emit_readable(struct emitter *e, const struct node *at, const char *address, const char *size)
{
	const char *t;

	if (!e->has_scratch)
		return address;
	t = emit_temp(e);
	emit_line(e, "const dtc_u64 %s = %s;", t, address);
	emit_line(e, "if (dtc_past_scratch(c, %s, %s)) DTC_RAISE(c, %u);", t, size, emit_position(e, at));
	return t;
}

static void emit_struct(struct emitter *e, struct text *c, enum scope scope, const char *tag)
{
	text_add(c, "struct %s {\n", tag);
	for (struct var *v = e->unit->vars; v; v = v->next) {
		if (v->scope != scope || v->is_assoc)
			continue;
		member(c, v, e->strsize, scope == SCOPE_THIS);
	}
	text_add(c, "};\n");
}

static const char self_access[] =
	"struct dtc_self_cache { struct dtc_self_vars *vars; int known; };\n"
	"static DTC_CLAUSE struct dtc_self_vars *dtc_self_get(struct dtc_ctx *c, struct dtc_self_cache *s)\n"
	"{\n\tif (!s->known) {\n\t\ts->vars = dtc_self(c, 0);\n\t\ts->known = 1;\n\t}\n\treturn s->vars;\n}\n"
	"static DTC_CLAUSE struct dtc_self_vars *dtc_self_make(struct dtc_ctx *c, struct dtc_self_cache *s)\n"
	"{\n\tif (!s->vars)\n\t\ts->vars = dtc_self(c, 1);\n\ts->known = 1;\n\treturn s->vars;\n}\n";

void emit_globals(struct emitter *e, struct text *c)
{
	bool self = false, this = false, this_string = false;

	for (struct var *v = e->unit->vars; v; v = v->next) {
		self |= v->scope == SCOPE_SELF && !v->is_assoc;
		this |= v->scope == SCOPE_THIS;
		this_string |= v->scope == SCOPE_THIS && is_string(v->type);
		if (v->scope != SCOPE_GLOBAL || v->is_assoc || type_strip(v->type)->kind == TYPE_DYN)
			continue;
		if (is_string(v->type))
			text_add(c, "static char g_%s[%u];\n", v->name, e->strsize);
		else if (is_plain(v->type))
			text_add(c, "static %s g_%s;\n", ctype(v->type), v->name);
		else
			text_add(c, "static char g_%s[%llu] __attribute__((aligned(8)));\n", v->name, (unsigned long long)type_strip(v->type)->size);
	}
	if (self) {
		emit_struct(e, c, SCOPE_SELF, "dtc_self_vars");
		text_add(c, "%s", self_access);
	}
	if (e->zeros)
		text_add(c, "static const char dtc_zeros[%llu] __attribute__((aligned(8)));\n", (unsigned long long)e->zeros);
	if (this)
		emit_struct(e, c, SCOPE_THIS, "dtc_this");
	if (e->uses_own)
		emit_own(e, c, this);
	if (this_string)
		text_add(c, "static DTC_CLAUSE const char *dtc_this_string(const char *s) { return s ? s : \"\"; }\n");
}
