// SPDX-License-Identifier: GPL-2.0
/*
 * agghist and aggpack: aggregations with a line for each key, drawn to one
 * scale. agghist draws the values of count() and sum() as bars, aggpack each
 * distribution of quantize() and lquantize() as a row of blocks.
 */
#include <inttypes.h>
#include <stdlib.h>
#include "dtrun.h"

static bool is_packable(uint32_t func)
{
	return func == DTC_AGG_QUANTIZE || func == DTC_AGG_LQUANTIZE;
}

/* Of count() and sum(), as it was added up. */
static int64_t number_of(const struct dtc_meta_agg *agg, const uint64_t *data)
{
	return agg->func == DTC_AGG_COUNT ? data[0] : data[0] ? data[1] : 0;
}

static void packing_add_number(struct packing *p, int64_t value)
{
	long double magnitude = value < 0 ? -(long double)value : (long double)value;

	p->positives |= value > 0;
	p->negatives |= value < 0;
	if (!p->zoom)
		p->total += magnitude;
	else if (magnitude / HIST_ZOOM > p->total)
		p->total = magnitude / HIST_ZOOM;
}

static void packing_add_buckets(struct packing *p, const int64_t *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!v[i])
			continue;
		p->first = i < p->first ? i : p->first;
		p->last = i > p->last ? i : p->last;
	}
}

struct packing packing_of(const struct dtc_meta_agg *agg, struct agg_entry *const *entries, size_t n, const struct options *o)
{
	struct packing p = { .zoom = o->aggzoom, .first = UINT32_MAX };
	uint32_t buckets = agg->data_words - 1;

	if (o->agghist && (agg->func == DTC_AGG_COUNT || agg->func == DTC_AGG_SUM))
		p.kind = PACK_TOTAL;
	else if (o->aggpack && is_packable(agg->func))
		p.kind = PACK_BUCKETS;
	for (size_t i = 0; i < n && p.kind == PACK_TOTAL; i++)
		packing_add_number(&p, number_of(agg, agg_data(entries[i])));
	for (size_t i = 0; i < n && p.kind == PACK_BUCKETS; i++)
		packing_add_buckets(&p, (const int64_t *)agg_data(entries[i]) + 1, buckets);
	if (p.first == UINT32_MAX)	/* nothing in any: what is around 0 */
		p.first = p.last = agg->func == DTC_AGG_QUANTIZE ? DTC_QUANTIZE_ZERO : 0;
	p.first -= p.first > 0;
	p.last += p.last + 1 < buckets;
	return p;
}

static int edge(const struct dtc_meta_agg *agg, uint32_t bucket, char text[HIST_LABEL])
{
	return hist_label(agg, bucket, agg->data_words - 1, bucket, text);
}

void pack_heading(FILE *f, const struct dtc_meta_agg *agg, const struct packing *p, int width)
{
	char text[HIST_LABEL];
	int min = 7, max = 8;

	if (p->kind == PACK_TOTAL) {
		fprintf(f, "\n%*s %41s %-9s\n", width ? width : 16, width ? "key" : "value", "------------- Distribution -------------", "count");
		return;
	}
	if (agg->func == DTC_AGG_QUANTIZE) {
		min = edge(agg, p->first, text);
		max = edge(agg, p->last, text);
	}
	fprintf(f, "\n%*s %*s .", width ? width : 16, width ? "key" : "", min, "min");
	for (uint32_t i = p->first; i <= p->last; i++)
		fputc('-', f);
	fprintf(f, ". %-*s | count\n", max, "max");
}

/* Terminals that are known to be primitive get letters. */
static bool has_blocks(void)
{
	const char *term = getenv("TERM");

	return !term || (strcmp(term, "sun") && strcmp(term, "sun-color") && strcmp(term, "dumb"));
}

static void block_print(FILE *f, int64_t value, long double total, bool blocks)
{
	static const char letters[] = "__xxxxXX", negative[] = "vvvvVV";

	if (!value)
		fputc(' ', f);
	else if (value < 0)
		fputc(negative[(int)(-(long double)value * (sizeof(negative) - 2) / total + 0.5L)], f);
	else if (blocks)	/* U+2581, an eighth of a block, to U+2588, a full one */
		fprintf(f, "\342\226%c", 0x81 + (int)((long double)value * 7 / total + 0.5L));
	else
		fputc(letters[(int)((long double)value * (sizeof(letters) - 2) / total + 0.5L)], f);
}

static void blocks_print(FILE *f, const struct dtc_meta_agg *agg, const struct packing *p, const int64_t *v)
{
	struct packing scale = { .zoom = p->zoom };
	bool blocks = has_blocks(), is_quantize = agg->func == DTC_AGG_QUANTIZE;
	char text[HIST_LABEL];
	long double count = 0;

	for (uint32_t i = p->first; i <= p->last; i++) {
		packing_add_number(&scale, v[i]);
		count += v[i];
	}
	edge(agg, p->first, text);
	if (is_quantize)
		fprintf(f, " %s :", text);
	else
		fprintf(f, "%8s :", text);
	for (uint32_t i = p->first; i <= p->last; i++)
		block_print(f, v[i], scale.total, blocks);
	edge(agg, p->last, text);
	fprintf(f, ": %-*s | %" PRId64 "\n", is_quantize ? 0 : 8, text, (int64_t)count);
}

void pack_line(FILE *f, const struct dtc_meta_agg *agg, const struct packing *p, const uint64_t *data, int64_t normal)
{
	if (p->kind == PACK_BUCKETS) {
		blocks_print(f, agg, p, (const int64_t *)data + 1);
		return;
	}
	fputc(' ', f);
	hist_bar(f, number_of(agg, data), normal, p->total, p->positives, p->negatives);
}
