// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the .dtc section of a module. Trusts nothing: what meta_parse()
 * accepts has every chunk within the section, every string ended, every row
 * number and range within its table, and every field within its record, so
 * that the rest of dtrun need not look again.
 */
#include <inttypes.h>
#include <libelf.h>
#include <gelf.h>
#include <stdarg.h>
#include <stdlib.h>
#include "dtrun.h"

int error_set(struct error *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return -1;
}

#define DAMAGED(e, ...) error_set(e, "the module's description is damaged: " __VA_ARGS__)

static const struct { const char *name; size_t row_size; } chunk_types[DTC_CHUNK_NR] = {
	[DTC_CHUNK_STRINGS] = { "strings", 1 },
	[DTC_CHUNK_GENERAL] = { "general", sizeof(struct dtc_meta_general) },
	[DTC_CHUNK_OPTIONS] = { "options", sizeof(struct dtc_meta_option) },
	[DTC_CHUNK_FILES]   = { "files", sizeof(struct dtc_meta_file) },
	[DTC_CHUNK_GROUPS]  = { "groups", sizeof(struct dtc_meta_group) },
	[DTC_CHUNK_PROBES]  = { "probes", sizeof(struct dtc_meta_probe) },
	[DTC_CHUNK_CLAUSES] = { "clauses", sizeof(struct dtc_meta_clause) },
	[DTC_CHUNK_BLOCKS]  = { "blocks", sizeof(struct dtc_meta_block) },
	[DTC_CHUNK_ACTIONS] = { "actions", sizeof(struct dtc_meta_action) },
	[DTC_CHUNK_FIELDS]  = { "fields", sizeof(struct dtc_meta_field) },
	[DTC_CHUNK_AGGS]    = { "aggregations", sizeof(struct dtc_meta_agg) },
	[DTC_CHUNK_TYPES]   = { "types", sizeof(struct dtc_meta_type) },
	[DTC_CHUNK_MEMBERS] = { "members", sizeof(struct dtc_meta_member) },
	[DTC_CHUNK_ENTRIES] = { "entries", sizeof(struct dtc_meta_entry) },
};

static bool range_ok(uint64_t first, uint64_t count, uint64_t total)
{
	return first <= total && count <= total - first;
}

static int chunk_parse(struct meta *m, const struct dtc_meta_chunk *c, struct error *e)
{
	struct meta_chunk *chunk;
	size_t min;

	if (c->type >= DTC_CHUNK_NR)
		return 0;	/* of a later version: nothing we know refers to it */
	chunk = &m->chunks[c->type];
	min = chunk_types[c->type].row_size;
	if (chunk->base)
		return DAMAGED(e, "two tables of %s", chunk_types[c->type].name);
	if (c->row_size < min || (min > 1 && c->row_size % 8) || (min == 1 && c->row_size != 1))
		return DAMAGED(e, "rows of %s have %u bytes", chunk_types[c->type].name, c->row_size);
	if (c->offset % 8 || c->offset > m->size || c->count > (m->size - c->offset) / c->row_size)
		return DAMAGED(e, "the table of %s is outside of it", chunk_types[c->type].name);
	chunk->base = m->section + c->offset;
	chunk->row_size = c->row_size;
	chunk->count = c->count;
	return 0;
}

static int header_parse(struct meta *m, struct error *e)
{
	const struct dtc_meta_header *h = (const void *)m->section;
	const struct dtc_meta_chunk *chunks = (const void *)(h + 1);

	if (m->size < sizeof(*h) || memcmp(h->magic, DTC_META_MAGIC, sizeof(h->magic)))
		return DAMAGED(e, "it has no header");
	if (h->version != DTC_META_VERSION)
		return error_set(e, "the module has format version %u, this dtrun reads version %u: use the dtrun of the dtc that made it",
				 h->version, DTC_META_VERSION);
	if (h->size > m->size || h->size < sizeof(*h))
		return DAMAGED(e, "it has %zu bytes instead of %" PRIu64, m->size, (uint64_t)h->size);
	m->size = h->size;
	if (h->nchunks > (m->size - sizeof(*h)) / sizeof(*chunks))
		return DAMAGED(e, "%u tables do not fit", h->nchunks);
	for (uint32_t i = 0; i < h->nchunks; i++)
		if (chunk_parse(m, &chunks[i], e))
			return -1;
	m->strings = m->chunks[DTC_CHUNK_STRINGS].base;
	m->strings_size = m->chunks[DTC_CHUNK_STRINGS].count;
	if (!m->strings_size || m->strings[0] || m->strings[m->strings_size - 1])
		return DAMAGED(e, "the strings do not end");
	if (m->strings_size > UINT32_MAX || meta_nprobes(m) > DTC_MAX_PROBES || meta_nblocks(m) > DTC_MAX_BLOCKS)
		return DAMAGED(e, "too many probes or clauses");
	if (m->chunks[DTC_CHUNK_GENERAL].count != 1)
		return DAMAGED(e, "the general part is missing");
	m->general = (const void *)m->chunks[DTC_CHUNK_GENERAL].base;
	return 0;
}

