// SPDX-License-Identifier: GPL-2.0
/*
 * The master aggregations: entries of all CPUs merged by key. A key is made
 * canonical before it is looked up, so that encodings of one value meet: what
 * follows the NUL of a name is cleared, probes whose names share the part in
 * question become one, addresses become their symbol's.
 */
#include <inttypes.h>
#include <stdlib.h>
#include "dtrun.h"

int aggs_init(struct aggs *a, const struct meta *m, struct symbols *s, struct error *e)
{
	*a = (struct aggs){ .meta = m, .symbols = s, .nbuckets = 256 };
	a->buckets = calloc(a->nbuckets, sizeof(*a->buckets));
	a->printed = calloc(meta_naggs(m) + 1, sizeof(*a->printed));
	if (!a->buckets || !a->printed) {
		aggs_free(a);
		return error_set(e, "out of memory");
	}
	return 0;
}

static void entry_free(struct aggs *a, struct agg_entry *entry)
{
	for (uint32_t i = 0; entry->cpus && i < a->ncpus; i++)
		free(entry->cpus[i]);
	free(entry->cpus);
	free(entry);
}

void aggs_free(struct aggs *a)
{
	struct agg_entry *entry, *next;

	for (size_t i = 0; a->buckets && i < a->nbuckets; i++)
		for (entry = a->buckets[i]; entry; entry = next) {
			next = entry->next;
			entry_free(a, entry);
		}
	free(a->buckets);
	free(a->printed);
	for (unsigned i = 0; i < ARRAY_SIZE(a->canon); i++)
		free(a->canon[i]);
	*a = (struct aggs){ 0 };
}

struct part_name { const char *name; uint32_t probe; };

static int part_compare(const void *a, const void *b)
{
	const struct part_name *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : x->probe < y->probe ? -1 : x->probe > y->probe;
}

/* The first probe with the same part of its name, from a table made on first use. */
static int probe_canon(struct aggs *a, unsigned part, uint32_t probe, uint64_t *ret)
{
	size_t n = meta_nprobes(a->meta);

	if (!a->canon[part]) {
		struct part_name *names = malloc(n * sizeof(*names));
		uint32_t *canon = malloc(n * sizeof(*canon));

		if (!names || !canon) {
			free(names);
			free(canon);
			return -1;
		}
		for (size_t i = 0; i < n; i++)
			names[i] = (struct part_name){ meta_probe_part(a->meta, i, part), i };
		qsort(names, n, sizeof(*names), part_compare);
		for (size_t i = 0; i < n; i++)
			canon[names[i].probe] = i && !strcmp(names[i].name, names[i - 1].name) ? canon[names[i - 1].probe] : names[i].probe;
		free(names);
		a->canon[part] = canon;
	}
	*ret = a->canon[part][probe];
	return 0;
}

/* The symbol's address; for mod() the first address that was seen of its module. */
static uint64_t symbol_canon(struct aggs *a, const struct dtc_meta_field *f, uint32_t row, size_t at, uint64_t addr)
{
	struct symbol s, t;

	if (f->flags == DTC_SYM_ADDR || !symbols_find(a->symbols, addr, &s))
		return addr;
	for (size_t i = 0; f->flags == DTC_SYM_MOD && i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i]; e; e = e->next)
			if (e->agg == row && at < e->key_words && symbols_find(a->symbols, e->words[at], &t) &&
			    !strcmp(t.module, s.module))
				return e->words[at];
	return s.addr;
}

/* Likewise in one program. */
static uint64_t user_symbol_canon(struct aggs *a, const struct dtc_meta_field *f, uint32_t row, size_t at, uint32_t pid, uint64_t addr)
{
	struct symbol s, t;

	if (!symbols_user(a->symbols, pid, addr, &s) || f->flags == DTC_SYM_ADDR)
		return addr;
	for (size_t i = 0; f->flags == DTC_SYM_MOD && i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i]; e; e = e->next)
			if (e->agg == row && at + 1 < e->key_words && e->words[at] == pid &&
			    symbols_user(a->symbols, pid, e->words[at + 1], &t) && !strcmp(t.module, s.module))
				return e->words[at + 1];
	return s.addr;
}

