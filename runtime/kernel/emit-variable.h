/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Thread-local variables and associative arrays.
 *
 * Thread-local variables of one thread are a block of self_size bytes in a
 * table of slots. A slot belongs to a key: the thread, or while an interrupt is
 * handled, the CPU and the kind of interrupt (so that an interrupt does not
 * meet the variables of the thread it came upon). Slots come in rows of 8 keys,
 * a cache line; a key is looked for first at its own slot, then in its row,
 * then in the rows that its own has spilled to.
 */
#ifndef DTC_EMIT_VARIABLE_H
#define DTC_EMIT_VARIABLE_H

#include "dyn-pool.h"

struct dtc_self_table {
	dtc_u64 *keys;
	char *values;
	dtc_u32 shift;		/* 64 - log2(slots) */
	dtc_u32 value_size;
	dtc_u8 *spilled;	/* of each row: how many rows further its keys may be */
};
extern struct dtc_self_table dtc_self_table;
extern struct dtc_pool dtc_pool;

DTC_INLINE dtc_u64 dtc_thread_key(struct dtc_ctx *c)
{
	dtc_u32 level = dtc_preempt_count();

	/* a breakpoint counts as an NMI, which is the probe's own */
	if (c->kind == DTC_KIND_KPROBE && level & DTC_PREEMPT_NMI_MASK)
		level -= DTC_PREEMPT_NMI_ENTERED;
	level &= DTC_PREEMPT_IRQ_MASK;
	if (dtc_unlikely(level))
		return (dtc_u64)level << 16 | c->cpu->id;
	return (dtc_u64)dtc_current();
}

DTC_INLINE dtc_u64 dtc_self_slot(dtc_u64 key)
{
	return key * DTC_HASH_FACTOR >> dtc_self_table.shift;
}

DTC_INLINE void *dtc_self(struct dtc_ctx *c, int alloc)
{
	dtc_u64 key, slot;

	if (c->self)
		return c->self;
	key = dtc_thread_key(c);
	slot = dtc_self_slot(key);
	if (dtc_likely(dtc_self_table.keys[slot] == key)) {
		c->self = dtc_self_table.values + slot * ((dtc_program.self_size + 7) & ~7u);
		return c->self;
	}
	c->cpu->want_key[0] = key;
	c->cpu->request = alloc;
	c->self = (void *)DTC_CALL(dtc_self_slow, c->cpu);
	return c->self;
}

int dtc_rt_dyn_load(dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, void *dst, dtc_u32 size);
int dtc_rt_dyn_store(struct dtc_cpu *cpu, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, const void *src, dtc_u32 size);
void dtc_rt_dyn_free(dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords);

DTC_INLINE int dtc_dyn_load(struct dtc_ctx *c, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, void *dst, dtc_u32 size)
{
	(void)c;
	return dtc_rt_dyn_load(var, key, nwords, dst, size);
}

DTC_INLINE int dtc_dyn_store(struct dtc_ctx *c, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, const void *src, dtc_u32 size)
{
	return dtc_rt_dyn_store(c->cpu, var, key, nwords, src, size);
}

DTC_INLINE void dtc_dyn_free(struct dtc_ctx *c, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords)
{
	(void)c;
	dtc_rt_dyn_free(var, key, nwords);
}

#endif
