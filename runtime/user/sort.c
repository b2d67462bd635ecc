// SPDX-License-Identifier: GPL-2.0
/*
 * The order in which aggregations are printed: by value, ties by key, or as
 * the aggsort options say; and several aggregations joined by key.
 */
#include <stdlib.h>
#include "dtrun.h"

struct order {
	const struct meta *meta;
	const struct options *opt;
	size_t stride, pos;	/* of joined rows: entries in one, the one that is sorted by */
};

#define COMPARE(a, b) ((a) < (b) ? -1 : (a) > (b))

static int64_t bucket_value(int i)
{
	if (i < DTC_QUANTIZE_ZERO)
		return -(1LL << (DTC_QUANTIZE_ZERO - 1 - i));
	return i == DTC_QUANTIZE_ZERO ? 0 : 1LL << (i - DTC_QUANTIZE_ZERO - 1);
}

/* The weight of a distribution; *zero: how much of it lies at 0. */
static long double distribution_weight(const struct dtc_meta_agg *g, const uint64_t *data, int64_t *zero)
{
	long double total = 0;
	int64_t levels;

	*zero = 0;
	switch (g->func) {
	case DTC_AGG_QUANTIZE:
		for (int i = 0; i < DTC_QUANTIZE_BUCKETS; i++)
			total += (long double)bucket_value(i) * (int64_t)data[1 + i];
		*zero = data[1 + DTC_QUANTIZE_ZERO];
		break;
	case DTC_AGG_LQUANTIZE:	/* what is past the limits counts as 1 from them */
		levels = g->data_words - 3;
		total = (long double)(int64_t)data[1] * (g->args[0] - 1);
		if (g->args[0] + levels * g->args[2] == -1)
			*zero = data[2 + levels];
		for (int64_t i = 0; i < levels; i++) {
			total += (long double)(int64_t)data[2 + i] * (g->args[0] + i * g->args[2]);
			if (g->args[0] + i * g->args[2] == 0)
				*zero = data[2 + i];
		}
		if (g->args[0] == 1)
			*zero = data[1];
		total += (long double)(int64_t)data[2 + levels] * (g->args[0] + levels * g->args[2] + 1);
		break;
	default:
		*zero = data[g->data_words / 2];
		for (uint32_t i = 1; i < g->data_words / 2; i++) {
			total -= (long double)llquantize_bound(g, i - 1) * (int64_t)data[g->data_words / 2 - i];
			total += (long double)llquantize_bound(g, i - 1) * (int64_t)data[g->data_words / 2 + i];
		}
	}
	return total;
}

bool agg_is_distribution(uint32_t func)
{
	return func == DTC_AGG_QUANTIZE || func == DTC_AGG_LQUANTIZE || func == DTC_AGG_LLQUANTIZE;
}

static uint64_t square_root(unsigned __int128 n)
{
	uint64_t root = 0;

	for (int bit = 63; bit >= 0; bit--) {
		uint64_t next = root | 1ULL << bit;

		if ((unsigned __int128)next * next <= n)
			root = next;
	}
	return root;
}

static int64_t stddev(const uint64_t *d, int64_t normal)
{
	unsigned __int128 squares = (unsigned __int128)d[3] << 64 | d[2];
	uint64_t by = normal < 0 ? -(uint64_t)normal : (uint64_t)normal;
	__int128 mean = (__int128)(int64_t)d[1] / (int64_t)by / (int64_t)d[0];
	__int128 variance = (__int128)(squares / by / by / d[0]) - mean * mean;

	return variance < 0 ? 0 : (int64_t)square_root(variance);
}

static int64_t divide(int64_t value, int64_t by)
{
	return by == -1 ? (int64_t)-(uint64_t)value : value / by;
}

