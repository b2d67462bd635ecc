// SPDX-License-Identifier: GPL-2.0
/*
 * The stack machine of DWARF, run on expressions in place of values. Where it
 * branches on what is known only at run time both ways are followed, and their
 * results joined. Values have the generic type, 64 bits wide, or one of the base
 * types of DWARF 5; a value is always kept as its type extends it to 64 bits.
 */
#include <dwarf.h>
#include <string.h>

#include "vars.h"

#define STACK_SIZE	64

struct base { u8 size; bool is_signed, is_typed; };	/* not typed: generic */
struct value { struct loc_expr *e; struct base type; };

struct machine {
	struct loc_context *c;
	Dwarf_Attribute *attr;
	Dwarf_Op *ops;
	size_t nops, at;
	struct value stack[STACK_SIZE];
	unsigned depth;
	unsigned paths;
	bool is_called;			/* inside DW_OP_call: the stack is the caller's */
	bool percpu;			/* an address of per-CPU data was taken */
	bool dropped;			/* the variable is nowhere */
	bool has_result;		/* a location that is not the address on the stack */
	struct var_loc result;
	struct loc_piece *pieces; size_t npieces, pieces_cap;
	const char *error;
};

static const struct base generic = { .size = 8 };

void loc_cannot(struct var_loc *ret, const char *why)
{
	*ret = (struct var_loc){ .kind = LOC_CANNOT, .why = why };
}

static bool fail(struct machine *m, const char *why)
{
	if (!m->error)
		m->error = why;
	return false;
}

static const char damaged[] = "the debug information of its location is damaged";
static const char is_float[] = "it is a floating-point number";
static const char is_wide[] = "it is computed with more than 64 bits";

/* --- the stack --- */

static bool push_typed(struct machine *m, struct loc_expr *e, struct base type)
{
	if (m->depth == STACK_SIZE)
		return fail(m, "its location needs too deep a stack");
	m->stack[m->depth++] = (struct value){ e, type };
	return true;
}

static bool push(struct machine *m, struct loc_expr *e)
{
	return push_typed(m, e, generic);
}

static bool pop(struct machine *m, struct value *v)
{
	if (!m->depth)
		return fail(m, damaged);
	*v = m->stack[--m->depth];
	return true;
}

static bool pick(struct machine *m, u64 n)
{
	struct value v;

	if (n >= m->depth)
		return fail(m, damaged);
	v = m->stack[m->depth - 1 - n];
	return push_typed(m, v.e, v.type);
}

static bool rotate(struct machine *m, unsigned n)
{
	struct value top;

	if (m->depth < n)
		return fail(m, damaged);
	top = m->stack[m->depth - 1];
	memmove(m->stack + m->depth - n + 1, m->stack + m->depth - n, (n - 1) * sizeof(top));
	m->stack[m->depth - n] = top;
	return true;
}

/* As a value of the type, extended to 64 bits. */
static struct loc_expr *canonical(struct loc_expr *e, struct base t)
{
	return t.size >= 8 ? e : loc_unary(t.is_signed ? LOC_SEXT : LOC_ZEXT, e, t.size);
}

/* --- types --- */

static bool base_of_die(struct machine *m, Dwarf_Die *die, struct base *ret)
{
	bool floating;

	if (!die_base_type(die, &ret->size, &ret->is_signed, &floating))
		return fail(m, damaged);
	ret->is_typed = true;
	if (floating)
		return fail(m, is_float);
	return ret->size <= 8 || fail(m, is_wide);
}

static bool base_of_op(struct machine *m, Dwarf_Op *op, struct base *ret)
{
	Dwarf_Die die;

	if (!m->attr || dwarf_getlocation_die(m->attr, op, &die))
		return fail(m, damaged);
	return base_of_die(m, &die, ret);
}

static bool do_convert(struct machine *m, Dwarf_Op *op)
{
	struct base t = generic;
	struct value v;

	if (!pop(m, &v) || (op->number && !base_of_op(m, op, &t)))
		return false;
	return push_typed(m, canonical(v.e, t), t);
}

