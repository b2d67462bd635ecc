// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of the kernel runtime that are pure data structure, in user space:
 * aggregation tables and what is done to their data, the pool of associative
 * arrays, what functions were called with, string subroutines. The sources are included: they are the kernel's
 * and belong to no library.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <linux/types.h>

#include <dtc/limits.h>
#include <dtc/record.h>
#include "runtime/kernel/dyn-pool.c"
#include "runtime/kernel/entry-table.h"
#include "runtime/kernel/str.c"
#include "runtime/kernel/text.c"

/* --- aggregation tables --- */

static dtc_u64 *add(struct dtc_agg_buf *buf, dtc_u32 fixed, dtc_u32 row, const dtc_u64 *key, dtc_u32 key_words, dtc_u32 data_words)
{
	const dtc_u32 hash = dtc_key_hash(key, key_words);
	const dtc_u64 tag = (dtc_u64)row << 32 | hash;
	struct dtc_agg_node *node = dtc_agg_lookup(buf, DTC_AGG_HEADS(fixed), hash, tag, key, key_words);

	if (!node)
		node = dtc_agg_new(buf, &(struct dtc_agg_want){ tag, key, key_words, data_words });
	return node ? node->data + key_words : NULL;
}

START_TEST(agg_layout_is_the_readers)
{
	ck_assert_uint_eq(sizeof(struct dtc_agg_node), sizeof(struct dtc_agg_entry));
	ck_assert_uint_eq(offsetof(struct dtc_agg_node, words), offsetof(struct dtc_agg_entry, words));
	ck_assert_uint_eq(offsetof(struct dtc_agg_node, tag), offsetof(struct dtc_agg_entry, tag));
}
END_TEST

START_TEST(agg_counts_each_key)
{
	const size_t size = 1 << 20;
	void *memory = calloc(1, size);
	struct dtc_agg_buf buf;

	ck_assert_int_eq(dtc_agg_format(&buf, memory, size, 40), 0);
	for (int pass = 0; pass < 3; pass++) {
		for (int round = 0; round < 3; round++)
			for (dtc_u64 i = 0; i < 1000; i++)
				dtc_agg_count(add(&buf, 40, i % 2, (dtc_u64[]){ i << 12, i * i }, 2, 1), i);
		dtc_u32 at = buf.first, entries = 0;
		for (; at < buf.used; entries++) {
			struct dtc_agg_node *node = (struct dtc_agg_node *)(buf.base + at);
			const dtc_u64 i = node->data[0] >> 12;

			ck_assert_uint_eq(node->words, 3);
			ck_assert_uint_eq(node->data[1], i * i);
			ck_assert_uint_eq(node->data[2], 3 * i);
			ck_assert_uint_eq(node->tag >> 32, i % 2);
			at += sizeof(*node) + node->words * 8;
		}
		ck_assert_uint_eq(entries, 1000);
		dtc_agg_reset(&buf);
		for (dtc_u32 i = 0; i <= buf.mask; i++)
			ck_assert_uint_eq(buf.heads[i], 0);
	}
	free(memory);
}
END_TEST

START_TEST(agg_full_drops_and_keeps)
{
	const size_t size = DTC_BUFFER_LEAST;
	void *memory = calloc(1, size);
	struct dtc_agg_buf buf;
	dtc_u32 held = 0, refused = 0;

	ck_assert_int_eq(dtc_agg_format(&buf, memory, size, 0), 0);
	for (dtc_u64 i = 0; i < 2000; i++) {
		dtc_u64 *d = add(&buf, 0, 0, &i, 1, 1);

		d ? (dtc_agg_count(d, 1), held++) : refused++;
	}
	ck_assert_uint_eq(held + refused, 2000);
	ck_assert_uint_eq(buf.drops, refused);
	ck_assert_uint_gt(held, 300);
	ck_assert_uint_eq(buf.used - buf.first, held * 32);
	for (dtc_u64 i = 0; i < held; i++)
		ck_assert_uint_eq(*add(&buf, 0, 0, &i, 1, 1), 1);
	ck_assert_ptr_null(add(&buf, 0, 0, (dtc_u64[]){ 1 << 20 }, 1, DTC_BUFFER_LEAST));
	dtc_agg_reset(&buf);
	ck_assert_uint_eq(buf.drops, 0);
	ck_assert_ptr_nonnull(add(&buf, 0, 0, (dtc_u64[]){ 1999 }, 1, 1));
	free(memory);
}
END_TEST

