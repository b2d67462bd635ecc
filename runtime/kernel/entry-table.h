/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What functions were called with: the six argument registers of each call. A
 * call is told by the address above its return address, which no two frames
 * share at a time, so the next call at that address takes the place of one that
 * is over, however it ended; and by its function, for frames that were there
 * before the probes.
 *
 * The table is rows of 8 keys, a cache line; the oldest of a full row goes. A
 * writer takes a key for itself, fills its slot, and gives it the key: others,
 * interrupts among them, take another slot meanwhile. Nothing waits. Only the
 * frame itself looks for its key, so a key that is still there after a slot has
 * been read was there all the time.
 *
 * Pure data structure: the unit tests compile it in user space.
 */
#ifndef DTC_ENTRY_TABLE_H
#define DTC_ENTRY_TABLE_H

#include "agg-table.h"

#define DTC_CALL_BITS	14
#define DTC_CALL_SLOTS	(1u << DTC_CALL_BITS)
#define DTC_CALL_ROW	8
#define DTC_CALL_BUSY	1ull		/* no frame's address */

struct dtc_call {
	dtc_u64 ip;
	dtc_u64 args[6];
};

struct dtc_calls {
	dtc_u64 *keys;		/* DTC_CALL_SLOTS of each, zeroed */
	struct dtc_call *slots;
	dtc_u8 *turn;		/* of each row: the next to go */
};
#define DTC_CALLS_SIZE	(DTC_CALL_SLOTS * (sizeof(dtc_u64) + sizeof(struct dtc_call)) + DTC_CALL_SLOTS / DTC_CALL_ROW)

DTC_INLINE dtc_u32 dtc_call_row(dtc_u64 cfa)
{
	return (dtc_u32)(cfa * DTC_HASH_FACTOR >> (64 - DTC_CALL_BITS)) & ~(DTC_CALL_ROW - 1u);
}

DTC_INLINE int dtc_call_lock(dtc_u64 *key, dtc_u64 old)
{
	return __atomic_compare_exchange_n(key, &old, DTC_CALL_BUSY, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* A slot of its own, or -1: others are at all that it tried. */
DTC_INLINE int dtc_call_take(struct dtc_calls *t, dtc_u64 cfa)
{
	const dtc_u32 first = dtc_call_row(cfa);
	dtc_u32 i;

	for (i = 0; i < DTC_CALL_ROW; i++)
		if (__atomic_load_n(&t->keys[first + i], __ATOMIC_RELAXED) == cfa && dtc_call_lock(&t->keys[first + i], cfa))
			return first + i;
	for (i = 0; i < DTC_CALL_ROW; i++) {
		const dtc_u32 at = first + t->turn[first / DTC_CALL_ROW]++ % DTC_CALL_ROW;
		const dtc_u64 old = __atomic_load_n(&t->keys[at], __ATOMIC_RELAXED);

		if (old != DTC_CALL_BUSY && dtc_call_lock(&t->keys[at], old))
			return at;
	}
	return -1;
}

DTC_INLINE void dtc_call_keep(struct dtc_calls *t, dtc_u64 cfa, const struct dtc_call *call)
{
	const int at = dtc_call_take(t, cfa);

	if (at < 0)
		return;
	t->slots[at] = *call;
	__atomic_store_n(&t->keys[at], cfa, __ATOMIC_RELEASE);
}

/* The call of that frame. 0, or -1: it was not kept. */
DTC_INLINE int dtc_call_find(const struct dtc_calls *t, dtc_u64 cfa, struct dtc_call *ret)
{
	const dtc_u32 first = dtc_call_row(cfa);
	dtc_u32 i;

	for (i = 0; i < DTC_CALL_ROW; i++) {
		if (__atomic_load_n(&t->keys[first + i], __ATOMIC_ACQUIRE) != cfa)
			continue;
		*ret = t->slots[first + i];
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
		return __atomic_load_n(&t->keys[first + i], __ATOMIC_RELAXED) == cfa ? 0 : -1;
	}
	return -1;
}

#endif