static bool string_ok(const struct meta *m, uint32_t offset)
{
	return offset < m->strings_size;
}

#define STRINGS_OK(m, ...) strings_ok(m, (const uint32_t []){ __VA_ARGS__ }, sizeof((uint32_t []){ __VA_ARGS__ }) / sizeof(uint32_t))
static bool strings_ok(const struct meta *m, const uint32_t *offsets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!string_ok(m, offsets[i]))
			return false;
	return true;
}

static int general_check(const struct meta *m, struct error *e)
{
	const struct dtc_meta_general *g = m->general;

	if (!STRINGS_OK(m, g->release, g->dtc_version, g->template_name, g->banner))
		return DAMAGED(e, "a string of the general part");
	if (g->nparams > DTC_MAX_PARAMS)
		return DAMAGED(e, "%u parameters", g->nparams);
	for (uint64_t i = 0; i < meta_noptions(m); i++)
		if (!STRINGS_OK(m, meta_option(m, i)->name, meta_option(m, i)->value))
			return DAMAGED(e, "option %" PRIu64, i);
	for (uint64_t i = 0; i < meta_nfiles(m); i++)
		if (!STRINGS_OK(m, meta_file(m, i)->name, meta_file(m, i)->text))
			return DAMAGED(e, "file %" PRIu64, i);
	return 0;
}

static int probes_check(const struct meta *m, struct error *e)
{
	for (uint64_t i = 0; i < meta_nprobes(m); i++) {
		const struct dtc_meta_probe *p = meta_probe(m, i);

		if (!STRINGS_OK(m, p->provider, p->module, p->function, p->name, p->symbol, p->description))
			return DAMAGED(e, "probe %" PRIu64, i);
	}
	for (uint64_t i = 0; i < meta_ngroups(m); i++) {
		const struct dtc_meta_group *g = meta_group(m, i);

		if (g->kind >= DTC_GROUP_NR || !range_ok(g->first, meta_group_rows(g), meta_nprobes(m)))
			return DAMAGED(e, "group %" PRIu64, i);
	}
	return 0;
}

/* `size`: bytes of the record that the field lies in; 0: a key. */
static bool field_ok(const struct meta *m, const struct dtc_meta_field *f, uint32_t size)
{
	static const uint32_t fixed[DTC_FIELD_NR] = { [DTC_FIELD_COMM] = DTC_COMM_LEN, [DTC_FIELD_KSYM] = 8, [DTC_FIELD_USYM] = 16 };

	if (f->kind >= DTC_FIELD_NR || !string_ok(m, f->type))
		return false;
	switch (f->kind) {
	case DTC_FIELD_PROBE:
		return f->flags <= DTC_PART_NAME;
	case DTC_FIELD_AGG:
		return size && f->value >= 0 && (uint64_t)f->value < meta_naggs(m);
	case DTC_FIELD_CONST:
		return size && (!(f->flags & DTC_FIELD_F_STRING) || (f->value >= 0 && (uint64_t)f->value < m->strings_size));
	case DTC_FIELD_INT:
		if (f->size != 1 && f->size != 2 && f->size != 4 && f->size != 8)
			return false;
		break;
	case DTC_FIELD_BYTES:
		if (!size)
			return false;	/* cannot be a key */
		break;
	case DTC_FIELD_STACK:
	case DTC_FIELD_USTACK:
		if (size && (f->size % 8 || f->size < 8))
			return false;
		break;
	}
	if (!size)
		return true;
	if (fixed[f->kind] && f->size < fixed[f->kind])
		return false;
	return f->offset >= sizeof(struct dtc_record) && range_ok(f->offset, f->size, size);
}

