// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading. The module makes /proc/NAME with the file ctl, by
 * which dtrun does the rest; without it nothing is attached or allocated.
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <asm/cpufeature.h>
#include "runtime.h"

struct dtc_run run;
struct dtc_cpu *dtc_cpu_base;
u64 dtc_text_start, dtc_text_size;
dtc_s64 dtc_macros[DTC_MACRO_NR];
dtc_s64 dtc_params[DTC_MAX_PARAMS];
char dtc_param_strings[DTC_MAX_PARAMS][DTC_PARAM_STRLEN];

void *alloc_big(size_t size, int node)
{
	return kvmalloc_node(size, GFP_KERNEL | __GFP_ZERO | __GFP_NORETRY | __GFP_NOWARN, node);
}

static void run_init(void)
{
	int cpu;

	dtc_text_start = (unsigned long)DTC_MODULE_TEXT(THIS_MODULE);
	dtc_text_size = DTC_MODULE_TEXT_SIZE(THIS_MODULE);
	mutex_init(&run.lock);
	init_waitqueue_head(&run.wait);
	init_irq_work(&run.wake, watch_wake);
	for_each_possible_cpu(cpu) {
		struct dtc_cpu *state = cpu_state(cpu);

		state->id = cpu;
		state->stop = 1;
	}
}

static int __init dtc_init(void)
{
	struct dtc_cpu __percpu *base;

	BUILD_BUG_ON(sizeof(struct dtc_agg_node) != sizeof(struct dtc_agg_entry));
	BUILD_BUG_ON((int)DTC_KIND_KPROBE != (int)DTC_GROUP_KPROBE);
	BUILD_BUG_ON((int)DTC_DROP_NR > (int)ARRAY_SIZE(dtc_cpu_base->drops));
	BUILD_BUG_ON(DTC_DROP_RECURSION != 3);

	/* Probes turn interrupts off with cli, which a paravirtual Xen guest may not. */
	if (boot_cpu_has(X86_FEATURE_XENPV) || nr_cpu_ids > 65536)
		return -EOPNOTSUPP;
	base = alloc_percpu(struct dtc_cpu);
	if (!base)
		return -ENOMEM;
	dtc_cpu_base = (struct dtc_cpu *)(unsigned long)base;
	run_init();
	run.dir = proc_mkdir(THIS_MODULE->name, NULL);
	if (!run.dir || !proc_create("ctl", 0600, run.dir, &control_ops)) {
		proc_remove(run.dir);
		free_percpu(base);
		return -EEXIST;
	}
	return 0;
}

/* No file is open, so nothing is attached; proc_remove() waits for a close that is about to return. */
static void __exit dtc_exit_module(void)
{
	proc_remove(run.dir);
	irq_work_sync(&run.wake);
	free_percpu((struct dtc_cpu __percpu *)(unsigned long)dtc_cpu_base);
}

module_init(dtc_init);
module_exit(dtc_exit_module);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A D script, compiled by dtc");
