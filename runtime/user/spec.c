// SPDX-License-Identifier: GPL-2.0
/*
 * Speculations. A block of a speculating clause begins with a mark: which
 * speculation, and its generation. Its records wait here until the record of a
 * commit, and are printed then, or of a discard. The kernel bounds what it
 * sends into each; so does this, which trusts nothing.
 */
#include <stdlib.h>
#include "dtrun.h"

#define ID_BITS 16	/* of the mark; the generation is above */

struct held {			/* the record follows */
	uint32_t cpu, size;
};

void specs_free(struct specs *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->v[i].data);
	free(s->v);
	*s = (struct specs){ 0 };
}

static int specs_init(struct session *s, struct error *e)
{
	s->specs.v = calloc(s->opt.nspec, sizeof(*s->specs.v));
	if (!s->specs.v)
		return error_set(e, "out of memory for speculations");
	s->specs.n = s->opt.nspec;
	s->specs.limit = s->opt.specsize * s->streams.n;
	return 0;
}

/* The speculation that a mark is of, emptied if what it holds is older; *ret NULL: it has ended. */
static int spec_find(struct session *s, uint64_t tag, struct spec **ret, struct error *e)
{
	uint64_t id = tag & ((1 << ID_BITS) - 1), generation = tag >> ID_BITS;
	struct spec *spec;

	*ret = NULL;
	if (!s->specs.v && specs_init(s, e))
		return -1;
	if (!id || id > s->specs.n)
		return error_set(e, "damaged data: a record of speculation %u, which there is not", (unsigned)id);
	spec = &s->specs.v[id - 1];
	if (generation < spec->generation || (generation == spec->generation && spec->ended))
		return 0;
	if (generation > spec->generation) {
		spec->generation = generation;
		spec->ended = false;
		spec->size = 0;
	}
	*ret = spec;
	return 0;
}

static int spec_hold(struct session *s, struct spec *spec, uint32_t cpu, const struct dtc_record *r, struct error *e)
{
	struct held held = { cpu, r->size };
	size_t size = spec->size + sizeof(held) + r->size;

	if (size > 2 * s->specs.limit)	/* no record is smaller than what is put before it */
		return error_set(e, "damaged data: a speculation larger than specsize");
	if (size > spec->cap) {
		size_t cap = 2 * size;
		char *data = realloc(spec->data, cap);

		if (!data)
			return error_set(e, "out of memory for speculations");
		spec->data = data;
		spec->cap = cap;
	}
	memcpy(spec->data + spec->size, &held, sizeof(held));
	memcpy(spec->data + spec->size + sizeof(held), r, r->size);
	spec->size = size;
	return 0;
}

static const struct dtc_record *held_at(const struct spec *spec, size_t at, uint32_t *cpu)
{
	const struct held *held = (const void *)(spec->data + at);

	if (at >= spec->size)
		return NULL;
	*cpu = held->cpu;
	return (const void *)(held + 1);
}

static int spec_print(struct session *s, const struct spec *spec, struct error *e)
{
	const struct dtc_record *r;
	uint32_t cpu;

	for (size_t at = 0; (r = held_at(spec, at, &cpu)); at += sizeof(struct held) + r->size)
		if (session_print(s, cpu, r, e))
			return -1;
	return 0;
}

static void spec_end(struct spec *spec)
{
	free(spec->data);
	spec->data = NULL;
	spec->size = spec->cap = 0;
	spec->ended = true;
}

int specs_record(struct session *s, uint32_t cpu, const struct dtc_record *r, struct error *e)
{
	const struct dtc_meta_block *b = meta_block(&s->meta, r->id / meta_nprobes(&s->meta));
	const struct dtc_meta_action *a = b->nactions ? meta_action(&s->meta, b->first_action) : NULL;
	struct spec *spec;
	struct value v;
	int ret = 0;

	if (!a || !a->nfields || (a->kind != DTC_ACT_SPECULATE && a->kind != DTC_ACT_COMMIT && a->kind != DTC_ACT_DISCARD))
		return 0;
	value_from_record(&s->meta, meta_field(&s->meta, a->first_field), (const char *)r, 0, &v);
	if (!v.num)
		return a->kind != DTC_ACT_SPECULATE;
	if (spec_find(s, v.num, &spec, e))
		return -1;
	if (spec && a->kind == DTC_ACT_SPECULATE)
		return spec_hold(s, spec, cpu, r, e) ? -1 : 1;
	if (spec && a->kind == DTC_ACT_COMMIT)
		ret = spec_print(s, spec, e);
	if (spec)
		spec_end(spec);
	return ret ? -1 : 1;
}
