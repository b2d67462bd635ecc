// SPDX-License-Identifier: GPL-2.0
/*
 * Speculations. What is speculated goes into the channels with a mark, which
 * dtrun keeps until a commit's record tells it to print or a discard's to
 * forget. Here is only which speculations are in use, and how much each CPU
 * has sent into each.
 *
 * Each speculation is one word, a generation that is odd while it is in use;
 * every change is one compare-and-exchange. The mark holds the generation, so
 * what a CPU still writes into one that has just ended is not taken for the
 * next. Nothing needs cleaning before it is used again.
 */
#include <linux/slab.h>
#include "runtime.h"

#define ID_BITS 16	/* of the mark; the generation is above */

struct dtc_spec_part {
	u64 tag;
	u64 used;
};

static u64 *specs;

int spec_open(void)
{
	specs = kvcalloc(run.config.nspec, sizeof(*specs), GFP_KERNEL);
	return specs ? 0 : -ENOMEM;
}

int spec_open_cpu(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);

	state->spec = alloc_big(run.config.nspec * sizeof(*state->spec), cpu_to_node(cpu));
	return state->spec ? 0 : -ENOMEM;
}

void spec_close_cpu(int cpu)
{
	kvfree(cpu_state(cpu)->spec);
	cpu_state(cpu)->spec = NULL;
}

void spec_close(void)
{
	kvfree(specs);
	specs = NULL;
}

static u64 tag_of(u64 generation, u32 slot)
{
	return generation << ID_BITS | (slot + 1);
}

dtc_u64 dtc_rt_speculation(struct dtc_cpu *cpu)
{
	u32 i;

	for (i = 0; i < run.config.nspec; i++) {
		const u64 old = READ_ONCE(specs[i]);

		if (!(old & 1) && cmpxchg(&specs[i], old, old + 1) == old)
			return i + 1;
	}
	cpu->drops[DTC_DROP_SPEC_UNAVAIL]++;
	return 0;
}

dtc_u64 dtc_rt_spec_tag(dtc_u64 id)
{
	const u64 now = id && id <= run.config.nspec ? READ_ONCE(specs[id - 1]) : 0;

	return now & 1 ? tag_of(now, id - 1) : 0;
}

dtc_u32 dtc_rt_spec_fault(dtc_u64 id)
{
	return id > run.config.nspec ? DTC_FAULT_ILLOP : 0;	/* 0 is none: speculation() gives it where none is free */
}

dtc_u64 dtc_rt_spec_end(dtc_u64 id)
{
	const u64 tag = dtc_rt_spec_tag(id), now = tag >> ID_BITS;

	return tag && cmpxchg(&specs[id - 1], now, now + 1) == now ? tag : 0;
}

dtc_u32 dtc_rt_spec_take(struct dtc_cpu *cpu, dtc_u64 tag, dtc_u32 size)
{
	struct dtc_spec_part *part = &cpu->spec[(tag & ((1 << ID_BITS) - 1)) - 1];

	if (part->tag != tag) {
		part->tag = tag;
		part->used = 0;
	}
	if (part->used + size > run.config.specsize) {
		cpu->drops[DTC_DROP_SPEC]++;
		return 0;
	}
	part->used += size;
	return 1;
}
