// SPDX-License-Identifier: GPL-2.0
/*
 * Function entries by ftrace: one ftrace_ops for all functions of a group, so
 * that the kernel calls the group's handler straight from the function's own
 * trampoline. Which probe fired is found by the address where that matters.
 *
 * Each ftrace_ops costs a round of code patching to attach, and a wait for all
 * tasks to detach. So a script with many groups has one for all of them,
 * registered by GO: it finds the group by the address.
 *
 * The core's guard against recursion is left out (no FTRACE_OPS_FL_RECURSION):
 * the gate in the handler is one.
 */
#include <linux/ftrace.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "runtime.h"

#define SHARED_FROM 9	/* groups that share one ftrace_ops */
#define MAP_SLACK 256	/* rows past the end that a run of collisions may take */

struct fbt_group {
	struct list_head list;
	struct ftrace_ops ops;
};
static LIST_HEAD(fbt_groups);
struct dtc_ip_map *dtc_ip_maps;

/* All hooks of the groups that share; .want is the group. */
static struct {
	bool wanted;
	struct symbol_found *found;
	u32 count, room;
	struct dtc_ip_map map;
} shared;

int fbt_init(void)
{
	static struct dtc_ip_row none[2];
	u32 i, groups = 0;

	for (i = 0; i < dtc_program.ngroups; i++)
		groups += dtc_groups[i].kind == DTC_GROUP_FBT_ENTRY;
	shared.wanted = groups >= SHARED_FROM;

	dtc_ip_maps = kvcalloc(dtc_program.ngroups + 1, sizeof(*dtc_ip_maps), GFP_KERNEL);
	if (!dtc_ip_maps)
		return -ENOMEM;
	for (i = 0; i <= dtc_program.ngroups; i++)
		dtc_ip_maps[i] = (struct dtc_ip_map){ none, 31 };
	return 0;
}

void fbt_free(void)
{
	u32 i;

	if (!dtc_ip_maps)
		return;
	for (i = 0; i < dtc_program.ngroups; i++)
		if (dtc_ip_maps[i].shift != 31)
			kvfree(dtc_ip_maps[i].rows);
	kvfree(dtc_ip_maps);
	dtc_ip_maps = NULL;
	kvfree(shared.map.rows);
	kvfree(shared.found);
	memset(&shared, 0, sizeof(shared));
}

/*
 * The map of a group's addresses to its probes, or without `targets` to what was wanted. A run of collisions too long for
 * the slack asks for a larger one.
 */
static int map_fill(struct dtc_ip_map *map, const struct attach_target *targets, const struct symbol_set *set, u32 size)
{
	u32 i;

	for (i = 0; i < set->count; i++) {
		const u32 ip = set->found[i].addr;
		u32 at = DTC_IP_HASH(ip, map->shift);

		while (map->rows[at].ip)
			if (++at == size + MAP_SLACK - 1)
				return -ENOSPC;
		map->rows[at] = (struct dtc_ip_row){ ip, targets ? targets[set->found[i].want].target.probe : set->found[i].want };
	}
	return 0;
}

static int map_make(struct dtc_ip_map *map, const struct attach_target *targets, const struct symbol_set *set)
{
	u32 bits = max(4, ilog2(set->count + 1) + 2);
	int ret;

	for (; bits < 26; bits++) {
		map->shift = 32 - bits;
		map->rows = kvcalloc((1u << bits) + MAP_SLACK, sizeof(*map->rows), GFP_KERNEL);
		if (!map->rows)
			return -ENOMEM;
		ret = map_fill(map, targets, set, 1u << bits);
		if (!ret)
			return 0;
		kvfree(map->rows);
	}
	return -E2BIG;
}

