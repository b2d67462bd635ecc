/* SPDX-License-Identifier: GPL-2.0 */
/* What files of the cache are made from: growing arrays of rows, and names by their offset. */
#ifndef DTC_BLOB_H
#define DTC_BLOB_H

#include "../dtc.h"

static inline u64 align8(u64 v) { return (v + 7) & ~7ull; }

/* Room for `need` elements; the array is to be freed, unlike mem_grow()'s. */
void *array_grow(void *array, size_t *cap, size_t need, size_t elem);

/* Offset 0 is the empty name. */
struct names { char *data; size_t len, cap; };
u32 names_add(struct names *n, const char *name);

/* The same, each name once. */
struct name_set { struct names names; u32 *slots; size_t nslots, count; };
u32 name_set_add(struct name_set *s, const char *name);
void name_set_deinit(struct name_set *s);

#endif
