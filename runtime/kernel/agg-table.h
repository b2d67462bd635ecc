/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of an aggregation buffer and what is done to an entry's data. Pure
 * data structure: the unit tests compile it in user space. dtc/record.h has
 * the layout of the data.
 */
#ifndef DTC_AGG_TABLE_H
#define DTC_AGG_TABLE_H

#include "emit-types.h"

#define DTC_HASH_FACTOR 0x9e3779b97f4a7c15ull

/*
 * Multiplying spreads each bit over those above it. The upper half of the
 * product is the hash; between two words the halves change places, so that the
 * upper bits of a word reach the hash too.
 */
DTC_INLINE dtc_u64 dtc_hash_step(dtc_u64 h, dtc_u64 word)
{
	return ((h << 32 | h >> 32) + word) * DTC_HASH_FACTOR;
}

DTC_INLINE dtc_u32 dtc_key_hash(const dtc_u64 *key, dtc_u32 words)
{
	dtc_u64 h = 0;

	if (__builtin_constant_p(words) && words <= 4) {
		#pragma GCC unroll 4
		for (dtc_u32 i = 0; i < words; i++)
			h = dtc_hash_step(h, key[i]);
	} else {
		for (dtc_u32 i = 0; i < words; i++)
			h = dtc_hash_step(h, key[i]);
	}
	return (dtc_u32)(h >> 32);
}

DTC_INLINE int dtc_key_equal(const dtc_u64 *a, const dtc_u64 *b, dtc_u32 words)
{
	if (__builtin_constant_p(words) && words <= 4) {
		#pragma GCC unroll 4
		for (dtc_u32 i = 0; i < words; i++)
			if (a[i] != b[i])
				return 0;
	} else {
		for (dtc_u32 i = 0; i < words; i++)
			if (a[i] != b[i])
				return 0;
	}
	return 1;
}

/* Where the heads of the chains begin, behind the entries without keys: a constant in emitted code. */
#define DTC_AGG_HEADS(fixed) ((((fixed) < 8 ? 8u : (dtc_u32)(fixed)) + 7) & ~7u)

DTC_INLINE struct dtc_agg_node *dtc_agg_lookup(const struct dtc_agg_buf *buf, dtc_u32 heads, dtc_u32 hash, dtc_u64 tag,
					       const dtc_u64 *key, dtc_u32 key_words)
{
	char *const base = buf->base;
	dtc_u32 off = ((const dtc_u32 *)(base + heads))[hash & buf->mask];
	struct dtc_agg_node *node;

	for (; dtc_likely(off); off = node->next) {
		node = (struct dtc_agg_node *)(base + off);
		if (dtc_likely(node->tag == tag) && dtc_likely(dtc_key_equal(node->data, key, key_words))) {
			if (!node)
				__builtin_unreachable();
			return node;
		}
	}
	return 0;
}

/* A new entry at the head of its chain, all 0; NULL: no room, counted. */
static inline struct dtc_agg_node *dtc_agg_new(struct dtc_agg_buf *buf, const struct dtc_agg_want *want)
{
	const dtc_u64 words = (dtc_u64)want->key_words + want->data_words;
	const dtc_u64 bytes = sizeof(struct dtc_agg_node) + words * 8;
	dtc_u32 *head = &buf->heads[(dtc_u32)want->tag & buf->mask];
	struct dtc_agg_node *node;

	if (bytes > buf->size - buf->used) {
		buf->drops++;
		return 0;
	}
	node = (struct dtc_agg_node *)(buf->base + buf->used);
	node->next = *head;
	node->words = (dtc_u32)words;
	node->tag = want->tag;
	for (dtc_u32 i = 0; i < want->key_words; i++)
		node->data[i] = want->key[i];
	for (dtc_u32 i = want->key_words; i < words; i++)
		node->data[i] = 0;
	*head = buf->used;
	buf->used += (dtc_u32)bytes;
	return node;
}

/*
 * Gives a zeroed block of memory the shape of a buffer: `fixed` bytes for the
 * entries without keys (the first at 8), one chain for each 64 bytes or so.
 * 0, or -1: too small to hold anything.
 */
static inline int dtc_agg_format(struct dtc_agg_buf *buf, void *base, dtc_u64 size, dtc_u32 fixed)
{
	dtc_u32 chains = 16;
	const dtc_u64 heads = DTC_AGG_HEADS(fixed);

	while ((dtc_u64)chains * 128 < size)
		chains *= 2;
	if (size > 0x80000000ull || fixed >= size || heads + (dtc_u64)chains * 4 + 64 > size)
		return -1;
	buf->base = base;
	buf->heads = (dtc_u32 *)(buf->base + heads);
	buf->mask = chains - 1;
	buf->first = buf->used = (dtc_u32)(heads + (dtc_u64)chains * 4);
	buf->size = (dtc_u32)size;
	buf->drops = 0;
	return 0;
}

