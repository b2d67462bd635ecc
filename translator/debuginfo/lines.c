// SPDX-License-Identifier: GPL-2.0
/*
 * Lines and functions of a file, from its index: opened, or made when it is
 * not there, damaged or stale. When the cache cannot be written the fresh one
 * is used from memory.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "lineindex.h"

/* What the index was made from: the build, and how this file of it is laid out (dwz moves what the rows point to). */
static u64 index_key(struct debug_file *f, const struct build_id *id)
{
	const struct debug_elf *e = &f->impl->elf;
	u64 key = hash_bytes(HASH_SEED, id->bytes, id->size);

	key = hash_bytes(key, &e->file.size, sizeof(e->file.size));
	return hash_bytes(key, e->view.sections, e->view.count * sizeof(*e->view.sections));
}

static u8 *index_build(struct debug_file *f, u64 key, size_t *size, enum scan_result *result)
{
	struct debug_elf *e = &f->impl->elf, code;
	bool has_code = !debug_elf_has_code(e) && debug_code_open(f->impl->dtc, f->module, e, &code);
	struct line_build b = {};
	u8 *data = NULL;

	place_scan(&b, e, has_code ? &code : e);
	*result = line_scan(&b, e);
	if (*result == SCAN_GOOD)
		data = build_finish(&b, key, size);
	build_deinit(&b);
	if (has_code)
		debug_elf_deinit(&code);
	return data;
}

static enum scan_result index_make(struct debug_file *f, const char *path, u64 key)
{
	enum scan_result result;
	struct dtc *dtc = f->impl->dtc;
	struct file_data file = {};
	size_t size;
	u8 *data;

	if (dtc->verbose)
		fprintf(stderr, "%s: indexing the lines of %s\n", dtc->progname, f->path);
	data = index_build(f, key, &size, &result);
	if (!data)
		return result ? result : SCAN_DAMAGED;
	if (!cache_put(CACHE_INDEX, path, data, size) && !file_map(path, &file)) {
		if (!line_index_init(f->index, &file, key)) {
			free(data);
			return SCAN_GOOD;
		}
		file_data_deinit(&file);
	}
	file = (struct file_data){ data, size, false };
	return line_index_init(f->index, &file, key) ? SCAN_DAMAGED : SCAN_GOOD;
}

/* `anew`: the index that is there is damaged; what was handed out of it stays. */
static enum scan_result index_open(struct debug_file *f, bool anew)
{
	struct build_id id = {};
	struct file_data file;
	const char *path;
	u64 key;

	elf_build_id(&f->impl->elf.file, &id);
	key = index_key(f, &id);
	path = cache_file(CACHE_INDEX, mem_printf("%s-%016llx.lines", id.size ? build_id_text(&id) : f->module, (unsigned long long)key));
	f->index = mem_alloc(sizeof(*f->index));
	if (!anew && !file_map(path, &file)) {
		if (!line_index_init(f->index, &file, key)) {
			cache_used(path);
			return SCAN_GOOD;
		}
		file_data_deinit(&file);
	}
	return index_make(f, path, key);
}

const char *debug_index_open(struct debug_file *f, const char **hint)
{
	switch (index_open(f, false)) {
	case SCAN_GOOD:
		return NULL;
	case SCAN_SPLIT:
		*hint = "build the kernel without CONFIG_DEBUG_INFO_SPLIT";
		return "its debug information is split, most of it into .dwo files, which are not read";
	default:
		*hint = "install the package that it is of anew";
		return "its debug information is damaged";
	}
}

const void *debug_rows(struct debug_file *f, enum line_part part, u32 *count)
{
	const void *rows = NULL;

	for (int tries = 0; tries < 2 && !rows; tries++)
		if (!tries || !index_open(f, true))
			rows = line_index_part(f->index, part, count);
	if (!rows)
		abort();	/* the file was whole when it was opened: no memory, as mem_alloc() does */
	return rows;
}

const char *debug_name(struct debug_file *f, u32 offset)
{
	u32 n;

	return (const char *)debug_rows(f, PART_NAMES, &n) + offset;
}

u32 debug_nfiles(struct debug_file *f)
{
	u32 n;

	debug_rows(f, PART_FILES, &n);
	return n;
}

const char *debug_file_name(struct debug_file *f, u32 file)
{
	u32 n;
	const struct row_file *r = debug_rows(f, PART_FILES, &n);

	return file < n ? debug_name(f, r[file].name) : NULL;
}

static const struct row_line *file_rows(struct debug_file *f, u32 file, u32 *count)
{
	const struct row_line *lines = NULL;

	for (int tries = 0; tries < 2 && !lines; tries++) {
		const struct row_file *r;
		u32 n;

		if (tries && index_open(f, true))
			break;
		r = debug_rows(f, PART_FILES, &n);
		*count = file < n ? r[file].count : 0;
		if (!*count)
			return NULL;
		lines = line_index_lines(f->index, &r[file]);
	}
	return lines;
}

