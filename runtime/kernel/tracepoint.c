// SPDX-License-Identifier: GPL-2.0
/*
 * Tracepoints of the kernel and its modules, found by name; a module stays
 * while one of its own is attached. System calls by the two of
 * raw_syscalls, one emitted handler each; and the tracepoint that tells when a
 * thread's memory goes, which frees its variables.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include "runtime.h"

struct attached {
	struct list_head list;
	struct tracepoint *tp;
	struct module *module;	/* held; NULL: the kernel's own */
	void *handler, *data;	/* data: the probe's row, for the handler */
};
static LIST_HEAD(attached);

struct tp_search {
	struct notifier_block nb;
	const char *name;
	struct tracepoint *tp;
	struct module *module;
};

static void tp_seen(struct tracepoint *tp, void *data)
{
	struct tp_search *search = data;

	if (!strcmp(tp->name, search->name))
		search->tp = tp;
}

#ifdef CONFIG_MODULES
/* Registering a notifier tells it of each module there is that has tracepoints. */
static int module_seen(struct notifier_block *nb, unsigned long state, void *data)
{
	struct tp_search *search = container_of(nb, struct tp_search, nb);
	struct tp_module *tp_module = data;
	struct module *mod = tp_module->mod;
	unsigned int i;

	for (i = 0; state == MODULE_STATE_COMING && !search->tp && i < mod->num_tracepoints; i++) {
		struct tracepoint *tp = tracepoint_ptr_deref(&mod->tracepoints_ptrs[i]);

		if (strcmp(tp->name, search->name) || !try_module_get(mod))
			continue;
		search->tp = tp;
		search->module = mod;
	}
	return NOTIFY_OK;
}

static void tp_find_in_modules(struct tp_search *search)
{
	search->nb.notifier_call = module_seen;
	if (!register_tracepoint_module_notifier(&search->nb))
		unregister_tracepoint_module_notifier(&search->nb);
}
#else
static void tp_find_in_modules(struct tp_search *search)
{
}
#endif

static bool is_attached(const struct tracepoint *tp, const void *handler, const void *data)
{
	const struct attached *a;

	list_for_each_entry(a, &attached, list)
		if (a->tp == tp && a->handler == handler && a->data == data)
			return true;
	return false;
}

static int tp_register(struct tracepoint *tp, struct module *module, void *handler, void *data)
{
	struct attached *a = kzalloc(sizeof(*a), GFP_KERNEL);
	int ret;

	if (!a)
		return -ENOMEM;
	*a = (struct attached){ .tp = tp, .module = module, .handler = handler, .data = data };
	ret = tracepoint_probe_register(tp, handler, data);
	if (ret)
		kfree(a);
	else
		list_add(&a->list, &attached);
	return ret;
}

static int tp_add(const char *name, void *handler, void *data)
{
	struct tp_search search = { .name = name };
	int ret;

	for_each_kernel_tracepoint(tp_seen, &search);
	if (!search.tp)
		tp_find_in_modules(&search);
	if (!search.tp)
		return -ENOENT;
	if (is_attached(search.tp, handler, data)) {
		module_put(search.module);
		return 0;
	}
	ret = tp_register(search.tp, search.module, handler, data);
	if (ret)
		module_put(search.module);
	return ret;
}

int tracepoint_attach(u32 group, struct attach_target *targets, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		targets[i].target.status = tp_add(targets[i].symbol.name, dtc_groups[group].handler,
						  (void *)(unsigned long)targets[i].target.probe);
		targets[i].target.sites = !targets[i].target.status;
	}
	return 0;
}

/* The calls that are enabled stand in the emitted tables. */
int syscall_attach(u32 group, struct attach_target *targets, u32 count)
{
	const bool entry = dtc_groups[group].kind == DTC_GROUP_SYSCALL_ENTRY;
	void *handler = entry ? dtc_program.sys_enter : dtc_program.sys_exit;
	const int status = handler ? tp_add(entry ? "sys_enter" : "sys_exit", handler, NULL) : -EINVAL;
	u32 i;

	for (i = 0; i < count; i++) {
		targets[i].target.status = status;
		targets[i].target.sites = !status;
	}
	return 0;
}

int tracepoint_watch_exit(void)
{
	return tp_add("sched_process_free", variable_task_gone, NULL);
}

void tracepoint_detach(void)
{
	struct attached *a, *next;

	if (list_empty(&attached))
		return;
	list_for_each_entry(a, &attached, list)
		tracepoint_probe_unregister(a->tp, a->handler, a->data);
	tracepoint_synchronize_unregister();
	list_for_each_entry_safe(a, next, &attached, list) {
		module_put(a->module);
		list_del(&a->list);
		kfree(a);
	}
}
