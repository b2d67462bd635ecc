// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that may not be there: the kernel's by loads with a fixup, the user's
 * by the kernel's own copy that does not fault pages in.
 */
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "runtime.h"

int dtc_rt_load_bytes(void *dst, dtc_u64 addr, dtc_u32 n)
{
	char *d = dst;

	if (n && (!DTC_KERNEL_ADDR(addr) || !DTC_KERNEL_ADDR(addr + n - 1)))
		return -1;
	for (; n >= 8; n -= 8, addr += 8, d += 8) {
		u64 word;

		DTC_LOAD_OR(word, addr, bad);
		memcpy(d, &word, 8);
	}
	for (; n; n--, addr++, d++) {
		u8 byte;

		DTC_LOAD_OR(byte, addr, bad);
		*d = byte;
	}
	return 0;
bad:
	return -1;
}

/* Length, or -1. */
dtc_s64 dtc_rt_stringof(char *dst, dtc_u64 addr, dtc_u32 size)
{
	u32 n = 0;

	for (; n + 1 < size; n++) {
		u8 byte;

		if (!DTC_KERNEL_ADDR(addr + n))
			goto bad;
		DTC_LOAD_OR(byte, addr + n, bad);
		dst[n] = byte;
		if (!byte)
			return n;
	}
	dst[n] = 0;
	return n;
bad:
	dst[0] = 0;
	return -1;
}

/* Bytes from addr to the end of its page, at most n. */
static u64 in_page(u64 addr, u64 n)
{
	return min_t(u64, n, PAGE_SIZE - (addr & ~PAGE_MASK));
}

dtc_u32 dtc_rt_copyin(void *dst, dtc_u64 addr, dtc_u64 n)
{
	while (n) {
		const u64 part = in_page(addr, n);

		if (copy_from_user_nofault(dst, (const void __user *)(unsigned long)addr, part))
			return 1;
		dst += part;
		addr += part;
		n -= part;
	}
	return 0;
}

/* Whether the user memory in reach is this thread's: in the middle of a switch it is another's. */
static bool user_memory_is_ours(void)
{
	const bool in_breakpoint = dtc_this_cpu()->in_kprobe && (preempt_count() & NMI_MASK) == NMI_OFFSET;

	return !(current->flags & PF_KTHREAD) && current->mm && (!in_nmi() || in_breakpoint) && read_cr3_pa() == __pa(current->mm->pgd);
}

/* The fault, or 0. */
dtc_u32 dtc_rt_copyout(dtc_u64 addr, dtc_u64 src, dtc_u64 n, dtc_u64 *bad)
{
	char buf[64];

	*bad = addr;
	if (n > DTC_SCRATCHSIZE_MAX)
		return DTC_FAULT_BADSIZE;
	if (n && !user_memory_is_ours())
		return DTC_FAULT_BADADDR;
	while (n) {
		const u32 part = min_t(u64, n, sizeof(buf));

		if (dtc_rt_load_bytes(buf, src, part)) {
			*bad = src;
			return DTC_FAULT_BADADDR;
		}
		if (copy_to_user_nofault((void __user *)(unsigned long)addr, buf, part)) {
			*bad = addr;
			return DTC_FAULT_BADADDR;
		}
		addr += part;
		src += part;
		n -= part;
	}
	return 0;
}

/* Length, or -1. Never reads past the page in which the string ends. */
dtc_s64 dtc_rt_copyinstr(char *dst, dtc_u64 addr, dtc_u32 size)
{
	u32 n = 0;

	while (n + 1 < size) {
		const u32 part = min_t(u64, in_page(addr + n, size - 1 - n), 64);
		const char *end;

		if (copy_from_user_nofault(dst + n, (const void __user *)(unsigned long)(addr + n), part)) {
			dst[0] = 0;
			return -1;
		}
		end = memchr(dst + n, 0, part);
		if (end)
			return end - dst;
		n += part;
	}
	dst[n] = 0;
	return n;
}