START_TEST(agg_too_small_is_refused)
{
	char memory[4096] __attribute__((aligned(8))) = { 0 };
	struct dtc_agg_buf buf;

	ck_assert_int_eq(dtc_agg_format(&buf, memory, 64, 0), -1);
	ck_assert_int_eq(dtc_agg_format(&buf, memory, sizeof(memory), 4096), -1);
	ck_assert_int_eq(dtc_agg_format(&buf, memory, sizeof(memory), 0xffffffff), -1);
}
END_TEST

/* Keys that scripts have: small numbers, addresses, names that differ at one place. None may crowd one chain. */
START_TEST(agg_hash_spreads)
{
	static dtc_u32 seen[4][1024];
	dtc_u32 most[4] = { 0 };

	memset(seen, 0, sizeof(seen));
	for (dtc_u64 i = 0; i < 1024; i++) {
		dtc_u64 comm[2];
		char name[16] = "kworker/0:1-evt";
		const dtc_u64 keys[3] = { i, 0xffff888000000000ull + (i << 12), i << 6 };

		name[_i % 13] = (char)(i & 0xff);
		name[_i % 13 + 1] = (char)(i >> 8);
		memcpy(comm, name, 16);
		for (int k = 0; k < 3; k++)
			seen[k][dtc_key_hash(&keys[k], 1) & 1023]++;
		seen[3][dtc_key_hash(comm, 2) & 1023]++;
	}
	for (int k = 0; k < 4; k++)
		for (int i = 0; i < 1024; i++)
			most[k] = seen[k][i] > most[k] ? seen[k][i] : most[k];
	for (int k = 0; k < 4; k++)
		ck_assert_uint_lt(most[k], 16);
}
END_TEST

START_TEST(hash_same_for_constant_and_variable_length)
{
	const dtc_u64 key[4] = { 1, 0x8000000000000000ull, 3, ~0ull };
	volatile dtc_u32 n = 4;

	ck_assert_uint_eq(dtc_key_hash(key, 4), dtc_key_hash(key, n));
}
END_TEST

static const struct { dtc_s64 value; dtc_u32 bucket; } quantized[] = {
	{ 0, 63 }, { 1, 64 }, { 2, 65 }, { 3, 65 }, { 4, 66 }, { 1023, 73 }, { 1024, 74 }, { 0x7fffffffffffffff, 126 },
	{ -1, 62 }, { -2, 61 }, { -3, 61 }, { -4, 60 }, { -0x7fffffffffffffff, 0 }, { -0x7fffffffffffffff - 1, 0 },
};

START_TEST(quantize_buckets)
{
	dtc_u64 d[1 + DTC_QUANTIZE_BUCKETS] = { 0 };

	ck_assert_uint_eq(dtc_quantize_bucket(quantized[_i].value), quantized[_i].bucket);
	dtc_agg_quantize(d, quantized[_i].value, 5);
	ck_assert_uint_eq(d[0], 1);
	ck_assert_uint_eq(d[1 + quantized[_i].bucket], 5);
}
END_TEST

START_TEST(lquantize_levels)
{
	dtc_u64 d[1 + 12] = { 0 };

	for (dtc_s64 v = -25; v < 95; v++)
		dtc_agg_lquantize(d, v, 1, -10, 9, 10);	/* -10 .. 79 */
	ck_assert_uint_eq(d[0], 120);
	ck_assert_uint_eq(d[1], 15);
	for (int i = 0; i < 10; i++)
		ck_assert_uint_eq(d[2 + i], 9);
	ck_assert_uint_eq(d[12], 15);
	dtc_agg_lquantize(d, 0x7fffffffffffffff, 1, -0x7fffffffffffffff - 1, 1, 10);
	ck_assert_uint_eq(d[12], 16);
}
END_TEST

