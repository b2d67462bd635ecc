// SPDX-License-Identifier: GPL-2.0
/* What the index says of lines, functions and compilation units: all of a file's DWARF is read once. */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lineindex.h"

#define NESTING_MAX 128
#define NAME_MAX_LEN 4096
#define RECENT 1024
#define BATCH 256	/* units */

/* A source file and its lines. Names are absolute where the build had them so, until the top of the tree is known. */
struct scan_file { u32 name; struct row_line *lines; size_t n, cap; u32 number; };
struct line_scan {
	struct line_build *b;
	struct scan_file *files; size_t nfiles, cap;
	u32 *by_name; size_t by_name_cap;		/* by offset in the set of names: number of the file, plus 1 */
	struct name_set names;				/* of files */
	struct { const char *name; u32 file; } recent[RECENT];	/* libdw gives the same pointer for the same file of a unit */
	char *top; size_t top_len;			/* the top of the source tree, with a slash, where names are absolute */
	bool is_split;					/* most of it is in other files */
};

/* Without the top of the tree, "./" and "x/../". */
static const char *name_clean(const struct line_scan *s, const char *name, char *buf)
{
	char *to = buf;

	if (s->top && !strncmp(name, s->top, s->top_len))
		name += s->top_len;
	if (strlen(name) >= NAME_MAX_LEN)
		return name;
	*to = 0;
	if (*name == '/')
		*to++ = '/';
	for (const char *p = name; *p;) {
		size_t len = strcspn(p, "/");

		if (len == 2 && !memcmp(p, "..", 2)) {
			if (to > buf + 1)
				to--;
			while (to > buf && to[-1] != '/')
				to--;
		} else if (len && !(len == 1 && *p == '.')) {
			memcpy(to, p, len);
			to += len;
			*to++ = '/';
		}
		p += len + (p[len] == '/');
	}
	if (to > buf && to[-1] == '/')
		to--;
	*to = 0;
	return buf;
}

static u32 file_number(struct line_scan *s, const char *raw)
{
	unsigned hash = ((uintptr_t)raw >> 4) % RECENT;
	char buf[NAME_MAX_LEN + 2];
	u32 at;

	if (s->recent[hash].name == raw)
		return s->recent[hash].file;
	at = name_set_add(&s->names, name_clean(s, raw, buf));
	if (at >= s->by_name_cap) {
		size_t old = s->by_name_cap;

		s->by_name = array_grow(s->by_name, &s->by_name_cap, at + 1, sizeof(*s->by_name));
		memset(s->by_name + old, 0, (s->by_name_cap - old) * sizeof(*s->by_name));
	}
	if (!s->by_name[at]) {
		s->files = array_grow(s->files, &s->cap, s->nfiles + 1, sizeof(*s->files));
		s->files[s->nfiles++] = (struct scan_file){ .name = at };
		s->by_name[at] = s->nfiles;
	}
	s->recent[hash].name = raw;
	s->recent[hash].file = s->by_name[at] - 1;
	return s->by_name[at] - 1;
}

static void line_add(struct line_scan *s, u32 file, u32 line, u32 addr)
{
	struct scan_file *f = &s->files[file];

	f->lines = array_grow(f->lines, &f->cap, f->n + 1, sizeof(*f->lines));
	f->lines[f->n++] = (struct row_line){ line, addr };
}

