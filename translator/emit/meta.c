/* SPDX-License-Identifier: GPL-2.0 */
/* The writer of the module's .dtc section: include/dtc/meta.h tells its form. */
#include <string.h>
#include "emitter.h"
#include "emitted.h"
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

u64 hash_words(u64 h, const void *data, size_t n)
{
	const unsigned char *p = data;

	h ^= n * 0x9e3779b97f4a7c15ull;
	for (; n; p += n < 8 ? n : 8, n -= n < 8 ? n : 8) {
		u64 w = 0;
		memcpy(&w, p, n < 8 ? n : 8);
		h = (h ^ w) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
	}
	h *= 0xc4ceb9fe1a85ec53ull;
	return h ^ h >> 29;
}

static void strtab_place(struct strtab *t, u32 at, size_t n)
{
	u64 h = hash_words(0, t->text.data + at, n);

	while (t->slots[h & (t->nslots - 1)])
		h++;
	t->slots[h & (t->nslots - 1)] = at + 1;
}

static void strtab_widen(struct strtab *t)
{
	u32 *old = t->slots;
	size_t n = t->nslots;

	t->nslots = n ? n * 2 : 256;
	t->slots = mem_alloc(t->nslots * sizeof(*t->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i])
			strtab_place(t, old[i] - 1, strlen(t->text.data + old[i] - 1));
}

u32 strtab_add_n(struct strtab *t, const char *s, size_t n)
{
	u32 at;

	if ((t->used + 1) * 2 > t->nslots)
		strtab_widen(t);
	for (u64 h = hash_words(0, s, n); (at = t->slots[h & (t->nslots - 1)]); h++)
		if (!strncmp(t->text.data + at - 1, s, n) && !t->text.data[at - 1 + n])
			return at - 1;
	at = t->text.len;
	text_write(&t->text, s, n);
	text_write(&t->text, "", 1);
	t->used++;
	strtab_place(t, at, n);
	return at;
}

u32 strtab_add(struct strtab *t, const char *s)
{
	return s ? strtab_add_n(t, s, strlen(s)) : strtab_add_n(t, "", 0);
}

static struct rows rows_of(size_t size)
{
	return (struct rows){ .size = size };
}

static struct rows files(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_file));

	for (size_t i = 0; i < e->dtc->nsources; i++) {
		const struct source *s = e->dtc->sources[i];
		struct dtc_meta_file *f = rows_add(&r);
		f->name = strtab_add(&e->strings, s->name);
		f->text = s->is_library ? 0 : strtab_add_n(&e->strings, s->text, strnlen(s->text, s->len));
	}
	return r;
}

static struct rows options(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_option));

	for (size_t i = 0; i < e->dtc->opt.nset; i++) {
		struct dtc_meta_option *o = rows_add(&r);
		o->name = strtab_add(&e->strings, e->dtc->opt.set[i].name);
		o->value = strtab_add(&e->strings, e->dtc->opt.set[i].value);
	}
	return r;
}

static struct rows groups(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_group));

	for (size_t i = 0; i < e->ps->ngroups; i++) {
		const struct probe_group *g = &e->ps->groups[i];
		*(struct dtc_meta_group *)rows_add(&r) = (struct dtc_meta_group){ g->kind, g->first, g->count, 0 };
	}
	return r;
}

/* Strings that are the same in the row before, as most are of 39,000 functions, are not looked up again. */
struct before { const char *text; u32 offset; };

static u32 add_after(struct emitter *e, struct before *b, const char *text)
{
	if (b->text != text || !text)
		*b = (struct before){ text, strtab_add(&e->strings, text) };
	return b->offset;
}

