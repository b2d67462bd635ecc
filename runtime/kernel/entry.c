// SPDX-License-Identifier: GPL-2.0
/*
 * What functions were called with: the six argument registers of each call, for
 * variables that a line probe can know by nothing else. A call is told by the
 * address above its return address, which no two frames share at a time, so the
 * next call at that address takes the place of one that is over, however it
 * ended; and by its function, for frames that were there before the probes.
 *
 * The table is rows of 8 keys, a cache line; the oldest of a full row goes. A
 * writer takes a key for itself, fills its slot, and gives it the key: others,
 * interrupts among them, take another slot meanwhile. Nothing waits. Only the
 * frame itself looks for its key, so a key that is still there after a slot has
 * been read was there all the time.
 *
 * A call whose entry was missed because a kprobe was being handled is missed by
 * the probes inside it as well: what is handled ends before they are reached.
 */
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "runtime.h"

#define CALL_SLOTS	16384
#define CALL_ROW	8
#define CALL_BUSY	1ul		/* no frame's address */
#define CALL_HOOK_MAX 16		/* bytes from a function's start to its hook, at most */

struct call {
	unsigned long ip;
	u64 args[6];
};

static struct {
	unsigned long *keys;
	struct call *slots;
	u8 *turn;		/* of each row: the next to go */
	unsigned long *addr;	/* of the functions */
	bool attached;
} calls_kept;

int entry_open(void)
{
	if (!dtc_program.nentries)
		return 0;
	calls_kept.keys = alloc_big(CALL_SLOTS * sizeof(*calls_kept.keys), NUMA_NO_NODE);
	calls_kept.slots = alloc_big(CALL_SLOTS * sizeof(*calls_kept.slots), NUMA_NO_NODE);
	calls_kept.turn = alloc_big(CALL_SLOTS / CALL_ROW, NUMA_NO_NODE);
	calls_kept.addr = alloc_big(dtc_program.nentries * sizeof(*calls_kept.addr), NUMA_NO_NODE);
	return calls_kept.keys && calls_kept.slots && calls_kept.turn && calls_kept.addr ? 0 : -ENOMEM;
}

void entry_close(void)
{
	kvfree(calls_kept.keys);
	kvfree(calls_kept.slots);
	kvfree(calls_kept.turn);
	kvfree(calls_kept.addr);
	memset(&calls_kept, 0, sizeof(calls_kept));
}

static u32 call_row(unsigned long cfa)
{
	return (u32)(cfa * DTC_HASH_FACTOR >> (64 - ilog2(CALL_SLOTS))) & ~(CALL_ROW - 1u);
}

/* A slot of its own, or -1: others are at all that it tried. */
static int call_take(unsigned long cfa)
{
	const u32 first = call_row(cfa);
	u32 i;

	for (i = 0; i < CALL_ROW; i++)
		if (READ_ONCE(calls_kept.keys[first + i]) == cfa && cmpxchg(&calls_kept.keys[first + i], cfa, CALL_BUSY) == cfa)
			return first + i;
	for (i = 0; i < CALL_ROW; i++) {
		const u32 at = first + calls_kept.turn[first / CALL_ROW]++ % CALL_ROW;
		const unsigned long old = READ_ONCE(calls_kept.keys[at]);

		if (old != CALL_BUSY && cmpxchg(&calls_kept.keys[at], old, CALL_BUSY) == old)
			return at;
	}
	return -1;
}

/* Any context. */
static void call_keep(unsigned long ip, const struct pt_regs *regs)
{
	const unsigned long cfa = regs->sp + sizeof(long);
	const int at = call_take(cfa);

	if (at < 0)
		return;
	calls_kept.slots[at] = (struct call){ ip, { regs->di, regs->si, regs->dx, regs->cx, regs->r8, regs->r9 } };
	smp_store_release(&calls_kept.keys[at], cfa);
}

int dtc_rt_entry(dtc_u64 cfa, dtc_u32 row, dtc_u32 n, dtc_u64 *ret)
{
	const u32 first = call_row(cfa);
	u32 i;

	for (i = 0; i < CALL_ROW; i++) {
		const unsigned long *key = &calls_kept.keys[first + i];
		const struct call *call = &calls_kept.slots[first + i];
		bool is_its;

		if (smp_load_acquire(key) != cfa)
			continue;
		*ret = READ_ONCE(call->args[n]);
		is_its = READ_ONCE(call->ip) - calls_kept.addr[row] < CALL_HOOK_MAX;
		smp_rmb();
		return is_its && READ_ONCE(*key) == cfa ? 0 : -1;
	}
	return -1;
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

		calls_kept.addr[row] = addr;
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

	if (calls_kept.attached || !dtc_program.nentries)
		return 0;
	calls_kept.attached = true;
	ret = entry_find(&set);
	if (ret)
		return ret;
	ret = entry_hook(&set);
	symbols_free(&set);
	return ret;
}