static int key_canon(struct aggs *a, uint32_t row, uint64_t *words, size_t n, struct error *e)
{
	const struct dtc_meta_agg *g = meta_agg(a->meta, row);
	size_t at = 0;

	for (uint32_t i = 0; i < g->nkeys; i++) {
		const struct dtc_meta_field *f = meta_field(a->meta, g->first_key + i);
		struct value v;
		int taken = value_from_key(a->meta, f, words + at, n - at, &v);

		if (taken < 0 || (size_t)taken > n - at)
			return error_set(e, "damaged data: key %u of aggregation @%s", i, meta_string(a->meta, g->name));
		switch (f->kind) {
		case DTC_FIELD_COMM:
		case DTC_FIELD_STRING: {
			char *s = (char *)(words + at + (f->kind == DTC_FIELD_STRING));
			size_t room = (taken - (f->kind == DTC_FIELD_STRING)) * 8;

			memset(s + v.len, 0, room - v.len);
			break;
		}
		case DTC_FIELD_PROBE:
			if (probe_canon(a, f->flags, words[at], &words[at]))
				return error_set(e, "out of memory");
			break;
		case DTC_FIELD_KSYM:
			words[at] = symbol_canon(a, f, row, at, words[at]);
			break;
		case DTC_FIELD_USTACK:
			symbols_user_note(a->symbols, v.pid);
			break;
		case DTC_FIELD_USYM:
			words[at + 1] = user_symbol_canon(a, f, row, at, v.pid, words[at + 1]);
			break;
		}
		at += taken;
	}
	return at == n ? 0 : error_set(e, "damaged data: key of aggregation @%s has %zu words instead of %zu",
				       meta_string(a->meta, g->name), n, at);
}

static uint64_t key_hash(uint32_t row, const uint64_t *words, size_t n)
{
	uint64_t h = row + 0x9e3779b97f4a7c15;

	for (size_t i = 0; i < n; i++) {
		h = (h ^ words[i]) * 0xff51afd7ed558ccd;
		h ^= h >> 32;
	}
	return h;
}

static void table_grow(struct aggs *a)
{
	size_t n = a->nbuckets * 2;
	struct agg_entry **buckets = calloc(n, sizeof(*buckets));

	if (!buckets)
		return;		/* slower, not wrong */
	for (size_t i = 0; i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i], *next; e; e = next) {
			next = e->next;
			e->next = buckets[e->hash & (n - 1)];
			buckets[e->hash & (n - 1)] = e;
		}
	free(a->buckets);
	a->buckets = buckets;
	a->nbuckets = n;
}

static struct agg_entry *entry_find(struct aggs *a, uint32_t row, const uint64_t *key, size_t key_words, uint64_t hash)
{
	for (struct agg_entry *e = a->buckets[hash & (a->nbuckets - 1)]; e; e = e->next)
		if (e->hash == hash && e->agg == row && e->key_words == key_words && !memcmp(e->words, key, key_words * 8))
			return e;
	return NULL;
}

static struct agg_entry *entry_new(struct aggs *a, uint32_t row, const uint64_t *key, size_t key_words, uint64_t hash)
{
	uint32_t data_words = meta_agg(a->meta, row)->data_words;
	struct agg_entry *e = calloc(1, sizeof(*e) + (key_words + data_words) * 8);

	if (!e)
		return NULL;
	if (a->count >= a->nbuckets)
		table_grow(a);
	e->agg = row;
	e->key_words = key_words;
	e->hash = hash;
	e->normal = 1;
	memcpy(e->words, key, key_words * 8);
	e->next = a->buckets[hash & (a->nbuckets - 1)];
	a->buckets[hash & (a->nbuckets - 1)] = e;
	a->count++;
	return e;
}

static void data_merge(const struct dtc_meta_agg *g, uint64_t *to, const uint64_t *from)
{
	bool first = !to[0];
	unsigned __int128 squares;

	switch (g->func) {
	case DTC_AGG_MIN:
	case DTC_AGG_MAX:
		if (first || ((int64_t)from[1] < (int64_t)to[1]) == (g->func == DTC_AGG_MIN))
			to[1] = from[1];
		to[0] += from[0];
		break;
	case DTC_AGG_STDDEV:
		squares = ((unsigned __int128)to[3] << 64 | to[2]) + ((unsigned __int128)from[3] << 64 | from[2]);
		to[0] += from[0];
		to[1] += from[1];
		to[2] = squares;
		to[3] = squares >> 64;
		break;
	default:
		for (uint32_t i = 0; i < g->data_words; i++)
			to[i] += from[i];
	}
}

