// SPDX-License-Identifier: GPL-2.0
/*
 * Location lists that libdw refuses: gcc marks what is not initialized with
 * DW_OP_GNU_uninit, which libdw 0.188 does not know, and one of them spoils the
 * whole list. Here the list is gone through, and the marks taken off.
 */
#include <dwarf.h>
#include <gelf.h>
#include <string.h>
#include <sys/mman.h>

#include "vars.h"

#define LEB_MAX	10
#define PAGE	4096ul	/* of x86-64 */

struct reader { const u8 *at, *end; bool damaged; };
struct list { struct reader r; u64 base; bool is_old; /* .debug_loc, of DWARF 4 and before */ };

static u64 take(struct reader *r, unsigned size)
{
	u64 v = 0;

	if ((u64)(r->end - r->at) < size) {
		r->damaged = true;
		return 0;
	}
	memcpy(&v, r->at, size);
	r->at += size;
	return v;
}

static u64 take_uleb(struct reader *r)
{
	u64 v = 0, byte = 0x80;

	for (unsigned i = 0; byte & 0x80; i++) {
		byte = take(r, 1);
		if (i == LEB_MAX)
			r->damaged = true;
		if (r->damaged)
			return 0;
		v |= (byte & 0x7f) << 7 * (i < 9 ? i : 9);
	}
	return v;
}

static bool section_find(Elf *elf, const char *name, struct reader *ret)
{
	size_t strings;
	GElf_Shdr head;

	if (!elf || elf_getshdrstrndx(elf, &strings))
		return false;
	for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s));) {
		const char *its = gelf_getshdr(s, &head) ? elf_strptr(elf, strings, head.sh_name) : NULL;
		Elf_Data *data = its && !strcmp(its, name) ? elf_getdata(s, NULL) : NULL;

		if (data && data->d_buf) {
			*ret = (struct reader){ data->d_buf, (u8 *)data->d_buf + data->d_size, false };
			return true;
		}
	}
	return false;
}

/* DWARF before 4 has numbers for offsets. */
static bool is_offset(unsigned form)
{
	return form == DW_FORM_sec_offset || form == DW_FORM_data4 || form == DW_FORM_data8;
}

static bool list_open(Dwarf_Attribute *a, struct list *ret)
{
	Dwarf_Half version;
	Dwarf_Die cu;
	Dwarf_Word offset;

	if (!is_offset(dwarf_whatform(a)) || dwarf_formudata(a, &offset) || dwarf_cu_info(a->cu, &version, NULL, &cu, NULL, NULL, NULL, NULL))
		return false;
	ret->is_old = version < 5;
	if (!section_find(dwarf_getelf(dwarf_cu_getdwarf(a->cu)), ret->is_old ? ".debug_loc" : ".debug_loclists", &ret->r) ||
	    offset >= (u64)(ret->r.end - ret->r.at))
		return false;
	ret->r.at += offset;
	if (dwarf_lowpc(&cu, &ret->base))
		ret->base = 0;
	return true;
}

static bool expression_of(struct reader *r, u64 size, struct reader *ret)
{
	if (r->damaged || size > (u64)(r->end - r->at))
		return false;
	*ret = (struct reader){ r->at, r->at + size, false };
	r->at += size;
	return true;
}

/* A pair of addresses from the base on; the largest number for the first: the second is the base. */
static bool old_next(struct list *l, u64 *low, u64 *high, struct reader *expr)
{
	u64 size;

	for (;;) {
		*low = take(&l->r, 8);
		*high = take(&l->r, 8);
		if (l->r.damaged || (!*low && !*high))
			return false;
		if (*low != UINT64_MAX)
			break;
		l->base = *high;
	}
	*low += l->base;
	*high += l->base;
	size = take(&l->r, 2);
	return expression_of(&l->r, size, expr);
}

/* The next entry that has an expression: false at the end of the list. */
static bool list_next(struct list *l, u64 *low, u64 *high, struct reader *expr)
{
	struct reader *r = &l->r;
	u64 size;

	if (l->is_old)
		return old_next(l, low, high, expr);
	for (;;) {
		u8 kind = take(r, 1);

		switch (kind) {
		case DW_LLE_base_address:
			l->base = take(r, 8);
			continue;
		case DW_LLE_offset_pair:
			*low = l->base + take_uleb(r);
			*high = l->base + take_uleb(r);
			break;
		case DW_LLE_start_end:
			*low = take(r, 8);
			*high = take(r, 8);
			break;
		case DW_LLE_start_length:
			*low = take(r, 8);
			*high = *low + take_uleb(r);
			break;
		default:
			return false;
		}
		size = take_uleb(r);
		return expression_of(r, size, expr);
	}
}

