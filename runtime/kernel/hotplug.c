// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs that come and go during a run. One that comes online gets buffers and
 * files like the others, before the scheduler gives it work, and its gate is
 * opened; dtrun learns of it from SYNC. One that goes keeps them, and its ticks
 * move. Where there is no memory for a new one, SYNC tells that it is not
 * traced.
 *
 * A callback runs on that CPU, with interrupts on, while cpus_read_lock() is
 * denied to all others: that is the lock of what callbacks change. They may not
 * take run.lock, whose holders wait for cpus_read_lock().
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include "runtime.h"

static int hotplug_state = -1;

static int cpu_up_here(unsigned int cpu)
{
	if (!cpumask_test_cpu(cpu, &run.cpus)) {
		if (!cpu_wanted(cpu) || cpu_join(cpu))
			return 0;
		gate_open(cpu);
	}
	timer_cpu_up(cpu);
	return 0;
}

static int cpu_down_here(unsigned int cpu)
{
	if (run.config.cpu == cpu)
		run_halt(DTC_WHY_OFFLINE, cpu, 0);
	timer_cpu_down(cpu);
	return 0;
}

/* cpus_read_lock() is held. The kernel has room for some twenty at a time: a run does without, if it has no timers. */
void hotplug_open(void)
{
	hotplug_state = cpuhp_setup_state_nocalls_cpuslocked(CPUHP_AP_ONLINE_DYN, "dtc:online", cpu_up_here, cpu_down_here);
}

bool hotplug_ready(void)
{
	return hotplug_state >= 0;
}

void hotplug_close(void)
{
	if (hotplug_state >= 0)
		cpuhp_remove_state_nocalls(hotplug_state);
	hotplug_state = -1;
}

void hotplug_check(void)
{
	cpus_read_lock();
	if (run.config.cpu != -1 && !cpu_online(run.config.cpu))
		run_halt(DTC_WHY_OFFLINE, run.config.cpu, 0);
	cpus_read_unlock();
}

/* Whether it would be traced if it were there. */
bool cpu_wanted(int cpu)
{
	return run.config.cpu == -1 || run.config.cpu == cpu;
}

/* cpus_read_lock() is held. */
void cpus_untraced(struct cpumask *ret)
{
	cpumask_clear(ret);
	if (run.config.cpu == -1)
		cpumask_andnot(ret, cpu_online_mask, &run.cpus);
}
