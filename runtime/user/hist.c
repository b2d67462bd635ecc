// SPDX-License-Identifier: GPL-2.0
/* Draws the distributions of quantize(), lquantize(), llquantize(). */
#include <inttypes.h>
#include "dtrun.h"

#define BAR 40
static const char bar[] = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@";
static const char blank[] = "                                        ";

struct drawing {
	FILE *f;
	long double total;
	bool positives, negatives;
	int64_t normal;
};

static long double magnitude(int64_t value)
{
	return value < 0 ? -(long double)value : (long double)value;
}

static void drawing_add(struct drawing *d, int64_t value, bool zoom)
{
	long double m = magnitude(value);

	d->positives |= value > 0;
	d->negatives |= value < 0;
	if (!zoom)
		d->total += m;
	else if (m / HIST_ZOOM > d->total)
		d->total = m / HIST_ZOOM;
}

static int drawing_depth(const struct drawing *d, int64_t value, int width)
{
	int depth = d->total > 0 ? (int)(magnitude(value) * width / d->total + 0.5L) : 0;

	return depth > width ? width : depth;
}

static void line_print(const struct drawing *d, int64_t value)
{
	int64_t count = d->normal == -1 ? (int64_t)-(uint64_t)value : value / d->normal;
	int depth;

	if (!d->negatives || !d->positives) {
		depth = drawing_depth(d, value, BAR);
		if (d->negatives)
			fprintf(d->f, "%.*s%.*s| %-9" PRId64 "\n", BAR - depth, blank, depth, bar, count);
		else
			fprintf(d->f, "|%.*s%.*s %-9" PRId64 "\n", depth, bar, BAR - depth, blank, count);
		return;
	}
	depth = drawing_depth(d, value, BAR / 2);	/* both signs: from the middle */
	if (value <= 0)
		fprintf(d->f, "%.*s%.*s|%*s %-9" PRId64 "\n", BAR / 2 - depth, blank, depth, bar, BAR / 2, "", count);
	else
		fprintf(d->f, "%*s|%.*s%.*s %-9" PRId64 "\n", BAR / 2, "", depth, bar, BAR / 2 - depth, blank, count);
}

static int label_quantize(const struct dtc_meta_agg *agg, uint32_t i, uint32_t n, uint32_t first, char text[HIST_LABEL])
{
	int64_t value = 0;

	if (i < DTC_QUANTIZE_ZERO)
		value = -(1LL << (DTC_QUANTIZE_ZERO - 1 - i));
	else if (i > DTC_QUANTIZE_ZERO)
		value = 1LL << (i - DTC_QUANTIZE_ZERO - 1);
	return snprintf(text, HIST_LABEL, "%" PRId64, value);
}

static int label_lquantize(const struct dtc_meta_agg *agg, uint32_t i, uint32_t n, uint32_t first, char text[HIST_LABEL])
{
	int64_t base = agg->args[0], step = agg->args[2];

	if (i == 0)
		return snprintf(text, HIST_LABEL, "< %" PRId64, base);
	if (i == n - 1)
		return snprintf(text, HIST_LABEL, ">= %" PRId64, base + (int64_t)(n - 2) * step);
	return snprintf(text, HIST_LABEL, "%" PRId64, base + (int64_t)(i - 1) * step);
}

/*
 * The middle bucket is what lies under factor^low on both sides of 0. Each
 * order of magnitude from there to `high` is cut into `steps` equal parts, or as
 * many as it has values; so are the negative ones.
 */
struct magnitude { uint64_t from, step, buckets; };

static bool magnitude_first(const struct dtc_meta_agg *agg, uint64_t *from)
{
	*from = 1;
	for (int64_t order = 0; order < agg->args[1]; order++)
		if (__builtin_mul_overflow(*from, (uint64_t)agg->args[0], from))
			return false;
	return true;
}

/* The buckets of the order that starts at m->from; false: the last one that numbers have. */
static bool magnitude_next(const struct dtc_meta_agg *agg, struct magnitude *m, uint64_t *to)
{
	uint64_t factor = agg->args[0], steps = agg->args[3], parts;
	bool last = __builtin_mul_overflow(m->from, factor, to);

	parts = last || *to > steps ? steps : *to;
	if (last)
		*to = UINT64_MAX;
	m->step = *to / parts;
	m->buckets = parts - parts / factor;
	return !last;
}