/* After clear(), a minimum or maximum is what every value replaces. */
int64_t agg_number(const struct dtc_meta_agg *g, const uint64_t *d, int64_t normal)
{
	bool none = !(int64_t)d[0];

	switch (g->func) {
	case DTC_AGG_COUNT:
		return divide(d[0], normal);
	case DTC_AGG_AVG:
		return none ? 0 : divide(divide(d[1], normal), d[0]);
	case DTC_AGG_STDDEV:
		return none ? 0 : stddev(d, normal);
	case DTC_AGG_MIN:
		return divide(none ? INT64_MAX : (int64_t)d[1], normal);
	case DTC_AGG_MAX:
		return divide(none ? INT64_MIN : (int64_t)d[1], normal);
	default:
		return divide(d[1], normal);
	}
}

/* Entries of one aggregation; NULL, a key that it does not have, counts as 0. */
static int value_compare(const struct meta *m, const struct agg_entry *a, const struct agg_entry *b)
{
	const struct dtc_meta_agg *g;
	long double x = 0, y = 0;
	int64_t xzero = 0, yzero = 0, p, q;

	if (!a && !b)
		return 0;
	g = meta_agg(m, a ? a->agg : b->agg);
	if (!agg_is_distribution(g->func)) {
		p = a ? agg_number(g, agg_data(a), 1) : 0;
		q = b ? agg_number(g, agg_data(b), 1) : 0;
		return COMPARE(p, q);
	}
	if (a)
		x = distribution_weight(g, agg_data(a), &xzero);
	if (b)
		y = distribution_weight(g, agg_data(b), &yzero);
	return x != y ? COMPARE(x, y) : COMPARE(xzero, yzero);
}

static int bytes_compare(const struct value *x, const struct value *y)
{
	size_t n = x->len < y->len ? x->len : y->len;
	int c = n ? memcmp(x->bytes, y->bytes, n) : 0;

	return c ? c : COMPARE(x->len, y->len);
}

/* Stacks as the bytes they are. */
static int frames_compare(const struct value *x, const struct value *y)
{
	size_t n = x->len < y->len ? x->len : y->len;
	int c = n ? memcmp(x->bytes, y->bytes, n * 8) : 0;

	if (x->pid != y->pid)
		return COMPARE(x->pid, y->pid);
	return c ? c : COMPARE(x->len, y->len);
}

/* Integers as the bytes they are: a negative one comes after the others of its size. */
static uint64_t unsigned_of(const struct value *v)
{
	return v->size < 8 ? v->num & ((1ULL << v->size * 8) - 1) : (uint64_t)v->num;
}

static int part_compare(const struct value *x, const struct value *y)
{
	switch (x->kind) {
	case DTC_FIELD_STRING:
		return bytes_compare(x, y);
	case DTC_FIELD_STACK:
	case DTC_FIELD_USTACK:
		return frames_compare(x, y);
	case DTC_FIELD_INT:
		return COMPARE(unsigned_of(x), unsigned_of(y));
	default:
		if (x->pid != y->pid)
			return COMPARE(x->pid, y->pid);
		return COMPARE((uint64_t)x->num, (uint64_t)y->num);
	}
}

static int key_compare(const struct order *o, const struct agg_entry *a, const struct agg_entry *b)
{
	struct value x[DTC_MAX_KEYS], y[DTC_MAX_KEYS];
	uint32_t n = meta_agg(o->meta, a->agg)->nkeys, first;

	if (!n || meta_agg(o->meta, b->agg)->nkeys != n)
		return 0;
	value_from_keys(o->meta, a, x);
	value_from_keys(o->meta, b, y);
	first = o->opt->aggsortkeypos < n ? o->opt->aggsortkeypos : 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = (first + i) % n;
		int c = part_compare(&x[k], &y[k]);

		if (c)
			return c;
	}
	return 0;
}

