/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Aggregations. Each CPU writes its own buffer, with interrupts off, so there
 * is no lock. agg-table.h is the table itself, free of the kernel; here it
 * meets the CPU's state.
 */
#ifndef DTC_EMIT_AGG_H
#define DTC_EMIT_AGG_H

#include "agg-table.h"

DTC_INLINE dtc_u64 *dtc_agg_fixed(struct dtc_ctx *c, dtc_u32 offset)
{
	dtc_u64 *data = ((struct dtc_agg_node *)(c->cpu->agg.base + offset))->data;

	if (!data)
		__builtin_unreachable();
	return data;
}

/* Cold: an entry that is not there yet. Short keys go by value, so that the caller's stay in registers. */
DTC_INLINE dtc_u64 *dtc_agg_add(struct dtc_cpu *cpu, dtc_u64 tag, const dtc_u64 *key, dtc_u32 key_words, dtc_u32 data_words)
{
	cpu->want.tag = tag;
	cpu->want.key_words = key_words;
	cpu->want.data_words = data_words;
	if (__builtin_constant_p(key_words) && key_words <= DTC_INLINE_KEYS) {
		for (dtc_u32 i = 0; i < key_words; i++)
			cpu->want_key[i] = key[i];
		cpu->want.key = cpu->want_key;
	} else {
		cpu->want.key = key;
	}
	return (dtc_u64 *)DTC_CALL(dtc_agg_insert, cpu);
}

DTC_INLINE dtc_u64 *dtc_agg_find(struct dtc_ctx *c, dtc_u32 row, const dtc_u64 *key, dtc_u32 key_words, dtc_u32 data_words)
{
	struct dtc_cpu *cpu = c->cpu;
	const dtc_u32 hash = dtc_key_hash(key, key_words);
	const dtc_u64 tag = (dtc_u64)row << 32 | hash;
	struct dtc_agg_node *node = dtc_agg_lookup(&cpu->agg, DTC_AGG_HEADS(dtc_program.agg_fixed_size), hash, tag, key, key_words);
	dtc_u64 *data;

	if (dtc_unlikely(!node))
		return dtc_agg_add(cpu, tag, key, key_words, data_words);
	data = node->data + key_words;
	if (!data)
		__builtin_unreachable();
	return data;
}

/* A word of memory that need not be aligned. */
DTC_INLINE dtc_u64 dtc_word(const void *from, dtc_u32 i)
{
	dtc_u64 word;

	__builtin_memcpy(&word, (const char *)from + i * 8, 8);
	return word;
}

#endif
