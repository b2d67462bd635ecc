// SPDX-License-Identifier: GPL-2.0
/*
 * Associative arrays: see dyn-pool.h. Compiles in the kernel and in user
 * space, so it calls nothing and brings its own copying.
 */
#include "agg-table.h"
#include "dyn-pool.h"

static struct dtc_element *element_at(const struct dtc_pool *pool, dtc_u32 unit)
{
	return (struct dtc_element *)(pool->base + (dtc_u64)unit * DTC_POOL_UNIT);
}

static void copy(void *dst, const void *src, dtc_u32 size)
{
	char *d = dst;
	const char *s = src;

	while (size--)
		*d++ = *s++;
}

static void zero(void *dst, dtc_u32 size)
{
	char *d = dst;

	while (size--)
		*d++ = 0;
}

/* Units of an element of a class: 2, 3, 4, 6, 8, 12, ... */
static dtc_u64 class_units(dtc_u32 class)
{
	return class & 1 ? 3ull << (class / 2) : 2ull << (class / 2);
}

static dtc_u32 class_of(dtc_u64 bytes)
{
	const dtc_u64 units = (bytes + DTC_POOL_UNIT - 1) / DTC_POOL_UNIT;
	dtc_u32 class = 0;

	while (class < DTC_POOL_CLASSES && class_units(class) < units)
		class++;
	return class;
}

int dtc_pool_init(struct dtc_pool *pool, void *base, dtc_u64 size)
{
	dtc_u32 chains = 16;

	while ((dtc_u64)chains * 128 < size && chains < 0x1000000)
		chains *= 2;
	if (size / DTC_POOL_UNIT >= 0x7fffffff || (dtc_u64)chains * 4 + 64 > size)
		return -1;
	pool->base = base;
	pool->heads = (dtc_u32 *)(pool->base + DTC_POOL_UNIT);
	pool->mask = chains - 1;
	pool->limit = (dtc_u32)(size / DTC_POOL_UNIT);
	pool->used = 1 + (dtc_u64)chains * 4 / DTC_POOL_UNIT;
	for (dtc_u32 i = 0; i < DTC_POOL_CLASSES; i++)
		pool->free[i] = 0;
	return 0;
}

