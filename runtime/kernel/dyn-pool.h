/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of associative arrays: a hash table of chained elements in one
 * fixed piece of memory. All CPUs share it. Each chain has a lock, one bit of
 * its head, that is held for a few instructions with interrupts off and tried
 * for a bounded number of times. Elements come in sizes of powers of two and
 * half-way between; free ones wait in a lock-free list of their size.
 *
 * Pure data structure: the unit tests compile it in user space.
 */
#ifndef DTC_DYN_POOL_H
#define DTC_DYN_POOL_H

#include "emit-types.h"

#define DTC_POOL_UNIT	 16	/* offsets count units of so many bytes */
#define DTC_POOL_CLASSES 48
#define DTC_POOL_TRIES	 100000	/* to lock a chain */

struct dtc_element {
	dtc_u32 next;		/* unit of the next in the chain or free list, 0: none */
	dtc_u32 hash;
	dtc_u32 var;
	dtc_u16 key_words;
	dtc_u16 class;
	dtc_u64 data[];		/* key, then value */
};

struct dtc_pool {
	char *base;		/* unit 0 is not used */
	dtc_u32 *heads;		/* unit << 1 | locked */
	dtc_u32 mask;
	dtc_u32 limit;		/* units in all */
	dtc_u64 used;		/* units handed out from the front */
	dtc_u64 free[DTC_POOL_CLASSES];	/* unit | count of changes << 32 */
};

/* Shapes zeroed memory into a pool. 0, or -1: too small. */
int dtc_pool_init(struct dtc_pool *pool, void *base, dtc_u64 size);

/* Copies the value out, or zeroes dst; returns whether there is one, or -1: the chain stayed locked. */
int dtc_pool_load(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, void *dst, dtc_u32 size);
/* 0, or -1: no room, or the chain stayed locked. */
int dtc_pool_store(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, const void *src, dtc_u32 size);
/* 0, or -1: the chain stayed locked. */
int dtc_pool_remove(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords);

#endif