static struct rows probes(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_probe));
	struct before part[4] = { 0 }, description = { 0 };

	for (size_t i = 0; i < e->ps->nprobes; i++) {
		const struct probe *p = e->ps->probes[i];
		struct dtc_meta_probe *m = rows_add(&r);
		m->id = p->id;
		m->provider = add_after(e, &part[0], p->part[DTC_PART_PROVIDER]);
		m->module = add_after(e, &part[1], p->part[DTC_PART_MODULE]);
		m->function = add_after(e, &part[2], p->part[DTC_PART_FUNCTION]);
		m->name = add_after(e, &part[3], p->part[DTC_PART_NAME]);
		m->flags = p->optional || p->is_namesake ? DTC_PROBE_OPTIONAL : 0;
		m->symbol = p->symbol ? strtab_add(&e->strings, p->symbol) : 0;
		m->description = p->desc ? add_after(e, &description, p->desc->text) : 0;
		m->value = p->value;
		if (p->site)
			m->place = strtab_add(&e->strings, p->site->text);
		if (p->skip) {
			m->flags |= DTC_PROBE_SKIP;
			m->why = strtab_add(&e->strings, p->skip);
		}
	}
	return r;
}

static struct rows clauses(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_clause));

	for (u32 i = 0; i < e->unit->nclauses; i++) {
		const struct loc *l = &e->clauses[i]->loc;
		*(struct dtc_meta_clause *)rows_add(&r) = (struct dtc_meta_clause){
			l->src ? l->src->index : 0, l->line, e->ci[i].first_block, e->ci[i].nblocks, e->ci[i].epid_base, 0,
		};
	}
	return r;
}

/* The keys of aggregations are fields too, after those of records. */
static void agg_keys(struct emitter *e, struct dtc_meta_agg *m, const struct agg *a)
{
	m->first_key = e->fields.n;
	for (size_t i = 0; i < a->nkeys && i < DTC_MAX_KEYS; i++) {
		const struct key_form *k = &e->ai[a->row].keys[i];
		struct dtc_meta_field *f = rows_add(&e->fields);
		f->kind = k->kind;
		f->flags = k->flags;
		f->size = k->kind == DTC_FIELD_PROBE ? 8 : k->size;
		f->type = strtab_add(&e->strings, k->type);
	}
}

static struct rows aggs(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_agg));
	const struct agg **by_row = mem_alloc((e->unit->naggs + 1) * sizeof(*by_row));

	for (const struct agg *a = e->unit->aggs; a; a = a->next)
		if (a->row < e->unit->naggs)
			by_row[a->row] = a;
	for (u32 row = 0; row < e->unit->naggs; row++) {
		struct dtc_meta_agg *m = rows_add(&r);
		const struct agg *a = by_row[row];
		if (!a)
			continue;
		const struct agg_info *ai = &e->ai[row];
		m->name = strtab_add(&e->strings, a->name);
		m->func = agg_func(a);
		m->data_words = ai->data_words;
		m->nkeys = a->nkeys;
		m->flags = ai->is_signed ? DTC_FIELD_F_SIGNED : 0;
		memcpy(m->args, a->args, sizeof(m->args));
		m->offset = ai->fixed_offset;
		m->line = a->loc.line;
		agg_keys(e, m, a);
	}
	return r;
}

/* "description 'D' matched N probes", for each input. */
static u32 banner(struct emitter *e)
{
	struct text t = { 0 };

	for (size_t i = 0; i < e->dtc->ninputs; i++) {
		const struct input *in = &e->dtc->inputs[i];
		u64 n = 0;
		for (u32 c = 0; c < e->unit->nclauses; c++)
			for (struct probe_desc *d = e->clauses[c]->input == in ? e->clauses[c]->descs : NULL; d; d = d->next)
				n += d->nmatched;
		text_add(&t, "%s%s '%s'", t.len ? DTC_BANNER_NEXT : "", in->kind == INPUT_SCRIPT ? "script" : "description", in->src->name);
		text_add(&t, " matched %llu probe%s", (unsigned long long)n, n == 1 ? "" : "s");
	}
	return strtab_add_n(&e->strings, t.data ? t.data : "", t.len);
}

static struct rows general(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_general));
	struct dtc_meta_general *g = rows_add(&r);
	u64 h = 0;

	g->release = strtab_add(&e->strings, e->dtc->release);