static bool do_const_type(struct machine *m, Dwarf_Op *op)
{
	Dwarf_Attribute a;
	Dwarf_Block b;
	struct base t;
	u64 v = 0;

	if (!base_of_op(m, op, &t))
		return false;
	if (dwarf_getlocation_attr(m->attr, op, &a) || dwarf_formblock(&a, &b) || b.length > sizeof(v))
		return fail(m, damaged);
	memcpy(&v, b.data, b.length);
	return push_typed(m, canonical(loc_const(v), t), t);
}

/* --- registers and memory --- */

static const char in_vector[] = "it is in a vector or floating-point register";

static struct loc_expr *read_register(struct machine *m, u64 n)
{
	const char *why = in_vector;
	struct loc_expr *e = NULL;

	if (n <= 16)
		e = m->c->at_entry ? locate_entry_register(m->c, n, &why) : loc_register(LOC_REG, n);
	if (!e)
		fail(m, why);
	return e;
}

static bool do_breg(struct machine *m, u64 n, u64 offset)
{
	struct loc_expr *r = read_register(m, n);

	return r && push(m, loc_binary(LOC_ADD, r, loc_const(offset)));
}

static bool do_regval_type(struct machine *m, Dwarf_Op *op)
{
	struct loc_expr *r;
	struct base t;

	return base_of_op(m, op, &t) && (r = read_register(m, op->number)) && push_typed(m, canonical(r, t), t);
}

static bool do_load(struct machine *m, u64 size, struct base t)
{
	struct loc_expr *e;
	struct value v;

	if (!pop(m, &v))
		return false;
	if (m->c->at_entry)
		return fail(m, "it is what memory held when the function was entered");
	if (!size || size > 8)
		return fail(m, damaged);
	e = loc_unary(LOC_LOAD, v.e, size);
	return push_typed(m, t.is_typed ? canonical(e, t) : e, t);
}

static bool do_deref_type(struct machine *m, Dwarf_Op *op)
{
	struct base t;

	return base_of_op(m, op, &t) && do_load(m, op->number, t);
}

static bool push_address(struct machine *m, u64 addr)
{
	bool percpu = false;
	struct loc_expr *e = addr ? data_place(m->c->f, addr, &percpu) : NULL;

	if (!addr)	/* the linker left it out */
		return m->dropped = true, fail(m, "it is not in the kernel");
	m->percpu |= percpu;
	return push(m, e ? e : loc_const(addr));
}

static bool do_indexed(struct machine *m, Dwarf_Op *op, bool is_address)
{
	Dwarf_Attribute a;
	Dwarf_Word v = 0;

	if (!m->attr || dwarf_getlocation_attr(m->attr, op, &a) ||
	    (is_address ? dwarf_formaddr(&a, &v) : dwarf_formudata(&a, &v)))
		return fail(m, damaged);
	return is_address ? push_address(m, v) : push(m, loc_const(v));
}

static bool do_cfa(struct machine *m)
{
	struct loc_expr *e = m->attr ? locate_cfa(m->c) : NULL;

	return e ? push(m, e) : fail(m, "the frame of its function is not described here");
}

static bool do_fbreg(struct machine *m, u64 offset)
{
	struct loc_expr *e = m->attr ? locate_frame_base(m->c) : NULL;

	return e ? push(m, loc_binary(LOC_ADD, e, loc_const(offset))) : fail(m, "the frame of its function is not described here");
}

/* --- what refers to other expressions --- */

/* The value of a location that has one. */
static struct loc_expr *value_of(struct machine *m, const struct var_loc *l, u8 size)
{
	if (l->kind == LOC_VALUE)
		return l->expr;
	if (l->kind == LOC_ADDRESS && size && size <= 8)
		return loc_unary(LOC_LOAD, l->expr, size);
	fail(m, l->kind == LOC_CANNOT ? l->why : "it depends on a variable that is optimized out here");
	return NULL;
}

static bool do_entry_value(struct machine *m, Dwarf_Op *op)
{
	struct loc_context at_entry = *m->c;
	struct loc_expr *e;
	struct var_loc l;
	Dwarf_Attribute a;
	Dwarf_Op *ops;
	size_t n;

	if (!m->attr || dwarf_getlocation_attr(m->attr, op, &a) || dwarf_getlocation(&a, &ops, &n))
		return fail(m, damaged);
	if (++at_entry.depth > LOC_DEPTH)
		return fail(m, damaged);
	at_entry.at_entry = true;
	loc_evaluate(&at_entry, &a, ops, n, &l);
	m->c->steps = at_entry.steps;
	if (l.kind == LOC_ADDRESS)	/* an expression leaves its value on the stack */
		e = l.expr;
	else
		e = value_of(m, &l, 8);
	return e && push(m, e);
}

