// SPDX-License-Identifier: GPL-2.0
/*
 * Where an address of a file is in the running kernel, and whether a probe may
 * stand there: what register_kprobe() would refuse is known here beforehand,
 * with its reason.
 */
#include <stdlib.h>
#include <string.h>

#include "debugfile.h"

/* Entries of the kernel's tables on x86-64. */
#define JUMP_ENTRY_SIZE 16	/* s32 code, s32 target, s64 key; each relative to itself */
#define STATIC_CALL_SIZE 8	/* s32 addr, s32 key */
#define BUG_ENTRY_SIZE 12	/* s32 addr, s32 file, u16 line, u16 flags */
#define PATCH_SIZE 5		/* of a jump or a call */

static int sym_compare(const void *a, const void *b)
{
	const struct place_sym *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return strcmp(x->name, y->name);
}

static int name_compare(const void *a, const void *b)
{
	return strcmp((*(struct place_sym *const *)a)->name, (*(struct place_sym *const *)b)->name);
}

/* Functions before labels, strong before weak, and as the kernel's own table has it those with fewer underscores. */
static u8 sym_rank(const Elf64_Sym *s, const char *name)
{
	unsigned type = ELF64_ST_TYPE(s->st_info), underscores = strspn(name, "_");

	return (type != STT_FUNC && type != STT_OBJECT) * 128 + (ELF64_ST_BIND(s->st_info) == STB_WEAK) * 64 +
	       (underscores < 63 ? underscores : 63);
}

static void syms_read(struct debug_places *p, struct debug_elf *e)
{
	struct place_sym **by_name;
	size_t n = 0, i, j;

	p->syms = malloc((e->nsyms + 1) * sizeof(*p->syms));
	by_name = malloc((e->nsyms + 1) * sizeof(*by_name));
	if (!p->syms || !by_name)
		abort();	/* as mem_alloc() does */
	for (i = 0; i < e->nsyms; i++) {
		const Elf64_Sym *s = &e->syms[i];
		const char *name = debug_elf_sym_name(e, s);
		unsigned type = ELF64_ST_TYPE(s->st_info);
		u64 addr;

		if (!*name || type == STT_SECTION || type == STT_FILE || !debug_elf_sym_address(e, s, &addr) ||
		    !(e->view.sections[s->st_shndx].sh_flags & SHF_ALLOC))
			continue;
		p->syms[n++] = (struct place_sym){ addr, s->st_size, name, s->st_shndx, sym_rank(s, name), true, type == STT_FUNC };
	}
	p->nsyms = n;
	qsort(p->syms, n, sizeof(*p->syms), sym_compare);
	for (i = 0; i < n; i++)
		by_name[i] = &p->syms[i];
	qsort(by_name, n, sizeof(*by_name), name_compare);
	for (i = 0; i < n; i = j)
		for (j = i + 1; j < n && !strcmp(by_name[i]->name, by_name[j]->name); j++)
			by_name[i]->is_unique = by_name[j]->is_unique = false;
	p->by_name = by_name;
}

static const struct place_sym *sym_named(const struct debug_places *p, const char *name)
{
	struct place_sym key = { .name = name }, *k = &key;
	struct place_sym **found = p->nsyms ? bsearch(&k, p->by_name, p->nsyms, sizeof(*p->by_name), name_compare) : NULL;

	return found ? *found : NULL;
}

static void range_add(struct debug_places *p, size_t *cap, u64 low, u64 high, const char *why)
{
	if (high <= low)
		return;
	p->ranges = mem_grow(p->ranges, cap, p->nranges + 1, sizeof(*p->ranges));
	p->ranges[p->nranges++] = (struct place_range){ low, high, 0, why };
}

/* The bytes of a table: in vmlinux between two symbols, in a module a section. */
static bool table_find(struct debug_places *p, struct debug_elf *e, const char *section, const char *start, const char *stop,
		       struct elf_part *ret)
{
	unsigned i = debug_elf_section(e, section);
	const struct place_sym *a, *b;
	struct elf_part part;

	if (e->is_relocatable) {
		debug_elf_relocate(e, i);
		return i && elf_view_data(&e->view, i, ret);
	}
	a = sym_named(p, start);
	b = sym_named(p, stop);
	if (!a || !b || b->addr < a->addr || !elf_view_data(&e->view, debug_elf_section_at(e, a->addr), &part) ||
	    b->addr - part.addr > part.size)
		return false;
	*ret = (struct elf_part){ part.data + (a->addr - part.addr), b->addr - a->addr, a->addr };
	return true;
}

