// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the CPUs' records and merges them by time. Each CPU has one small
 * buffer that is filled as far as the merge needs it: memory is bounded
 * however much the module sends. Trusts no length, number or time.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>
#include "dtrun.h"

#define STREAM_MEMORY (2u << 20)	/* for the buffers of all CPUs, where records are not larger */
#define STREAM_MAX (64u << 10)
#define STREAM_MIN (4u << 10)

void streams_init(struct streams *s, size_t n, uint32_t max_record)
{
	*s = (struct streams){ .cap = n ? STREAM_MEMORY / n & ~7u : STREAM_MAX };
	if (s->cap > STREAM_MAX)
		s->cap = STREAM_MAX;
	if (s->cap < STREAM_MIN)
		s->cap = STREAM_MIN;
	if (s->cap < max_record)
		s->cap = max_record;
}

int streams_add(struct streams *s, uint32_t cpu, int fd, struct error *e)
{
	struct stream *v = realloc(s->v, (s->n + 1) * sizeof(*v));
	char *buf = malloc(s->cap);

	s->v = v ? v : s->v;
	if (!v || !buf) {
		free(buf);
		if (fd >= 0)
			close(fd);
		return error_set(e, "out of memory");
	}
	v[s->n++] = (struct stream){ .fd = fd, .cpu = cpu, .buf = buf };
	return 0;
}

void streams_free(struct streams *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].fd >= 0)
			close(s->v[i].fd);
		free(s->v[i].buf);
	}
	free(s->v);
	*s = (struct streams){ 0 };
}

int record_check(const struct meta *m, const struct dtc_record *r, struct error *e)
{
	uint64_t nprobes = meta_nprobes(m);
	uint32_t id = r->id;

	if (id == DTC_ID_FAULT) {
		if (r->size < sizeof(struct dtc_fault_record))
			return error_set(e, "damaged data: a fault's record of %u bytes", r->size);
		id = ((const struct dtc_fault_record *)r)->id;
	}
	if (!nprobes || id / nprobes >= meta_nblocks(m))
		return error_set(e, "damaged data: a record of number %u, which there is not", id);
	if (r->id != DTC_ID_FAULT && (!meta_block(m, id / nprobes)->size || r->size < meta_block(m, id / nprobes)->size))
		return error_set(e, "damaged data: a record of %u bytes instead of %u", r->size, meta_block(m, id / nprobes)->size);
	return 0;
}

static int stream_read(struct streams *s, struct stream *t, struct error *e)
{
	ssize_t n;

	if (t->start) {
		memmove(t->buf, t->buf + t->start, t->end - t->start);
		t->end -= t->start;
		t->start = 0;
	}
	do
		n = read(t->fd, t->buf + t->end, s->cap - t->end);
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno != EAGAIN)
		return error_set(e, "cannot read the records of CPU %u: %s", t->cpu, strerror(errno));
	if (n <= 0)
		t->ended = true;
	else
		t->end += n;
	return 0;
}

/* The first record, read in when need be; *ret NULL: there is none for now. */
static int stream_head(struct streams *s, struct stream *t, const struct meta *m, const struct dtc_record **ret, struct error *e)
{
	for (;;) {
		const struct dtc_record *r = (const void *)(t->buf + t->start);
		size_t n = t->end - t->start;

		if (n >= sizeof(*r) && (r->size < sizeof(*r) || r->size % 8 || r->size > s->cap))
			return error_set(e, "damaged data: a record of %u bytes", r->size);
		*ret = n >= sizeof(*r) && n >= r->size ? r : NULL;
		if (*ret)
			return record_check(m, *ret, e);
		if (t->ended)
			return 0;
		if (stream_read(s, t, e))
			return -1;
	}
}

int streams_consume(struct streams *s, const struct meta *m, uint64_t before, record_fn *fn, void *arg, struct error *e)
{
	for (size_t i = 0; i < s->n; i++)
		s->v[i].ended = s->v[i].fd < 0;
	for (;;) {
		const struct dtc_record *best = NULL, *r = NULL;
		struct stream *from = NULL;

		for (size_t i = 0; i < s->n; i++) {
			if (stream_head(s, &s->v[i], m, &r, e))
				return -1;
			if (r && r->time < before && (!best || r->time < best->time)) {
				best = r;
				from = &s->v[i];
			}
		}
		if (!best)
			return 0;
		if (fn(arg, from->cpu, best, e))
			return -1;
		from->start += best->size;
	}
}

/* --- aggregations --- */

struct agg_reader { int fd; uint32_t cpu; char *buf; size_t size, start, end; uint64_t left; };

/* Makes n bytes stand at the start of what was read. */
static int agg_need(struct agg_reader *r, size_t n, struct error *e)
{
	if (n > r->size)
		return error_set(e, "damaged data: an aggregation's entry of %zu bytes", n);
	while (r->end - r->start < n) {
		ssize_t got;

		memmove(r->buf, r->buf + r->start, r->end - r->start);
		r->end -= r->start;
		r->start = 0;
		do
			got = read(r->fd, r->buf + r->end, r->size - r->end);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return error_set(e, "cannot read the aggregations of CPU %u: %s", r->cpu, strerror(errno));
		if (!got)
			return error_set(e, "damaged data: the aggregations of CPU %u are cut", r->cpu);
		r->end += got;
	}
	return 0;
}

int aggs_read(struct aggs *a, int fd, uint32_t cpu, char *buf, size_t size, struct error *e)
{
	struct agg_reader r = { .fd = fd, .cpu = cpu, .buf = buf, .size = size };
	const struct dtc_agg_entry *entry;
	uint64_t bytes;

	lseek(fd, 0, SEEK_SET);
	if (agg_need(&r, sizeof(struct dtc_agg_header), e))
		return -1;
	r.left = ((const struct dtc_agg_header *)buf)->used;
	r.start += sizeof(struct dtc_agg_header);
	while (r.left) {
		if (r.left < sizeof(*entry) || agg_need(&r, sizeof(*entry), e))
			return r.left < sizeof(*entry) ? error_set(e, "damaged data: part of an aggregation's entry") : -1;
		bytes = sizeof(*entry) + (uint64_t)((const struct dtc_agg_entry *)(r.buf + r.start))->words * 8;
		if (bytes > r.left)
			return error_set(e, "damaged data: an aggregation's entry of %" PRIu64 " bytes", bytes);
		if (agg_need(&r, bytes, e))
			return -1;
		entry = (const void *)(r.buf + r.start);
		if (aggs_add(a, cpu, entry, (const uint64_t *)(entry + 1), e))
			return -1;
		r.start += bytes;
		r.left -= bytes;
	}
	return 0;
}