static bool do_variable_value(struct machine *m, Dwarf_Op *op)
{
	struct loc_context c = *m->c;
	struct loc_expr *e;
	Dwarf_Die die, type;
	Dwarf_Attribute a;
	bool is_signed = false, floating = false;
	struct var_loc l;
	u8 size = 8;

	if (!m->attr || dwarf_getlocation_die(m->attr, op, &die) || ++c.depth > LOC_DEPTH)
		return fail(m, damaged);
	if (dwarf_attr_integrate(&die, DW_AT_type, &a) && dwarf_formref_die(&a, &type))
		die_base_type(&type, &size, &is_signed, &floating);
	locate_die(&c, &die, &l);
	m->c->steps = c.steps;
	e = value_of(m, &l, size);
	return e && push(m, is_signed && size < 8 ? loc_unary(LOC_SEXT, e, size) : e);
}

static bool do_implicit_pointer(struct machine *m, Dwarf_Op *op)
{
	struct loc_context c = *m->c;
	Dwarf_Die die;

	if (!m->attr || dwarf_getlocation_die(m->attr, op, &die) || ++c.depth > LOC_DEPTH)
		return fail(m, damaged);
	m->result = (struct var_loc){ .kind = LOC_POINTS, .offset = (s64)op->number2 };
	m->result.target = mem_alloc(sizeof(*m->result.target));
	locate_die(&c, &die, m->result.target);
	m->c->steps = c.steps;
	return m->has_result = true;
}

static bool run(struct machine *m);

/* The operations of another DIE, on this stack. */
static bool do_call(struct machine *m, Dwarf_Op *op)
{
	struct machine saved = *m;
	Dwarf_Attribute a, a_mem;
	Dwarf_Die die;
	bool ok;

	if (!m->attr || dwarf_getlocation_die(m->attr, op, &die) || ++m->c->depth > LOC_DEPTH)
		return fail(m, damaged);
	if (!dwarf_attr_integrate(&die, DW_AT_location, &a_mem))
		return m->c->depth--, true;	/* DWARF: no effect */
	a = a_mem;
	if (dwarf_getlocation_addr(&a, m->c->addr, &m->ops, &m->nops, 1) != 1)
		return fail(m, damaged);
	m->attr = &a;
	m->at = 0;
	m->is_called = true;
	ok = run(m);
	m->attr = saved.attr;
	m->ops = saved.ops;
	m->nops = saved.nops;
	m->at = saved.at;
	m->is_called = saved.is_called;
	m->c->depth--;
	return ok;
}

/* --- locations that are not addresses --- */

static bool set_value(struct machine *m, struct loc_expr *e)
{
	m->result = (struct var_loc){ .kind = LOC_VALUE, .expr = e };
	return m->has_result = e;
}

static bool do_stack_value(struct machine *m)
{
	struct value v;

	return pop(m, &v) && set_value(m, v.e);
}

static bool do_implicit_value(struct machine *m, Dwarf_Op *op)
{
	Dwarf_Block b;

	if (!m->attr || dwarf_getlocation_implicit_value(m->attr, op, &b))
		return fail(m, damaged);
	m->result = (struct var_loc){ .kind = LOC_BYTES, .bytes = b.data, .nbytes = b.length };
	return m->has_result = true;
}

/* What has been computed so far as a location; nothing computed: the variable is not there. */
static bool take_location(struct machine *m, struct var_loc *ret)
{
	struct value v;

	*ret = (struct var_loc){ .kind = LOC_NONE };
	if (m->has_result)
		*ret = m->result;
	else if (m->depth && pop(m, &v))
		*ret = (struct var_loc){ .kind = LOC_ADDRESS, .expr = m->percpu ? loc_unary(LOC_THIS_CPU, v.e, 0) : v.e };
	m->has_result = m->percpu = false;
	return true;
}