/* Turns the addresses into those of the hooks, once each; what has no hook goes. */
static void set_keep_hooks(struct symbol_set *set, struct attach_target *targets)
{
	unsigned long last = 0;
	u32 i, n = 0;

	for (i = 0; i < set->count; i++) {
		const struct symbol_found found = set->found[i];
		const unsigned long hook = symbol_ftrace_location(found.addr);
		struct dtc_target *target = &targets[found.want].target;

		if (!hook) {
			if (target->status)
				target->status = -EOPNOTSUPP;
			continue;
		}
		if (hook == last) {	/* another name of the function before */
			if (target->status)
				target->status = -EEXIST;
			continue;
		}
		last = hook;
		target->status = 0;
		target->sites++;
		set->found[n++] = (struct symbol_found){ found.want, hook };
		if (n % 1024 == 0)
			cond_resched();
	}
	set->count = n;
}

static int ops_set_filter(struct ftrace_ops *ops, const struct symbol_set *set)
{
	unsigned long *ips = kvmalloc_array(set->count, sizeof(*ips), GFP_KERNEL);
	u32 i;
	int ret;

	if (!ips)
		return -ENOMEM;
	for (i = 0; i < set->count; i++)
		ips[i] = set->found[i].addr;
	ret = ftrace_set_filter_ips(ops, ips, set->count, 0, 1);
	kvfree(ips);
	return ret;
}

int fbt_hook(ftrace_func_t handler, const struct symbol_set *set)
{
	struct fbt_group *fbt = kzalloc(sizeof(*fbt), GFP_KERNEL);
	int ret;

	if (!fbt)
		return -ENOMEM;
	fbt->ops.func = handler;
	fbt->ops.flags = DTC_FTRACE_FLAGS;
	ret = ops_set_filter(&fbt->ops, set);
	if (!ret)
		ret = register_ftrace_function(&fbt->ops);
	if (ret) {
		ftrace_free_filter(&fbt->ops);
		kfree(fbt);
		return ret;
	}
	list_add(&fbt->list, &fbt_groups);
	return 0;
}

static int shared_add(u32 group, const struct symbol_set *set)
{
	u32 i;

	if (shared.count + set->count > shared.room) {
		const u32 room = 2 * shared.room + set->count;
		struct symbol_found *more = kvmalloc_array(room, sizeof(*more), GFP_KERNEL);

		if (!more)
			return -ENOMEM;
		memcpy(more, shared.found, shared.count * sizeof(*more));
		kvfree(shared.found);
		shared.found = more;
		shared.room = room;
	}
	for (i = 0; i < set->count; i++)
		shared.found[shared.count++] = (struct symbol_found){ group, set->found[i].addr };
	return 0;
}

int fbt_attach(u32 group, struct attach_target *targets, u32 count)
{
	struct symbol_set set;
	int ret = targets_find(targets, count, &set);

	if (ret)
		return ret;
	set_keep_hooks(&set, targets);
	if (set.count && dtc_ip_maps[group].shift == 31)
		ret = map_make(&dtc_ip_maps[group], targets, &set);
	if (set.count && !ret)
		ret = shared.wanted ? shared_add(group, &set) : fbt_hook(dtc_groups[group].handler, &set);
	symbols_free(&set);
	return ret;
}

static void shared_handler(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	ftrace_func_t handler = dtc_groups[dtc_ip_find(&shared.map, ip)].handler;

	handler(ip, parent_ip, ops, fregs);
}

/* All targets have been handed over: attaches those of the groups that share. */
int fbt_go(void)
{
	struct symbol_set all = { .found = shared.found, .count = shared.count };
	int ret;

	if (!shared.count || shared.map.rows)
		return 0;
	ret = map_make(&shared.map, NULL, &all);
	return ret ? ret : fbt_hook(shared_handler, &all);
}

/* unregister_ftrace_function() waits until no CPU is in a trampoline. */
void fbt_detach(void)
{
	struct fbt_group *fbt, *next;

	list_for_each_entry_safe(fbt, next, &fbt_groups, list) {
		unregister_ftrace_function(&fbt->ops);
		ftrace_free_filter(&fbt->ops);
		list_del(&fbt->list);
		kfree(fbt);
	}
}
