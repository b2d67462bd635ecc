// SPDX-License-Identifier: GPL-2.0
/*
 * Attaching and detaching, by the kind of a group. Everything is attached
 * behind closed gates; GO opens them.
 */
#include <linux/mm.h>
#include "runtime.h"

/* The addresses of all targets, offsets into functions included; .want is the target's place. */
int targets_find(const struct attach_target *targets, u32 count, struct symbol_set *set)
{
	struct symbol_want *wants = kvcalloc(count, sizeof(*wants), GFP_KERNEL);
	int ret;
	u32 i;

	if (!wants)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		wants[i] = targets[i].symbol;
		wants[i].offset = targets[i].target.value;
	}
	ret = symbols_find(wants, count, set);
	kvfree(wants);
	return ret;
}

static int special_attach(u32 group, struct attach_target *targets, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++)
		targets[i].target.status = 0;
	return 0;
}

static int (*const attach_kinds[DTC_GROUP_NR])(u32 group, struct attach_target *targets, u32 count) = {
	[DTC_GROUP_BEGIN] = special_attach,
	[DTC_GROUP_END] = special_attach,
	[DTC_GROUP_ERROR] = special_attach,
	[DTC_GROUP_PROFILE] = timer_attach,
	[DTC_GROUP_TICK] = timer_attach,
	[DTC_GROUP_SYSCALL_ENTRY] = syscall_attach,
	[DTC_GROUP_SYSCALL_RETURN] = syscall_attach,
	[DTC_GROUP_FBT_ENTRY] = fbt_attach,
	[DTC_GROUP_FBT_RETURN] = kprobe_attach,
	[DTC_GROUP_FBT_PAIR] = kprobe_attach,
	[DTC_GROUP_TRACEPOINT] = tracepoint_attach,
	[DTC_GROUP_KPROBE] = kprobe_attach,
};

int attach_group(u32 group, struct attach_target *targets, u32 count)
{
	const struct dtc_group *g = &dtc_groups[group];
	u32 i;

	if (g->kind >= DTC_GROUP_NR)
		return -EOPNOTSUPP;
	for (i = 0; i < count; i++)
		if (targets[i].target.probe < g->first_probe || targets[i].target.probe >= g->first_probe + g->nprobes)
			return -EINVAL;
	return attach_kinds[g->kind](group, targets, count);
}

int attach_init(void)
{
	int ret = fbt_init();

	if (!ret && dtc_program.self_size)
		ret = tracepoint_watch_exit();
	return ret;
}

void detach_all(void)
{
	symtab_free();
	timer_detach();
	fbt_detach();
	kprobe_detach();
	tracepoint_detach();
}
