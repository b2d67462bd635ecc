// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of thread-local variables and of associative arrays. emit-variable.h
 * tells how the table of slots works; here is what it does out of line.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include "runtime.h"

#define ROW	 8	/* slots */
#define SPILL_MAX 15	/* rows further than its own that a key may be */

struct dtc_self_table dtc_self_table;
struct dtc_pool dtc_pool;

static int self_open(void)
{
	const u32 slots = roundup_pow_of_two(max_t(u32, run.config.threads, ROW * 2)) * 2;
	struct dtc_self_table *t = &dtc_self_table;

	t->value_size = ALIGN(dtc_program.self_size, 8);
	t->shift = 64 - ilog2(slots);
	t->keys = alloc_big(slots * sizeof(*t->keys), NUMA_NO_NODE);
	t->values = alloc_big((size_t)slots * t->value_size, NUMA_NO_NODE);
	t->spilled = alloc_big(slots / ROW, NUMA_NO_NODE);
	return t->keys && t->values && t->spilled ? 0 : -ENOMEM;
}

int variable_open(void)
{
	int ret = dtc_program.self_size ? self_open() : 0;
	u64 size;
	void *base;

	if (ret || !dtc_program.ndynvars)
		return ret;
	size = run.config.dynvarsize;
	if (size < DTC_BUFFER_LEAST)	/* so little is meant for elements alone: the table comes on top */
		size += size / 32 + 96;
	base = alloc_big(size, NUMA_NO_NODE);
	if (!base)
		return -ENOMEM;
	dtc_pool.base = base;
	return dtc_pool_init(&dtc_pool, base, size) ? -EMSGSIZE : 0;
}

void variable_close(void)
{
	struct dtc_self_table *t = &dtc_self_table;

	kvfree(t->keys);
	kvfree(t->values);
	kvfree(t->spilled);
	memset(t, 0, sizeof(*t));
	kvfree(dtc_pool.base);
	memset(&dtc_pool, 0, sizeof(dtc_pool));
}

static u64 slots_of(const struct dtc_self_table *t)
{
	return 1ull << (64 - t->shift);
}

/* The slot of a key, or -1. A key is in its own row, or as many rows further as that one has spilled. */
static s64 slot_find(const struct dtc_self_table *t, u64 key)
{
	const u64 home = dtc_self_slot(key) & ~(ROW - 1ull);
	const u32 rows = READ_ONCE(t->spilled[home / ROW]);
	u32 row, i;

	for (row = 0; row <= rows; row++) {
		const u64 first = (home + row * ROW) & (slots_of(t) - 1);

		for (i = 0; i < ROW; i++)
			if (READ_ONCE(t->keys[first + i]) == key)
				return first + i;
	}
	return -1;
}

static s64 slot_claim_in(struct dtc_self_table *t, u64 first, u64 key)
{
	u32 i;

	for (i = 0; i < ROW; i++)
		if (!READ_ONCE(t->keys[first + i]) && !cmpxchg64(&t->keys[first + i], 0, key))
			return first + i;
	return -1;
}

/* A free slot for a key that has none, its own if that is free; -1: no room. No other CPU looks for this key now. */
static s64 slot_claim(struct dtc_self_table *t, u64 key)
{
	const u64 own = dtc_self_slot(key), home = own & ~(ROW - 1ull);
	u8 *spilled = &t->spilled[home / ROW], seen;
	s64 slot;
	u32 row;

	if (!cmpxchg64(&t->keys[own], 0, key))
		return own;
	for (row = 0; row <= SPILL_MAX; row++) {
		slot = slot_claim_in(t, (home + row * ROW) & (slots_of(t) - 1), key);
		if (slot < 0)
			continue;
		for (seen = READ_ONCE(*spilled); seen < row;) {	/* it only grows */
			const u8 was = cmpxchg(spilled, seen, (u8)row);

			if (was == seen)
				break;
			seen = was;
		}
		return slot;
	}
	return -1;
}

/* Out of dtc_self(): cpu->want_key[0] is the key, cpu->request whether to make its block. */
void *dtc_self_slow(struct dtc_cpu *cpu);
void *dtc_self_slow(struct dtc_cpu *cpu)
{
	struct dtc_self_table *t = &dtc_self_table;
	const u64 key = cpu->want_key[0];
	s64 slot = slot_find(t, key);
	void *value;

	if (slot >= 0)
		return t->values + slot * t->value_size;
	if (!cpu->request)
		return NULL;
	slot = slot_claim(t, key);
	if (slot < 0) {
		cpu->drops[DTC_DROP_DYNVAR]++;
		return NULL;
	}
	value = t->values + slot * t->value_size;
	memset(value, 0, t->value_size);
	return value;
}

/* A thread's memory is about to be used for another one. */
void variable_task_gone(void *data, struct task_struct *task)
{
	struct dtc_self_table *t = &dtc_self_table;
	const s64 slot = t->keys ? slot_find(t, (unsigned long)task) : -1;

	if (slot >= 0)
		WRITE_ONCE(t->keys[slot], 0);
}

int dtc_rt_dyn_load(dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, void *dst, dtc_u32 size)
{
	const int found = dtc_pool_load(&dtc_pool, var, key, nwords, dst, size);

	if (found < 0)
		dtc_this_cpu()->drops[DTC_DROP_DYNVAR]++;
	return found > 0;
}

int dtc_rt_dyn_store(struct dtc_cpu *cpu, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, const void *src, dtc_u32 size)
{
	if (nwords <= DTC_MAX_KEY_WORDS && !dtc_pool_store(&dtc_pool, var, key, nwords, src, size))
		return 0;
	cpu->drops[DTC_DROP_DYNVAR]++;
	return -1;
}

void dtc_rt_dyn_free(dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords)
{
	if (dtc_pool_remove(&dtc_pool, var, key, nwords))
		dtc_this_cpu()->drops[DTC_DROP_DYNVAR]++;
}
