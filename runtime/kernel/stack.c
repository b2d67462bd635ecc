// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel stacks, by the kernel's own unwinder. It starts from the registers at
 * the probe, so that no frame of a handler is walked: at a function's entry the
 * stack pointer is at the return address, and the first frame is the function
 * itself.
 */
#include <linux/sched.h>
#include <linux/module.h>
#include <asm/stacktrace.h>
#include <asm/unwind.h>
#include "runtime.h"

struct frames {
	u64 *pcs;	/* NULL: only counted */
	u32 n, max;
};

static void frame_add(struct frames *f, u64 pc)
{
	if (f->n < f->max) {
		if (f->pcs)
			f->pcs[f->n] = pc;
		f->n++;
	}
}

static void frames_walk(struct frames *f, struct unwind_state *state)
{
	for (; f->n < f->max && !unwind_done(state); unwind_next_frame(state)) {
		const unsigned long pc = unwind_get_return_address(state);

		if (!pc)
			break;
		frame_add(f, pc);
	}
}

/* The callers of the place that the registers tell of: the unwinder leaves that place itself out. */
static void frames_from(struct frames *f, struct pt_regs *regs)
{
	struct unwind_state state;

	if (f->n >= f->max)
		return;
	unwind_start(&state, current, regs, NULL);
	frames_walk(f, &state);
}

/* From here, less the frames of this module. */
static void frames_here(struct frames *f)
{
	struct unwind_state state;

	unwind_start(&state, current, NULL, NULL);
	while (!unwind_done(&state)) {
		const unsigned long pc = unwind_get_return_address(&state);

		if (!pc || !within_module(pc, THIS_MODULE))
			break;
		unwind_next_frame(&state);
	}
	frames_walk(f, &state);
}

/* The hook may lie behind the function's landing mark. Before a module's first function there may be no memory. */
static u64 function_start(u64 ip)
{
	const u32 endbr64 = 0xfa1e0ff3, poison = 0x001f0f66;
	u32 before;

	if (!ENDBR_INSN_SIZE)
		return ip;
	DTC_LOAD_OR(before, ip - 4, nothing_before);
	if (before == endbr64 || before == poison)
		return ip - 4;
nothing_before:
	return ip;
}

static void frames_at_entry(struct frames *f, struct pt_regs *regs, u64 ip, u64 parent_ip)
{
	frame_add(f, function_start(ip));
	if (*(unsigned long *)regs->sp == parent_ip)
		frames_from(f, regs);
	else
		frame_add(f, parent_ip);
}

dtc_u32 dtc_rt_stack(dtc_u32 kind, void *regs, dtc_u64 ip, dtc_u64 parent_ip, dtc_u64 *pcs, dtc_u32 max)
{
	struct frames f = { .pcs = pcs, .max = max };
	struct pt_regs *at = regs;
	u32 i;

	switch (kind) {
	case DTC_GROUP_FBT_ENTRY:
		frames_at_entry(&f, at, ip, parent_ip);
		break;
	case DTC_GROUP_FBT_RETURN:
	case DTC_GROUP_FBT_PAIR:	/* back in the caller */
		frame_add(&f, function_start(ip));
		frame_add(&f, at->ip);
		frames_from(&f, at);
		break;
	case DTC_GROUP_KPROBE:
		frame_add(&f, ip);
		frames_from(&f, at);
		break;
	case DTC_GROUP_PROFILE:
	case DTC_GROUP_TICK:
		if (!at || user_mode(at))
			break;
		frame_add(&f, at->ip);
		frames_from(&f, at);
		break;
	default:
		frames_here(&f);
	}
	for (i = f.n; pcs && i < max; i++)
		pcs[i] = 0;
	return f.n;
}
