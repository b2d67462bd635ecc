// SPDX-License-Identifier: GPL-2.0
/* What the line tables and functions of a file say. */
#include <dwarf.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "debugfile.h"

#define NESTING_MAX 128

struct index_source { const char *name; struct debug_line *lines; size_t nlines, cap; };
struct func_list { struct debug_func *v; size_t n, cap; };
struct debug_index {
	struct index_source *files; size_t nfiles, cap;
	u32 *hash; size_t nhash;
	struct func_list funcs, inlines;
	const char *top;		/* the top of the source tree, with a slash, where names are absolute */
	size_t top_len;
};

static void *grow(void *array, size_t *cap, size_t need, size_t elem)
{
	void *more;

	if (need <= *cap)
		return array;
	*cap = *cap * 2 > need ? *cap * 2 : need;
	more = realloc(array, *cap * elem);
	if (!more)
		abort();	/* as mem_alloc() does */
	return more;
}

/* Without the top of the tree, "./" and "x/../". */
static char *name_clean(const struct debug_index *x, const char *name)
{
	char *out, *to;

	if (x->top && !strncmp(name, x->top, x->top_len))
		name += x->top_len;
	out = to = mem_alloc(strlen(name) + 2);
	if (*name == '/')
		*to++ = '/';
	for (const char *p = name; *p;) {
		size_t len = strcspn(p, "/");

		if (len == 2 && !memcmp(p, "..", 2)) {
			char *slash;

			if (to > out && to[-1] == '/')
				*--to = 0;
			slash = strrchr(out, '/');
			to = slash ? slash + 1 : out;
			*to = 0;
		} else if (len && !(len == 1 && *p == '.')) {
			memcpy(to, p, len);
			to += len;
			*to++ = '/';
		}
		p += len + (p[len] == '/');
	}
	if (to > out && to[-1] == '/')
		to--;
	*to = 0;
	return out;
}

static u32 file_number(struct debug_index *x, const char *raw)
{
	char *name = name_clean(x, raw);
	u64 h;

	if (x->nfiles * 2 >= x->nhash) {
		x->nhash = x->nhash ? x->nhash * 2 : 1024;
		free(x->hash);
		x->hash = calloc(x->nhash, sizeof(*x->hash));
		for (size_t i = 0; i < x->nfiles; i++) {
			for (h = hash_bytes(HASH_SEED, x->files[i].name, strlen(x->files[i].name)); x->hash[h % x->nhash]; h++)
				;
			x->hash[h % x->nhash] = i + 1;
		}
	}
	for (h = hash_bytes(HASH_SEED, name, strlen(name)); x->hash[h % x->nhash]; h++)
		if (!strcmp(x->files[x->hash[h % x->nhash] - 1].name, name))
			return x->hash[h % x->nhash] - 1;
	x->files = grow(x->files, &x->cap, x->nfiles + 1, sizeof(*x->files));
	x->files[x->nfiles] = (struct index_source){ .name = name };
	x->hash[h % x->nhash] = x->nfiles + 1;
	return x->nfiles++;
}

static void lines_add(struct debug_index *x, Dwarf_Die *cu)
{
	Dwarf_Lines *lines;
	size_t n;
	const char *last = NULL;
	u32 number = 0, last_line = 0;
	Dwarf_Addr last_addr = 0;

	if (dwarf_getsrclines(cu, &lines, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		Dwarf_Line *l = dwarf_onesrcline(lines, i);
		const char *src = dwarf_linesrc(l, NULL, NULL);
		struct index_source *f;
		int line = 0;
		bool is_stmt = false, is_end = false;
		Dwarf_Addr addr;

		dwarf_linebeginstatement(l, &is_stmt);
		dwarf_lineendsequence(l, &is_end);
		dwarf_lineno(l, &line);
		dwarf_lineaddr(l, &addr);
		if (is_end || !src) {
			last_line = 0;
			continue;
		}
		if (!is_stmt || !line)
			continue;
		if (src != last)
			number = file_number(x, src);
		if (src == last && (u32)line == last_line && addr >= last_addr)
			continue;
		last = src;
		last_line = line;
		last_addr = addr;
		f = &x->files[number];
		f->lines = grow(f->lines, &f->cap, f->nlines + 1, sizeof(*f->lines));
		f->lines[f->nlines++] = (struct debug_line){ line, number, addr };
	}
}

static bool entry_pc(Dwarf_Die *die, u64 *low, u64 *high)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;
	bool has_range = false, has_entry = !dwarf_entrypc(die, low);

	*high = 0;
	while ((at = dwarf_ranges(die, at, &base, &start, &end)) > 0) {
		if (!has_range && !has_entry)
			*low = start;
		if ((!has_range || start <= *low) && (*low < end || !*high))
			*high = end;
		has_range = true;
	}
	return has_range;
}

