/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Loads from kernel addresses that may be bad. The processor faults, the
 * kernel finds the instruction in the exception table and goes on at the
 * fixup. User addresses never get so far: the kernel takes a fault on one of
 * them for a bug (SMAP). The same holds for the vsyscall page, so the addresses
 * from its start on are refused as well (modules, vmalloc and per-CPU memory
 * lie below).
 */
#ifndef DTC_EMIT_LOAD_H
#define DTC_EMIT_LOAD_H

/* 2^64 less the address of the vsyscall page, and a word before it. */
#define DTC_TOP_GAP 0xa00008ull

/*
 * In the kernel's half and below the vsyscall page: the sum stays negative.
 * That holds for a few addresses below the half too, which are not canonical:
 * those fault in a way that the exception table covers.
 */
#define DTC_KERNEL_ADDR(addr) dtc_likely((dtc_s64)((addr) + DTC_TOP_GAP) < 0)

#if DTC_EX_TYPED
#define DTC_EX_ENTRY(from, to)						\
	".pushsection __ex_table,\"a\"\n.balign 4\n"			\
	".long (" from ") - .\n.long (" to ") - .\n.long %c[ext]\n"	\
	".popsection\n"
#define DTC_EX_INPUT [ext] "i"(DTC_EX_TYPE)
#else
#define DTC_EX_ENTRY(from, to)						\
	".pushsection __ex_table,\"a\"\n.balign 4\n"			\
	".long (" from ") - .\n.long (" to ") - .\n.long %c[ext] - .\n"	\
	".popsection\n"
extern char dtc_kernel_ex_handler[] __asm__("ex_handler_default");
#define DTC_EX_INPUT [ext] "i"(dtc_kernel_ex_handler)
#endif

#if __GNUC__ >= 11
#define DTC_LOAD_OR(val, addr, label)					\
	__asm__ goto("1: mov %[from], %[to]\n" DTC_EX_ENTRY("1b", "%l[" #label "]") \
		     : [to] "=q"(val)					\
		     : [from] "m"(*(const volatile __typeof__(val) *)(addr)), DTC_EX_INPUT \
		     : : label)
#else
#define DTC_LOAD_OR(val, addr, label) do {				\
	dtc_u32 dtc_bad_ = 1;						\
	__asm__ volatile("1: mov %[from], %[to]\n xorl %[bad], %[bad]\n2:\n" \
			 DTC_EX_ENTRY("1b", "2b")			\
			 : [to] "=&q"(val), [bad] "+r"(dtc_bad_)	\
			 : [from] "m"(*(const volatile __typeof__(val) *)(addr)), DTC_EX_INPUT : "cc"); \
	if (dtc_unlikely(dtc_bad_)) goto label;				\
} while (0)
#endif

/* lvalue = *(TYPE *)address, or a fault of the clause. */
#define DTC_LOAD(c, TYPE, lvalue, address, pos) do {			\
	__label__ dtc_load_bad_, dtc_load_done_;			\
	const dtc_u64 dtc_load_addr_ = (dtc_u64)(address);		\
	TYPE dtc_load_val_;						\
	if (!DTC_KERNEL_ADDR(dtc_load_addr_))				\
		goto dtc_load_bad_;					\
	DTC_LOAD_OR(dtc_load_val_, dtc_load_addr_, dtc_load_bad_);	\
	goto dtc_load_done_;						\
dtc_load_bad_:								\
	DTC_FAULT(c, 1 /* DTC_FAULT_BADADDR */, dtc_load_addr_, pos);	\
dtc_load_done_:								\
	(lvalue) = (__typeof__(lvalue))dtc_load_val_;			\
} while (0)

/* A word that may be missing: 0 then. */
DTC_INLINE dtc_u64 dtc_peek(dtc_u64 addr)
{
	dtc_u64 val;

	if (!DTC_KERNEL_ADDR(addr))
		return 0;
	DTC_LOAD_OR(val, addr, bad);
	return val;
bad:
	return 0;
}

int dtc_rt_load_bytes(void *dst, dtc_u64 addr, dtc_u32 n);

/* 0, or nonzero with c->fault set. */
DTC_INLINE int dtc_load_bytes(struct dtc_ctx *c, void *dst, dtc_u64 addr, dtc_u32 n)
{
	if (dtc_likely(!dtc_rt_load_bytes(dst, addr, n)))
		return 0;
	c->fault = 1;	/* DTC_FAULT_BADADDR */
	c->fault_value = addr;
	return -1;
}

#endif
