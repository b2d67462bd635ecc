// SPDX-License-Identifier: GPL-2.0
/*
 * From GO to STOP. Gates open after BEGIN and close before END. To close them
 * all, their stop bytes are set, then each CPU is interrupted: as firings run
 * with interrupts off, the answer means that none is under way.
 */
#include <linux/smp.h>
#include <linux/cpu.h>
#include <linux/ktime.h>
#include "runtime.h"

static void stop_set(u8 stop)
{
	int cpu;

	for_each_cpu(cpu, &run.cpus)
		if (stop || cpu_wanted(cpu))
			WRITE_ONCE(cpu_state(cpu)->stop, stop);
}

static void nothing(void *unused)
{
}

/* The lock keeps CPUs from joining: one that was about to open its gate has, and the next will not. */
void gates_close(void)
{
	WRITE_ONCE(run.gates_open, false);
	stop_set(1);
	cpus_read_lock();
	stop_set(1);
	smp_mb();
	on_each_cpu(nothing, NULL, 1);
	cpus_read_unlock();
}

static void gates_open(void)
{
	WRITE_ONCE(run.gates_open, true);
	smp_mb();
	stop_set(0);
	smp_mb();
	if (READ_ONCE(run.state) != DTC_STATE_ACTIVE)	/* exit() came while gates were still being opened */
		stop_set(1);
}

void gate_open(int cpu)
{
	smp_mb();	/* run.cpus has it: who opens or closes all sees it, or is seen here */
	if (!READ_ONCE(run.gates_open))
		return;
	WRITE_ONCE(cpu_state(cpu)->stop, 0);
	smp_mb();
	if (!READ_ONCE(run.gates_open) || READ_ONCE(run.state) != DTC_STATE_ACTIVE)
		WRITE_ONCE(cpu_state(cpu)->stop, 1);
}

void run_halt(int why, u32 cpu, u32 percent)
{
	if (cmpxchg(&run.state, DTC_STATE_ACTIVE, DTC_STATE_DRAINING) != DTC_STATE_ACTIVE)
		return;
	run.why_cpu = cpu;
	run.percent = percent;
	smp_wmb();
	WRITE_ONCE(run.why, why);
	stop_set(1);
	irq_work_queue(&run.wake);
}

/* Out of dtc_exit(). cpu->request: the clause's records are where the channel is not. */
void dtc_exit_slow(struct dtc_cpu *cpu);
void dtc_exit_slow(struct dtc_cpu *cpu)
{
	if (cpu->request)
		channel_keep_exit(cpu);
	run_halt(DTC_WHY_EXIT, cpu->id, 0);
}

int run_go(void)
{
	int ret = fbt_go();

	symtab_free();
	ret = ret ? ret : kprobe_go();
	if (ret)
		return ret;
	run.state = DTC_STATE_ACTIVE;
	fire_special(DTC_GROUP_BEGIN);
	if (READ_ONCE(run.state) != DTC_STATE_ACTIVE)
		return 0;
	gates_open();
	hotplug_check();
	return timer_start();
}

/* On each CPU. The gate is taken so that an NMI does not meet half of it. */
static void sync_this_cpu(void *flags)
{
	const u32 what = *(u32 *)flags;
	struct dtc_cpu *cpu = dtc_this_cpu();

	if (!cpu->configured)
		return;
	cpu->busy = 1;
	barrier();
	if (what & DTC_SYNC_AGG)
		agg_swap_this_cpu(cpu);
	if (what & DTC_SYNC_FLUSH)
		channel_flush_this_cpu(cpu);
	barrier();
	cpu->busy = 0;
}

/* The buffers of a CPU that has gone offline have no writer. */
static void sync_dead_cpu(struct dtc_cpu *cpu, u32 what)
{
	if (what & DTC_SYNC_AGG)
		agg_swap_this_cpu(cpu);
	if (what & DTC_SYNC_FLUSH)
		channel_flush_this_cpu(cpu);
}

int run_sync(struct dtc_sync *sync)
{
	static struct cpumask untraced;	/* run.lock is held; too large for a stack */
	int cpu;

	if (sync->flags & ~(DTC_SYNC_AGG | DTC_SYNC_FLUSH))
		return -EINVAL;
	if (sync->flags & DTC_SYNC_AGG)
		for_each_cpu(cpu, &run.cpus)
			agg_clean_spare(cpu_state(cpu));
	cpus_read_lock();
	sync->time = ktime_get_mono_fast_ns();
	on_each_cpu(sync_this_cpu, &sync->flags, 1);
	for_each_cpu(cpu, &run.cpus)
		if (!cpu_online(cpu))
			sync_dead_cpu(cpu_state(cpu), sync->flags);
	cpus_untraced(&untraced);
	sync->ncpus = cpumask_weight(&run.cpus);
	sync->nuntraced = cpumask_weight(&untraced);
	cpus_read_unlock();
	return 0;
}

void run_status(struct dtc_status *status)
{
	const u32 cpu = status->cpu;
	const struct dtc_cpu *state = cpu_state(cpu);
	int i;

	memset(status, 0, sizeof(*status));
	status->state = READ_ONCE(run.state);
	status->why = READ_ONCE(run.why);
	smp_rmb();
	status->cpu = status->why == DTC_WHY_OVERLOAD || status->why == DTC_WHY_OFFLINE ? run.why_cpu : cpu;
	status->percent = run.percent;
	for (i = 0; i < DTC_DROP_NR; i++)
		status->drops[i] = READ_ONCE(state->drops[i]);
	if (cpu == cpumask_first(&run.cpus))	/* the kernel counts them for all CPUs together */
		status->drops[DTC_DROP_MISSED] += kprobe_missed();
	status->fires = fires_of(state);
}

void run_stop(void)
{
	const int state = READ_ONCE(run.state);

	if (state == DTC_STATE_NEW || state == DTC_STATE_STOPPED)
		return;
	gates_close();
	timer_detach();
	if (state != DTC_STATE_READY)	/* BEGIN has fired */
		fire_special(DTC_GROUP_END);
	detach_all();
	run.state = DTC_STATE_STOPPED;
}
