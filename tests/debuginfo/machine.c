// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "machine.h"

static u64 mix(u64 x)
{
	x = (x ^ x >> 31) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 29) * 0x94d049bb133111ebull;
	return x ^ x >> 32;
}

/* Of the kernel's half, so that none looks like a program's. */
u64 machine_register(unsigned n)
{
	return 0xffff800000000000ull | (mix(n + 1) & 0x7ffffffffff8ull);
}

u8 machine_byte(u64 addr)
{
	return mix(addr ^ 0x5555) >> 8;
}

static u64 load(u64 addr, unsigned size)
{
	u64 v = 0;

	for (unsigned i = 0; i < size; i++)
		v |= (u64)machine_byte(addr + i) << 8 * i;
	return v;
}

struct run {
	struct debug_file *f;
	u64 pc;
	bool has_entry;
};

static u64 evaluate(struct run *r, const struct loc_expr *e)
{
	unsigned shift = 64 - 8 * (e->size ? e->size : 8);
	u64 a, b, addr;

	switch (e->op) {
	case LOC_CONST:
		return e->value;
	case LOC_SYMBOL:
		return data_symbol(r->f, e->symbol, &addr) ? addr + e->value : 0;
	case LOC_REG:
		return e->value == 16 ? r->pc : machine_register(e->value);
	case LOC_ENTRY_REG:
		r->has_entry = true;
		return 0;
	case LOC_COND:
		return evaluate(r, evaluate(r, e->cond) ? e->left : e->right);
	case LOC_THIS_CPU:	/* a debugger knows nothing of CPUs */
		return evaluate(r, e->left);
	default:
		break;
	}
	a = evaluate(r, e->left);
	b = e->right ? evaluate(r, e->right) : 0;
	switch (e->op) {
	case LOC_LOAD:	return load(a, e->size);
	case LOC_NEG:	return -a;
	case LOC_NOT:	return ~a;
	case LOC_ABS:	return (s64)a < 0 ? -a : a;
	case LOC_ADD:	return a + b;
	case LOC_SUB:	return a - b;
	case LOC_MUL:	return a * b;
	case LOC_DIV:	return b && !((s64)b == -1) ? (u64)((s64)a / (s64)b) : -a;
	case LOC_UDIV:	return b ? a / b : 0;
	case LOC_MOD:	return b ? a % b : 0;
	case LOC_AND:	return a & b;
	case LOC_OR:	return a | b;
	case LOC_XOR:	return a ^ b;
	case LOC_SHL:	return b < 64 ? a << b : 0;
	case LOC_SHR:	return b < 64 ? a >> b : 0;
	case LOC_SHRA:	return (u64)((s64)a >> (b < 64 ? b : 63));
	case LOC_EQ:	return a == b;
	case LOC_NE:	return a != b;
	case LOC_LT:	return (s64)a < (s64)b;
	case LOC_LE:	return (s64)a <= (s64)b;
	case LOC_GT:	return (s64)a > (s64)b;
	case LOC_GE:	return (s64)a >= (s64)b;
	case LOC_SEXT:	return (u64)((s64)(a << shift) >> shift);
	case LOC_ZEXT:	return a << shift >> shift;
	default:	return 0;
	}
}

/* `bits` of src from bit `from` on to bit `to` of dst. */
static void copy_bits(u8 *dst, u64 to, const u8 *src, u64 from, u64 bits)
{
	for (u64 i = 0; i < bits; i++, to++, from++)
		if (src[from / 8] >> from % 8 & 1)
			dst[to / 8] |= 1 << to % 8;
}

static void set_known(struct object *o)
{
	o->known = mem_alloc(o->size + 16);
	memset(o->known, 0xff, o->size);
}

static void of_pieces(struct run *r, const struct var_loc *l, struct object *ret);

static void of_location(struct run *r, const struct var_loc *l, struct object *ret)
{
	u64 v;

	ret->bytes = mem_alloc(ret->size + 16);
	ret->known = mem_alloc(ret->size + 16);
	switch (l->kind) {
	case LOC_ADDRESS:
		ret->in_memory = true;
		ret->addr = evaluate(r, l->expr);
		for (u64 i = 0; i < ret->size; i++)
			ret->bytes[i] = machine_byte(ret->addr + i);
		set_known(ret);
		break;
	case LOC_VALUE:
		v = evaluate(r, l->expr);
		memcpy(ret->bytes, &v, ret->size < 8 ? ret->size : 8);
		set_known(ret);
		break;
	case LOC_BYTES:
		memcpy(ret->bytes, l->bytes, l->nbytes < ret->size ? l->nbytes : ret->size);
		set_known(ret);
		break;
	case LOC_PIECES:
		of_pieces(r, l, ret);
		break;
	case LOC_CANNOT:
		ret->cannot = true;
		break;
	default:
		break;
	}
}

static void of_pieces(struct run *r, const struct var_loc *l, struct object *ret)
{
	u64 at = 0;

	for (size_t i = 0; i < l->npieces && at + l->pieces[i].bits <= ret->size * 8; i++) {
		const struct loc_piece *p = &l->pieces[i];
		struct object part = { .size = (p->bit_offset + p->bits + 7) / 8 };

		of_location(r, p->loc, &part);
		copy_bits(ret->bytes, at, part.bytes, p->bit_offset, p->bits);
		copy_bits(ret->known, at, part.known, p->bit_offset, p->bits);
		at += p->bits;
	}
}

void machine_object(struct debug_file *f, const struct var_loc *l, u64 size, u64 pc, struct object *ret)
{
	struct run r = { .f = f, .pc = pc };

	*ret = (struct object){ .size = size };
	of_location(&r, l, ret);
	ret->has_entry = r.has_entry;
}