static bool do_piece(struct machine *m, u64 bits, u64 bit_offset)
{
	struct var_loc *l = mem_alloc(sizeof(*l));

	if (!take_location(m, l))
		return false;
	if (bits > UINT32_MAX)
		return fail(m, damaged);
	m->pieces = mem_grow(m->pieces, &m->pieces_cap, m->npieces + 1, sizeof(*m->pieces));
	m->pieces[m->npieces++] = (struct loc_piece){ l, bit_offset, bits };
	return true;
}

/* --- arithmetic --- */

static const struct { u8 atom; enum loc_op op; } binaries[] = {
	{ DW_OP_and, LOC_AND }, { DW_OP_or, LOC_OR }, { DW_OP_xor, LOC_XOR },
	{ DW_OP_plus, LOC_ADD }, { DW_OP_minus, LOC_SUB }, { DW_OP_mul, LOC_MUL },
	{ DW_OP_div, LOC_DIV }, { DW_OP_mod, LOC_MOD },
	{ DW_OP_shl, LOC_SHL }, { DW_OP_shr, LOC_SHR }, { DW_OP_shra, LOC_SHRA },
	{ DW_OP_eq, LOC_EQ }, { DW_OP_ne, LOC_NE }, { DW_OP_lt, LOC_LT }, { DW_OP_le, LOC_LE }, { DW_OP_gt, LOC_GT }, { DW_OP_ge, LOC_GE },
};
static const struct { u8 atom; enum loc_op op; } unaries[] = {
	{ DW_OP_abs, LOC_ABS }, { DW_OP_neg, LOC_NEG }, { DW_OP_not, LOC_NOT },
};

static bool do_unary(struct machine *m, enum loc_op op)
{
	struct value v;

	return pop(m, &v) && push_typed(m, canonical(loc_unary(op, v.e, 0), v.type), v.type);
}

static bool is_comparison(enum loc_op op)
{
	return op >= LOC_EQ && op <= LOC_GE;
}

static struct loc_expr *signed_remainder(struct loc_expr *a, struct loc_expr *b)
{
	return loc_binary(LOC_SUB, a, loc_binary(LOC_MUL, loc_binary(LOC_DIV, a, b), b));
}

static bool do_binary(struct machine *m, enum loc_op op)
{
	struct loc_expr *flip = loc_const(1ull << 63), *e;
	struct value a, b;
	struct base t;

	if (!pop(m, &b) || !pop(m, &a))
		return false;
	t = a.type;
	if (op == LOC_MOD && t.is_typed && t.is_signed)
		return push_typed(m, canonical(signed_remainder(a.e, b.e), t), t);
	if (t.is_typed && !t.is_signed && is_comparison(op)) {
		/* unsigned order of 64 bits is the signed one with the top bit turned */
		a.e = loc_binary(LOC_XOR, a.e, flip);
		b.e = loc_binary(LOC_XOR, b.e, flip);
	}
	if (op == LOC_DIV && t.is_typed && !t.is_signed)
		op = LOC_UDIV;
	if (op == LOC_SHR && t.is_typed && t.is_signed && t.size < 8)
		a.e = loc_unary(LOC_ZEXT, a.e, t.size);
	if (op == LOC_SHRA && t.is_typed && !t.is_signed && t.size < 8)
		a.e = loc_unary(LOC_SEXT, a.e, t.size);
	e = loc_binary(op, a.e, b.e);
	return is_comparison(op) ? push(m, e) : push_typed(m, canonical(e, t), t);
}

/* --- branches --- */

static bool go_to(struct machine *m, const Dwarf_Op *op)
{
	u64 target = op->offset + 3 + (u64)(s64)(s16)op->number;

	for (m->at = 0; m->at < m->nops; m->at++)
		if (m->ops[m->at].offset == target)
			return true;
	/* the end of the expression is not an operation */
	return (s64)target > (s64)m->ops[m->nops - 1].offset || fail(m, damaged);
}

static void finish(struct machine *m, struct var_loc *ret);