const struct debug_line *debug_lines(struct debug_file *f, u32 file, u32 *count)
{
	const struct row_line *rows = file_rows(f, file, count);
	struct debug_line **lines;

	if (!rows) {
		*count = 0;
		return NULL;
	}
	if (!f->index->lines)
		f->index->lines = mem_alloc(debug_nfiles(f) * sizeof(*f->index->lines));
	lines = &f->index->lines[file];
	if (!*lines) {
		*lines = mem_alloc(*count * sizeof(**lines));
		for (u32 i = 0; i < *count; i++)
			(*lines)[i] = (struct debug_line){ rows[i].line, file, line_index_base(f->index) + rows[i].addr };
	}
	return *lines;
}

void debug_lines_each(struct debug_file *f, u32 file, debug_line_fn *found, void *arg)
{
	const u32 first = debug_line_place(f, file);
	u32 count;
	const struct row_line *rows = file_rows(f, file, &count);

	for (u32 i = 0; rows && i < count; i++)
		if (!i || rows[i].line != rows[i - 1].line)
			found(rows[i].line, line_index_base(f->index) + rows[i].addr, first + i, arg);
}

u32 debug_line_count(struct debug_file *f, u32 file)
{
	u32 n;
	const struct row_file *r = debug_rows(f, PART_FILES, &n);

	return file < n ? r[file].count : 0;
}

u32 debug_line_place(struct debug_file *f, u32 file)
{
	u32 n;
	const struct row_file *r = debug_rows(f, PART_FILES, &n);

	return file < n ? r[file].first : 0;
}

bool debug_line_at(struct debug_file *f, u32 place, u32 *file, u32 *line)
{
	u32 n, lo = 0, hi, count;
	const struct row_file *r = debug_rows(f, PART_FILES, &n);
	const struct debug_line *lines;

	for (hi = n; lo < hi;) {
		u32 mid = (lo + hi) / 2;

		if (r[mid].first <= place)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo)
		return false;
	lines = debug_lines(f, lo - 1, &count);
	place -= r[lo - 1].first;
	if (place >= count || (place && lines[place - 1].line == lines[place].line))
		return false;
	*file = lo - 1;
	*line = lines[place].line;
	return true;
}

const char *debug_inline_at(struct debug_file *f, u32 place)
{
	u32 n;
	const struct row_func *r = debug_rows(f, PART_INLINES, &n);

	return place < n && (!place || r[place - 1].name != r[place].name) ? debug_name(f, r[place].name) : NULL;
}

/* The first row whose name is not before `name`. */
static u32 func_first(struct debug_file *f, const struct row_func *rows, u32 n, const char *name)
{
	u32 lo = 0, hi = n;

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;

		if (strcmp(debug_name(f, rows[mid].name), name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void func_give(struct debug_file *f, const struct row_func *rows, u32 i, const char *name, debug_func_fn *found, void *arg)
{
	const struct row_func *r = &rows[i];
	u64 low = line_index_base(f->index) + r->low;
	struct debug_func fn = { name, r->die, low, r->size ? low + r->size : 0, r->file, r->line, i };

	found(&fn, arg);
}

/* Equal names have equal offsets. */
static void funcs_match(struct debug_file *f, enum line_part part, const char *glob, debug_func_fn *found, void *arg)
{
	u32 n, i = 0;
	const struct row_func *rows = debug_rows(f, part, &n);
	size_t literal = glob ? strcspn(glob, "*?[\\") : 0;
	const char *prefix = mem_strndup(glob ? glob : "", literal);
	bool is_exact = glob && !glob[literal];

	if (literal)
		i = func_first(f, rows, n, prefix);
	while (i < n) {
		u32 name_at = rows[i].name;
		const char *name = debug_name(f, name_at);
		bool matches;

		if (literal && strncmp(name, prefix, literal))
			break;
		matches = !glob || (is_exact ? !strcmp(name, glob) : !fnmatch(glob, name, 0));
		if (is_exact && !matches)
			break;
		for (; i < n && rows[i].name == name_at; i++)
			if (matches)
				func_give(f, rows, i, name, found, arg);
	}
}

void debug_functions(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg)
{
	funcs_match(f, PART_FUNCS, glob, found, arg);
}

void debug_inlines(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg)
{
	funcs_match(f, PART_INLINES, glob, found, arg);
}

bool debug_unit(struct debug_file *f, u64 addr, Dwarf_Die *ret)
{
	u32 n, lo = 0, hi;
	const struct row_unit *rows = debug_rows(f, PART_UNITS, &n);
	u64 rel = addr - line_index_base(f->index);
	Dwarf *d = debug_dwarf(f);

	for (hi = n; lo < hi;) {
		u32 mid = (lo + hi) / 2;

		if (rows[mid].low <= rel)
			lo = mid + 1;
		else
			hi = mid;
	}
	return d && lo && rel < rows[lo - 1].high && dwarf_offdie(d, rows[lo - 1].die, ret);
}
