/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Types that emitted C, the runtime and the unit tests share. Includes
 * nothing: the same text compiles in the kernel and in user space.
 */
#ifndef DTC_EMIT_TYPES_H
#define DTC_EMIT_TYPES_H

typedef signed char dtc_s8;	typedef unsigned char dtc_u8;
typedef short dtc_s16;		typedef unsigned short dtc_u16;
typedef int dtc_s32;		typedef unsigned int dtc_u32;
typedef long long dtc_s64;	typedef unsigned long long dtc_u64;

#define DTC_INLINE static inline __attribute__((always_inline))
#define dtc_likely(x)	__builtin_expect(!!(x), 1)
#define dtc_unlikely(x) __builtin_expect(!!(x), 0)
#define dtc_barrier()	__asm__ volatile("" ::: "memory")

/* What the function around a probe was called with, looked up once in a clause; cfa 0: not yet. */
struct dtc_call_cache {
	dtc_u64 cfa;
	dtc_u32 row, known;
	dtc_u64 args[6];
};

/* Memory for strings and tuples under construction, handed out from the bottom and freed all at once. */
struct dtc_scratch {
	char *base;
	dtc_u32 top;		/* bytes in use */
	dtc_u32 size;
	dtc_u32 strsize;	/* the longest string, with its NUL */
};

/*
 * One aggregation buffer: entries without keys at fixed places from 8 on, then
 * the heads of the chains, then the other entries, one after the other. All
 * links are byte offsets from `base`.
 */
struct dtc_agg_buf {
	char *base;
	dtc_u32 *heads;
	dtc_u32 mask;		/* chains - 1 */
	dtc_u32 used;		/* end of the last entry */
	dtc_u32 first;		/* start of the first entry that has a key */
	dtc_u32 size;
	dtc_u64 drops;
};

/* An entry; the same layout as struct dtc_agg_entry of dtc/record.h, which needs linux/types.h. */
struct dtc_agg_node {
	dtc_u32 next;
	dtc_u32 words;
	dtc_u64 tag;
	dtc_u64 data[];		/* key, then data */
};

/* What an insertion into an aggregation needs to know. */
struct dtc_agg_want {
	dtc_u64 tag;
	const dtc_u64 *key;
	dtc_u32 key_words;
	dtc_u32 data_words;
};

#endif
