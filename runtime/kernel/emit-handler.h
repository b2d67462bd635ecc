/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions that the kernel or the runtime calls at a probe. The context
 * is a local variable that no call takes the address of, so the compiler keeps
 * of it only what a clause uses.
 */
#ifndef DTC_EMIT_HANDLER_H
#define DTC_EMIT_HANDLER_H

/* `fire` of groups whose handler the kernel calls. */
void dtc_no_fire(struct dtc_ctx *c);

#define DTC_FIRING(save, cpu_, caller, ctx_, ...) do {			\
	const dtc_u64 dtc_flags_ = save();				\
	struct dtc_cpu *const cpu_ = dtc_this_cpu();			\
	if (dtc_enter(cpu_, caller)) {					\
		struct dtc_ctx dtc_ctx_ = ctx_;				\
		struct dtc_ctx *const c = &dtc_ctx_;			\
		__VA_ARGS__;						\
		(void)c;						\
		dtc_leave(cpu_);					\
	}								\
	dtc_irq_restore(dtc_flags_);					\
} while (0)

/* Braces of initializers do not survive as macro arguments. */
#define DTC_FBT_CTX(N, PROBE) (struct dtc_ctx){				\
	.cpu = dtc_cpu_, .regs = (char *)fregs + DTC_FREGS_REGS, .ip = ip, \
	.parent_ip = parent_ip, .kind = DTC_KIND_FBT_ENTRY, .group = (N), .probe = (PROBE) }

#define DTC_FBT_ENTRY(N, PROBE, ...)					\
void dtc_handler_##N(dtc_u64 ip, dtc_u64 parent_ip, void *op, void *fregs); \
void dtc_handler_##N(dtc_u64 ip, dtc_u64 parent_ip, void *op, void *fregs) \
{									\
	(void)op; (void)parent_ip; (void)ip;				\
	DTC_FIRING(dtc_irq_save, dtc_cpu_, parent_ip, DTC_FBT_CTX(N, PROBE), __VA_ARGS__); \
}									\
extern void dtc_fire_##N(struct dtc_ctx *c) __asm__("dtc_no_fire");

/* A tracepoint hands over its arguments as they are: what one does not have is never asked for. `data` is the probe's row. */
#define DTC_TRACEPOINT_CTX(N, PROBE) (struct dtc_ctx){			\
	.cpu = dtc_cpu_, .regs = args, .kind = DTC_KIND_TRACEPOINT, .group = (N), \
	.probe = (PROBE) == DTC_PROBE_BY_IP ? (dtc_u32)(unsigned long)data : (PROBE) }

/*
 * The arguments after the fifth lie on the stack, where the tracepoint has so many. A handler may be called so near
 * to the start of an interrupt's stack that it ends before them.
 */
DTC_INLINE dtc_u64 dtc_tracepoint_arg(dtc_u64 sp, dtc_u32 n)
{
	const dtc_u64 at = sp + 8 + n * 8ull;

	return dtc_likely(!((at ^ sp) >> 12)) ? *(const dtc_u64 *)at : dtc_rt_stack_arg(sp, n);
}

#define DTC_TRACEPOINT(N, PROBE, ...)					\
void dtc_handler_##N(void *data, dtc_u64 a0, dtc_u64 a1, dtc_u64 a2, dtc_u64 a3, dtc_u64 a4); \
void dtc_handler_##N(void *data, dtc_u64 a0, dtc_u64 a1, dtc_u64 a2, dtc_u64 a3, dtc_u64 a4) \
{									\
	const dtc_u64 sp = (dtc_u64)__builtin_dwarf_cfa() - 8;		\
	dtc_u64 args[] = { a0, a1, a2, a3, a4, dtc_tracepoint_arg(sp, 0), dtc_tracepoint_arg(sp, 1), \
			   dtc_tracepoint_arg(sp, 2), dtc_tracepoint_arg(sp, 3), dtc_tracepoint_arg(sp, 4) }; \
	DTC_FIRING(dtc_irq_save, dtc_cpu_, 0, DTC_TRACEPOINT_CTX(N, PROBE), __VA_ARGS__); \
}									\
extern void dtc_fire_##N(struct dtc_ctx *c) __asm__("dtc_no_fire");