/* From the free list of the class, else from the front. The count of changes keeps a stale head from being swapped in. */
static dtc_u32 pool_take(struct dtc_pool *pool, dtc_u32 class)
{
	dtc_u64 head = __atomic_load_n(&pool->free[class], __ATOMIC_ACQUIRE), from;

	for (int i = 0; i < DTC_POOL_TRIES && (dtc_u32)head; i++) {
		const dtc_u32 next = __atomic_load_n(&element_at(pool, (dtc_u32)head)->next, __ATOMIC_RELAXED);

		if (__atomic_compare_exchange_n(&pool->free[class], &head, ((head >> 32) + 1) << 32 | next, 0,
						__ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
			return (dtc_u32)head;
	}
	if (__atomic_load_n(&pool->used, __ATOMIC_RELAXED) + class_units(class) > pool->limit)
		return 0;
	from = __atomic_fetch_add(&pool->used, class_units(class), __ATOMIC_RELAXED);
	return from + class_units(class) <= pool->limit ? (dtc_u32)from : 0;
}

static void pool_give(struct dtc_pool *pool, dtc_u32 unit)
{
	struct dtc_element *element = element_at(pool, unit);
	dtc_u64 *list = &pool->free[element->class];
	dtc_u64 head = __atomic_load_n(list, __ATOMIC_RELAXED);

	for (int i = 0; i < DTC_POOL_TRIES; i++) {
		__atomic_store_n(&element->next, (dtc_u32)head, __ATOMIC_RELAXED);
		if (__atomic_compare_exchange_n(list, &head, ((head >> 32) + 1) << 32 | unit, 0,
						__ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
			return;
	}
}

/* The head's unit, with the chain locked; -1: it stayed locked. */
static dtc_s64 chain_lock(dtc_u32 *head)
{
	for (int i = 0; i < DTC_POOL_TRIES; i++) {
		dtc_u32 seen = __atomic_load_n(head, __ATOMIC_RELAXED);

		if (!(seen & 1) && __atomic_compare_exchange_n(head, &seen, seen | 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return seen >> 1;
		__builtin_ia32_pause();
	}
	return -1;
}

static void chain_unlock(dtc_u32 *head, dtc_u32 unit)
{
	__atomic_store_n(head, unit << 1, __ATOMIC_RELEASE);
}

/* The element in a locked chain, or 0; *link is where the chain points to it. */
static dtc_u32 chain_find(const struct dtc_pool *pool, dtc_u32 unit, dtc_u32 hash, dtc_u32 var, const dtc_u64 *key,
			  dtc_u32 nwords, dtc_u32 **link)
{
	*link = 0;
	while (unit) {
		struct dtc_element *element = element_at(pool, unit);

		if (element->hash == hash && element->var == var && element->key_words == nwords &&
		    dtc_key_equal(element->data, key, nwords))
			return unit;
		*link = &element->next;
		unit = element->next;
	}
	return 0;
}

static dtc_u32 key_hash(dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords)
{
	return dtc_key_hash(key, nwords) + var * 0x9e3779b1u;
}

int dtc_pool_load(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, void *dst, dtc_u32 size)
{
	const dtc_u32 hash = key_hash(var, key, nwords);
	dtc_u32 *head = &pool->heads[hash & pool->mask], *link, unit = 0;

	/* An empty chain needs no lock to be seen as such. */
	if (__atomic_load_n(head, __ATOMIC_RELAXED)) {
		const dtc_s64 first = chain_lock(head);

		if (first < 0) {
			zero(dst, size);
			return -1;
		}
		unit = chain_find(pool, (dtc_u32)first, hash, var, key, nwords, &link);
		if (unit)
			copy(dst, element_at(pool, unit)->data + nwords, size);
		chain_unlock(head, (dtc_u32)first);
	}
	if (!unit)
		zero(dst, size);
	return unit != 0;
}

int dtc_pool_store(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords, const void *src, dtc_u32 size)
{
	const dtc_u32 hash = key_hash(var, key, nwords);
	const dtc_u32 class = class_of(sizeof(struct dtc_element) + (dtc_u64)nwords * 8 + size);
	dtc_u32 *head = &pool->heads[hash & pool->mask], *link, unit;
	struct dtc_element *element;
	dtc_s64 first;

	if (class == DTC_POOL_CLASSES || nwords > 0xffff)
		return -1;
	first = chain_lock(head);
	if (first < 0)
		return -1;
	unit = chain_find(pool, (dtc_u32)first, hash, var, key, nwords, &link);
	if (!unit) {
		unit = pool_take(pool, class);
		if (!unit) {
			chain_unlock(head, (dtc_u32)first);
			return -1;
		}
		element = element_at(pool, unit);
		__atomic_store_n(&element->next, (dtc_u32)first, __ATOMIC_RELAXED);	/* a late pool_take() may look */
		element->hash = hash;
		element->var = var;
		element->key_words = (dtc_u16)nwords;
		element->class = (dtc_u16)class;
		copy(element->data, key, nwords * 8);
		first = unit;
	}
	copy(element_at(pool, unit)->data + nwords, src, size);
	chain_unlock(head, (dtc_u32)first);
	return 0;
}

int dtc_pool_remove(struct dtc_pool *pool, dtc_u32 var, const dtc_u64 *key, dtc_u32 nwords)
{
	const dtc_u32 hash = key_hash(var, key, nwords);
	dtc_u32 *head = &pool->heads[hash & pool->mask], *link, unit;
	dtc_s64 first;

	if (!__atomic_load_n(head, __ATOMIC_RELAXED))
		return 0;
	first = chain_lock(head);
	if (first < 0)
		return -1;
	unit = chain_find(pool, (dtc_u32)first, hash, var, key, nwords, &link);
	if (unit && link)
		*link = element_at(pool, unit)->next;
	chain_unlock(head, unit && !link ? element_at(pool, unit)->next : (dtc_u32)first);
	if (unit)
		pool_give(pool, unit);
	return 0;
}