static int action_format(struct meta *m, uint64_t row, struct error *e)
{
	const struct dtc_meta_action *a = meta_action(m, row);
	const char *text = meta_string(m, a->format);
	struct format_error fe;

	if (!a->format)
		return 0;
	if (format_parse(text, strlen(text), &m->formats[row], &fe))
		return DAMAGED(e, "format of line %u: %s", a->line, fe.message);
	return 0;
}

static int block_check(struct meta *m, uint64_t row, struct error *e)
{
	const struct dtc_meta_block *b = meta_block(m, row);

	if (b->clause >= meta_nclauses(m) || !range_ok(b->first_action, b->nactions, meta_nactions(m)) ||
	    (b->size && (b->size < sizeof(struct dtc_record) || b->size % 8 || b->size > DTC_BUFSIZE_MAX)))
		return DAMAGED(e, "block %" PRIu64, row);
	if (b->size > m->max_record)
		m->max_record = b->size;
	for (uint32_t i = 0; i < b->nactions; i++) {
		const struct dtc_meta_action *a = meta_action(m, b->first_action + i);

		if (a->kind >= DTC_ACT_NR || !string_ok(m, a->format) || a->nfields > FIELDS_MAX || !range_ok(a->first_field, a->nfields, meta_nfields(m)))
			return DAMAGED(e, "action %u of block %" PRIu64, i, row);
		for (uint32_t j = 0; b->size && j < a->nfields; j++)
			if (!field_ok(m, meta_field(m, a->first_field + j), b->size))
				return DAMAGED(e, "field %u of action %u of block %" PRIu64, j, i, row);
	}
	return 0;
}

static int clauses_check(struct meta *m, struct error *e)
{
	m->max_record = sizeof(struct dtc_fault_record);
	m->formats = calloc(meta_nactions(m) + 1, sizeof(*m->formats));
	if (!m->formats)
		return error_set(e, "out of memory");
	for (uint64_t i = 0; i < meta_nclauses(m); i++) {
		const struct dtc_meta_clause *c = meta_clause(m, i);

		if (c->file >= meta_nfiles(m) || !range_ok(c->first_block, c->nblocks, meta_nblocks(m)))
			return DAMAGED(e, "clause %" PRIu64, i);
	}
	for (uint64_t i = 0; i < meta_nblocks(m); i++)
		if (block_check(m, i, e))
			return -1;
	for (uint64_t i = 0; i < meta_nactions(m); i++)
		if (string_ok(m, meta_action(m, i)->format) ? action_format(m, i, e) : DAMAGED(e, "action %" PRIu64, i))
			return -1;
	return 0;
}

static bool agg_ok(const struct dtc_meta_agg *g)
{
	static const uint32_t words[DTC_AGG_NR] = {
		[DTC_AGG_COUNT] = 1, [DTC_AGG_SUM] = 2, [DTC_AGG_AVG] = 2, [DTC_AGG_MIN] = 2, [DTC_AGG_MAX] = 2,
		[DTC_AGG_STDDEV] = 4, [DTC_AGG_QUANTIZE] = 1 + DTC_QUANTIZE_BUCKETS,
	};
	int64_t levels;

	if (g->func >= DTC_AGG_NR || g->nkeys > DTC_MAX_KEYS)
		return false;
	if (words[g->func])
		return g->data_words == words[g->func];
	if (g->func == DTC_AGG_LQUANTIZE) {
		if (g->args[2] <= 0 || g->args[0] < INT32_MIN || g->args[1] > INT32_MAX || g->args[0] >= g->args[1])
			return false;
		levels = (g->args[1] - g->args[0]) / g->args[2];
		return levels > 0 && levels <= 65536 && g->data_words == (uint64_t)levels + 3;
	}
	return g->args[0] >= 2 && g->args[0] <= INT32_MAX && g->args[1] >= 0 && g->args[2] >= g->args[1] && g->args[2] <= 64 &&
	       g->args[3] >= 1 && g->args[3] <= INT32_MAX && g->data_words <= 1 << 16 &&
	       g->data_words == 4 + 2 * llquantize_buckets(g);
}

