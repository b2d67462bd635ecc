// SPDX-License-Identifier: GPL-2.0
/*
 * Where a variable is at an address: from its location, its constant value, or,
 * for what is only declared here, the symbol of its name. Also the frame: its
 * base, its canonical address, the registers at the function's entry.
 */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "vars.h"

/* --- the frame --- */

static Dwarf_Frame *frame_in(Dwarf_CFI *cfi, u64 addr)
{
	Dwarf_Frame *frame = NULL;

	return cfi && !dwarf_cfi_addrframe(cfi, addr, &frame) ? frame : NULL;
}

/* .debug_frame, which the kernel has, else .eh_frame. The last one asked for is kept. */
static Dwarf_Frame *frame_at(struct debug_file *f, u64 addr)
{
	struct debug_scopes *s = debug_scopes(f);
	Dwarf *dwarf = debug_dwarf(f);

	if (!dwarf || (s->has_frame && s->frame_addr == addr))
		return s->frame;
	free(s->frame);
	s->frame = frame_in(dwarf_getcfi(dwarf), addr);
	if (!s->frame) {
		if (!s->has_eh_cfi)
			s->eh_cfi = dwarf_getcfi_elf(dwarf_getelf(dwarf));
		s->has_eh_cfi = true;
		s->frame = frame_in(s->eh_cfi, addr);
	}
	s->frame_addr = addr;
	s->has_frame = true;
	return s->frame;
}

void debug_scopes_end(struct debug_file *f)
{
	struct debug_scopes *s = f->scopes;

	if (!s)
		return;
	free(s->frame);
	if (s->eh_cfi)
		dwarf_cfi_end(s->eh_cfi);
	f->scopes = NULL;
}

struct loc_expr *locate_cfa(struct loc_context *c)
{
	Dwarf_Frame *frame = frame_at(c->f, c->addr);
	struct loc_context in_frame = { .f = c->f, .addr = c->addr, .depth = c->depth + 1 };
	struct var_loc l;
	Dwarf_Op *ops;
	size_t n;

	if (!frame || c->depth > LOC_DEPTH || dwarf_frame_cfa(frame, &ops, &n) || !n)
		return NULL;
	loc_evaluate(&in_frame, NULL, ops, n, &l);
	return l.kind == LOC_ADDRESS || l.kind == LOC_VALUE ? l.expr : NULL;
}

int debug_cfa(struct debug_file *f, u64 addr, struct loc_expr **ret)
{
	struct loc_context c = { .f = f, .addr = addr };

	*ret = locate_cfa(&c);
	return *ret ? 0 : -1;
}

/* Where CFI says that the caller's register is: unchanged, saved in the frame, or lost. */
static struct loc_expr *saved_register(struct loc_context *c, u64 number)
{
	Dwarf_Frame *frame = frame_at(c->f, c->addr);
	struct loc_context in_frame = { .f = c->f, .addr = c->addr, .depth = c->depth + 1 };
	struct loc_expr *cfa = locate_cfa(c);
	struct var_loc l;
	Dwarf_Op mem[3], *ops;
	size_t n;

	if (!frame || !cfa || dwarf_frame_register(frame, number, mem, &ops, &n))
		return NULL;
	if (!n)		/* ops NULL: the same; else undefined */
		return ops ? NULL : loc_register(LOC_REG, number);
	if (ops[0].atom == DW_OP_call_frame_cfa) {	/* what it starts with is on the stack of the expression */
		if (n == 2 && ops[1].atom == DW_OP_plus_uconst)
			return loc_unary(LOC_LOAD, loc_binary(LOC_ADD, cfa, loc_const(ops[1].number)), 8);
		return NULL;
	}
	loc_evaluate(&in_frame, NULL, ops, n, &l);
	if (l.kind == LOC_ADDRESS)
		return loc_unary(LOC_LOAD, l.expr, 8);
	return l.kind == LOC_VALUE ? l.expr : NULL;
}

#define IS_CALLEE_SAVED(n)	((n) == 3 || (n) == 6 || ((n) >= 12 && (n) <= 15))
#define IS_ARGUMENT(n)		((n) == 1 || (n) == 2 || (n) == 4 || (n) == 5 || (n) == 8 || (n) == 9)
#define REG_RSP			7

