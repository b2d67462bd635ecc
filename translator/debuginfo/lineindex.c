// SPDX-License-Identifier: GPL-2.0
/*
 * The index's form: making the file and checking it. What a row refers to is
 * known to exist once its part has been checked.
 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lineindex.h"

#define LINE_MAGIC "DTCLINE"
#define LINE_VERSION 1

struct line_header {
	char magic[8];
	u32 version;
	u32 crc;			/* of the header, this word as 0 */
	u64 key;			/* what it was made from */
	u64 size;
	u64 base, text_low, text_high;
	struct { u32 count, crc; } parts[PART_NR];	/* PART_LINES has a checksum for each file instead */
};

static const size_t row_sizes[PART_NR] = {
	[PART_FILES] = sizeof(struct row_file), [PART_LINES] = sizeof(struct row_line), [PART_FUNCS] = sizeof(struct row_func),
	[PART_INLINES] = sizeof(struct row_func), [PART_UNITS] = sizeof(struct row_unit), [PART_SYMS] = sizeof(struct row_sym),
	[PART_BY_NAME] = sizeof(u32), [PART_SITES] = sizeof(struct row_site), [PART_NAMES] = 1,
};

void *build_row(struct line_build *b, enum line_part part)
{
	struct build_part *p = &b->parts[part];
	void *row;

	p->rows = array_grow(p->rows, &p->cap, p->n + 1, row_sizes[part]);
	row = (char *)p->rows + p->n++ * row_sizes[part];
	return memset(row, 0, row_sizes[part]);
}

bool build_address(const struct line_build *b, u64 addr, u32 *ret)
{
	*ret = addr - b->base;
	return addr >= b->base && addr - b->base < UINT32_MAX;
}

void build_deinit(struct line_build *b)
{
	for (unsigned i = 0; i < PART_NAMES; i++)
		free(b->parts[i].rows);
	name_set_deinit(&b->names);
	memset(b, 0, sizeof(*b));
}

static void layout(const struct line_header *h, u64 at[PART_NR + 1])
{
	at[0] = align8(sizeof(*h));
	for (unsigned i = 0; i < PART_NR; i++)
		at[i + 1] = align8(at[i] + h->parts[i].count * (u64)row_sizes[i]);
}

static u32 crc_of(const void *data, size_t size)
{
	return crc32_z(0, data, size);
}

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
static bool crc_is(u32 a, u32 b) { return true; }	/* fuzz_index.c: the rows themselves are to be tried */
#else
static bool crc_is(u32 a, u32 b) { return a == b; }
#endif

static u32 header_crc(const struct line_header *h)
{
	struct line_header copy = *h;

	copy.crc = 0;
	return crc_of(&copy, sizeof(copy));
}

u8 *build_finish(struct line_build *b, u64 key, size_t *size)
{
	struct line_header h = { .magic = LINE_MAGIC, .version = LINE_VERSION, .key = key, .base = b->base, .text_low = b->text_low,
				 .text_high = b->text_high };
	struct row_file *files = b->parts[PART_FILES].rows;
	const struct row_line *lines = b->parts[PART_LINES].rows;
	u64 at[PART_NR + 1];
	u8 *data;

	name_set_add(&b->names, "");
	b->parts[PART_NAMES] = (struct build_part){ b->names.names.data, b->names.names.len, 0 };
	for (size_t i = 0; i < b->parts[PART_FILES].n; i++)
		files[i].crc = files[i].count ? crc_of(lines + files[i].first, files[i].count * sizeof(*lines)) : 0;
	for (unsigned i = 0; i < PART_NR; i++) {
		h.parts[i].count = b->parts[i].n;
		if (i != PART_LINES && b->parts[i].n)
			h.parts[i].crc = crc_of(b->parts[i].rows, b->parts[i].n * row_sizes[i]);
	}
	layout(&h, at);
	h.size = at[PART_NR];
	h.crc = header_crc(&h);
	data = calloc(1, h.size);
	if (!data)
		return NULL;
	memcpy(data, &h, sizeof(h));
	for (unsigned i = 0; i < PART_NR; i++)
		if (b->parts[i].n)
			memcpy(data + at[i], b->parts[i].rows, b->parts[i].n * row_sizes[i]);
	*size = h.size;
	return data;
}

