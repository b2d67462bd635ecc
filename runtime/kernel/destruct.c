// SPDX-License-Identifier: GPL-2.0
/*
 * Destructive actions. A signal takes locks that a probe may have interrupted,
 * so it is queued for this CPU and sent from an interrupt that comes as soon
 * as interrupts are on again.
 */
#include <linux/irq_work.h>
#include <linux/ktime.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timex.h>
#include "runtime.h"

#define SIGNALS 32			/* waiting on one CPU; a power of two is not needed */
#define CHILL_INTERVAL NSEC_PER_SEC
#define CHILL_MAX (NSEC_PER_SEC / 2)

enum { SLOT_FREE, SLOT_FILLING, SLOT_FULL };

struct signals {
	struct irq_work work;
	struct {
		int state;
		int sig;
		struct pid *pid;
	} slots[SIGNALS];
	u64 chill_from, chilled;
};
static struct signals __percpu *signals;

static void signals_send(struct irq_work *work)
{
	struct signals *s = container_of(work, struct signals, work);
	int i;

	for (i = 0; i < SIGNALS; i++) {
		if (smp_load_acquire(&s->slots[i].state) != SLOT_FULL)
			continue;
		kill_pid(s->slots[i].pid, s->slots[i].sig, 1);
		put_pid(s->slots[i].pid);
		smp_store_release(&s->slots[i].state, SLOT_FREE);
	}
}

int destruct_open(void)
{
	int cpu;

	if (!dtc_program.destructive)
		return 0;
	signals = alloc_percpu(struct signals);
	if (!signals)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		init_irq_work(&per_cpu_ptr(signals, cpu)->work, signals_send);
	return 0;
}

void destruct_close(void)
{
	int cpu;

	if (!signals)
		return;
	for_each_possible_cpu(cpu)
		irq_work_sync(&per_cpu_ptr(signals, cpu)->work);
	free_percpu(signals);
	signals = NULL;
}

static struct signals *signals_of(const struct dtc_cpu *cpu)
{
	return per_cpu_ptr(signals, cpu->id);
}

/* The kernel's own threads and init are left alone: neither is there to take a signal. */
dtc_u32 dtc_rt_raise(struct dtc_cpu *cpu, dtc_s64 sig)
{
	struct signals *s = signals_of(cpu);
	struct pid *pid;
	int i;

	if (sig < 1 || sig > _NSIG)
		return DTC_FAULT_ILLOP;
	if ((current->flags & (PF_KTHREAD | PF_EXITING)) || is_global_init(current))
		return 0;
	pid = task_tgid(current);
	if (!pid)
		return 0;
	for (i = 0; i < SIGNALS; i++)
		if (s->slots[i].state == SLOT_FULL && s->slots[i].sig == sig && s->slots[i].pid == pid)
			return 0;
	for (i = 0; i < SIGNALS; i++) {
		if (cmpxchg(&s->slots[i].state, SLOT_FREE, SLOT_FILLING) != SLOT_FREE)
			continue;
		s->slots[i].sig = sig;
		s->slots[i].pid = get_pid(pid);
		smp_store_release(&s->slots[i].state, SLOT_FULL);
		irq_work_queue(&s->work);
		return 0;
	}
	return DTC_FAULT_NOSCRATCH;
}

/* A CPU is kept from its work half of the time at the most. */
dtc_u32 dtc_rt_chill(struct dtc_cpu *cpu, dtc_u64 ns)
{
	struct signals *s = signals_of(cpu);
	const u64 from = ktime_get_mono_fast_ns(), cycles = get_cycles();
	u64 now = from;

	if (from - s->chill_from > CHILL_INTERVAL) {
		s->chill_from = from;
		s->chilled = 0;
	}
	if (ns > CHILL_MAX || s->chilled + ns > CHILL_MAX)
		return DTC_FAULT_ILLOP;
	while (now - from < ns) {
		cpu_relax();
		now = ktime_get_mono_fast_ns();
	}
	s->chilled += now - from;
	cpu->timed_from += get_cycles() - cycles;	/* not a cost of the probe */
	return 0;
}

void dtc_rt_panic(struct dtc_ctx *c)
{
	panic("dtc: panic action of %s at probe %u\n", THIS_MODULE->name, dtc_probe(c));
}
