// SPDX-License-Identifier: GPL-2.0
/*
 * profile-N and tick-N by high-resolution timers that run in the hard
 * interrupt: one on each CPU, or one in all, which moves when its CPU goes
 * offline. They are started by GO.
 *
 * cpus_read_lock() is held where they are started, so that no CPU comes or goes
 * meanwhile; and the callbacks of hotplug.c, which exclude it, see all or none.
 */
#include <linux/cpu.h>
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
	int cpu;			/* where the tick is */
	struct tick __percpu *ticks;
};
static LIST_HEAD(timers);
static bool running;

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

/* On the CPU that it is for. */
static void tick_start(struct timer_group *t, ktime_t when)
{
	struct tick *tick = this_cpu_ptr(t->ticks);

	dtc_hrtimer_setup(&tick->timer, on_tick, HRTIMER_MODE_ABS_PINNED_HARD);
	tick->group = t;
	tick->armed = true;
	hrtimer_start(&tick->timer, when, HRTIMER_MODE_ABS_PINNED_HARD);
}

static ktime_t first_tick(const struct timer_group *t)
{
	return ktime_add_safe(ktime_get(), t->period);
}

static void profiles_start_here(void *unused)
{
	struct timer_group *t;

	list_for_each_entry(t, &timers, list)
		if (t->everywhere)
			tick_start(t, first_tick(t));
}

static void ticks_start_here(void *unused)
{
	struct timer_group *t;

	list_for_each_entry(t, &timers, list)
		if (!t->everywhere) {
			t->cpu = smp_processor_id();
			tick_start(t, first_tick(t));
		}
}

/* One that is traced, online, and not `but`; nr_cpu_ids or more: there is none. */
static unsigned int cpu_for_ticks(int but)
{
	unsigned int cpu;

	for_each_cpu_and(cpu, &run.cpus, cpu_online_mask)
		if (cpu != but && cpu_wanted(cpu))
			break;
	return cpu;
}

/* After the gates are open. */
int timer_start(void)
{
	struct timer_group *t;
	bool profile = false, tick = false;
	int ret = 0, here;

	list_for_each_entry(t, &timers, list) {
		profile |= t->everywhere;
		tick |= !t->everywhere;
	}
	if (profile && !hotplug_ready())
		return -EUSERS;
	cpus_read_lock();
	here = raw_smp_processor_id();
	if (!cpu_wanted(here) || !cpumask_test_cpu(here, &run.cpus))
		here = cpu_for_ticks(-1);
	if (here >= nr_cpu_ids)		/* those that are traced have just gone */
		run_halt(DTC_WHY_OFFLINE, cpumask_first(&run.cpus), 0);
	else if (tick)
		ret = smp_call_function_single(here, ticks_start_here, NULL, 1);
	if (profile && run.config.cpu != -1 && here < nr_cpu_ids)
		ret = ret ? ret : smp_call_function_single(here, profiles_start_here, NULL, 1);
	else if (profile)
		on_each_cpu_mask(&run.cpus, profiles_start_here, NULL, 1);
	running = !ret;
	cpus_read_unlock();
	return ret;
}

void timer_cpu_up(int cpu)
{
	unsigned long flags;

	if (!running || !cpu_wanted(cpu))
		return;
	local_irq_save(flags);
	profiles_start_here(NULL);
	local_irq_restore(flags);
}

struct tick_move { struct timer_group *t; ktime_t when; };

static void tick_move_here(void *arg)
{
	const struct tick_move *move = arg;

	move->t->cpu = smp_processor_id();
	tick_start(move->t, move->when);
}

/* A tick goes on elsewhere as if nothing had been. */
static void tick_move(struct timer_group *t, struct tick *tick, unsigned int to)
{
	struct tick_move move = { t, hrtimer_get_expires(&tick->timer) };

	if (to < nr_cpu_ids)
		smp_call_function_single(to, tick_move_here, &move, 1);
	else
		run_halt(DTC_WHY_OFFLINE, t->cpu, 0);
}

void timer_cpu_down(int cpu)
{
	struct timer_group *t;

	if (!running)
		return;
	list_for_each_entry(t, &timers, list) {
		struct tick *tick = per_cpu_ptr(t->ticks, cpu);

		if (!tick->armed)
			continue;
		hrtimer_cancel(&tick->timer);
		tick->armed = false;
		if (!t->everywhere)
			tick_move(t, tick, cpu_for_ticks(cpu));
	}
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

	cpus_read_lock();
	running = false;
	cpus_read_unlock();
	list_for_each_entry_safe(t, next, &timers, list) {
		tick_cancel(t);
		list_del(&t->list);
		free_percpu(t->ticks);
		kfree(t);
	}
}