static const struct {
	const char *section, *start, *stop;
	unsigned entry, length;
	const char *why;
} tables[] = {
	{ "__jump_table", "__start___jump_table", "__stop___jump_table", JUMP_ENTRY_SIZE, 0, "the kernel patches a jump there (a static key)" },
	{ ".static_call_sites", "__start_static_call_sites", "__stop_static_call_sites", STATIC_CALL_SIZE, PATCH_SIZE,
	  "the kernel patches a call there (a static call)" },
	{ "__bug_table", "__start___bug_table", "__stop___bug_table", BUG_ENTRY_SIZE, 1, "it is the trap of a BUG() or a WARN()" },
};

/* A jump takes two or five bytes: its instruction tells. */
static unsigned jump_length(struct debug_elf *e, u64 addr)
{
	unsigned section = debug_elf_section_at(e, addr);
	struct elf_part p;
	u8 op;

	if (!section || !elf_view_data(&e->view, section, &p) || addr - p.addr >= p.size)
		return PATCH_SIZE;
	op = p.data[addr - p.addr];
	return op == 0xeb || op == 0x66 ? 2 : PATCH_SIZE;
}

static void tables_read(struct debug_places *p, struct debug_elf *e, size_t *cap)
{
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++) {
		struct elf_part part;

		if (!table_find(p, e, tables[t].section, tables[t].start, tables[t].stop, &part))
			continue;
		for (u64 at = 0; at + tables[t].entry <= part.size; at += tables[t].entry) {
			s32 disp;
			u64 addr;

			memcpy(&disp, part.data + at, 4);
			addr = part.addr + at + disp;
			range_add(p, cap, addr, addr + (tables[t].length ? tables[t].length : jump_length(e, addr)), tables[t].why);
		}
	}
}

static const struct place_sym *sym_at(const struct debug_places *p, u64 addr);

/* Each entry is the address of a function. */
static void blacklist_read(struct debug_places *p, struct debug_elf *e, size_t *cap)
{
	struct elf_part part;

	if (!table_find(p, e, "_kprobe_blacklist", "__start_kprobe_blacklist", "__stop_kprobe_blacklist", &part))
		return;
	for (u64 at = 0; at + 8 <= part.size; at += 8) {
		const struct place_sym *s;
		u64 addr;

		memcpy(&addr, part.data + at, 8);
		s = sym_at(p, addr);
		if (s)
			range_add(p, cap, s->addr, s->addr + (s->size ? s->size : 1), "it is marked NOKPROBE: kprobes themselves use it");
	}
}

static const struct { const char *section, *start, *stop, *why; } areas[] = {
	{ ".noinstr.text", "__noinstr_text_start", "__noinstr_text_end", "it is marked noinstr" },
	{ ".kprobes.text", "__kprobes_text_start", "__kprobes_text_end", "it is marked __kprobes: kprobes themselves use it" },
	{ ".entry.text", "__entry_text_start", "__entry_text_end", "it is entry code, which runs before the kernel is ready for probes" },
	{ ".init.text", NULL, NULL, "it is init code, which is gone once the module is loaded" },
};

static void areas_read(struct debug_places *p, struct debug_elf *e, size_t *cap)
{
	for (size_t i = 0; i < ARRAY_SIZE(areas); i++) {
		const struct place_sym *a = areas[i].start ? sym_named(p, areas[i].start) : NULL;
		const struct place_sym *b = areas[i].start ? sym_named(p, areas[i].stop) : NULL;
		unsigned section = e->is_relocatable ? debug_elf_section(e, areas[i].section) : 0;

		if (a && b)
			range_add(p, cap, a->addr, b->addr, areas[i].why);
		if (section)
			range_add(p, cap, e->view.sections[section].sh_addr,
				  e->view.sections[section].sh_addr + e->view.sections[section].sh_size, areas[i].why);
	}
}

static int range_compare(const void *a, const void *b)
{
	const struct place_range *x = a, *y = b;

	return x->low != y->low ? (x->low < y->low ? -1 : 1) : x->high < y->high ? -1 : x->high > y->high;
}

