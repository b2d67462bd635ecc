// SPDX-License-Identifier: GPL-2.0
/*
 * What ends a run by itself: CPUs that spend too much of their time in probes,
 * and a reader that gives no sign any more.
 *
 * The time in probes is an estimate: one firing of some 200 is timed, by the
 * time stamp counter (a function of the kernel could itself be probed), and
 * stands for as many. The distance varies so that it does not fall in step with the
 * probes. A single long firing, in which something else took the processor
 * (the host of a virtual machine), counts only once.
 */
#include <linux/jiffies.h>
#include <asm/msr.h>
#include <asm/tsc.h>
#include "runtime.h"

#define HOOK	40		/* ticks: what the kernel's own way to a probe takes, about */
#define OUTLIER 16		/* times the average */

void dtc_enter_timed(struct dtc_cpu *cpu);
void dtc_leave_timed(struct dtc_cpu *cpu);

u64 fires_of(const struct dtc_cpu *cpu)
{
	return READ_ONCE(cpu->fires) + cpu->stride - 1 - READ_ONCE(cpu->countdown);
}

/* The countdown is over: busy becomes 2, so that leaving comes to dtc_leave_timed(). */
void dtc_enter_timed(struct dtc_cpu *cpu)
{
	const u64 now = rdtsc();

	cpu->fires += cpu->stride;
	cpu->stride = 129 + (now ^ now >> 7) % 128;
	cpu->countdown = cpu->stride - 1;
	if (!cpu->window_from)
		cpu->window_from = now;
	cpu->timed_from = now;
	cpu->busy = 2;
}

static u64 interval_ticks(void)
{
	return DTC_OVERLOAD_INTERVAL / 1000000 * (tsc_khz ? tsc_khz : 1000000);
}

static void window_judge(struct dtc_cpu *cpu, u64 now)
{
	const u64 passed = now - cpu->window_from;
	const u64 percent = cpu->window_busy * 100 / passed;

	if (run.config.overload_percent && percent > run.config.overload_percent)
		run_halt(DTC_WHY_OVERLOAD, cpu->id, min_t(u64, percent, 100));
	cpu->window_from = now;
	cpu->window_busy = 0;
}

void dtc_leave_timed(struct dtc_cpu *cpu)
{
	const u64 now = rdtsc();
	const u64 took = now - cpu->timed_from + HOOK;
	const u64 usual = cpu->average ? min(took, cpu->average * OUTLIER) : took;

	cpu->average = (cpu->average * 7 + usual) / 8;
	cpu->window_busy += took + (cpu->stride - 1) * usual;
	if (now - cpu->window_from >= interval_ticks())
		window_judge(cpu, now);
	barrier();
	cpu->busy = 0;
}

/* The reader is about to end the run. */
static bool run_ends_well(void)
{
	const int why = READ_ONCE(run.why);

	return why == DTC_WHY_EXIT || why == DTC_WHY_ASKED;
}

static void watch_run(struct work_struct *work)
{
	const unsigned long limit = run.config.reader_timeout * HZ;

	if (mutex_trylock(&run.lock)) {	/* else the reader is in an ioctl */
		if (run.config.reader_timeout && time_after(jiffies, READ_ONCE(run.seen) + limit))
			run_halt(DTC_WHY_READER, 0, 0);
		if (run.state == DTC_STATE_DRAINING && !run_ends_well() && !run.detached) {
			gates_close();
			timer_detach();
			detach_all();
			run.detached = true;
		}
		mutex_unlock(&run.lock);
	}
	if (READ_ONCE(run.watching))
		schedule_delayed_work(&run.watch, HZ);
}

/* The state changed in a firing: tells poll(), and takes the probes off at once after an overload. */
void watch_wake(struct irq_work *work)
{
	wake_up_interruptible(&run.wait);
	if (!run_ends_well() && READ_ONCE(run.watching))
		mod_delayed_work(system_wq, &run.watch, 0);
}

void watch_start(void)
{
	reader_seen();
	INIT_DELAYED_WORK(&run.watch, watch_run);
	run.watching = true;
	schedule_delayed_work(&run.watch, HZ);
}

/* Not under run.lock: the work takes it. The work and the wake-up may each have started the other once more. */
void watch_stop(void)
{
	int i;

	if (!run.watching)
		return;
	gates_close();
	WRITE_ONCE(run.watching, false);
	for (i = 0; i < 2; i++) {
		irq_work_sync(&run.wake);
		cancel_delayed_work_sync(&run.watch);
	}
}