/* A kprobe, which may be a breakpoint: what a thread owns must then be told from what an NMI does. */
#define DTC_KPROBE_CTX(N) (struct dtc_ctx){				\
	.cpu = dtc_cpu_, .regs = regs, .ip = ip, .kind = DTC_KIND_KPROBE, .group = (N), .probe = probe }

#define DTC_KPROBE(N, ...)						\
void dtc_handler_##N(void *regs, dtc_u64 ip, dtc_u32 probe);		\
void dtc_handler_##N(void *regs, dtc_u64 ip, dtc_u32 probe)		\
{									\
	DTC_FIRING(dtc_irq_save, dtc_cpu_, 0, DTC_KPROBE_CTX(N),	\
		   dtc_cpu_->in_kprobe = 1; __VA_ARGS__; dtc_cpu_->in_kprobe = 0); \
}									\
extern void dtc_fire_##N(struct dtc_ctx *c) __asm__("dtc_no_fire");

/*
 * The runtime has entered. It sets cpu, regs, ip, parent_ip, value and probe,
 * and for ERROR those that the error is about; nothing else is read.
 */
#define DTC_FIRE_AS(NAME, N, KIND, ...)					\
void NAME(struct dtc_ctx *from);					\
void NAME(struct dtc_ctx *from)						\
{									\
	struct dtc_ctx dtc_ctx_ = {					\
		.cpu = from->cpu, .regs = from->regs, .ip = from->ip, .parent_ip = from->parent_ip, \
		.value = from->value, .probe = from->probe, .kind = (KIND), .group = (N), \
	};								\
	struct dtc_ctx *const c = &dtc_ctx_;				\
	if ((KIND) == DTC_KIND_ERROR) {					\
		c->now = from->now;					\
		c->scratch_top = from->scratch_top;			\
		for (int i = 0; i < 5; i++)				\
			c->error_args[i] = from->error_args[i];		\
	}								\
	__VA_ARGS__;							\
	(void)c;							\
}

#define DTC_FIRE(N, KIND, ...)	   DTC_FIRE_AS(dtc_fire_##N, N, KIND, __VA_ARGS__)
#define DTC_FIRE_ENTRY(N, ...)	   DTC_FIRE_AS(dtc_fire_entry_##N, N, DTC_KIND_FBT_ENTRY, __VA_ARGS__)

#define DTC_SYSCALL_CTX(KIND, VALUE) (struct dtc_ctx){			\
	.cpu = dtc_cpu_, .regs = regs, .value = (VALUE), .kind = (KIND), .probe = (dtc_u32)probe }

/*
 * Calls of 32-bit programs have other numbers and are left out; those of x32
 * have a number past the table. Interrupts are on around a system call (it may
 * sleep there, for a debugger), so they are turned off and on without asking.
 */
#define DTC_SYSCALL(NAME, TABLE, KIND, NR, VALUE, ...)			\
void NAME(void *data, void *regs, dtc_s64 id);				\
void NAME(void *data, void *regs, dtc_s64 id)				\
{									\
	const dtc_u64 nr = (dtc_u64)(NR);				\
	dtc_s32 probe;							\
	(void)data; (void)id;						\
	if (dtc_unlikely(nr >= DTC_NR_SYSCALLS))			\
		return;							\
	probe = TABLE[nr];						\
	if (probe < 0 || dtc_unlikely(DTC_CURRENT_FIELD(dtc_u32, DTC_TASK_STATUS) & DTC_TS_COMPAT)) \
		return;							\
	DTC_FIRING(dtc_irq_off, dtc_cpu_, 0, DTC_SYSCALL_CTX(KIND, VALUE), __VA_ARGS__); \
}

#define DTC_SYSCALL_ENTRY(...) DTC_SYSCALL(dtc_sys_enter, dtc_sysenter_probe, DTC_KIND_SYSCALL_ENTRY, id, id, __VA_ARGS__)
#define DTC_SYSCALL_RETURN(...) DTC_SYSCALL(dtc_sys_exit, dtc_sysexit_probe, DTC_KIND_SYSCALL_RETURN, \
					    DTC_REG(regs, DTC_REGS_ORIG_AX), id, __VA_ARGS__)

#endif