static void func_add(struct debug_index *x, struct func_list *l, Dwarf_Die *die)
{
	struct debug_func f = { .name = dwarf_diename(die), .die = dwarf_dieoffset(die) };
	const char *file = dwarf_decl_file(die);
	int line;

	if (!f.name || !entry_pc(die, &f.low, &f.high))
		return;
	if (file)
		f.file = file_number(x, file);
	if (!dwarf_decl_line(die, &line))
		f.line = line;
	l->v = grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = f;
}

static void scope_walk(struct debug_index *x, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > NESTING_MAX || dwarf_child(parent, &die))
		return;
	do {
		switch (dwarf_tag(&die)) {
		case DW_TAG_inlined_subroutine:
			func_add(x, &x->inlines, &die);
			scope_walk(x, &die, depth + 1);
			break;
		case DW_TAG_subprogram:
			if (dwarf_hasattr(&die, DW_AT_low_pc) || dwarf_hasattr(&die, DW_AT_ranges)) {
				func_add(x, &x->funcs, &die);
				scope_walk(x, &die, depth + 1);
			}
			break;
		case DW_TAG_lexical_block: case DW_TAG_namespace:
			scope_walk(x, &die, depth + 1);
			break;
		}
	} while (!dwarf_siblingof(&die, &die));
}

static int line_compare(const void *a, const void *b)
{
	const struct debug_line *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

static int func_compare(const void *a, const void *b)
{
	const struct debug_func *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : x->low < y->low ? -1 : x->low > y->low;
}

static void index_sort(struct debug_index *x)
{
	for (size_t i = 0; i < x->nfiles; i++) {
		struct index_source *f = &x->files[i];
		size_t n = 0;

		if (f->nlines)
			qsort(f->lines, f->nlines, sizeof(*f->lines), line_compare);
		for (size_t j = 0; j < f->nlines; j++)
			if (!n || line_compare(&f->lines[n - 1], &f->lines[j]))
				f->lines[n++] = f->lines[j];
		f->nlines = n;
	}
	if (x->funcs.n)
		qsort(x->funcs.v, x->funcs.n, sizeof(*x->funcs.v), func_compare);
	if (x->inlines.n)
		qsort(x->inlines.v, x->inlines.n, sizeof(*x->inlines.v), func_compare);
}

static void top_find(struct debug_index *x, Dwarf *d)
{
	static const char *const known[] = { "/include/linux/", "/arch/x86/" };
	Dwarf_Off at = 0, next;
	size_t header;

	while (!x->top && !dwarf_nextcu(d, at, &next, &header, NULL, NULL, NULL)) {
		Dwarf_Die cu;
		Dwarf_Files *files;
		size_t n;

		if (dwarf_offdie(d, at + header, &cu) && !dwarf_getsrcfiles(&cu, &files, &n))
			for (size_t i = 0; i < n && !x->top; i++) {
				const char *s = dwarf_filesrc(files, i, NULL, NULL), *p = NULL;

				for (size_t k = 0; s && *s == '/' && k < ARRAY_SIZE(known) && !p; k++)
					p = strstr(s, known[k]);
				if (p) {
					x->top = mem_strndup(s, p - s + 1);
					x->top_len = strlen(x->top);
				}
			}
		at = next;
	}
}

struct debug_index *debug_index_get(struct debug_file *f)
{
	Dwarf *d = debug_dwarf(f);
	Dwarf_Off at = 0, next;
	size_t header;

	if (f->index)
		return f->index;
	f->index = mem_alloc(sizeof(*f->index));
	if (!d)
		return f->index;
	top_find(f->index, d);
	while (!dwarf_nextcu(d, at, &next, &header, NULL, NULL, NULL)) {
		Dwarf_Die cu;

		if (dwarf_offdie(d, at + header, &cu) && dwarf_tag(&cu) == DW_TAG_compile_unit) {
			lines_add(f->index, &cu);
			scope_walk(f->index, &cu, 0);
		}
		at = next;
	}
	index_sort(f->index);
	return f->index;
}

u32 debug_nfiles(struct debug_file *f)
{
	return debug_index_get(f)->nfiles;
}

const char *debug_file_name(struct debug_file *f, u32 file)
{
	struct debug_index *x = debug_index_get(f);

	return file < x->nfiles ? x->files[file].name : NULL;
}

const struct debug_line *debug_lines(struct debug_file *f, u32 file, u32 *count)
{
	struct debug_index *x = debug_index_get(f);

	*count = file < x->nfiles ? x->files[file].nlines : 0;
	return *count ? x->files[file].lines : NULL;
}

static void list_match(const struct func_list *l, const char *glob, debug_func_fn *found, void *arg)
{
	for (size_t i = 0; i < l->n; i++)
		if (!glob || !fnmatch(glob, l->v[i].name, 0))
			found(&l->v[i], arg);
}

void debug_functions(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg)
{
	list_match(&debug_index_get(f)->funcs, glob, found, arg);
}

void debug_inlines(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg)
{
	list_match(&debug_index_get(f)->inlines, glob, found, arg);
}
