// SPDX-License-Identifier: GPL-2.0
/*
 * Built-in variables that need the kernel's structures: see emit-builtin.h.
 */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include "runtime.h"

#define ANCESTORS_MAX 1024

/*
 * The scheduler counts by its own clock of this CPU. A negative difference
 * (the thread was accounted for just now) counts for nothing.
 */
dtc_u64 dtc_rt_vtimestamp(void)
{
	const struct sched_entity *se = &current->se;
	const s64 since = sched_clock_cpu(raw_smp_processor_id()) - READ_ONCE(se->exec_start);

	return READ_ONCE(se->sum_exec_runtime) + (since > 0 ? since : 0);
}

/* What the program's registers held when it entered the kernel: tapset/regs.d names them. */
int dtc_rt_ureg(dtc_u32 n, dtc_u64 *ret)
{
	const struct thread_struct *t = &current->thread;

	BUILD_BUG_ON(sizeof(struct pt_regs) != 21 * sizeof(u64));
	if (current->flags & PF_KTHREAD)
		return -1;
	switch (n) {
	case 0 ... 20:
		*ret = ((const unsigned long *)task_pt_regs(current))[n];
		return 0;
	case 21:
		*ret = t->ds;
		return 0;
	case 22:
		*ret = t->es;
		return 0;
	case 23:
		*ret = t->fsindex;
		return 0;
	case 24:
		*ret = t->gsindex;
		return 0;
	case DTC_UREGS - 1:
		*ret = t->trap_nr;
		return 0;
	default:
		return -1;
	}
}

/* The n-th argument that lies on the stack, above the return address. */
dtc_u64 dtc_rt_stack_arg(dtc_u64 sp, dtc_u32 n)
{
	return dtc_peek(sp + 8 + n * 8ull);
}

dtc_s32 dtc_rt_progenyof(dtc_s64 pid)
{
	u64 task = (unsigned long)current;
	int i;

	for (i = 0; i < ANCESTORS_MAX && task; i++) {
		if ((s32)dtc_peek(task + DTC_TASK_TGID) == pid)
			return 1;
		if (!(s32)dtc_peek(task + DTC_TASK_TGID))
			break;
		task = dtc_peek(task + DTC_TASK_PARENT);
	}
	return 0;
}