static int row_compare(const void *a, const void *b, void *arg)
{
	const struct order *o = arg;
	struct agg_entry *const *x = a, *const *y = b;
	const struct agg_entry *kx = NULL, *ky = NULL;
	int c = 0;

	for (size_t i = 0; i < o->stride; i++) {	/* any entry of a row has its key */
		kx = kx ? kx : x[i];
		ky = ky ? ky : y[i];
	}
	if (o->opt->aggsortkey)
		c = key_compare(o, kx, ky);
	for (size_t i = 0; !c && i < o->stride; i++)
		c = value_compare(o->meta, x[(o->pos + i) % o->stride], y[(o->pos + i) % o->stride]);
	if (!c)
		c = key_compare(o, kx, ky);
	return o->opt->aggsortrev ? -c : c;
}

int aggs_sorted(struct aggs *a, uint32_t row, const struct options *o, struct agg_entry ***ret, size_t *n, struct error *e)
{
	return aggs_joined(a, &row, 1, o, ret, n, e);
}

static size_t entries_collect(const struct aggs *a, uint32_t row, struct agg_entry **v)
{
	size_t n = 0;

	for (size_t i = 0; i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i]; e; e = e->next)
			if (e->agg == row) {
				if (v)
					v[n] = e;
				n++;
			}
	return n;
}

/* The place in v, sorted by key, of the entry with the same key, or n. */
static size_t entry_like(const struct order *o, struct agg_entry **v, size_t n, const struct agg_entry *key)
{
	for (size_t low = 0, high = n; low < high;) {
		size_t mid = low + (high - low) / 2;
		int c = key_compare(o, v[mid], key);

		if (!c)
			return mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return n;
}

static int key_order(const void *a, const void *b, void *arg)
{
	return key_compare(arg, *(struct agg_entry *const *)a, *(struct agg_entry *const *)b);
}

/* Fills column j of the rows that are there, adds rows for keys that none has yet. */
static size_t column_join(const struct order *o, struct agg_entry **rows, size_t nrows, size_t j, struct agg_entry **v, size_t n, bool *taken)
{
	size_t known = nrows;

	qsort_r(v, n, sizeof(*v), key_order, (void *)o);
	memset(taken, 0, n * sizeof(*taken));
	for (size_t i = 0; i < known; i++) {
		const struct agg_entry *key = NULL;
		size_t at;

		for (size_t k = 0; k < j && !key; k++)
			key = rows[i * o->stride + k];
		at = entry_like(o, v, n, key);
		if (at < n) {
			rows[i * o->stride + j] = v[at];
			taken[at] = true;
		}
	}
	for (size_t i = 0; i < n; i++)
		if (!taken[i])
			rows[nrows++ * o->stride + j] = v[i];
	return nrows;
}

int aggs_joined(struct aggs *a, const uint32_t *rows, size_t naggs, const struct options *o, struct agg_entry ***ret, size_t *n, struct error *e)
{
	struct options by_first_key = *o;
	struct order order = { a->meta, o, naggs, o->aggsortpos < naggs ? o->aggsortpos : 0 };
	struct order plain = { a->meta, &by_first_key, naggs, 0 };
	struct agg_entry **v, **column;
	bool *taken;
	size_t total = 0;

	by_first_key.aggsortkeypos = 0;
	for (size_t j = 0; j < naggs; j++)
		total += entries_collect(a, rows[j], NULL);
	*n = 0;
	*ret = v = calloc(total * naggs + 1, sizeof(*v));
	column = calloc(total + 1, sizeof(*column));
	taken = calloc(total + 1, sizeof(*taken));
	if (!v || !column || !taken) {
		free(v);
		free(column);
		free(taken);
		*ret = NULL;
		return error_set(e, "out of memory for printing aggregations");
	}
	if (naggs == 1)
		*n = entries_collect(a, rows[0], v);
	else
		for (size_t j = 0; j < naggs; j++)
			*n = column_join(&plain, v, *n, j, column, entries_collect(a, rows[j], column), taken);
	qsort_r(v, *n, naggs * sizeof(*v), row_compare, &order);
	free(column);
	free(taken);
	return 0;
}
