// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers of this kernel that emitted code needs. Kbuild compiles this to
 * assembly and makes dtc-kernel.h of the marked lines, as the kernel makes its
 * own asm-offsets.h. It is never linked.
 */
#include <linux/cred.h>
#include <linux/ftrace.h>
#include <linux/kbuild.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/relay.h>
#include <linux/sched.h>
#include <asm/asm.h>
#include <asm/ptrace.h>
#include <asm/syscall.h>
#include <asm/thread_info.h>
#include "compat.h"

int main(void);

static void task_constants(void)
{
	OFFSET(DTC_TASK_COMM, task_struct, comm);
	OFFSET(DTC_TASK_PID, task_struct, pid);
	OFFSET(DTC_TASK_TGID, task_struct, tgid);
	OFFSET(DTC_TASK_PARENT, task_struct, real_parent);
	OFFSET(DTC_TASK_CRED, task_struct, cred);
	OFFSET(DTC_TASK_STATUS, task_struct, thread_info.status);
	DEFINE(DTC_TS_COMPAT, TS_COMPAT);
	OFFSET(DTC_CRED_UID, cred, uid);
	OFFSET(DTC_CRED_GID, cred, gid);
	DEFINE(DTC_NR_SYSCALLS, NR_syscalls);
	DEFINE(DTC_PREEMPT_IRQ_MASK, NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET);
	DEFINE(DTC_PREEMPT_NMI_MASK, NMI_MASK);
	DEFINE(DTC_PREEMPT_NMI_ENTERED, NMI_OFFSET + HARDIRQ_OFFSET);
	DEFINE(DTC_HZ, HZ);
#ifdef CONFIG_PREEMPT_RT
	OFFSET(DTC_MUTEX_OWNER, mutex, rtmutex.owner);
#else
	OFFSET(DTC_MUTEX_OWNER, mutex, owner);
#endif
}

static void regs_constants(void)
{
	OFFSET(DTC_REGS_DI, pt_regs, di);
	OFFSET(DTC_REGS_SI, pt_regs, si);
	OFFSET(DTC_REGS_DX, pt_regs, dx);
	OFFSET(DTC_REGS_CX, pt_regs, cx);
	OFFSET(DTC_REGS_R8, pt_regs, r8);
	OFFSET(DTC_REGS_R9, pt_regs, r9);
	OFFSET(DTC_REGS_R10, pt_regs, r10);
	OFFSET(DTC_REGS_R11, pt_regs, r11);
	OFFSET(DTC_REGS_R12, pt_regs, r12);
	OFFSET(DTC_REGS_R13, pt_regs, r13);
	OFFSET(DTC_REGS_R14, pt_regs, r14);
	OFFSET(DTC_REGS_R15, pt_regs, r15);
	OFFSET(DTC_REGS_BX, pt_regs, bx);
	OFFSET(DTC_REGS_BP, pt_regs, bp);
	OFFSET(DTC_REGS_AX, pt_regs, ax);
	OFFSET(DTC_REGS_ORIG_AX, pt_regs, orig_ax);
	OFFSET(DTC_REGS_IP, pt_regs, ip);
	OFFSET(DTC_REGS_SP, pt_regs, sp);
	OFFSET(DTC_REGS_CS, pt_regs, cs);
	DEFINE(DTC_FREGS_REGS, DTC_COMPAT_FREGS_REGS);
	DEFINE(DTC_ENDBR_SIZE, ENDBR_INSN_SIZE);
}

static void relay_constants(void)
{
	OFFSET(DTC_RBUF_DATA, rchan_buf, data);
	OFFSET(DTC_RBUF_OFFSET, rchan_buf, offset);
}

/* An exception table entry: { fault, fixup } relative addresses, then with DTC_EX_TYPED a word that tells the handler. */
static void extable_constants(void)
{
	DEFINE(DTC_EX_TYPED, DTC_COMPAT_EX_TYPED);
	DEFINE(DTC_EX_TYPE, DTC_COMPAT_EX_TYPE);
	DEFINE(DTC_PCPU_HOT, DTC_COMPAT_PCPU_HOT);
	DEFINE(DTC_CURRENT_OFFSET, DTC_COMPAT_CURRENT_OFFSET);
	DEFINE(DTC_PREEMPT_OFFSET, DTC_COMPAT_PREEMPT_OFFSET);
}

int main(void)
{
	task_constants();
	regs_constants();
	relay_constants();
	extable_constants();
	return 0;
}
