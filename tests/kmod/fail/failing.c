// SPDX-License-Identifier: GPL-2.0
/*
 * For kernel/failures.sh: makes the nth of the calls fail that a module of dtc
 * makes to get something from the kernel. `seen` counts them.
 */
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/string.h>

static int nth, seen;
module_param(nth, int, 0600);
module_param(seen, int, 0600);

static struct {
	const char *name;
	long result;
	struct kprobe kp;
} calls[] = {
	{ "kvmalloc_node", 0 }, { "__kmalloc", 0 }, { "kmalloc_trace", 0 }, { "__alloc_percpu", 0 }, { "relay_open", 0 },
	{ "proc_create_data", 0 }, { "memdup_user", -ENOMEM }, { "vmemdup_user", -ENOMEM }, { "ftrace_set_filter_ips", -ENOMEM },
	{ "register_ftrace_function", -ENOMEM }, { "tracepoint_probe_register", -ENOMEM }, { "enable_kprobe", -ENOMEM },
	{ "__cpuhp_setup_state_cpuslocked", -ENOSPC },
};

void failing_return(void);
asm(".text\n.type failing_return, @function\nfailing_return:\n\tret\n\tint3\n.size failing_return, .-failing_return\n");

static int on_call(struct kprobe *kp, struct pt_regs *regs)
{
	char caller[KSYM_SYMBOL_LEN];

	sprint_symbol(caller, *(unsigned long *)regs->sp);
	if (!strstr(caller, "[dtc_") || ++seen != nth)
		return 0;
	regs->ax = calls[container_of(kp, typeof(calls[0]), kp) - calls].result;
	regs->ip = (unsigned long)failing_return;
	return 1;
}

static int __init failing_init(void)
{
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		calls[i].kp.symbol_name = calls[i].name;
		calls[i].kp.pre_handler = on_call;
		ret = register_kprobe(&calls[i].kp);
		if (ret) {
			pr_warn("failing: %s: %d\n", calls[i].name, ret);
			while (i--)
				unregister_kprobe(&calls[i].kp);
			return ret;
		}
	}
	return 0;
}

static void __exit failing_exit(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		unregister_kprobe(&calls[i].kp);
}

module_init(failing_init);
module_exit(failing_exit);
MODULE_LICENSE("GPL");
