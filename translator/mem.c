// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of a compilation: carved from chunks that live until the process
 * ends. With AddressSanitizer each allocation is a chunk of its own, so that
 * overruns are seen. Growing text.
 */
#include "dtc.h"

#include <stdlib.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
enum { CHUNK_SIZE = 0 };
#else
enum { CHUNK_SIZE = 256 << 10 };
#endif

struct chunk {
	struct chunk *next;
	size_t used, size;
	_Alignas(16) char data[];
};
static struct chunk *chunks;

static void out_of_memory(void)
{
	static const char message[] = "dtc: out of memory\n";

	fwrite(message, 1, sizeof(message) - 1, stderr);
	exit(1);
}

static struct chunk *chunk_new(size_t size)
{
	const size_t least = CHUNK_SIZE;
	struct chunk *c;

	if (size < least)
		size = least;
	if (size > SIZE_MAX - sizeof(*c))
		out_of_memory();
	c = calloc(1, sizeof(*c) + size);
	if (!c)
		out_of_memory();
	c->size = size;
	return c;
}

void *mem_alloc(size_t size)
{
	size_t round = CHUNK_SIZE ? (size + 15) & ~(size_t)15 : size;
	struct chunk *c = chunks;

	if (round < size)
		out_of_memory();
	if (!c || !CHUNK_SIZE || c->size - c->used < round) {
		struct chunk *fresh = chunk_new(round);

		/* a big one goes behind the chunk that has room left */
		if (c && CHUNK_SIZE && round > CHUNK_SIZE / 4) {
			fresh->next = c->next;
			c->next = fresh;
		} else {
			fresh->next = c;
			chunks = fresh;
		}
		c = fresh;
	}
	c->used += round;
	return c->data + c->used - round;
}

void mem_release(void)
{
	while (chunks) {
		struct chunk *c = chunks;

		chunks = c->next;
		free(c);
	}
}

/* Room for `count` elements and one more; what is new is zeroed. */
void *mem_grow(void *array, size_t *capacity, size_t count, size_t elem_size)
{
	size_t cap = *capacity ? *capacity : 8;
	void *grown;

	if (array && count < *capacity)
		return array;
	while (cap <= count)
		cap *= 2;
	if (cap > SIZE_MAX / elem_size)
		out_of_memory();
	grown = mem_alloc(cap * elem_size);
	if (array)
		memcpy(grown, array, *capacity * elem_size);
	*capacity = cap;
	return grown;
}

char *mem_strndup(const char *s, size_t n)
{
	char *copy = mem_alloc(n + 1);

	memcpy(copy, s, n);
	return copy;
}

char *mem_strdup(const char *s)
{
	return mem_strndup(s, strlen(s));
}

char *mem_vprintf(const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		n = 0;
	s = mem_alloc((size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = mem_vprintf(fmt, ap);
	va_end(ap);
	return s;
}

/* The data always ends with a NUL that `len` does not count. */
void text_write(struct text *t, const void *data, size_t len)
{
	if (!t->data || t->cap - t->len <= len) {
		size_t cap = t->cap ? t->cap : 256;
		char *grown;

		while (cap - t->len <= len) {
			if (cap > SIZE_MAX / 2)
				out_of_memory();
			cap *= 2;
		}
		grown = mem_alloc(cap);
		if (t->len)
			memcpy(grown, t->data, t->len);
		t->data = grown;
		t->cap = cap;
	}
	if (len)
		memcpy(t->data + t->len, data, len);
	t->len += len;
	t->data[t->len] = '\0';
}

void text_add(struct text *t, const char *fmt, ...)
{
	char small[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < (int)sizeof(small)) {
		text_write(t, small, n < 0 ? 0 : (size_t)n);
	} else {
		char *s;

		va_start(ap, fmt);
		s = mem_vprintf(fmt, ap);
		va_end(ap);
		text_write(t, s, strlen(s));
	}
}