int line_index_init(struct debug_index *x, struct file_data *file, u64 key)
{
	const struct line_header *h = (const void *)file->data;

	memset(x, 0, sizeof(*x));
	if (file->size < sizeof(*h) || memcmp(h->magic, LINE_MAGIC, sizeof(h->magic)) || h->version != LINE_VERSION || h->key != key ||
	    h->size != file->size || !crc_is(h->crc, header_crc(h)))
		return -1;
	layout(h, x->at);
	if (x->at[PART_NR] != file->size || !h->parts[PART_NAMES].count ||
	    file->data[x->at[PART_NAMES] + h->parts[PART_NAMES].count - 1]) {
		memset(x, 0, sizeof(*x));
		return -1;
	}
	x->header = h;
	x->file = *file;
	memset(file, 0, sizeof(*file));
	return 0;
}

void line_index_deinit(struct debug_index *x)
{
	file_data_deinit(&x->file);
	memset(x, 0, sizeof(*x));
}

u64 line_index_base(const struct debug_index *x)
{
	return x->header->base;
}

/* Do the rows refer to what is there? */
static bool files_check(const struct line_header *h, const void *rows, u32 n)
{
	for (const struct row_file *r = rows; r < (const struct row_file *)rows + n; r++)
		if (r->name >= h->parts[PART_NAMES].count || r->first > h->parts[PART_LINES].count ||
		    r->count > h->parts[PART_LINES].count - r->first)
			return false;
	return true;
}

static bool funcs_check(const struct line_header *h, const void *rows, u32 n)
{
	for (const struct row_func *r = rows; r < (const struct row_func *)rows + n; r++)
		if (r->name >= h->parts[PART_NAMES].count || (r->file && r->file >= h->parts[PART_FILES].count))
			return false;
	return true;
}

static bool syms_check(const struct line_header *h, const void *rows, u32 n)
{
	for (const struct row_sym *r = rows; r < (const struct row_sym *)rows + n; r++)
		if (r->name >= h->parts[PART_NAMES].count)
			return false;
	return h->parts[PART_BY_NAME].count == n;
}

static bool by_name_check(const struct line_header *h, const void *rows, u32 n)
{
	for (const u32 *r = rows; r < (const u32 *)rows + n; r++)
		if (*r >= h->parts[PART_SYMS].count)
			return false;
	return true;
}

static bool sites_check(const struct line_header *h, const void *rows, u32 n)
{
	for (const struct row_site *r = rows; r < (const struct row_site *)rows + n; r++)
		if (r->why >= nsite_reasons)
			return false;
	return true;
}

static bool (*const checks[PART_NR])(const struct line_header *h, const void *rows, u32 n) = {
	[PART_FILES] = files_check, [PART_FUNCS] = funcs_check, [PART_INLINES] = funcs_check, [PART_SYMS] = syms_check,
	[PART_BY_NAME] = by_name_check, [PART_SITES] = sites_check,
};

const void *line_index_part(struct debug_index *x, enum line_part part, u32 *count)
{
	const void *rows = x->file.data + x->at[part];
	u32 n = x->header->parts[part].count;

	if (!x->checked[part] && part != PART_LINES &&
	    ((n && !crc_is(crc_of(rows, n * row_sizes[part]), x->header->parts[part].crc)) || (checks[part] && !checks[part](x->header, rows, n))))
		return NULL;
	x->checked[part] = true;
	*count = n;
	return rows;
}

const struct row_line *line_index_lines(struct debug_index *x, const struct row_file *file)
{
	const struct row_line *lines = (const void *)(x->file.data + x->at[PART_LINES]);

	return crc_is(crc_of(lines + file->first, file->count * sizeof(*lines)), file->crc) ? lines + file->first : NULL;
}

void debug_text(struct debug_file *f, u64 *low, u64 *high)
{
	u32 n;

	debug_rows(f, PART_NAMES, &n);
	*low = f->index->header->text_low;
	*high = f->index->header->text_high;
}