/*
 * Operands by operation; those that are not here have none. A digit: so many bytes; u: LEB128; b: a block with its length as
 * LEB128 before it; c: with its length as a byte.
 */
static const char *const operands[256] = {
	[DW_OP_addr] = "8", [DW_OP_const1u] = "1", [DW_OP_const1s] = "1", [DW_OP_const2u] = "2", [DW_OP_const2s] = "2",
	[DW_OP_const4u] = "4", [DW_OP_const4s] = "4", [DW_OP_const8u] = "8", [DW_OP_const8s] = "8", [DW_OP_constu] = "u",
	[DW_OP_consts] = "u", [DW_OP_pick] = "1", [DW_OP_plus_uconst] = "u", [DW_OP_bra] = "2", [DW_OP_skip] = "2",
	[DW_OP_breg0 ... DW_OP_breg31] = "u", [DW_OP_regx] = "u", [DW_OP_fbreg] = "u", [DW_OP_bregx] = "uu", [DW_OP_piece] = "u",
	[DW_OP_deref_size] = "1", [DW_OP_xderef_size] = "1", [DW_OP_call2] = "2", [DW_OP_call4] = "4", [DW_OP_call_ref] = "4",
	[DW_OP_bit_piece] = "uu", [DW_OP_implicit_value] = "b", [DW_OP_implicit_pointer] = "4u", [DW_OP_addrx] = "u",
	[DW_OP_constx] = "u", [DW_OP_entry_value] = "b", [DW_OP_const_type] = "uc", [DW_OP_regval_type] = "uu",
	[DW_OP_deref_type] = "1u", [DW_OP_xderef_type] = "1u", [DW_OP_convert] = "u", [DW_OP_reinterpret] = "u",
	[DW_OP_GNU_implicit_pointer] = "4u", [DW_OP_GNU_entry_value] = "b", [DW_OP_GNU_const_type] = "uc",
	[DW_OP_GNU_regval_type] = "uu", [DW_OP_GNU_deref_type] = "1u", [DW_OP_GNU_convert] = "u", [DW_OP_GNU_reinterpret] = "u",
	[DW_OP_GNU_parameter_ref] = "4", [DW_OP_GNU_variable_value] = "4",
};

/* libdw takes no expression but what lies in the file: the marks go there, in this process's copy of the page. */
static bool is_writable(struct reader r)
{
	uintptr_t from = (uintptr_t)r.at & -PAGE, to = ((uintptr_t)r.end + PAGE - 1) & -PAGE;

	return !mprotect((void *)from, to - from, PROT_READ | PROT_WRITE);
}

static void skip_bytes(struct reader *r, u64 n)
{
	if (n > (u64)(r->end - r->at))
		r->damaged = true;
	else
		r->at += n;
}

static void skip_operands(struct reader *r, u8 op)
{
	for (const char *p = operands[op]; p && *p && !r->damaged; p++)
		switch (*p) {
		case 'u':
			take_uleb(r);
			break;
		case 'b':
			skip_bytes(r, take_uleb(r));
			break;
		case 'c':
			skip_bytes(r, take(r, 1));
			break;
		default:
			skip_bytes(r, *p - '0');
		}
}

/* -1: damaged; else how many marks there were. */
static int unmark(struct reader expr)
{
	struct reader r = expr;
	int marks = 0;

	while (r.at < r.end) {
		u8 *op = (u8 *)r.at;

		skip_operands(&r, take(&r, 1));
		if (r.damaged)
			return -1;
		if (*op == DW_OP_GNU_uninit) {
			if (!marks++ && !is_writable(expr))
				return -1;
			*op = DW_OP_nop;
		}
	}
	return marks;
}

bool loclist_unmark(Dwarf_Attribute *a)
{
	struct list list = { 0 };
	struct reader expr;
	u64 low, high;
	int marks = 0, n = 0;

	if (!list_open(a, &list))
		return false;
	while (n >= 0 && list_next(&list, &low, &high, &expr)) {
		n = unmark(expr);
		marks += n > 0;
	}
	return marks;
}