/* Empties a buffer's chains; entries are zeroed as they are made. The fixed ones are the caller's. */
static inline void dtc_agg_reset(struct dtc_agg_buf *buf)
{
	const dtc_u32 chains = buf->mask + 1;
	dtc_u32 off = buf->first;

	if (buf->used - buf->first > chains * 8) {
		for (dtc_u32 i = 0; i < chains; i++)
			buf->heads[i] = 0;
	} else {
		while (off < buf->used) {
			struct dtc_agg_node *node = (struct dtc_agg_node *)(buf->base + off);

			buf->heads[(dtc_u32)node->tag & buf->mask] = 0;
			off += sizeof(*node) + node->words * 8;
		}
	}
	buf->used = buf->first;
	buf->drops = 0;
}

DTC_INLINE void dtc_agg_count(dtc_u64 *d, dtc_u64 n)
{
	d[0] += n;
}

DTC_INLINE void dtc_agg_sum(dtc_u64 *d, dtc_s64 v)
{
	d[0]++;
	d[1] += (dtc_u64)v;
}

DTC_INLINE void dtc_agg_avg(dtc_u64 *d, dtc_s64 v)
{
	dtc_agg_sum(d, v);
}

DTC_INLINE void dtc_agg_min(dtc_u64 *d, dtc_s64 v)
{
	if (!d[0]++ || v < (dtc_s64)d[1])
		d[1] = (dtc_u64)v;
}

DTC_INLINE void dtc_agg_max(dtc_u64 *d, dtc_s64 v)
{
	if (!d[0]++ || v > (dtc_s64)d[1])
		d[1] = (dtc_u64)v;
}

DTC_INLINE void dtc_agg_stddev(dtc_u64 *d, dtc_s64 v)
{
	const unsigned __int128 square = (unsigned __int128)((__int128)v * v);
	const unsigned __int128 sum = ((unsigned __int128)d[3] << 64 | d[2]) + square;

	dtc_agg_sum(d, v);
	d[2] = (dtc_u64)sum;
	d[3] = (dtc_u64)(sum >> 64);
}

/* Bucket 63 holds 0, 64 + n the values from 2^n on, 62 - n those from -2^n down. */
DTC_INLINE dtc_u32 dtc_quantize_bucket(dtc_s64 v)
{
	if (v > 0)
		return 64 + (63 ^ __builtin_clzll((dtc_u64)v));
	if (v == 0)
		return 63;
	return v == (dtc_s64)(1ull << 63) ? 0 : 62 - (63 ^ __builtin_clzll(-(dtc_u64)v));
}

DTC_INLINE void dtc_agg_quantize(dtc_u64 *d, dtc_s64 v, dtc_s64 incr)
{
	d[0]++;
	d[1 + dtc_quantize_bucket(v)] += (dtc_u64)incr;
}

DTC_INLINE void dtc_agg_lquantize(dtc_u64 *d, dtc_s64 v, dtc_s64 incr, dtc_s64 base, dtc_u64 step, dtc_u32 levels)
{
	dtc_u64 level = 0;

	if (v >= base) {
		level = ((dtc_u64)v - (dtc_u64)base) / step;
		level = level < levels ? level + 1 : levels + 1;
	}
	d[0]++;
	d[1 + level] += (dtc_u64)incr;
}

/*
 * Of a magnitude: bucket 0 is below factor^low; then each order of magnitude up to `high` is
 * cut into `steps` equal parts (or as many as it has values), of which the
 * first steps / factor belong to the order below (with fewer steps than that a
 * share of the first part alone); the last bucket is the rest.
 */
static inline dtc_u32 dtc_llquantize_bucket(dtc_u64 v, dtc_u64 factor, dtc_u32 low, dtc_u32 high, dtc_u64 steps)
{
	dtc_u64 from = 1, to;
	dtc_u32 bucket = 1, order;

	for (order = 0; order < low; order++)
		if (__builtin_mul_overflow(from, factor, &from))
			return 0;
	if (v < from)
		return 0;
	for (; order <= high; order++, from = to) {
		const int last = __builtin_mul_overflow(from, factor, &to);
		const dtc_u64 parts = last || to > steps ? steps : to;

		if (last)
			to = ~0ull;
		if (v < to)
			return bucket + (dtc_u32)((steps < factor ? v : v - from) / (to / parts));
		bucket += (dtc_u32)(parts - parts / factor);
	}
	return bucket;
}

/* Bucket `zero` is what lies around 0; those of negative values go down from it, the others up. */
DTC_INLINE void dtc_agg_llquantize(dtc_u64 *d, dtc_s64 v, dtc_s64 incr, dtc_u32 zero, dtc_u64 factor, dtc_u32 low, dtc_u32 high, dtc_u64 steps)
{
	const dtc_u32 bucket = dtc_llquantize_bucket(v < 0 ? -(dtc_u64)v : (dtc_u64)v, factor, low, high, steps);

	d[0]++;
	d[1 + (v < 0 ? zero - bucket : zero + bucket)] += (dtc_u64)incr;
}

#endif