/* Rows where a statement begins; of consecutive ones for one line the first. */
static void lines_read(struct line_scan *s, Dwarf_Die *cu)
{
	u32 file = 0, last_file = 0, last_line = 0, rel;
	Dwarf_Lines *lines;
	size_t n;

	if (dwarf_getsrclines(cu, &lines, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		Dwarf_Line *l = dwarf_onesrcline(lines, i);
		const char *src = dwarf_linesrc(l, NULL, NULL);
		bool is_stmt = false, is_end = false;
		Dwarf_Addr addr = 0;
		int line = 0;

		dwarf_lineendsequence(l, &is_end);
		if (is_end)
			last_line = 0;
		dwarf_linebeginstatement(l, &is_stmt);
		dwarf_lineno(l, &line);
		if (is_end || !is_stmt || line <= 0 || !src || dwarf_lineaddr(l, &addr) || !build_address(s->b, addr, &rel))
			continue;
		file = file_number(s, src);
		if (file != last_file || (u32)line != last_line)
			line_add(s, file, line, rel);
		last_file = file;
		last_line = line;
	}
}

/* Its entry, and where the range ends that this is in. */
static bool code_of(Dwarf_Die *die, u64 *low, u64 *high)
{
	bool has_range = false, has_entry = !dwarf_entrypc(die, low);
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;

	*high = 0;
	while ((at = dwarf_ranges(die, at, &base, &start, &end)) > 0) {
		if (!has_entry && !has_range)
			*low = start;
		if (start <= *low && *low < end)
			*high = end;
		has_range = true;
	}
	return has_range;
}

static void func_add(struct line_scan *s, enum line_part part, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die), *file;
	struct row_func *r;
	u64 low, high;
	u32 rel;
	int line;

	if (!name || !code_of(die, &low, &high) || !build_address(s->b, low, &rel) || dwarf_dieoffset(die) > UINT32_MAX)
		return;
	r = build_row(s->b, part);
	r->name = name_set_add(&s->b->names, name);
	r->die = dwarf_dieoffset(die);
	r->low = rel;
	r->size = high > low ? high - low : 0;
	file = dwarf_decl_file(die);
	r->file = file ? file_number(s, file) : UINT32_MAX;
	if (!dwarf_decl_line(die, &line))
		r->line = line;
}

static void scope_read(struct line_scan *s, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > NESTING_MAX || dwarf_child(parent, &die))
		return;
	do {
		switch (dwarf_tag(&die)) {
		case DW_TAG_inlined_subroutine:
			func_add(s, PART_INLINES, &die);
			scope_read(s, &die, depth + 1);
			break;
		case DW_TAG_subprogram:
			if (!dwarf_hasattr(&die, DW_AT_low_pc) && !dwarf_hasattr(&die, DW_AT_ranges))
				break;
			func_add(s, PART_FUNCS, &die);
			scope_read(s, &die, depth + 1);
			break;
		case DW_TAG_lexical_block: case DW_TAG_namespace:
			scope_read(s, &die, depth + 1);
			break;
		}
	} while (!dwarf_siblingof(&die, &die));
}

static void unit_add(struct line_scan *s, Dwarf_Die *cu)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;
	u32 low, high;

	while ((at = dwarf_ranges(cu, at, &base, &start, &end)) > 0) {
		if (end <= start || dwarf_dieoffset(cu) > UINT32_MAX || !build_address(s->b, start, &low) || !build_address(s->b, end, &high))
			continue;
		*(struct row_unit *)build_row(s->b, PART_UNITS) = (struct row_unit){ low, high, dwarf_dieoffset(cu) };
	}
}

