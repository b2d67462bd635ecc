// SPDX-License-Identifier: GPL-2.0
/*
 * Tracepoints of the kernel, found by name; system calls by the two of
 * raw_syscalls, one emitted handler each; and the tracepoint that tells when a
 * thread's memory goes, which frees its variables.
 */
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include "runtime.h"

struct attached {
	struct list_head list;
	struct tracepoint *tp;
	void *handler;
};
static LIST_HEAD(attached);

struct tp_search {
	const char *name;
	struct tracepoint *tp;
};

static void tp_seen(struct tracepoint *tp, void *data)
{
	struct tp_search *search = data;

	if (!strcmp(tp->name, search->name))
		search->tp = tp;
}

static int tp_add(const char *name, void *handler)
{
	struct tp_search search = { .name = name };
	struct attached *a;
	int ret;

	for_each_kernel_tracepoint(tp_seen, &search);
	if (!search.tp)
		return -ENOENT;
	list_for_each_entry(a, &attached, list)
		if (a->tp == search.tp && a->handler == handler)
			return 0;
	a = kzalloc(sizeof(*a), GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	a->tp = search.tp;
	a->handler = handler;
	ret = tracepoint_probe_register(a->tp, handler, NULL);
	if (ret) {
		kfree(a);
		return ret;
	}
	list_add(&a->list, &attached);
	return 0;
}

int tracepoint_attach(u32 group, struct attach_target *targets, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		targets[i].target.status = tp_add(targets[i].symbol.name, dtc_groups[group].handler);
		targets[i].target.sites = !targets[i].target.status;
	}
	return 0;
}

/* The calls that are enabled stand in the emitted tables. */
int syscall_attach(u32 group, struct attach_target *targets, u32 count)
{
	const bool entry = dtc_groups[group].kind == DTC_GROUP_SYSCALL_ENTRY;
	void *handler = entry ? dtc_program.sys_enter : dtc_program.sys_exit;
	const int status = handler ? tp_add(entry ? "sys_enter" : "sys_exit", handler) : -EINVAL;
	u32 i;

	for (i = 0; i < count; i++) {
		targets[i].target.status = status;
		targets[i].target.sites = !status;
	}
	return 0;
}

int tracepoint_watch_exit(void)
{
	return tp_add("sched_process_free", variable_task_gone);
}

void tracepoint_detach(void)
{
	struct attached *a, *next;

	if (list_empty(&attached))
		return;
	list_for_each_entry_safe(a, next, &attached, list) {
		tracepoint_probe_unregister(a->tp, a->handler, NULL);
		list_del(&a->list);
		kfree(a);
	}
	tracepoint_synchronize_unregister();
}
