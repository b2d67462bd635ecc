// SPDX-License-Identifier: GPL-2.0
/*
 * A table of the kernel's symbols by a hash of their names, for scripts with
 * many groups: each walk over all symbols takes milliseconds. It is made by
 * the second search, and goes before the script runs. Used by the one who
 * attaches, under the control's lock.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/stringhash.h>
#include "runtime.h"

#define SIZE_MAX_LOG2 22

static struct {
	struct slot { u64 hash; unsigned long addr; } *slots;	/* open addressing; addr 0: free */
	u32 mask, used;
	bool overfull;
} table;

/* 64 bits: two names of one kernel that share them are not to be expected. 0 does not occur. */
static u64 hash_of(const char *name)
{
	const unsigned int len = strlen(name);

	return (u64)full_name_hash(NULL, name, len) << 32 | full_name_hash(&table, name, len) | 1;
}

static u32 slot_of(u64 hash)
{
	return (u32)(hash >> 32 ^ hash) * 0x9e3779b1u & table.mask;
}

int symtab_add(const char *name, unsigned long addr)
{
	const u64 hash = hash_of(name);
	u32 i = slot_of(hash);

	if (!addr)
		return 0;
	if (table.used > table.mask / 8 * 7) {
		table.overfull = true;
		return -E2BIG;
	}
	while (table.slots[i].addr)
		i = (i + 1) & table.mask;
	table.slots[i] = (struct slot){ hash, addr };
	table.used++;
	return 0;
}

bool symtab_make(int (*walk)(void))
{
	u32 log2;

	for (log2 = 18; log2 <= SIZE_MAX_LOG2; log2++) {
		table.slots = kvcalloc(1u << log2, sizeof(*table.slots), GFP_KERNEL);
		if (!table.slots)
			return false;
		table.mask = (1u << log2) - 1;
		walk();
		if (!table.overfull)
			return true;
		symtab_free();
	}
	return false;
}

bool symtab_ready(void)
{
	return table.slots;
}

int symtab_find(const char *name, int (*found)(void *arg, unsigned long addr), void *arg)
{
	const u64 hash = hash_of(name);
	u32 i;
	int ret = 0;

	for (i = slot_of(hash); table.slots[i].addr && !ret; i = (i + 1) & table.mask)
		if (table.slots[i].hash == hash)
			ret = found(arg, table.slots[i].addr);
	return ret;
}

void symtab_free(void)
{
	kvfree(table.slots);
	memset(&table, 0, sizeof(table));
}