#ifdef PACKAGE_VERSION
	g->dtc_version = strtab_add(&e->strings, PACKAGE_VERSION);
#endif
	g->flags = (e->unit->destructive ? DTC_META_DESTRUCTIVE : 0) | (e->dtc->module_name ? DTC_META_NAMED : 0) | (e->nparams ? DTC_META_PARAMS : 0) |
		   (e->dtc->opt.defaultargs ? DTC_META_DEFAULTARGS : 0) | (e->dtc->opt.argref ? DTC_META_ARGREF : 0);
	g->nparams = e->nparams;
	g->int_params = e->int_params;
	for (size_t i = 0; i < e->dtc->nsources; i++)
		h = hash_words(h, e->dtc->sources[i]->text, e->dtc->sources[i]->len);
	for (size_t i = 0; i < e->dtc->opt.nset; i++) {
		const struct option_set *o = &e->dtc->opt.set[i];
		h = hash_words(h, o->name, strlen(o->name));
		h = hash_words(h, o->value ? o->value : "", o->value ? strlen(o->value) : 0);
	}
	for (size_t i = 0; i < e->dtc->nargs; i++)
		h = hash_words(h, e->dtc->args[i], strlen(e->dtc->args[i]));
	g->hash = h;
	g->template_name = strtab_add(&e->strings, e->dtc->module_name ? e->dtc->module_name : DTC_TEMPLATE_NAME);
	g->strsize = e->strsize - 1;
	g->banner = banner(e);
	return r;
}

static struct rows entries(struct emitter *e)
{
	struct rows r = rows_of(sizeof(struct dtc_meta_entry));
	const struct call_entry *of = e->entries.data;

	for (size_t i = 0; i < e->entries.n; i++)
		*(struct dtc_meta_entry *)rows_add(&r) = (struct dtc_meta_entry){ strtab_add(&e->strings, of[i].module), strtab_add(&e->strings, of[i].function) };
	return r;
}

static void pad(struct text *t)
{
	static const char zeros[8];

	text_write(t, zeros, -t->len & 7);
}

void meta_write(struct emitter *e, struct text *out)
{
	struct rows chunk[DTC_CHUNK_NR] = {
		[DTC_CHUNK_GENERAL] = general(e), [DTC_CHUNK_OPTIONS] = options(e), [DTC_CHUNK_FILES] = files(e),
		[DTC_CHUNK_GROUPS] = groups(e), [DTC_CHUNK_PROBES] = probes(e), [DTC_CHUNK_CLAUSES] = clauses(e),
		[DTC_CHUNK_BLOCKS] = e->blocks, [DTC_CHUNK_ACTIONS] = e->actions, [DTC_CHUNK_AGGS] = aggs(e),
		[DTC_CHUNK_TYPES] = e->types, [DTC_CHUNK_MEMBERS] = e->members, [DTC_CHUNK_ENTRIES] = entries(e),
	};
	chunk[DTC_CHUNK_FIELDS] = e->fields;	/* with the keys that aggs() added */
	chunk[DTC_CHUNK_STRINGS] = (struct rows){ .data = e->strings.text.data, .n = e->strings.text.len, .size = 1 };

	struct dtc_meta_header h = { .magic = DTC_META_MAGIC, .version = DTC_META_VERSION, .nchunks = DTC_CHUNK_NR };
	struct dtc_meta_chunk table[DTC_CHUNK_NR];
	u64 at = sizeof(h) + sizeof(table);
	for (int i = 0; i < DTC_CHUNK_NR; i++) {
		table[i] = (struct dtc_meta_chunk){ i, chunk[i].size, at, chunk[i].n };
		at = (at + chunk[i].n * chunk[i].size + 7) & ~7ull;
	}
	h.size = at;
	text_write(out, &h, sizeof(h));
	text_write(out, table, sizeof(table));
	for (int i = 0; i < DTC_CHUNK_NR; i++) {
		text_write(out, chunk[i].data ? chunk[i].data : "", chunk[i].n * chunk[i].size);
		pad(out);
	}
}