static bool function_entry(const struct scope_chain *chain, u64 *ret)
{
	Dwarf_Die *fn = chain ? scope_function(chain) : NULL;

	return fn && scope_entry(fn, ret);
}

static struct loc_expr *captured_register(struct loc_context *c, u64 entry, u64 number, const char **why)
{
	struct loc_expr *e = loc_register(LOC_ENTRY_REG, number);
	struct debug_place place;

	e->left = locate_cfa(c);
	if (!e->left)
		*why = "the frame of its function is not described here";
	else if (debug_place(c->f, entry, &place))
		*why = "the entry of its function is in no section";
	else if (place.forbidden)
		*why = mem_printf("it is known by what the function was called with alone, and at its entry no probe may stand: %s", place.forbidden);
	else
		e->right = loc_symbol(c->f->module, place.anchor, place.anchor_offset);
	e->symbol = e->right ? place.function : NULL;
	return e->right ? e : NULL;
}

struct loc_expr *locate_entry_register(struct loc_context *c, u64 number, const char **why)
{
	struct loc_expr *e = NULL;
	u64 entry;

	*why = "it is what a register held when the function was entered";
	if (!function_entry(scope_chain_at(c->f, c->addr), &entry))
		return NULL;
	if (entry == c->addr)
		return loc_register(LOC_REG, number);
	if (number == REG_RSP && (e = locate_cfa(c)))
		return loc_binary(LOC_SUB, e, loc_const(8));
	if (IS_CALLEE_SAVED(number))
		e = saved_register(c, number);
	return e || !IS_ARGUMENT(number) ? e : captured_register(c, entry, number, why);
}

struct loc_expr *locate_frame_base(struct loc_context *c)
{
	const struct scope_chain *chain = scope_chain_at(c->f, c->addr);
	Dwarf_Die *fn = chain ? scope_function(chain) : NULL;
	struct loc_context in_base = *c;
	Dwarf_Attribute a;
	struct var_loc l;
	Dwarf_Op *ops;
	size_t n;

	if (!fn || ++in_base.depth > LOC_DEPTH || !dwarf_attr_integrate(fn, DW_AT_frame_base, &a) ||
	    dwarf_getlocation_addr(&a, c->addr, &ops, &n, 1) != 1)
		return NULL;
	loc_evaluate(&in_base, &a, ops, n, &l);
	c->steps = in_base.steps;
	/* a register is named for its value */
	return l.kind == LOC_ADDRESS || l.kind == LOC_VALUE ? l.expr : NULL;
}

/* --- a variable --- */

/* An enumeration's values are those of the type under it. */
static int peel(Dwarf_Die *die, Dwarf_Die *ret)
{
	Dwarf_Attribute a;
	Dwarf_Die under;

	if (dwarf_peel_type(die, ret))
		return -1;
	if (dwarf_tag(ret) == DW_TAG_enumeration_type && dwarf_attr_integrate(ret, DW_AT_type, &a) && dwarf_formref_die(&a, &under))
		return dwarf_peel_type(&under, ret) ? -1 : 0;
	return 0;
}

bool die_base_type(Dwarf_Die *die, u8 *size, bool *is_signed, bool *is_float)
{
	Dwarf_Word n = 0, encoding = DW_ATE_unsigned;
	Dwarf_Attribute a;
	Dwarf_Die peeled;
	int tag;

	if (peel(die, &peeled))
		return false;
	tag = dwarf_tag(&peeled);
	if (tag == DW_TAG_pointer_type)
		n = 8;
	else if (tag != DW_TAG_base_type && tag != DW_TAG_enumeration_type)
		return false;
	if (dwarf_attr_integrate(&peeled, DW_AT_byte_size, &a))
		dwarf_formudata(&a, &n);
	if (dwarf_attr_integrate(&peeled, DW_AT_encoding, &a))
		dwarf_formudata(&a, &encoding);
	if (!n || n > 32)
		return false;
	*size = n;
	*is_signed = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
	*is_float = encoding == DW_ATE_float || encoding == DW_ATE_complex_float || encoding == DW_ATE_imaginary_float ||
		    encoding == DW_ATE_decimal_float;
	return true;
}

