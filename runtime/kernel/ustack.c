// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks of programs, by their frame pointers: the kernel cannot unwind a
 * program that was compiled without them. Each frame is two words, the
 * caller's frame and the return address; every read may find nothing there,
 * frames must go up the stack, and no more are walked than are asked for.
 *
 * Programs enter the kernel from small functions of the C library that have no
 * frame of their own; then the word on top of the stack is a return address,
 * which is known by the call before the place where it points.
 */
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "runtime.h"

struct user_walk {
	u64 *pcs;	/* NULL: only counted */
	u32 n, max;
	u32 word;	/* bytes of an address: 8, or 4 in a 32-bit program */
};

static void user_pc_add(struct user_walk *w, u64 pc)
{
	if (w->n < w->max) {
		if (w->pcs)
			w->pcs[w->n] = pc;
		w->n++;
	}
}

static bool user_words_read(const struct user_walk *w, u64 addr, u64 *a, u64 *b)
{
	union { u64 d[2]; u32 w[2]; } u;

	if (dtc_rt_copyin(&u, addr, 2 * w->word))
		return false;
	*a = w->word == 8 ? u.d[0] : u.w[0];
	*b = w->word == 8 ? u.d[1] : u.w[1];
	return true;
}

/* call rel32 is e8 and four bytes; call through a register or memory is ff, /2, and what the address takes. */
static bool follows_call(u64 pc)
{
	u8 code[7];
	u32 n;

	if (pc < PAGE_SIZE || pc >= TASK_SIZE_MAX || dtc_rt_copyin(code, pc - sizeof(code), sizeof(code)))
		return false;
	if (code[2] == 0xe8)
		return true;
	for (n = 2; n <= 7; n++)
		if (code[7 - n] == 0xff && (code[8 - n] & 0x38) == 0x10)
			return true;
	return false;
}

static void user_frames_walk(struct user_walk *w, u64 fp)
{
	u64 next, pc;

	while (w->n < w->max && fp && !(fp & (w->word - 1)) && user_words_read(w, fp, &next, &pc) && pc) {
		user_pc_add(w, pc);
		if (next <= fp)
			break;
		fp = next;
	}
}

dtc_u32 dtc_rt_ustack(dtc_u64 *pcs, dtc_u32 max)
{
	struct user_walk w = { .pcs = pcs, .max = max };
	struct pt_regs *regs;
	u64 top, above, caller, next;

	if (current->flags & PF_KTHREAD || !current->mm)
		return 0;
	regs = task_pt_regs(current);
	w.word = user_64bit_mode(regs) ? 8 : 4;
	user_pc_add(&w, regs->ip);
	if (user_words_read(&w, regs->sp, &top, &above) && follows_call(top) &&
	    !(user_words_read(&w, regs->bp, &next, &caller) && caller == top))
		user_pc_add(&w, top);
	if (regs->bp >= regs->sp)
		user_frames_walk(&w, regs->bp);
	return w.n;
}
