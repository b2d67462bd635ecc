/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state of one CPU and the gate that every firing passes.
 *
 * A firing runs with interrupts off, so only an NMI can come between, and the
 * gate turns that away: `busy` is not 0 while a firing runs. `stop` is the
 * other half of the gate; it is the only byte that other CPUs write. Both are
 * tested at once.
 *
 * Every now and then (dtc_enter_timed) a firing is timed, to estimate how much
 * of this CPU's time goes into probes: `busy` is 2 then, and leaving notices
 * by the same subtraction that opens the gate.
 *
 * Rare paths are called with DTC_CALL, which preserves all registers, so that
 * hot code keeps no callee-saved registers on their behalf.
 */
#ifndef DTC_EMIT_CPU_H
#define DTC_EMIT_CPU_H

#define DTC_INLINE_KEYS 4	/* tuples of at most so many words are handed over by value */

/* Where the records of the clause that ends the run go when the channel is full: dataN gives them in their place. */
struct dtc_exit_room {
	char *data;
	dtc_u64 size;
	dtc_u64 held;			/* bytes of the clause that is running */
	dtc_u64 used;			/* bytes that there are, once the run has ended */
	dtc_u64 at;			/* the sub-buffer that they stand before */
};

struct dtc_cpu {
	union {
		dtc_u16 gate;
		struct { dtc_u8 busy, stop; };
	};
	dtc_u16 id;			/* number of the CPU */
	dtc_s32 countdown;		/* firings until one is timed */
	struct dtc_agg_buf agg;		/* being filled */
	char *rbuf;			/* struct rchan_buf */
	dtc_u64 subbuf_size;
	char *scratch;
	void *keys_raw;
	dtc_u64 *keys;			/* two tuples of DTC_KEY_ROOM words each, aligned to one */
	dtc_u64 drops[16];		/* by enum dtc_drop */

	/* Of the rare paths. */
	struct dtc_agg_buf spare;	/* being read, or clean */
	struct dtc_agg_want want;
	dtc_u64 want_key[DTC_INLINE_KEYS];
	struct dtc_ctx fault_ctx;	/* what dtc_fault() tells of it */
	dtc_u64 request;		/* argument of the call */
	dtc_u32 fault;			/* why a call failed */
	dtc_u64 fault_value;
	dtc_u64 fires;			/* firings, once the countdown is over */
	dtc_u32 stride;			/* what the countdown started from */
	dtc_u32 switch_seq;		/* odd while the channel changes sub-buffers */
	dtc_u64 timed_from;		/* time stamp counter at the start of this firing */
	dtc_u64 average;		/* of a firing, in its units */
	dtc_u64 window_from;		/* start of the stretch that is being judged */
	dtc_u64 window_busy;		/* estimate of the time in probes since then */
	dtc_u64 random;
	dtc_u32 erring;			/* ERROR clauses are running */
	dtc_u32 in_kprobe;		/* a firing at a kprobe, for which a breakpoint may stand */
	dtc_u32 configured;		/* has buffers */
	dtc_u32 files;			/* how many of its files there are */
	struct dtc_exit_room exit;
	struct dtc_spec_part *spec;	/* what it has sent into each speculation */
};

#define DTC_KEY_ROOM 4096	/* words: DTC_MAX_KEY_WORDS and room to overrun until it is noticed */

extern struct dtc_cpu *dtc_cpu_base;	/* of alloc_percpu */

extern dtc_u64 dtc_kernel_this_cpu_off __asm__("this_cpu_off");
#if DTC_PCPU_HOT
extern char dtc_kernel_current[] __asm__("pcpu_hot");
extern char dtc_kernel_preempt[] __asm__("pcpu_hot");
#else
extern char dtc_kernel_current[] __asm__("current_task");
extern char dtc_kernel_preempt[] __asm__("__preempt_count");
#endif

DTC_INLINE struct dtc_cpu *dtc_this_cpu(void)
{
	struct dtc_cpu *cpu = dtc_cpu_base;

	__asm__ volatile("addq %%gs:%1, %0" : "+r"(cpu) : "m"(dtc_kernel_this_cpu_off) : "cc");
	return cpu;
}

/* What this CPU's copy of a per-CPU variable lies above its symbol. */
DTC_INLINE dtc_u64 dtc_percpu(void)
{
	dtc_u64 offset;

	__asm__ volatile("movq %%gs:%1, %0" : "=r"(offset) : "m"(dtc_kernel_this_cpu_off));
	return offset;
}

DTC_INLINE char *dtc_current(void)
{
	char *task;

	__asm__("movq %%gs:%1, %0" : "=r"(task) : "m"(*(char **)(dtc_kernel_current + DTC_CURRENT_OFFSET)));
	return task;
}

DTC_INLINE dtc_u32 dtc_preempt_count(void)
{
	dtc_u32 count;

	__asm__ volatile("movl %%gs:%1, %0" : "=r"(count) : "m"(*(dtc_u32 *)(dtc_kernel_preempt + DTC_PREEMPT_OFFSET)));
	return count;
}

DTC_INLINE dtc_u64 dtc_irq_save(void)
{
	dtc_u64 flags;

	__asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
	return flags;
}

/* Where interrupts are known to be on. */
DTC_INLINE dtc_u64 dtc_irq_off(void)
{
	__asm__ volatile("cli" : : : "memory");
	return 0x200;
}

DTC_INLINE void dtc_irq_restore(dtc_u64 flags)
{
	if (flags & 0x200)
		__asm__ volatile("sti" : : : "memory");
}

/* Calls FN_thunk(cpu) of thunk.S; gives what it returns. */
#define DTC_CALL(fn, cpu) ({						\
	dtc_u64 dtc_ret_;						\
	__asm__ volatile("call " #fn "_thunk"				\
			 : "=a"(dtc_ret_) : "D"(cpu) : "memory", "cc");	\
	dtc_ret_; })

/* The module's own code. */
extern dtc_u64 dtc_text_start, dtc_text_size;

/*
 * Takes the gate; interrupts are off. 0: this firing does not take place. One
 * that was turned away counts as lost, unless it is the work of a firing: a
 * function called by this module. caller: its return address, or 0.
 */
DTC_INLINE int dtc_enter(struct dtc_cpu *cpu, dtc_u64 caller)
{
	if (dtc_unlikely(cpu->gate)) {
		if (cpu->busy && !cpu->stop &&
		    ((__builtin_constant_p(caller) && !caller) || caller - dtc_text_start >= dtc_text_size))
			cpu->drops[3]++;	/* DTC_DROP_RECURSION */
		return 0;
	}
	cpu->busy = 1;
	if (dtc_unlikely(--cpu->countdown < 0))
		DTC_CALL(dtc_enter_timed, cpu);
	dtc_barrier();
	return 1;
}

DTC_INLINE void dtc_leave(struct dtc_cpu *cpu)
{
	dtc_barrier();
	if (dtc_unlikely(--cpu->busy))
		DTC_CALL(dtc_leave_timed, cpu);
	dtc_barrier();
}

#endif
