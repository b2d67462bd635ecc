// SPDX-License-Identifier: GPL-2.0
/* Growing arrays and names. */
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "files.h"

void *array_grow(void *array, size_t *cap, size_t need, size_t elem)
{
	void *more;

	if (need <= *cap)
		return array;
	while (*cap < need)
		*cap = *cap ? *cap * 2 : 1024;
	more = realloc(array, *cap * elem);
	if (!more)
		abort();	/* as mem_alloc() does */
	return more;
}

u32 names_add(struct names *n, const char *name)
{
	size_t len = strlen(name) + 1;
	u32 at;

	if (!n->len) {
		n->data = array_grow(n->data, &n->cap, 1, 1);
		n->data[n->len++] = 0;
	}
	if (!*name)
		return 0;
	n->data = array_grow(n->data, &n->cap, n->len + len, 1);
	at = n->len;
	memcpy(n->data + at, name, len);
	n->len += len;
	return at;
}

/* Where the name stands in the table, or should. */
static u32 *slot_of(const struct name_set *s, const char *name)
{
	u64 h = hash_bytes(HASH_SEED, name, strlen(name));
	u32 *slot;

	for (;; h++) {
		slot = &s->slots[h & (s->nslots - 1)];
		if (!*slot || !strcmp(s->names.data + *slot, name))
			return slot;
	}
}

u32 name_set_add(struct name_set *s, const char *name)
{
	struct name_set more = *s;
	u32 *slot;

	if (s->count * 2 >= s->nslots) {
		more.nslots = s->nslots ? s->nslots * 2 : 4096;
		more.slots = calloc(more.nslots, sizeof(*more.slots));
		if (!more.slots)
			abort();	/* as mem_alloc() does */
		for (size_t i = 0; i < s->nslots; i++)
			if (s->slots[i])
				*slot_of(&more, s->names.data + s->slots[i]) = s->slots[i];
		free(s->slots);
		*s = more;
	}
	if (!*name)
		return names_add(&s->names, name);
	slot = slot_of(s, name);
	if (!*slot) {
		*slot = names_add(&s->names, name);
		s->count++;
	}
	return *slot;
}

void name_set_deinit(struct name_set *s)
{
	free(s->names.data);
	free(s->slots);
	memset(s, 0, sizeof(*s));
}