void debug_places_init(struct debug_places *p, struct debug_elf *e, bool is_vmlinux)
{
	const struct place_sym *stext, *etext;
	size_t cap = 0;

	syms_read(p, e);
	areas_read(p, e, &cap);
	blacklist_read(p, e, &cap);
	tables_read(p, e, &cap);
	if (p->nranges)
		qsort(p->ranges, p->nranges, sizeof(*p->ranges), range_compare);
	for (size_t i = 0; i < p->nranges; i++) {
		u64 before = i ? p->ranges[i - 1].reach : 0;

		p->ranges[i].reach = before > p->ranges[i].high ? before : p->ranges[i].high;
	}
	stext = is_vmlinux ? sym_named(p, "_stext") : NULL;
	etext = is_vmlinux ? sym_named(p, "_etext") : NULL;
	if (stext && etext) {
		p->text_low = stext->addr;
		p->text_high = etext->addr;
	}
}

/* The symbols before which the next is beyond addr: index of the first that is, or 0. */
static size_t sym_after(const struct debug_places *p, u64 addr)
{
	size_t lo = 0, hi = p->nsyms;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (p->syms[mid].addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The function around an address; else the label before it. */
static const struct place_sym *sym_at(const struct debug_places *p, u64 addr)
{
	size_t after = sym_after(p, addr), i;
	const struct place_sym *label = NULL, *func = NULL;

	for (i = after; i > 0 && after - i < 256; i--) {
		const struct place_sym *s = &p->syms[i - 1];

		if (func && s->addr != func->addr)
			break;
		if (s->is_func && (addr == s->addr || addr - s->addr < s->size))
			func = s;
		if (!func && (!label || s->addr == label->addr))
			label = s;
	}
	return func ? func : label;
}

/* The nearest before it in its section that no other symbol of the file is named like. */
static const struct place_sym *anchor_at(const struct debug_places *p, unsigned section, u64 addr)
{
	for (size_t i = sym_after(p, addr); i > 0; i--)
		if (p->syms[i - 1].section == section && p->syms[i - 1].is_unique)
			return &p->syms[i - 1];
	return NULL;
}

static const char *forbidden_at(const struct debug_places *p, u64 addr)
{
	size_t lo = 0, hi = p->nranges;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (p->ranges[mid].low <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo && p->ranges[lo - 1].reach > addr; lo--)
		if (addr < p->ranges[lo - 1].high)
			return p->ranges[lo - 1].why;
	return NULL;
}

/* What the compiler split off a function is forbidden with it: "name.cold". */
static const char *forbidden_with(const struct debug_places *p, const struct place_sym *s)
{
	const char *dot = s ? strchr(s->name, '.') : NULL;
	const struct place_sym *whole;

	if (!dot || dot == s->name)
		return NULL;
	whole = sym_named(p, mem_strndup(s->name, dot - s->name));
	return whole ? forbidden_at(p, whole->addr) : NULL;
}

static struct debug_places *places_get(struct debug_file *f)
{
	if (!f->impl->places) {
		f->impl->places = mem_alloc(sizeof(*f->impl->places));
		debug_places_init(f->impl->places, &f->impl->elf, f->impl->is_vmlinux);
	}
	return f->impl->places;
}

int debug_anchor(struct debug_file *f, u64 addr, const char **symbol, u64 *offset)
{
	struct debug_places *p = places_get(f);
	unsigned section = debug_elf_section_at(&f->impl->elf, addr);
	const struct place_sym *s = f->impl->is_vmlinux ? sym_named(p, "_text") : section ? anchor_at(p, section, addr) : NULL;

	if (!s || !section)
		return -1;
	*symbol = s->name;
	*offset = addr - s->addr;
	return 0;
}

int debug_place(struct debug_file *f, u64 addr, struct debug_place *ret)
{
	struct debug_places *p = places_get(f);
	unsigned section = debug_elf_section_at(&f->impl->elf, addr);
	const struct place_sym *s;

	memset(ret, 0, sizeof(*ret));
	if (!section || !(f->impl->elf.view.sections[section].sh_flags & SHF_EXECINSTR))
		return -1;
	s = sym_at(p, addr);
	if (!s || s->section != section || debug_anchor(f, addr, &ret->anchor, &ret->anchor_offset))
		return -1;
	ret->function = s->name;
	ret->function_offset = addr - s->addr;
	if (p->text_high && (addr < p->text_low || addr >= p->text_high))
		ret->forbidden = "it is init code, which is gone once the kernel is up";
	else
		ret->forbidden = forbidden_at(p, addr);
	if (!ret->forbidden)
		ret->forbidden = forbidden_with(p, s);
	return 0;
}