START_TEST(llquantize_parts)
{
	/* powers of 10 from 10^0 to 10^2 and up to 10^3, ten parts each: 1..9 by 1, 10..90 by 10, 100..900 by 100 */
	static const struct { dtc_u64 value; dtc_u32 bucket; } cases[] = {
		{ 0, 0 }, { 1, 1 }, { 9, 9 }, { 10, 10 }, { 19, 10 }, { 20, 11 }, { 99, 18 },
		{ 100, 19 }, { 999, 27 }, { 1000, 28 }, { 0x7fffffffffffffff, 28 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		ck_assert_uint_eq(dtc_llquantize_bucket(cases[i].value, 10, 0, 2, 10), cases[i].bucket);
	static const struct { dtc_u64 value; dtc_u32 bucket; } few[] = {	/* five parts each: 1, 2-3, 4-5, 6-7, 8-9, 10-19, 20-39 ... */
		{ 0, 0 }, { 1, 1 }, { 2, 2 }, { 3, 2 }, { 9, 5 }, { 10, 6 }, { 19, 6 }, { 20, 7 }, { 99, 10 }, { 100, 11 },
	};
	for (size_t i = 0; i < sizeof(few) / sizeof(*few); i++)
		ck_assert_uint_eq(dtc_llquantize_bucket(few[i].value, 10, 0, 1, 5), few[i].bucket);
	dtc_u64 d[4 + 2 * 27] = { 0 };
	dtc_agg_llquantize(d, -5, 2, 28, 10, 0, 2, 10);
	dtc_agg_llquantize(d, 5, 3, 28, 10, 0, 2, 10);
	dtc_agg_llquantize(d, 0, 4, 28, 10, 0, 2, 10);
	dtc_agg_llquantize(d, -0x7fffffffffffffff - 1, 5, 28, 10, 0, 2, 10);
	dtc_agg_llquantize(d, 1000, 6, 28, 10, 0, 2, 10);
	ck_assert_uint_eq(d[0], 5);
	ck_assert_uint_eq(d[29 - 5], 2);
	ck_assert_uint_eq(d[29 + 5], 3);
	ck_assert_uint_eq(d[29], 4);
	ck_assert_uint_eq(d[1], 5);
	ck_assert_uint_eq(d[57], 6);
}
END_TEST

START_TEST(stddev_squares_are_128_bits)
{
	dtc_u64 d[4] = { 0 };

	for (int i = 0; i < 3; i++)
		dtc_agg_stddev(d, -0x7fffffffffffffff - 1);
	ck_assert_uint_eq(d[0], 3);
	ck_assert_uint_eq(d[2], 0);
	ck_assert_uint_eq(d[3], 3ull << 62);
}
END_TEST

START_TEST(min_max_take_the_first)
{
	dtc_u64 lo[2] = { 0 }, hi[2] = { 0 };

	for (dtc_s64 v = 5; v < 9; v++) {
		dtc_agg_min(lo, v);
		dtc_agg_max(hi, -v);
	}
	ck_assert_int_eq((dtc_s64)lo[1], 5);
	ck_assert_int_eq((dtc_s64)hi[1], -5);
}
END_TEST

/* --- associative arrays --- */

START_TEST(pool_stores_finds_frees)
{
	const size_t size = 1 << 18;
	void *memory = calloc(1, size);
	struct dtc_pool pool;
	dtc_u64 got;

	ck_assert_int_eq(dtc_pool_init(&pool, memory, size), 0);
	for (int pass = 0; pass < 50; pass++) {	/* far more elements in all than there is room for: freed ones are used again */
		for (dtc_u64 i = 0; i < 1000; i++) {
			const dtc_u64 key[2] = { i, i ^ 0x5555 }, value = i * 7 + pass;

			ck_assert_int_eq(dtc_pool_store(&pool, i % 3, key, 2, &value, 8), 0);
			ck_assert_int_eq(dtc_pool_store(&pool, i % 3, key, 2, &value, 8), 0);
		}
		for (dtc_u64 i = 0; i < 1000; i++) {
			const dtc_u64 key[2] = { i, i ^ 0x5555 };

			ck_assert_int_eq(dtc_pool_load(&pool, i % 3, key, 2, &got, 8), 1);
			ck_assert_uint_eq(got, i * 7 + pass);
			ck_assert_int_eq(dtc_pool_load(&pool, i % 3 + 1, key, 2, &got, 8), 0);
			ck_assert_uint_eq(got, 0);
			dtc_pool_remove(&pool, i % 3, key, 2);
			ck_assert_int_eq(dtc_pool_load(&pool, i % 3, key, 2, &got, 8), 0);
		}
	}
	free(memory);
}
END_TEST

START_TEST(pool_full_refuses_new_keeps_old)
{
	const size_t size = DTC_BUFFER_LEAST;
	void *memory = calloc(1, size);
	struct dtc_pool pool;
	dtc_u64 held = 0, got;
	char text[256] = "x";

	ck_assert_int_eq(dtc_pool_init(&pool, memory, size), 0);
	while (!dtc_pool_store(&pool, 0, &held, 1, &held, 8))
		ck_assert_uint_lt(++held, 1000);
	ck_assert_uint_gt(held, 200);
	ck_assert_int_eq(dtc_pool_store(&pool, 0, (dtc_u64[]){ 5000 }, 1, text, sizeof(text)), -1);
	for (dtc_u64 i = 0; i < held; i++) {
		ck_assert_int_eq(dtc_pool_load(&pool, 0, &i, 1, &got, 8), 1);
		ck_assert_uint_eq(got, i);
		ck_assert_int_eq(dtc_pool_store(&pool, 0, &i, 1, &held, 8), 0);
	}
	dtc_pool_remove(&pool, 0, (dtc_u64[]){ 3 }, 1);
	ck_assert_int_eq(dtc_pool_store(&pool, 0, (dtc_u64[]){ 5000 }, 1, &got, 8), 0);
	free(memory);
}
END_TEST

START_TEST(pool_locked_chain_is_given_up)
{
	void *memory = calloc(1, DTC_BUFFER_LEAST);
	const dtc_u64 key = 1;
	struct dtc_pool pool;
	dtc_u64 got = 1;

	ck_assert_int_eq(dtc_pool_init(&pool, memory, DTC_BUFFER_LEAST), 0);
	for (dtc_u32 i = 0; i <= pool.mask; i++)
		pool.heads[i] |= 1;
	ck_assert_int_eq(dtc_pool_store(&pool, 0, &key, 1, &key, 8), -1);
	ck_assert_int_eq(dtc_pool_load(&pool, 0, &key, 1, &got, 8), -1);
	ck_assert_uint_eq(got, 0);
	ck_assert_int_eq(dtc_pool_remove(&pool, 0, &key, 1), -1);
	for (dtc_u32 i = 0; i <= pool.mask; i++)
		pool.heads[i] &= ~1u;
	ck_assert_int_eq(dtc_pool_load(&pool, 0, &key, 1, &got, 8), 0);
	ck_assert_int_eq(dtc_pool_remove(&pool, 0, &key, 1), 0);
	free(memory);
}
END_TEST

/* Several threads on few keys: a value is always one that was stored whole. */
static struct dtc_pool shared;

static void *pool_worker(void *arg)
{
	dtc_u64 seed = (dtc_u64)(size_t)arg, torn = 0;

	for (int i = 0; i < 100000; i++) {
		dtc_u64 key, value[4];

		seed = seed * 6364136223846793005ull + 1442695040888963407ull;
		key = seed >> 60;
		if (seed >> 32 & 1) {
			value[0] = value[1] = value[2] = value[3] = seed;
			dtc_pool_store(&shared, 0, &key, 1, value, sizeof(value));
		} else if (seed >> 33 & 1) {
			dtc_pool_remove(&shared, 0, &key, 1);
		} else {
			dtc_pool_load(&shared, 0, &key, 1, value, sizeof(value));
			torn += value[0] != value[1] || value[1] != value[2] || value[2] != value[3];
		}
	}
	return (void *)(size_t)torn;
}

START_TEST(pool_is_shared_by_cpus)
{
	void *memory = calloc(1, DTC_BUFFER_LEAST), *torn;
	pthread_t threads[4];

	ck_assert_int_eq(dtc_pool_init(&shared, memory, DTC_BUFFER_LEAST), 0);
	for (size_t i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, pool_worker, (void *)(i + 1)), 0);
	for (size_t i = 0; i < 4; i++) {
		pthread_join(threads[i], &torn);
		ck_assert_ptr_null(torn);
	}
	free(memory);
}
END_TEST

/* --- what functions were called with --- */

static void calls_init(struct dtc_calls *t)
{
	*t = (struct dtc_calls){ calloc(DTC_CALL_SLOTS, sizeof(*t->keys)), calloc(DTC_CALL_SLOTS, sizeof(*t->slots)),
				 calloc(DTC_CALL_SLOTS / DTC_CALL_ROW, 1) };
}

static void calls_deinit(struct dtc_calls *t)
{
	free(t->keys);
	free(t->slots);
	free(t->turn);
}

static struct dtc_call call_of(dtc_u64 cfa)
{
	return (struct dtc_call){ cfa ^ 5, { cfa, cfa + 1, cfa + 2, cfa + 3, cfa + 4, ~cfa } };
}

static void calls_keep(struct dtc_calls *t, dtc_u64 cfa)
{
	const struct dtc_call call = call_of(cfa);

	dtc_call_keep(t, cfa, &call);
}

START_TEST(calls_by_frame)
{
	struct dtc_call want, got;
	struct dtc_calls t;

	calls_init(&t);
	ck_assert_int_eq(dtc_call_find(&t, 0xffffc90000004000ull, &got), -1);
	for (dtc_u64 i = 0; i < 1000; i++)
		calls_keep(&t, 0xffffc90000004000ull + 264 * i);
	for (dtc_u64 i = 0; i < 1000; i++) {
		want = call_of(0xffffc90000004000ull + 264 * i);
		ck_assert_int_eq(dtc_call_find(&t, 0xffffc90000004000ull + 264 * i, &got), 0);
		ck_assert_mem_eq(&got, &want, sizeof(got));
	}
	/* the next call at a frame takes the place of the one before */
	want = (struct dtc_call){ 7, { 1, 2, 3, 4, 5, 6 } };
	dtc_call_keep(&t, 0xffffc90000004000ull, &want);
	ck_assert_int_eq(dtc_call_find(&t, 0xffffc90000004000ull, &got), 0);
	ck_assert_mem_eq(&got, &want, sizeof(got));
	calls_deinit(&t);
}
END_TEST

/* Frames that share a row: the last eight stay. One that others are busy with is left alone, and a full row of those. */
START_TEST(calls_of_a_row)
{
	dtc_u64 same[20];
	struct dtc_call got;
	struct dtc_calls t;
	unsigned n = 0, first;

	calls_init(&t);
	for (dtc_u64 cfa = 0xffff888000000000ull; n < 20; cfa += 8)
		if (dtc_call_row(cfa) == 64)
			same[n++] = cfa;
	for (n = 0; n < 20; n++)
		calls_keep(&t, same[n]);
	for (n = 0; n < 20; n++)
		ck_assert_int_eq(dtc_call_find(&t, same[n], &got), n < 12 ? -1 : 0);
	first = dtc_call_row(same[0]);
	for (n = 0; n < DTC_CALL_ROW; n++)
		t.keys[first + n] = DTC_CALL_BUSY;
	calls_keep(&t, same[3]);
	ck_assert_int_eq(dtc_call_find(&t, same[3], &got), -1);
	t.keys[first + 5] = 0;
	calls_keep(&t, same[3]);
	ck_assert_int_eq(dtc_call_find(&t, same[3], &got), 0);
	ck_assert_uint_eq(t.keys[first + 5], same[3]);
	calls_deinit(&t);
}
END_TEST

/* Threads with frames of their own, all in one row: what is found is the frame's own and whole. */
#define CALL_THREADS 4
static struct dtc_calls calls_shared;
static dtc_u64 call_frames[CALL_THREADS];

static void *calls_thread(void *arg)
{
	const dtc_u64 cfa = *(const dtc_u64 *)arg;
	size_t wrong = 0, found = 0;

	for (dtc_u64 i = 0; i < 200000; i++) {
		const struct dtc_call call = { i, { i, i, i, i, i, i } };
		struct dtc_call got;

		dtc_call_keep(&calls_shared, cfa, &call);
		if (dtc_call_find(&calls_shared, cfa, &got))
			continue;
		found++;
		wrong += memcmp(&got, &call, sizeof(got)) != 0;
	}
	return (void *)(found ? wrong : 1);
}

START_TEST(calls_of_threads)
{
	pthread_t threads[CALL_THREADS];
	unsigned n = 0;
	void *wrong;

	calls_init(&calls_shared);
	for (dtc_u64 cfa = 0xffff888000000000ull; n < CALL_THREADS; cfa += 8)
		if (dtc_call_row(cfa) == 64)
			call_frames[n++] = cfa;
	for (n = 0; n < CALL_THREADS; n++)
		ck_assert_int_eq(pthread_create(&threads[n], NULL, calls_thread, &call_frames[n]), 0);
	for (n = 0; n < CALL_THREADS; n++) {
		ck_assert_int_eq(pthread_join(threads[n], &wrong), 0);
		ck_assert_ptr_null(wrong);
	}
	calls_deinit(&calls_shared);
}
END_TEST

/* --- strings --- */

static char room[4096] __attribute__((aligned(8)));
static struct dtc_scratch scratch;

static struct dtc_scratch *fresh(dtc_u32 strsize)
{
	scratch = (struct dtc_scratch){ room, 0, sizeof(room), strsize };
	return &scratch;
}

START_TEST(scratch_has_an_end)
{
	struct dtc_scratch *s = fresh(256);

	ck_assert_ptr_eq(scratch_alloc(s, 1), room);
	ck_assert_ptr_eq(scratch_alloc(s, 8), room + 8);
	ck_assert_ptr_null(scratch_alloc(s, sizeof(room)));
	ck_assert_ptr_null(scratch_alloc(s, ~0ull));
	ck_assert_ptr_nonnull(scratch_alloc(s, sizeof(room) - 16));
	ck_assert_ptr_null(scratch_alloc(s, 1));
}
END_TEST

static const struct { const char *path, *base, *dir, *clean; } paths[] = {
	{ "/usr/lib", "lib", "/usr", "/usr/lib" }, { "/usr/", "usr", "/", "/usr" }, { "usr", "usr", ".", "usr" },
	{ "/", "/", "/", "/" }, { "//", "/", "/", "/" }, { "", ".", ".", "" }, { ".", ".", ".", "." },
	{ "a//b/", "b", "a", "a/b" }, { "/a/./b/../c", "c", "/a/./b/..", "/a/c" }, { "/../x", "x", "/..", "/x" },
	{ "../x/..", "..", "../x", ".." }, { "../../x", "x", "../..", "../../x" }, { "/a/b/..", "..", "/a/b", "/a" },
	{ "/a/.", ".", "/a", "/a" }, { "/a/./", ".", "/a", "/a" }, { "/..", "..", "/", "/" }, { "/a/..b/.c", ".c", "/a/..b", "/a/..b/.c" },
	{ "a/..", "..", "a", "." }, { "./", ".", ".", "." }, { "..", "..", ".", ".." }, { "a/../../b/c/../d/", "d", "a/../../b/c/..", "../b/d" },
	{ "/a/../../..", "..", "/a/../..", "/" }, { "./a/./b", "b", "./a/.", "a/b" },
};

START_TEST(path_parts)
{
	ck_assert_str_eq(str_basename(fresh(256), paths[_i].path), paths[_i].base);
	ck_assert_str_eq(str_dirname(fresh(256), paths[_i].path), paths[_i].dir);
	ck_assert_str_eq(str_cleanpath(fresh(256), paths[_i].path), paths[_i].clean);
}
END_TEST

static const struct { dtc_s64 index, len; int has_len; const char *want; } substrs[] = {
	{ 0, 0, 0, "foobar" }, { 3, 0, 0, "bar" }, { 6, 0, 0, "" }, { 9, 0, 0, "" }, { -2, 0, 0, "ar" }, { -9, 0, 0, "foobar" },
	{ 1, 3, 1, "oob" }, { 1, 99, 1, "oobar" }, { 1, -1, 1, "ooba" }, { 4, -3, 1, "" }, { -3, 2, 1, "ba" }, { 0, 0, 1, "" },
	{ -8, 3, 1, "f" }, { -8, 2, 1, "" }, { 2, 0x7fffffffffffffff, 1, "obar" }, { 0, -0x7fffffffffffffff - 1, 1, "" },
};

START_TEST(substr_ranges)
{
	ck_assert_str_eq(str_substr(fresh(256), "foobar", substrs[_i].index, substrs[_i].len, substrs[_i].has_len), substrs[_i].want);
}
END_TEST

START_TEST(strings_are_cut_to_strsize)
{
	ck_assert_str_eq(str_join(fresh(8), "abcde", "fghij"), "abcdefg");
	ck_assert_str_eq(str_copy(fresh(4), "abcde"), "abc");
	char small[4];
	str_cpy(small, "abcdef", sizeof(small));
	ck_assert_str_eq(small, "abc");
}
END_TEST

static const struct { dtc_s64 v; int base; const char *want; } ints[] = {
	{ 0, 10, "0" }, { -1, 10, "-1" }, { 255, 16, "0xff" }, { 8, 8, "010" }, { 0, 8, "0" }, { 5, 2, "101" },
	{ -0x7fffffffffffffff - 1, 10, "-9223372036854775808" }, { -1, 16, "0xffffffffffffffff" },
};

START_TEST(ints_as_text)
{
	ck_assert_str_eq(str_from_int(fresh(256), ints[_i].v, ints[_i].base), ints[_i].want);
}
END_TEST

START_TEST(text_as_ints)
{
	ck_assert_int_eq(str_to_int("  -12x", 10), -12);
	ck_assert_int_eq(str_to_int("0x1F", 16), 31);
	ck_assert_int_eq(str_to_int("0x1F", 10), 0);
	ck_assert_int_eq(str_to_int("010", 10), 10);
	ck_assert_int_eq(str_to_int("\n1", 10), 0);
	ck_assert_int_eq(str_to_int("zz", 36), 35 * 36 + 35);
	ck_assert_int_eq(str_to_int("", 10), 0);
}
END_TEST

START_TEST(searches)
{
	char text[] = ",a,,bc,", *rest = text;
	const char *s = "hello";

	ck_assert_ptr_eq(str_chr(s, 'l'), s + 2);
	ck_assert_ptr_eq(str_rchr(s, 'l'), s + 3);
	ck_assert_ptr_null(str_chr(s, 'z'));
	ck_assert_ptr_eq(str_str(s, "llo"), s + 2);
	ck_assert_ptr_eq(str_str(s, ""), s);
	ck_assert_ptr_null(str_str(s, "lloo"));
	ck_assert_int_eq(str_index("abab", "ab", 0, 0), 0);
	ck_assert_int_eq(str_index("abab", "ab", 1, 1), 2);
	ck_assert_int_eq(str_index("abab", "ab", 9, 1), -1);
	ck_assert_int_eq(str_index("abab", "", 9, 1), 4);
	ck_assert_int_eq(str_rindex("abab", "ab", 0, 0), 2);
	ck_assert_int_eq(str_rindex("abab", "ab", 1, 1), 0);
	ck_assert_int_eq(str_rindex("a", "abc", 0, 0), -1);
	ck_assert_str_eq(str_token(&rest, ","), "a");
	ck_assert_str_eq(str_token(&rest, ","), "bc");
	ck_assert_ptr_null(str_token(&rest, ","));
	ck_assert_int_lt(str_cmp("a", "b"), 0);
	ck_assert_int_gt(str_cmp("\xff", "a"), 0);
	ck_assert_int_eq(str_cmp("", ""), 0);
	ck_assert_str_eq(str_change_case(fresh(256), "aBc1", 1), "ABC1");
}
END_TEST

static const struct { const char *json, *path, *want; } jsons[] = {
	{ "{\"a\":1}", "a", "1" }, { " { \"a\" : \"x\" } ", "a", "x" }, { "{\"a\":\"\\\"\"}", "a", "\\\"" }, { "{\"a\":[1,[2,3]]}", "a[1][0]", "2" },
	{ "[[],{}]", "[1]", "{}" }, { "[]", "[0]", NULL }, { "[1", "[1]", NULL }, { "{\"a\":1,\"ab\":2}", "ab", "2" }, { "{\"ab\":2}", "a", NULL },
	{ "{\"a\":{\"b\":[{\"c\":null}]}}", "a.b[0].c", "null" }, { "", "a", NULL }, { "{", "a", NULL }, { "{\"a\":\"x", "a", NULL },
	{ "{\"a\":\"x\\", "a", NULL }, { "{\"a\":[1,2", "a", NULL }, { "{\"a\":}", "a", NULL }, { "[1,2]", "[-1]", NULL }, { "{\"a\":1}", "b", NULL },
	{ "[1,2]", "[1", "2" }, { "[1,2]", "[99999999999]", NULL }, { "{\"a\":\"]\",\"b\":3}", "b", "3" },
};

START_TEST(json_elements)
{
	dtc_u32 len = 0;
	const char *at = json_find(jsons[_i].json, jsons[_i].path, &len);

	if (!jsons[_i].want) {
		ck_assert_ptr_null(at);
		return;
	}
	ck_assert_ptr_nonnull(at);
	ck_assert_str_eq(str_part(fresh(256), at, len), jsons[_i].want);
}
END_TEST

static const struct { dtc_u8 a[16]; const char *want; } inet6s[] = {
	{ { 0 }, "::" }, { { [15] = 1 }, "::1" }, { { 0xfe, 0x80, [8] = 2, 0x14, 0x4f, 0xff, 0xfe, 0x0b, 0x76, 0xc8 }, "fe80::214:4fff:fe0b:76c8" },
	{ { 0x20, 1, [14] = 0, 0 }, "2001::" }, { { [10] = 0xff, 0xff, 127, 0, 0, 1 }, "::ffff:127.0.0.1" }, { { [12] = 1, 2, 3, 4 }, "::1.2.3.4" },
	{ { 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3 }, "1:0:0:2::3" },
	{ { [1] = 1, [5] = 1, [9] = 1, [13] = 1 }, "1:0:1:0:1:0:1:0" }, { { [1] = 1, [3] = 2, [15] = 3 }, "1:2::3" }, { { [15] = 2 }, "::0.0.0.2" },
	{ { 0x12, 0x34, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9, 0, 10, 0, 11 }, "1234:5:6:7:8:9:a:b" },
	{ { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 }, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
};

START_TEST(addresses_as_text)
{
	static const dtc_u8 v4[16] = { [10] = 0xff, 0xff, 255, 0, 10, 100 };

	ck_assert_str_eq(text_inet6(fresh(256), inet6s[_i].a, 0), inet6s[_i].want);
	ck_assert_str_eq(text_inet6(fresh(256), v4, 1), "255.0.10.100");
	ck_assert_str_eq(text_link(fresh(256), v4 + 10, 3), "ff:ff:ff");
}
END_TEST

START_TEST(keys_of_strings)
{
	dtc_u64 key[4] = { ~0ull, ~0ull, ~0ull, ~0ull };

	ck_assert_int_eq(str_to_key(key, "abcdefghi", 4), 3);
	ck_assert_uint_eq(key[0], 9);
	ck_assert_int_eq(memcmp(&key[1], "abcdefghi\0\0\0\0\0\0", 16), 0);
	ck_assert_uint_eq(key[3], ~0ull);
	ck_assert_int_eq(str_to_key(key, "", 1), 1);
	ck_assert_int_eq(str_to_key(key, "abcdefghi", 2), -1);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(*(table)))

int main(void)
{
	Suite *suite = suite_create("runtime");
	TCase *agg = tcase_create("aggregations"), *pool = tcase_create("arrays"), *strings = tcase_create("strings");

	tcase_add_test(agg, agg_layout_is_the_readers);

	tcase_add_test(agg, agg_counts_each_key);
	tcase_add_test(agg, agg_full_drops_and_keeps);
	tcase_add_test(agg, agg_too_small_is_refused);
	tcase_add_loop_test(agg, agg_hash_spreads, 0, 13);
	tcase_add_test(agg, hash_same_for_constant_and_variable_length);
	tcase_add_loop_test(agg, quantize_buckets, 0, ROWS(quantized));
	tcase_add_test(agg, lquantize_levels);
	tcase_add_test(agg, llquantize_parts);
	tcase_add_test(agg, stddev_squares_are_128_bits);
	tcase_add_test(agg, min_max_take_the_first);
	tcase_add_test(pool, pool_stores_finds_frees);
	tcase_add_test(pool, pool_full_refuses_new_keeps_old);
	tcase_add_test(pool, pool_locked_chain_is_given_up);
	tcase_add_test(pool, pool_is_shared_by_cpus);
	tcase_add_test(pool, calls_by_frame);
	tcase_add_test(pool, calls_of_a_row);
	tcase_add_test(pool, calls_of_threads);
	tcase_set_timeout(pool, 60);
	tcase_add_test(strings, scratch_has_an_end);
	tcase_add_loop_test(strings, path_parts, 0, ROWS(paths));
	tcase_add_loop_test(strings, substr_ranges, 0, ROWS(substrs));
	tcase_add_test(strings, strings_are_cut_to_strsize);
	tcase_add_loop_test(strings, ints_as_text, 0, ROWS(ints));
	tcase_add_test(strings, text_as_ints);
	tcase_add_test(strings, searches);
	tcase_add_loop_test(strings, json_elements, 0, ROWS(jsons));
	tcase_add_loop_test(strings, addresses_as_text, 0, ROWS(inet6s));
	tcase_add_test(strings, keys_of_strings);
	suite_add_tcase(suite, agg);
	suite_add_tcase(suite, pool);
	suite_add_tcase(suite, strings);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