uint64_t llquantize_buckets(const struct dtc_meta_agg *agg)
{
	struct magnitude m;
	uint64_t n = 0, to;

	if (!magnitude_first(agg, &m.from))
		return 0;
	for (int64_t order = agg->args[1]; order <= agg->args[2]; order++, m.from = to) {
		bool more = magnitude_next(agg, &m, &to);

		n += m.buckets;
		if (!more)
			break;
	}
	return n;
}

/* The lower bound of a bucket; of the one after the last: the end. */
uint64_t llquantize_bound(const struct dtc_meta_agg *agg, uint64_t bucket)
{
	struct magnitude m;
	uint64_t to;

	if (!magnitude_first(agg, &m.from))
		return INT64_MAX;
	for (int64_t order = agg->args[1]; order <= agg->args[2]; order++, m.from = to) {
		bool more = magnitude_next(agg, &m, &to);

		if (bucket < m.buckets && (uint64_t)agg->args[3] < (uint64_t)agg->args[0])
			return bucket ? bucket * m.step : m.from;
		if (bucket < m.buckets)
			return m.from + bucket * m.step;
		bucket -= m.buckets;
		if (!more)
			return to;
	}
	return m.from;
}

static int label_llquantize(const struct dtc_meta_agg *agg, uint32_t i, uint32_t n, uint32_t first, char text[HIST_LABEL])
{
	uint32_t zero = n / 2;
	uint64_t least = llquantize_bound(agg, 0);

	if (i == zero && least == 1)
		return snprintf(text, HIST_LABEL, "0");
	if (i == zero)
		return snprintf(text, HIST_LABEL, "%s< %" PRIu64, first < zero ? "abs() " : "", least);
	if (i < zero)
		return snprintf(text, HIST_LABEL, "%s-%" PRIu64, i ? "" : "<= ", llquantize_bound(agg, zero - i - 1));
	return snprintf(text, HIST_LABEL, "%s%" PRIu64, i == n - 1 ? ">= " : "", llquantize_bound(agg, i - zero - 1));
}

int hist_label(const struct dtc_meta_agg *agg, uint32_t i, uint32_t n, uint32_t first, char text[HIST_LABEL])
{
	static int (*const labels[DTC_AGG_NR])(const struct dtc_meta_agg *, uint32_t, uint32_t, uint32_t, char *) = {
		[DTC_AGG_QUANTIZE] = label_quantize, [DTC_AGG_LQUANTIZE] = label_lquantize, [DTC_AGG_LLQUANTIZE] = label_llquantize,
	};

	return labels[agg->func](agg, i, n, first, text);
}

/* The rows to show: all that hold something and one on either side; of none, those around 0. */
static void range_find(const struct dtc_meta_agg *agg, const int64_t *v, uint32_t n, uint32_t *first, uint32_t *last)
{
	*first = 0;
	*last = n - 1;
	while (*first < n && !v[*first])
		++*first;
	if (*first == n) {
		*first = agg->func == DTC_AGG_LQUANTIZE ? 0 : agg->func == DTC_AGG_QUANTIZE ? n / 2 - 1 : n / 2;
		*last = *first + 2;
		return;
	}
	while (!v[*last])
		--*last;
	*first -= *first > 0;
	*last += *last < n - 1;
}

void hist_bar(FILE *f, int64_t value, int64_t normal, long double total, bool positives, bool negatives)
{
	struct drawing d = { f, total, positives, negatives, normal ? normal : 1 };

	line_print(&d, value);
}

void hist_print(FILE *f, const struct dtc_meta_agg *agg, const uint64_t *data, int64_t normal, const struct options *o)
{
	struct drawing d = { .f = f, .normal = normal ? normal : 1 };
	const int64_t *v = (const int64_t *)data + 1;
	uint32_t n = agg->data_words - 1, first, last;
	char text[HIST_LABEL];

	range_find(agg, v, n, &first, &last);
	for (uint32_t i = first; i <= last; i++)
		drawing_add(&d, v[i], o->aggzoom);
	fprintf(f, "\n%16s %41s %-9s\n", "value", "------------- Distribution -------------", "count");
	for (uint32_t i = first; i <= last; i++) {
		hist_label(agg, i, n, first, text);
		fprintf(f, "%16s ", text);
		line_print(&d, v[i]);
	}
}
