// SPDX-License-Identifier: GPL-2.0
/* Where an address of a file is in the running kernel, and whether a probe may stand there. */
#include <stdlib.h>
#include <string.h>

#include "lineindex.h"

#define FUNCTION_LABELS_MAX 256	/* symbols inside a function */

/* How many symbols begin at or before an address. */
static u32 syms_until(const struct row_sym *rows, u32 n, u64 addr)
{
	u32 lo = 0, hi = n;

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;

		if (rows[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The function around an address; else the label before it. */
static const struct row_sym *sym_at(struct debug_file *f, u64 addr)
{
	const struct row_sym *rows, *label = NULL, *func = NULL;
	u32 n, after;

	rows = debug_rows(f, PART_SYMS, &n);
	after = syms_until(rows, n, addr);
	for (u32 i = after; i > 0 && after - i < FUNCTION_LABELS_MAX; i--) {
		const struct row_sym *s = &rows[i - 1];

		if (func && s->addr != func->addr)
			break;
		if ((s->flags & SYM_FUNC) && (addr == s->addr || addr - s->addr < s->size))
			func = s;
		if (!func && (!label || s->addr == label->addr))
			label = s;
	}
	return func ? func : label;
}

const char *debug_function_at(struct debug_file *f, u64 addr, struct debug_range *same)
{
	const struct row_sym *rows, *s;
	u32 n, after;

	if (same->name && addr >= same->low && addr < same->high)
		return same->name;
	s = sym_at(f, addr);
	if (!s || s->section != debug_elf_section_at(&f->impl->elf, addr))
		return NULL;
	*same = (struct debug_range){ .name = debug_name(f, s->name) };
	if (!(s->flags & SYM_FUNC) || addr - s->addr >= s->size)
		return same->name;
	/* up to the next symbol; back to the function's start where no symbol stands between */
	rows = debug_rows(f, PART_SYMS, &n);
	after = syms_until(rows, n, addr);
	same->low = rows[after - 1].addr == s->addr ? s->addr : addr;
	same->high = after < n && rows[after].addr < s->addr + s->size ? rows[after].addr : s->addr + s->size;
	return same->name;
}

/* The nearest before it in its section that no other symbol of the file is named like. */
static const struct row_sym *anchor_at(struct debug_file *f, unsigned section, u64 addr)
{
	u32 n;
	const struct row_sym *rows = debug_rows(f, PART_SYMS, &n);

	for (u32 i = syms_until(rows, n, addr); i > 0; i--)
		if (rows[i - 1].section == section && (rows[i - 1].flags & SYM_UNIQUE))
			return &rows[i - 1];
	return NULL;
}

/* The first of those whose name is not before `name`. */
static u32 syms_named(struct debug_file *f, const char *name)
{
	u32 n, lo = 0, hi;
	const u32 *by_name = debug_rows(f, PART_BY_NAME, &hi);
	const struct row_sym *rows = debug_rows(f, PART_SYMS, &n);

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;

		if (strcmp(debug_name(f, rows[by_name[mid]].name), name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The symbol whose place among those sorted by name that is, if it is called so. */
static const struct row_sym *sym_by_name(struct debug_file *f, u32 place, const char *name)
{
	u32 n, nsyms;
	const u32 *by_name = debug_rows(f, PART_BY_NAME, &n);
	const struct row_sym *s = place < n ? &((const struct row_sym *)debug_rows(f, PART_SYMS, &nsyms))[by_name[place]] : NULL;

	return s && !strcmp(debug_name(f, s->name), name) ? s : NULL;
}

static const struct row_sym *sym_named(struct debug_file *f, const char *name)
{
	return sym_by_name(f, syms_named(f, name), name);
}

size_t debug_symbols(struct debug_file *f, const char *name, u64 *addrs, size_t max)
{
	const struct row_sym *s;
	size_t n = 0;

	for (u32 at = syms_named(f, name); n < max && (s = sym_by_name(f, at, name)); at++)
		if ((s->flags & SYM_FUNC) && (!n || addrs[n - 1] != s->addr))
			addrs[n++] = s->addr;
	return n;
}

bool debug_is_init(struct debug_file *f, u64 addr)
{
	const struct debug_elf *e = &f->impl->elf;
	const unsigned section = debug_elf_section_at(e, addr);
	u64 low, high;

	debug_text(f, &low, &high);
	return (high && (addr < low || addr >= high)) || (section && !strncmp(elf_view_name(&e->view, section), ".init", 5));
}

bool debug_symbol(struct debug_file *f, const char *name, u64 *addr)
{
	const struct row_sym *s = sym_named(f, name);

	if (!s || !(s->flags & SYM_UNIQUE))
		return false;
	*addr = s->addr;
	return true;
}

static const char *forbidden_at(struct debug_file *f, u64 addr)
{
	u32 n, lo = 0, hi;
	const struct row_site *rows = debug_rows(f, PART_SITES, &n);
	u64 rel = addr - line_index_base(f->index);

	for (hi = n; lo < hi;) {
		u32 mid = (lo + hi) / 2;

		if (rows[mid].low <= rel)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo && rows[lo - 1].reach > rel; lo--)
		if (rel < rows[lo - 1].high)
			return site_reasons[rows[lo - 1].why];
	return NULL;
}

/* What the compiler split off a function is forbidden with it: "name.cold". */
static const char *forbidden_with(struct debug_file *f, const char *name)
{
	const char *dot = strchr(name, '.');
	const struct row_sym *whole;

	if (!dot || dot == name)
		return NULL;
	whole = sym_named(f, mem_strndup(name, dot - name));
	return whole ? forbidden_at(f, whole->addr) : NULL;
}

int debug_anchor(struct debug_file *f, u64 addr, const char **symbol, u64 *offset)
{
	const struct debug_elf *e = &f->impl->elf;
	unsigned section = debug_elf_section_at(e, addr);
	bool is_whole = f->impl->is_vmlinux && strcmp(elf_view_name(&e->view, section), ".data..percpu");
	const struct row_sym *s = !section ? NULL : is_whole ? sym_named(f, "_text") : anchor_at(f, section, addr);

	if (!s)
		return -1;
	*symbol = debug_name(f, s->name);
	*offset = addr - s->addr;
	return 0;
}

static const char *forbidden_here(struct debug_file *f, const char *function, u64 addr)
{
	const char *why;

	if (debug_is_init(f, addr))
		return "it is init code, which is gone once the kernel is up";
	why = forbidden_at(f, addr);
	return why ? why : forbidden_with(f, function);
}

int debug_place(struct debug_file *f, u64 addr, struct debug_place *ret)
{
	const struct debug_elf *e = &f->impl->elf;
	unsigned section = debug_elf_section_at(e, addr);
	const struct row_sym *s;

	memset(ret, 0, sizeof(*ret));
	if (!section || !(e->view.sections[section].sh_flags & SHF_EXECINSTR))
		return -1;
	s = sym_at(f, addr);
	if (!s || s->section != section || debug_anchor(f, addr, &ret->anchor, &ret->anchor_offset))
		return -1;
	ret->function = debug_name(f, s->name);
	ret->function_offset = addr - s->addr;
	ret->forbidden = forbidden_here(f, ret->function, addr);
	return 0;
}