static bool join(struct machine *m, struct loc_expr *cond, const struct var_loc *a, const struct var_loc *b)
{
	if (a->kind == LOC_CANNOT || b->kind == LOC_CANNOT)
		return fail(m, a->kind == LOC_CANNOT ? a->why : b->why);
	if (a->kind != b->kind || (a->kind != LOC_VALUE && a->kind != LOC_ADDRESS && a->kind != LOC_NONE))
		return fail(m, "where it is depends on a condition");
	m->result = *a;
	if (a->kind != LOC_NONE)
		m->result.expr = loc_cond(cond, a->expr, b->expr);
	return m->has_result = true;
}

static bool step(struct machine *m, Dwarf_Op *op);

/* Up to an operation further on. */
static bool run_to(struct machine *m, size_t stop)
{
	while (m->at < stop) {
		if (++m->c->steps > LOC_STEPS)
			return fail(m, "its location takes too long to compute");
		if (!step(m, &m->ops[m->at++]))
			return false;
	}
	return m->at == stop;
}

static bool run(struct machine *m)
{
	return run_to(m, m->nops);
}

/* Where what is jumped over only changes the stack, as in the smaller of two, both ways go on as one. */
static bool join_stacks(struct machine *m, struct loc_expr *cond, const struct machine *taken)
{
	struct machine *over;

	if (taken->at <= m->at)
		return false;
	over = mem_alloc(sizeof(*over));
	*over = *m;
	if (!run_to(over, taken->at) || over->depth != taken->depth || over->npieces != taken->npieces || over->has_result)
		return false;
	for (unsigned i = 0; i < over->depth; i++) {
		if (over->stack[i].type.size != taken->stack[i].type.size ||
		    over->stack[i].type.is_signed != taken->stack[i].type.is_signed)
			return false;
		over->stack[i].e = loc_cond(cond, taken->stack[i].e, over->stack[i].e);
	}
	over->paths = m->paths / 2;
	*m = *over;
	return true;
}

static bool do_branch(struct machine *m, const Dwarf_Op *op)
{
	struct machine *taken;
	struct var_loc a, b;
	struct value v;
	u64 known;

	if (!pop(m, &v))
		return false;
	if (loc_is_const(v.e, &known))
		return known ? go_to(m, op) : true;
	if ((m->paths *= 2) > LOC_PATHS)
		return fail(m, "its location depends on too many conditions");
	taken = mem_alloc(sizeof(*taken));
	*taken = *m;
	if (!go_to(taken, op))
		return fail(m, taken->error);
	if (join_stacks(m, v.e, taken))
		return true;
	if (m->is_called || m->npieces)
		return fail(m, "its location depends on too many conditions");
	finish(taken, &a);
	finish(m, &b);
	m->npieces = 0;
	m->at = m->nops;
	return join(m, v.e, &a, &b);
}

/* --- one operation --- */

static bool step_number(struct machine *m, Dwarf_Op *op)
{
	switch (op->atom) {
	case DW_OP_lit0 ... DW_OP_lit31:
		return push(m, loc_const(op->atom - DW_OP_lit0));
	case DW_OP_const1s:
		return push(m, loc_const((u64)(s64)(s8)op->number));
	case DW_OP_const2s:
		return push(m, loc_const((u64)(s64)(s16)op->number));
	case DW_OP_const4s:
		return push(m, loc_const((u64)(s64)(s32)op->number));
	case DW_OP_const1u: case DW_OP_const2u: case DW_OP_const4u: case DW_OP_const8u: case DW_OP_const8s:
	case DW_OP_constu: case DW_OP_consts:
		return push(m, loc_const(op->number));
	case DW_OP_addr:
		return push_address(m, op->number);
	case DW_OP_addrx: case DW_OP_GNU_addr_index:
		return do_indexed(m, op, true);
	case DW_OP_constx: case DW_OP_GNU_const_index:
		return do_indexed(m, op, false);
	case DW_OP_const_type: case DW_OP_GNU_const_type:
		return do_const_type(m, op);
	case DW_OP_convert: case DW_OP_GNU_convert: case DW_OP_reinterpret: case DW_OP_GNU_reinterpret:
		return do_convert(m, op);
	default:
		return fail(m, damaged);
	}
}