/* The same into what is kept of this CPU. */
static int cpu_merge(struct aggs *a, const struct dtc_meta_agg *g, struct agg_entry *e, const uint64_t *from)
{
	struct agg_entry **of;

	if (a->cpu >= a->ncpus)
		return 0;
	if (!e->cpus)
		e->cpus = calloc(a->ncpus, sizeof(*e->cpus));
	of = e->cpus ? &e->cpus[a->cpu] : NULL;
	if (of && !*of)
		*of = calloc(1, sizeof(**of) + g->data_words * 8);
	if (!of || !*of)
		return -1;
	(*of)->agg = e->agg;
	data_merge(g, (*of)->words, from);
	return 0;
}

int aggs_add(struct aggs *a, const struct dtc_agg_entry *entry, const uint64_t *words, struct error *e)
{
	uint64_t key[DTC_MAX_KEY_WORDS];
	uint32_t row = entry->tag >> 32;
	const struct dtc_meta_agg *g;
	struct agg_entry *to;
	size_t key_words;
	uint64_t hash;

	if (row >= meta_naggs(a->meta))
		return error_set(e, "damaged data: entry of aggregation %u, which there is not", row);
	g = meta_agg(a->meta, row);
	if (entry->words < g->data_words || entry->words - g->data_words > DTC_MAX_KEY_WORDS)
		return error_set(e, "damaged data: entry of aggregation @%s has %u words", meta_string(a->meta, g->name), entry->words);
	key_words = entry->words - g->data_words;
	if (!words[key_words])
		return 0;	/* nothing was added to it */
	memcpy(key, words, key_words * 8);
	if (key_canon(a, row, key, key_words, e))
		return -1;
	hash = key_hash(row, key, key_words);
	to = entry_find(a, row, key, key_words, hash);
	if (!to)
		to = entry_new(a, row, key, key_words, hash);
	if (!to || cpu_merge(a, g, to, words + key_words))
		return error_set(e, "out of memory for aggregation @%s", meta_string(a->meta, g->name));
	data_merge(g, to->words + key_words, words + key_words);
	return 0;
}

void aggs_clear(struct aggs *a, uint32_t row)
{
	size_t size = meta_agg(a->meta, row)->data_words * 8;

	for (size_t i = 0; i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i]; e; e = e->next) {
			if (e->agg != row)
				continue;
			memset(e->words + e->key_words, 0, size);
			for (uint32_t cpu = 0; e->cpus && cpu < a->ncpus; cpu++)
				if (e->cpus[cpu])
					memset(e->cpus[cpu]->words, 0, size);
		}
}

void aggs_normalize(struct aggs *a, uint32_t row, int64_t by)
{
	for (size_t i = 0; i < a->nbuckets; i++)
		for (struct agg_entry *e = a->buckets[i]; e; e = e->next)
			if (e->agg == row)
				e->normal = by ? by : 1;
}

static void entry_remove(struct aggs *a, struct agg_entry *entry)
{
	struct agg_entry **link = &a->buckets[entry->hash & (a->nbuckets - 1)];

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
	entry_free(a, entry);
	a->count--;
}

/* keep > 0: the largest, < 0: the smallest, 0: none */
int aggs_trunc(struct aggs *a, uint32_t row, int64_t keep, const struct options *o, struct error *e)
{
	struct options by_value = *o;
	struct agg_entry **v;
	uint64_t kept;
	size_t n;

	by_value.aggsortrev = by_value.aggsortkey = by_value.aggsortkeypos = 0;
	if (aggs_sorted(a, row, &by_value, &v, &n, e))
		return -1;
	kept = keep < 0 ? -(uint64_t)keep : (uint64_t)keep;
	if (kept > n)
		kept = n;
	for (size_t i = 0; i < n - kept; i++)
		entry_remove(a, keep >= 0 ? v[i] : v[n - 1 - i]);
	free(v);
	return 0;
}