static int aggs_check(const struct meta *m, struct error *e)
{
	for (uint64_t i = 0; i < meta_naggs(m); i++) {
		const struct dtc_meta_agg *g = meta_agg(m, i);

		if (!string_ok(m, g->name) || !agg_ok(g) || !range_ok(g->first_key, g->nkeys, meta_nfields(m)))
			return DAMAGED(e, "aggregation %" PRIu64, i);
		for (uint32_t j = 0; j < g->nkeys; j++)
			if (!field_ok(m, meta_field(m, g->first_key + j), 0))
				return DAMAGED(e, "key %u of aggregation %" PRIu64, j, i);
	}
	return 0;
}

static int types_check(const struct meta *m, struct error *e)
{
	for (uint64_t i = 0; i < meta_ntypes(m); i++) {
		const struct dtc_meta_type *t = meta_type(m, i);

		if (!string_ok(m, t->name) || t->ref >= meta_ntypes(m) || !range_ok(t->first_member, t->nmembers, meta_nmembers(m)))
			return DAMAGED(e, "type %" PRIu64, i);
	}
	for (uint64_t i = 0; i < meta_nmembers(m); i++)
		if (!string_ok(m, meta_member(m, i)->name) || meta_member(m, i)->type >= meta_ntypes(m))
			return DAMAGED(e, "member %" PRIu64, i);
	for (uint64_t i = 0; i < meta_ncalls(m); i++)
		if (!STRINGS_OK(m, meta_call(m, i)->module, meta_call(m, i)->function))
			return DAMAGED(e, "entry %" PRIu64, i);
	return 0;
}

int meta_parse(struct meta *m, char *section, size_t size, struct error *e)
{
	*m = (struct meta){ .section = section, .size = size };
	if (header_parse(m, e) || general_check(m, e) || probes_check(m, e) || clauses_check(m, e) || aggs_check(m, e) ||
	    types_check(m, e)) {
		meta_free(m);
		return -1;
	}
	return 0;
}

void meta_free(struct meta *m)
{
	for (uint64_t i = 0; m->formats && i < meta_nactions(m); i++)
		format_free(m->formats[i]);
	free(m->formats);
	free(m->section);
	*m = (struct meta){ 0 };
}

static int section_find(Elf *elf, const char *image, size_t size, char **ret, size_t *ret_size, struct error *e)
{
	Elf_Scn *scn = NULL;
	GElf_Ehdr ehdr;
	GElf_Shdr sh;
	size_t names;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &ehdr))
		return error_set(e, "not a module: it is no ELF file");
	if (ehdr.e_type != ET_REL || gelf_getclass(elf) != ELFCLASS64)
		return error_set(e, "not a module: it is an ELF file of another kind");
	if (ehdr.e_shoff > size || ehdr.e_shnum * sizeof(Elf64_Shdr) > size - ehdr.e_shoff)
		return error_set(e, "the module is damaged: the file was cut short");
	if (elf_getshdrstrndx(elf, &names))
		return error_set(e, "the module is damaged: %s", elf_errmsg(-1));
	while ((scn = elf_nextscn(elf, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &sh) || !(name = elf_strptr(elf, names, sh.sh_name)))
			return error_set(e, "the module is damaged: %s", elf_errmsg(-1));
		if (strcmp(name, DTC_META_SECTION))
			continue;
		if (sh.sh_type != SHT_PROGBITS || !range_ok(sh.sh_offset, sh.sh_size, size))
			return error_set(e, "the module is damaged: its " DTC_META_SECTION " section is cut");
		*ret = malloc(sh.sh_size ? sh.sh_size : 1);
		if (!*ret)
			return error_set(e, "out of memory");
		memcpy(*ret, image + sh.sh_offset, sh.sh_size);
		*ret_size = sh.sh_size;
		return 0;
	}
	return error_set(e, "not made by dtc: the module has no " DTC_META_SECTION " section");
}

int meta_read(struct meta *m, const char *image, size_t size, struct error *e)
{
	char *section = NULL;
	size_t section_size = 0;
	Elf *elf;
	int err;

	if (!size)
		return error_set(e, "not a module: the file is empty");
	elf_version(EV_CURRENT);
	elf = elf_memory((char *)image, size);
	if (!elf)
		return error_set(e, "not a module: %s", elf_errmsg(-1));
	err = section_find(elf, image, size, &section, &section_size, e);
	elf_end(elf);
	return err ? err : meta_parse(m, section, section_size, e);
}