static bool step_place(struct machine *m, Dwarf_Op *op)
{
	switch (op->atom) {
	case DW_OP_reg0 ... DW_OP_reg31:
		return set_value(m, read_register(m, op->atom - DW_OP_reg0));
	case DW_OP_regx:
		return set_value(m, read_register(m, op->number));
	case DW_OP_breg0 ... DW_OP_breg31:
		return do_breg(m, op->atom - DW_OP_breg0, op->number);
	case DW_OP_bregx:
		return do_breg(m, op->number, op->number2);
	case DW_OP_regval_type: case DW_OP_GNU_regval_type:
		return do_regval_type(m, op);
	case DW_OP_fbreg:
		return do_fbreg(m, op->number);
	case DW_OP_call_frame_cfa:
		return do_cfa(m);
	case DW_OP_deref:
		return do_load(m, 8, generic);
	case DW_OP_deref_size:
		return do_load(m, op->number, generic);
	case DW_OP_deref_type: case DW_OP_GNU_deref_type:
		return do_deref_type(m, op);
	case DW_OP_stack_value:
		return do_stack_value(m);
	case DW_OP_implicit_value:
		return do_implicit_value(m, op);
	case DW_OP_implicit_pointer: case DW_OP_GNU_implicit_pointer:
		return do_implicit_pointer(m, op);
	case DW_OP_piece:
		return op->number <= UINT32_MAX / 8 ? do_piece(m, op->number * 8, 0) : fail(m, damaged);
	case DW_OP_bit_piece:
		return do_piece(m, op->number, op->number2);
	case DW_OP_entry_value: case DW_OP_GNU_entry_value:
		return do_entry_value(m, op);
	case DW_OP_GNU_variable_value:
		return do_variable_value(m, op);
	case DW_OP_call2: case DW_OP_call4: case DW_OP_call_ref:
		return do_call(m, op);
	case DW_OP_GNU_parameter_ref:
		return fail(m, "the compiler removed the parameter: only the callers know its value");
	case DW_OP_form_tls_address: case DW_OP_GNU_push_tls_address:
		return fail(m, "it is thread-local storage, which the kernel has none of");
	case DW_OP_xderef: case DW_OP_xderef_size: case DW_OP_xderef_type:
		return fail(m, "it is in another address space");
	case DW_OP_push_object_address:
		return fail(m, "its location depends on an object that is not known");
	case DW_OP_GNU_uninit:
		return true;
	default:
		return step_number(m, op);
	}
}

static bool step(struct machine *m, Dwarf_Op *op)
{
	struct value v;

	for (size_t i = 0; i < ARRAY_SIZE(binaries); i++)
		if (binaries[i].atom == op->atom)
			return do_binary(m, binaries[i].op);
	for (size_t i = 0; i < ARRAY_SIZE(unaries); i++)
		if (unaries[i].atom == op->atom)
			return do_unary(m, unaries[i].op);
	switch (op->atom) {
	case DW_OP_nop:
		return true;
	case DW_OP_dup:
		return pick(m, 0);
	case DW_OP_over:
		return pick(m, 1);
	case DW_OP_pick:
		return pick(m, op->number);
	case DW_OP_drop:
		return pop(m, &v);
	case DW_OP_swap:
		return rotate(m, 2);
	case DW_OP_rot:
		return rotate(m, 3);
	case DW_OP_plus_uconst:
		return push(m, loc_const(op->number)) && do_binary(m, LOC_ADD);
	case DW_OP_skip:
		return go_to(m, op);
	case DW_OP_bra:
		return do_branch(m, op);
	default:
		return step_place(m, op);
	}
}

static void finish(struct machine *m, struct var_loc *ret)
{
	if (!run(m) || !take_location(m, ret))
		*ret = (struct var_loc){ .kind = m->dropped ? LOC_NONE : LOC_CANNOT, .why = m->dropped ? NULL : m->error };
	else if (m->npieces)
		*ret = (struct var_loc){ .kind = LOC_PIECES, .pieces = m->pieces, .npieces = m->npieces };
}

void loc_evaluate(struct loc_context *c, Dwarf_Attribute *attr, Dwarf_Op *ops, size_t nops, struct var_loc *ret)
{
	struct machine m = { .c = c, .attr = attr, .ops = ops, .nops = nops, .paths = 1 };

	finish(&m, ret);
}