static void locate_constant(Dwarf_Attribute *a, struct var_loc *ret)
{
	Dwarf_Block b;
	Dwarf_Word u;
	Dwarf_Sword s;
	const char *text;

	switch (dwarf_whatform(a)) {
	case DW_FORM_sdata: case DW_FORM_implicit_const:
		if (dwarf_formsdata(a, &s))
			break;
		*ret = (struct var_loc){ .kind = LOC_VALUE, .expr = loc_const((u64)s) };
		return;
	case DW_FORM_data1: case DW_FORM_data2: case DW_FORM_data4: case DW_FORM_data8: case DW_FORM_udata:
		if (dwarf_formudata(a, &u))
			break;
		*ret = (struct var_loc){ .kind = LOC_VALUE, .expr = loc_const(u) };
		return;
	case DW_FORM_block: case DW_FORM_block1: case DW_FORM_block2: case DW_FORM_block4: case DW_FORM_data16: case DW_FORM_exprloc:
		if (dwarf_formblock(a, &b))
			break;
		*ret = (struct var_loc){ .kind = LOC_BYTES, .bytes = b.data, .nbytes = b.length };
		return;
	default:
		text = dwarf_formstring(a);
		if (!text)
			break;
		*ret = (struct var_loc){ .kind = LOC_BYTES, .bytes = (const u8 *)text, .nbytes = strlen(text) + 1 };
		return;
	}
	loc_cannot(ret, "the debug information of its value is damaged");
}

static bool has_flag(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute a;
	bool flag = false;

	return dwarf_attr_integrate(die, name, &a) && !dwarf_formflag(&a, &flag) && flag;
}

/* A declaration: the variable is the symbol of its name, here or in another file of the kernel. */
static void locate_declared(struct loc_context *c, Dwarf_Die *die, struct var_loc *ret)
{
	const char *name = dwarf_diename(die);
	struct loc_expr *e = NULL;
	bool percpu = false;
	u64 addr;

	*ret = (struct var_loc){ .kind = LOC_NONE };
	if (!name)
		return;
	if (data_symbol(c->f, name, &addr))
		e = data_place(c->f, addr, &percpu);
	if (!e)
		e = loc_symbol(NULL, mem_strdup(name), 0);
	*ret = (struct var_loc){ .kind = LOC_ADDRESS, .expr = percpu ? loc_unary(LOC_THIS_CPU, e, 0) : e };
}

/*
 * gcc says where something is at the very entry of a function, before its first instruction, by a range without length.
 * The libraries leave it out: it counts there as debuggers have it.
 */
static int location_at_entry(struct loc_context *c, Dwarf_Attribute *a, Dwarf_Op **ops, size_t *n)
{
	const struct scope_chain *chain = scope_chain_at(c->f, c->addr);
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;
	u64 entry;

	if (!function_entry(chain, &entry) || entry != c->addr)
		return 0;
	while ((at = dwarf_getlocations(a, at, &base, &start, &end, ops, n)) > 0)
		if (start == end && start == c->addr)
			return 1;
	return 0;
}

void locate_die(struct loc_context *c, Dwarf_Die *die, struct var_loc *ret)
{
	Dwarf_Attribute a;
	Dwarf_Op *ops;
	size_t n;
	int found;

	*ret = (struct var_loc){ .kind = LOC_NONE };
	if (c->depth > LOC_DEPTH) {
		loc_cannot(ret, "the debug information of its location refers to itself");
	} else if (dwarf_attr_integrate(die, DW_AT_location, &a)) {
		found = dwarf_getlocation_addr(&a, c->addr, &ops, &n, 1);
		if (found < 0 && loclist_unmark(&a))
			found = dwarf_getlocation_addr(&a, c->addr, &ops, &n, 1);
		if (!found)
			found = location_at_entry(c, &a, &ops, &n);
		if (found < 0)
			loc_cannot(ret, "the debug information of its location is damaged");
		else if (found && n)
			loc_evaluate(c, &a, ops, n, ret);
	} else if (dwarf_attr_integrate(die, DW_AT_const_value, &a)) {
		locate_constant(&a, ret);
	} else if (has_flag(die, DW_AT_declaration) && has_flag(die, DW_AT_external)) {
		locate_declared(c, die, ret);
	}
}

int debug_locate(struct debug_file *f, const struct debug_var *v, u64 addr, struct var_loc *ret)
{
	struct loc_context c = { .f = f, .addr = addr };
	Dwarf_Die die = v->die;

	locate_die(&c, &die, ret);
	return ret->kind == LOC_CANNOT ? -1 : 0;
}
