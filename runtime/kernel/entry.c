// SPDX-License-Identifier: GPL-2.0
/*
 * Keeping what functions were called with (entry-table.h), for variables that a
 * line probe can know by nothing else.
 *
 * A call whose entry was missed because a kprobe was being handled is missed by
 * the probes inside it as well: what is handled ends before they are reached.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "entry-table.h"
#include "runtime.h"

#define CALL_HOOK_MAX 16		/* bytes from a function's start to its hook, at most */

static struct {
	struct dtc_calls calls;
	unsigned long *addr;	/* of the functions */
	bool attached;
} kept;

u64 entry_memory(void)
{
	return dtc_program.nentries ? DTC_CALLS_SIZE + dtc_program.nentries * sizeof(*kept.addr) : 0;
}

int entry_open(void)
{
	if (!dtc_program.nentries)
		return 0;
	kept.calls.keys = alloc_big(DTC_CALL_SLOTS * sizeof(*kept.calls.keys), NUMA_NO_NODE);
	kept.calls.slots = alloc_big(DTC_CALL_SLOTS * sizeof(*kept.calls.slots), NUMA_NO_NODE);
	kept.calls.turn = alloc_big(DTC_CALL_SLOTS / DTC_CALL_ROW, NUMA_NO_NODE);
	kept.addr = alloc_big(dtc_program.nentries * sizeof(*kept.addr), NUMA_NO_NODE);
	return kept.calls.keys && kept.calls.slots && kept.calls.turn && kept.addr ? 0 : -ENOMEM;
}

void entry_close(void)
{
	kvfree(kept.calls.keys);
	kvfree(kept.calls.slots);
	kvfree(kept.calls.turn);
	kvfree(kept.addr);
	memset(&kept, 0, sizeof(kept));
}

/* Any context. */
static void call_keep(unsigned long ip, const struct pt_regs *regs)
{
	const struct dtc_call call = { ip, { regs->di, regs->si, regs->dx, regs->cx, regs->r8, regs->r9 } };

	dtc_call_keep(&kept.calls, regs->sp + sizeof(long), &call);
}

int dtc_rt_entry(dtc_u64 cfa, dtc_u32 row, struct dtc_call_cache *ret)
{
	struct dtc_call call;

	ret->cfa = cfa;
	ret->row = row;
	ret->known = !dtc_call_find(&kept.calls, cfa, &call) && call.ip - kept.addr[row] < CALL_HOOK_MAX;
	if (ret->known)
		memcpy(ret->args, call.args, sizeof(ret->args));
	return ret->known;
}

/* --- attaching --- */

static void entry_at_function(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	call_keep(ip, (struct pt_regs *)((char *)fregs + DTC_FREGS_REGS));
}

static void entry_at_kprobe(void *regs, u64 ip, u32 probe)
{
	call_keep(ip, regs);
}

static int entry_find(struct symbol_set *set)
{
	struct symbol_want *wants = kvcalloc(dtc_program.nentries, sizeof(*wants), GFP_KERNEL);
	u32 i;
	int ret;

	if (!wants)
		return -ENOMEM;
	for (i = 0; i < dtc_program.nentries; i++)
		wants[i] = (struct symbol_want){ dtc_program.entries[i].symbol, dtc_program.entries[i].module, dtc_program.entries[i].offset };
	ret = symbols_find(wants, dtc_program.nentries, set);
	kvfree(wants);
	return ret;
}

/* The places of hooks stay in the set; what has none gets a kprobe. */
static int entry_hook(struct symbol_set *set)
{
	u32 i, n = 0;

	for (i = 0; i < set->count; i++) {
		const u32 row = set->found[i].want;
		const unsigned long addr = set->found[i].addr;
		const unsigned long hook = symbol_ftrace_location(addr);

		kept.addr[row] = addr;
		if (hook)
			set->found[n++] = (struct symbol_found){ row, hook };
		else if (kprobe_hook(addr, entry_at_kprobe) == -ENOMEM)
			return -ENOMEM;
		cond_resched();
	}
	set->count = n;
	return n ? fbt_hook(entry_at_function, set) : 0;
}

int entry_attach(void)
{
	struct symbol_set set;
	int ret;

	if (kept.attached || !dtc_program.nentries)
		return 0;
	kept.attached = true;
	ret = entry_find(&set);
	if (ret)
		return ret;
	ret = entry_hook(&set);
	symbols_free(&set);
	return ret;
}