/* Absolute names show where the tree begins by a folder that every kernel has. */
static bool top_from(struct line_scan *s, Dwarf_Die *cu)
{
	static const char *const known[] = { "/include/linux/", "/arch/x86/" };
	Dwarf_Files *files;
	size_t n;

	if (dwarf_getsrcfiles(cu, &files, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *name = dwarf_filesrc(files, i, NULL, NULL), *p = NULL;

		for (size_t k = 0; name && *name == '/' && k < ARRAY_SIZE(known) && !p; k++)
			p = strstr(name, known[k]);
		if (p) {
			s->top = mem_strndup(name, p - name + 1);
			s->top_len = strlen(s->top);
			return true;
		}
	}
	return false;
}

/* Opened again: libdw keeps all that it has read until it is closed, and the kernel what has been touched of the file. */
static Dwarf *dwarf_anew(struct line_scan *s, struct debug_elf *e, Dwarf *d)
{
	debug_dwarf_end(d, e);
	memset(s->recent, 0, sizeof(s->recent));
	for (const struct debug_elf *x = e; x; x = x->alt)
		if (x->file.is_mapped && !x->is_relocatable)
			madvise((void *)x->file.data, x->file.size, MADV_DONTNEED);
	return debug_dwarf_begin(e);
}

/* -1: the units do not follow one another to the end. */
static int each_unit(struct line_scan *s, struct debug_elf *e, bool (*f)(struct line_scan *s, Dwarf_Die *cu))
{
	Dwarf_Off at = 0, next;
	Dwarf *d = NULL;
	size_t header;
	int err = 0;

	for (unsigned n = 0; !err; n++, at = next) {
		Dwarf_Die cu;

		if (n % BATCH == 0 && !(d = dwarf_anew(s, e, d)))
			return -1;
		err = dwarf_nextcu(d, at, &next, &header, NULL, NULL, NULL);
		if (err)
			break;
		if (!dwarf_offdie(d, at + header, &cu)) {
			err = -1;
			break;
		}
		s->is_split |= dwarf_tag(&cu) == DW_TAG_skeleton_unit || dwarf_hasattr(&cu, DW_AT_GNU_dwo_name);
		err = dwarf_tag(&cu) == DW_TAG_compile_unit && f(s, &cu);
	}
	debug_dwarf_end(d, e);
	return err < 0 ? -1 : 0;
}

static bool unit_read(struct line_scan *s, Dwarf_Die *cu)
{
	unit_add(s, cu);
	lines_read(s, cu);
	scope_read(s, cu, 0);
	return false;
}

static int line_compare(const void *a, const void *b)
{
	const struct row_line *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

static int unit_compare(const void *a, const void *b)
{
	const struct row_unit *x = a, *y = b;

	return x->low < y->low ? -1 : x->low > y->low;
}

static int func_compare(const void *a, const void *b, void *names)
{
	const struct row_func *x = a, *y = b;
	int c = x->name == y->name ? 0 : strcmp((char *)names + x->name, (char *)names + y->name);

	if (c)
		return c;
	return x->low != y->low ? (x->low < y->low ? -1 : 1) : x->die < y->die ? -1 : x->die > y->die;
}

static int file_compare(const void *a, const void *b, void *names)
{
	const struct scan_file *x = a, *y = b;

	return strcmp((char *)names + x->name, (char *)names + y->name);
}

/* The rows of files and lines, by name; by_name then says where each went. */
static void files_finish(struct line_scan *s)
{
	for (u32 i = 0; i < s->nfiles; i++)
		s->files[i].number = i;
	if (s->nfiles)
		qsort_r(s->files, s->nfiles, sizeof(*s->files), file_compare, s->names.names.data);
	for (size_t i = 0; i < s->nfiles; i++) {
		struct scan_file *f = &s->files[i];
		struct row_file *r = build_row(s->b, PART_FILES);
		const struct row_line *last = NULL;

		r->name = name_set_add(&s->b->names, s->names.names.data + f->name);
		r->first = s->b->parts[PART_LINES].n;
		if (f->n)
			qsort(f->lines, f->n, sizeof(*f->lines), line_compare);
		for (size_t k = 0; k < f->n; k++) {
			const struct row_line *l = &f->lines[k];

			if (last && !line_compare(last, l))
				continue;
			*(struct row_line *)build_row(s->b, PART_LINES) = *l;
			last = l;
		}
		r->count = s->b->parts[PART_LINES].n - r->first;
		free(f->lines);
	}
}

static void funcs_finish(struct line_scan *s, enum line_part part)
{
	struct build_part *p = &s->b->parts[part];
	u32 *moved = calloc(s->nfiles + 1, sizeof(*moved));

	if (!moved)
		abort();	/* as mem_alloc() does */
	for (u32 i = 0; i < s->nfiles; i++)
		moved[s->files[i].number] = i;
	for (size_t i = 0; i < p->n; i++) {
		struct row_func *r = (struct row_func *)p->rows + i;

		r->file = r->file < s->nfiles ? moved[r->file] : 0;
	}
	free(moved);
	if (p->n)
		qsort_r(p->rows, p->n, sizeof(struct row_func), func_compare, s->b->names.names.data);
}

enum scan_result line_scan(struct line_build *b, struct debug_elf *e)
{
	struct line_scan s = { .b = b };
	struct build_part *units = &b->parts[PART_UNITS];
	int err;

	err = each_unit(&s, e, top_from) || each_unit(&s, e, unit_read) ? -1 : 0;
	files_finish(&s);
	funcs_finish(&s, PART_FUNCS);
	funcs_finish(&s, PART_INLINES);
	if (units->n)
		qsort(units->rows, units->n, sizeof(struct row_unit), unit_compare);
	free(s.files);
	free(s.by_name);
	name_set_deinit(&s.names);
	return err ? SCAN_DAMAGED : s.is_split ? SCAN_SPLIT : SCAN_GOOD;
}
