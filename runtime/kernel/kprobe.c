// SPDX-License-Identifier: GPL-2.0
/*
 * Function returns by kretprobes, with the entry of the same function where
 * both are probed (FBT_PAIR), and kprobes at an offset into a function.
 *
 * The kernel turns kprobes into jumps a moment after they are armed, and holds
 * its lock on kprobes until all tasks have passed a quiet point: seconds, in
 * which no other is registered. So they are armed by GO, when all are there.
 */
#include <linux/kprobes.h>
#include <linux/slab.h>
#include "runtime.h"

#define INSTANCES 16384		/* returns that may be awaited at a time, over all functions of a group */
#define DETACH_BATCH	64

struct hook {
	struct list_head list;
	u32 group, probe;
	bool is_return, is_armed;
	void (*handler)(void *regs, u64 ip, u32 probe);		/* unless it is a return */
	union {
		struct kprobe kp;
		struct kretprobe rp;
	};
};
static LIST_HEAD(hooks);
static u64 missed_before;	/* by probes that are detached */

static int on_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct hook *hook = container_of(DTC_KRETPROBE_OF(instance), struct hook, rp);
	const struct dtc_group *g = &dtc_groups[hook->group];
	struct dtc_ctx ctx DTC_UNSET;

	ctx.regs = regs;
	ctx.ip = (unsigned long)hook->rp.kp.addr;
	ctx.parent_ip = *(unsigned long *)regs->sp;
	ctx.value = 0;
	ctx.probe = hook->probe + g->nprobes;
	fire_group(hook->group, &ctx, g->fire_entry);
	return 0;
}

static int on_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct hook *hook = container_of(DTC_KRETPROBE_OF(instance), struct hook, rp);
	struct dtc_ctx ctx DTC_UNSET;

	ctx.regs = regs;
	ctx.ip = (unsigned long)hook->rp.kp.addr;
	ctx.parent_ip = 0;
	ctx.value = regs->ax;
	ctx.probe = hook->probe;
	fire_group(hook->group, &ctx, dtc_groups[hook->group].fire);
	return 0;
}

static int on_kprobe(struct kprobe *kp, struct pt_regs *regs)
{
	const struct hook *hook = container_of(kp, struct hook, kp);

	hook->handler(regs, (unsigned long)kp->addr, hook->probe);
	return 0;
}

static int hook_register(struct hook *hook, unsigned long addr, u32 instances)
{
	if (!hook->is_return) {
		hook->kp.addr = (void *)addr;
		hook->kp.pre_handler = on_kprobe;
		hook->kp.flags = hook->is_armed ? 0 : KPROBE_FLAG_DISABLED;
		return register_kprobe(&hook->kp);
	}
	hook->rp.kp.addr = (void *)addr;
	hook->rp.handler = on_return;
	if (dtc_groups[hook->group].kind == DTC_GROUP_FBT_PAIR)
		hook->rp.entry_handler = on_entry;
	hook->rp.maxactive = instances;
	return register_kretprobe(&hook->rp);
}

/* The kernel says EINVAL of what it forbids (its own blacklist, patched places), EILSEQ inside an instruction. */
static int hook_status(int error)
{
	return error == -EINVAL ? -EPERM : error == -EILSEQ ? -EOPNOTSUPP : error;
}

/* Takes the hook over. */
static int hook_place(struct hook *hook, unsigned long addr, u32 instances)
{
	const int ret = hook_register(hook, addr, instances);

	if (ret)
		kfree(hook);
	else
		list_add(&hook->list, &hooks);
	return ret;
}

static int hook_add(u32 group, struct attach_target *t, unsigned long addr, u32 instances)
{
	struct hook *hook = kzalloc(sizeof(*hook), GFP_KERNEL);
	int ret;

	if (!hook)
		return -ENOMEM;
	hook->group = group;
	hook->probe = t->target.probe;
	hook->is_return = dtc_groups[group].kind != DTC_GROUP_KPROBE;
	hook->handler = dtc_groups[group].handler;
	hook->is_armed = hook->is_return || symbol_ftrace_location(addr);	/* what is no jump may fail: at once */
	ret = hook_place(hook, addr, instances);
	if (ret) {
		if (t->target.status)
			t->target.status = hook_status(ret);
		return 0;
	}
	t->target.status = 0;
	t->target.sites++;
	return 0;
}

/* Of no group: for the runtime's own use. */
int kprobe_hook(unsigned long addr, void (*handler)(void *regs, u64 ip, u32 probe))
{
	struct hook *hook = kzalloc(sizeof(*hook), GFP_KERNEL);

	if (!hook)
		return -ENOMEM;
	hook->handler = handler;
	hook->is_armed = true;
	return hook_place(hook, addr, 0);
}

int kprobe_attach(u32 group, struct attach_target *targets, u32 count)
{
	const u32 instances = clamp_t(u32, INSTANCES / count, 16 + 2 * num_online_cpus(), 1024);
	struct symbol_set set;
	int ret = entry_attach();
	u32 i;

	ret = ret ? ret : targets_find(targets, count, &set);
	if (ret)
		return ret;
	for (i = 0; i < set.count && !ret; i++) {
		struct attach_target *t = &targets[set.found[i].want];

		if (t->target.flags & DTC_PROBE_SKIP)
			continue;
		ret = hook_add(group, t, set.found[i].addr, instances);
		cond_resched();
	}
	symbols_free(&set);
	return ret;
}

int kprobe_go(void)
{
	struct hook *hook;
	int ret = 0;

	list_for_each_entry(hook, &hooks, list) {
		if (!hook->is_armed)
			ret = enable_kprobe(&hook->kp);
		if (ret && ret != -EINVAL)	/* that is one whose module has gone meanwhile */
			return ret;
		hook->is_armed = true;
		cond_resched();
	}
	return 0;
}

u64 kprobe_missed(void)
{
	struct hook *hook;
	u64 missed = 0;

	list_for_each_entry(hook, &hooks, list) {
		missed += hook->is_return ? hook->rp.nmissed : 0;
		missed += hook->is_return ? hook->rp.kp.nmissed : hook->kp.nmissed;
	}
	return missed + missed_before;
}

static void batch_detach(void **batch, u32 n, bool returns)
{
	if (n && returns)
		unregister_kretprobes((struct kretprobe **)batch, n);
	else if (n)
		unregister_kprobes((struct kprobe **)batch, n);
	cond_resched();
}

/*
 * The kernel waits once a batch for the handlers under way. It patches its code for each hook, which takes a millisecond
 * or many, and lets nobody else to its kprobes meanwhile: so not all at once.
 */
static void hooks_detach(bool returns)
{
	void *batch[DETACH_BATCH];
	struct hook *hook;
	u32 n = 0;

	list_for_each_entry(hook, &hooks, list) {
		if (hook->is_return != returns)
			continue;
		batch[n++] = returns ? (void *)&hook->rp : (void *)&hook->kp;
		if (n < DETACH_BATCH)
			continue;
		batch_detach(batch, n, returns);
		n = 0;
	}
	batch_detach(batch, n, returns);
}

void kprobe_detach(void)
{
	struct hook *hook, *next;

	hooks_detach(true);
	hooks_detach(false);
	missed_before = kprobe_missed();
	list_for_each_entry_safe(hook, next, &hooks, list) {
		list_del(&hook->list);
		kfree(hook);
	}
}
