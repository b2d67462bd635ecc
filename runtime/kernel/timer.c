// SPDX-License-Identifier: GPL-2.0
/*
 * profile-N and tick-N by high-resolution timers that run in the hard
 * interrupt: one on each CPU, or one in all. They are started by GO. CPUs that
 * go offline and come back take their timers along.
 */
#include <linux/cpuhotplug.h>
#include <linux/hrtimer.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <asm/irq_regs.h>
#include "runtime.h"

struct tick {
	struct hrtimer timer;
	struct timer_group *group;
	bool armed;
};

struct timer_group {
	struct list_head list;
	u32 group, probe;
	ktime_t period;
	bool everywhere;		/* profile */
	struct tick __percpu *ticks;
};
static LIST_HEAD(timers);
static int hotplug_state = -1;

static enum hrtimer_restart on_tick(struct hrtimer *timer)
{
	struct tick *tick = container_of(timer, struct tick, timer);
	struct timer_group *t = tick->group;
	struct pt_regs *regs = get_irq_regs();
	struct dtc_ctx ctx = { .regs = regs, .ip = regs ? regs->ip : 0, .probe = t->probe };

	fire_group(t->group, &ctx, dtc_groups[t->group].fire);
	hrtimer_forward_now(timer, t->period);
	return HRTIMER_RESTART;
}

int timer_attach(u32 group, struct attach_target *targets, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		struct timer_group *t;

		targets[i].target.status = -EINVAL;
		if (!targets[i].target.value || targets[i].target.value > KTIME_MAX)
			continue;
		t = kzalloc(sizeof(*t), GFP_KERNEL);
		if (!t)
			return -ENOMEM;
		t->ticks = alloc_percpu(struct tick);
		if (!t->ticks) {
			kfree(t);
			return -ENOMEM;
		}
		t->group = group;
		t->probe = targets[i].target.probe;
		t->period = ns_to_ktime(targets[i].target.value);
		t->everywhere = dtc_groups[group].kind == DTC_GROUP_PROFILE;
		list_add_tail(&t->list, &timers);
		targets[i].target.status = 0;
		targets[i].target.sites = 1;
	}
	return 0;
}

static void tick_start(struct timer_group *t, struct tick *tick)
{
	dtc_hrtimer_setup(&tick->timer, on_tick, HRTIMER_MODE_REL_PINNED_HARD);
	tick->group = t;
	tick->armed = true;
	hrtimer_start(&tick->timer, t->period, HRTIMER_MODE_REL_PINNED_HARD);
}

static int profile_online(unsigned int cpu)
{
	struct timer_group *t;

	if (!cpumask_test_cpu(cpu, &run.cpus) || (run.config.cpu != -1 && run.config.cpu != cpu))
		return 0;
	list_for_each_entry(t, &timers, list)
		if (t->everywhere)
			tick_start(t, per_cpu_ptr(t->ticks, cpu));
	return 0;
}

static int profile_offline(unsigned int cpu)
{
	struct timer_group *t;

	list_for_each_entry(t, &timers, list) {
		struct tick *tick = per_cpu_ptr(t->ticks, cpu);

		if (!t->everywhere || !tick->armed)	/* a tick moves to another CPU with its timer */
			continue;
		hrtimer_cancel(&tick->timer);
		tick->armed = false;
	}
	return 0;
}

static void ticks_start_here(void *unused)
{
	struct timer_group *t;

	list_for_each_entry(t, &timers, list)
		if (!t->everywhere)
			tick_start(t, this_cpu_ptr(t->ticks));
}

/* After the gates are open. */
int timer_start(void)
{
	struct cpumask *cpus = &run.cpus;
	struct timer_group *t;
	bool profile = false, tick = false;
	int ret = 0;

	list_for_each_entry(t, &timers, list) {
		profile |= t->everywhere;
		tick |= !t->everywhere;
	}
	if (tick && run.config.cpu != -1)
		ret = smp_call_function_single(run.config.cpu, ticks_start_here, NULL, 1);
	else if (tick)
		ret = smp_call_function_any(cpus, ticks_start_here, NULL, 1);
	if (profile && !ret) {
		hotplug_state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "dtc:profile", profile_online, profile_offline);
		ret = min(hotplug_state, 0);
	}
	return ret;
}

static void tick_cancel(struct timer_group *t)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct tick *tick = per_cpu_ptr(t->ticks, cpu);

		if (tick->armed)
			hrtimer_cancel(&tick->timer);
	}
}

void timer_detach(void)
{
	struct timer_group *t, *next;

	if (hotplug_state >= 0)
		cpuhp_remove_state(hotplug_state);
	hotplug_state = -1;
	list_for_each_entry_safe(t, next, &timers, list) {
		tick_cancel(t);
		list_del(&t->list);
		free_percpu(t->ticks);
		kfree(t);
	}
}
