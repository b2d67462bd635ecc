// SPDX-License-Identifier: GPL-2.0
/*
 * What the index says of symbols, and of the places where register_kprobe()
 * would refuse a probe, with the reason of each.
 */
#include <stdlib.h>
#include <string.h>

#include "lineindex.h"

/* Entries of the kernel's tables on x86-64. */
#define JUMP_ENTRY_SIZE 16	/* s32 code, s32 target, s64 key; each relative to itself */
#define STATIC_CALL_SIZE 8	/* s32 addr, s32 key */
#define BUG_ENTRY_SIZE 12	/* s32 addr, s32 file, u16 line, u16 flags */
#define PATCH_SIZE 5		/* of a jump or a call */

enum { SITE_STATIC_KEY, SITE_STATIC_CALL, SITE_BUG, SITE_NOKPROBE, SITE_NOINSTR, SITE_KPROBES, SITE_ENTRY, SITE_INIT };
const char *const site_reasons[] = {
	[SITE_STATIC_KEY] = "the kernel patches a jump there (a static key)",
	[SITE_STATIC_CALL] = "the kernel patches a call there (a static call)",
	[SITE_BUG] = "it is the trap of a BUG() or a WARN()",
	[SITE_NOKPROBE] = "it is marked NOKPROBE: kprobes themselves use it",
	[SITE_NOINSTR] = "it is marked noinstr",
	[SITE_KPROBES] = "it is marked __kprobes: kprobes themselves use it",
	[SITE_ENTRY] = "it is entry code, which runs before the kernel is ready for a probe",
	[SITE_INIT] = "it is init code, which is gone once the module is loaded",
};
const unsigned nsite_reasons = ARRAY_SIZE(site_reasons);

struct place_sym { u64 addr, size; const char *name; u16 section; u8 rank; bool is_unique, is_func; };
struct place_scan {
	struct line_build *b;
	struct debug_elf *e, *code;
	struct place_sym *syms, **by_name;	/* by address, of several the best first; by name */
	size_t nsyms;
};

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
	const struct place_sym *x = *(struct place_sym *const *)a, *y = *(struct place_sym *const *)b;
	int c = strcmp(x->name, y->name);

	return c ? c : x < y ? -1 : x > y;
}

/* Functions before labels, strong before weak, and as the kernel's own table has it those with fewer underscores. */
static u8 sym_rank(const Elf64_Sym *s, const char *name)
{
	unsigned type = ELF64_ST_TYPE(s->st_info), underscores = strspn(name, "_");

	return (type != STT_FUNC && type != STT_OBJECT) * 128 + (ELF64_ST_BIND(s->st_info) == STB_WEAK) * 64 +
	       (underscores < 63 ? underscores : 63);
}

static void syms_read(struct place_scan *p)
{
	struct debug_elf *e = p->e;
	size_t n = 0, i, j;

	p->syms = malloc((p->e->nsyms + 1) * sizeof(*p->syms));
	p->by_name = malloc((p->e->nsyms + 1) * sizeof(*p->by_name));
	if (!p->syms || !p->by_name)
		abort();	/* as mem_alloc() does */
	for (i = 0; i < p->e->nsyms; i++) {
		const Elf64_Sym *s = &p->e->syms[i];
		const char *name = debug_elf_sym_name(e, s);
		unsigned type = ELF64_ST_TYPE(s->st_info);
		u64 addr;

		if (!*name || type == STT_SECTION || type == STT_FILE || !debug_elf_sym_address(e, s, &addr) ||
		    !(p->e->view.sections[s->st_shndx].sh_flags & SHF_ALLOC))
			continue;
		p->syms[n++] = (struct place_sym){ addr, s->st_size, name, s->st_shndx, sym_rank(s, name), true, type == STT_FUNC };
	}
	p->nsyms = n;
	qsort(p->syms, n, sizeof(*p->syms), sym_compare);
	for (i = 0; i < n; i++)
		p->by_name[i] = &p->syms[i];
	qsort(p->by_name, n, sizeof(*p->by_name), name_compare);
	for (i = 0; i < n; i = j)
		for (j = i + 1; j < n && !strcmp(p->by_name[i]->name, p->by_name[j]->name); j++)
			p->by_name[i]->is_unique = p->by_name[j]->is_unique = false;
}

static void syms_add(struct place_scan *p)
{
	for (size_t i = 0; i < p->nsyms; i++) {
		const struct place_sym *s = &p->syms[i];
		u32 name = name_set_add(&p->b->names, s->name);

		*(struct row_sym *)build_row(p->b, PART_SYMS) = (struct row_sym){
			.addr = s->addr, .size = s->size < UINT32_MAX ? s->size : UINT32_MAX, .name = name, .section = s->section,
			.rank = s->rank, .flags = (s->is_unique ? SYM_UNIQUE : 0) | (s->is_func ? SYM_FUNC : 0),
		};
	}
	for (size_t i = 0; i < p->nsyms; i++)
		*(u32 *)build_row(p->b, PART_BY_NAME) = p->by_name[i] - p->syms;
}

static const struct place_sym *sym_named(const struct place_scan *p, const char *name)
{
	size_t lo = 0, hi = p->nsyms;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strcmp(p->by_name[mid]->name, name);

		if (!c)
			return p->by_name[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static void site_add(struct place_scan *p, u64 low, u64 high, u32 why)
{
	u32 l, h;

	if (low < high && build_address(p->b, low, &l) && build_address(p->b, high, &h))
		*(struct row_site *)build_row(p->b, PART_SITES) = (struct row_site){ l, h, 0, why };
}

/* The bytes of a table: in vmlinux between two symbols, in a module a section. */
static bool table_find(struct place_scan *p, const char *section, const char *start, const char *stop,
		       struct elf_part *ret)
{
	unsigned i = debug_elf_section(p->code, section);
	const struct place_sym *a, *b;
	struct elf_part part;

	if (p->code->is_relocatable) {
		debug_elf_relocate(p->code, i);
		return i && elf_view_data(&p->code->view, i, ret);
	}
	a = sym_named(p, start);
	b = sym_named(p, stop);
	if (!a || !b || b->addr < a->addr || !elf_view_data(&p->code->view, debug_elf_section_at(p->code, a->addr), &part) ||
	    b->addr - part.addr > part.size)
		return false;
	*ret = (struct elf_part){ part.data + (a->addr - part.addr), b->addr - a->addr, a->addr };
	return true;
}

static const struct { const char *section, *start, *stop; unsigned entry, length, why; } tables[] = {
	{ "__jump_table", "__start___jump_table", "__stop___jump_table", JUMP_ENTRY_SIZE, 0, SITE_STATIC_KEY },
	{ ".static_call_sites", "__start_static_call_sites", "__stop_static_call_sites", STATIC_CALL_SIZE, PATCH_SIZE, SITE_STATIC_CALL },
	{ "__bug_table", "__start___bug_table", "__stop___bug_table", BUG_ENTRY_SIZE, 1, SITE_BUG },
};

/* A jump takes two or five bytes: its instruction tells. */
static unsigned jump_length(struct place_scan *p, u64 addr)
{
	unsigned section = debug_elf_section_at(p->code, addr);
	struct elf_part part;
	u8 op;

	if (!section || !elf_view_data(&p->code->view, section, &part) || addr - part.addr >= part.size)
		return PATCH_SIZE;
	op = part.data[addr - part.addr];
	return op == 0xeb || op == 0x66 ? 2 : PATCH_SIZE;
}

static void tables_read(struct place_scan *p)
{
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++) {
		struct elf_part part;

		if (!table_find(p, tables[t].section, tables[t].start, tables[t].stop, &part))
			continue;
		for (u64 at = 0; at + tables[t].entry <= part.size; at += tables[t].entry) {
			s32 disp;
			u64 addr;

			memcpy(&disp, part.data + at, 4);
			addr = part.addr + at + disp;
			site_add(p, addr, addr + (tables[t].length ? tables[t].length : jump_length(p, addr)), tables[t].why);
		}
	}
}

static int addr_compare(const void *a, const void *b)
{
	u64 addr = *(const u64 *)a;
	const struct place_sym *s = b;

	return addr < s->addr ? -1 : addr > s->addr;
}

/* Each entry is the address of a function, which is forbidden to its end. */
static void blacklist_read(struct place_scan *p)
{
	struct elf_part part;

	if (!p->nsyms || !table_find(p, "_kprobe_blacklist", "__start_kprobe_blacklist", "__stop_kprobe_blacklist", &part))
		return;
	for (u64 at = 0; at + 8 <= part.size; at += 8) {
		const struct place_sym *s;
		u64 addr;

		memcpy(&addr, part.data + at, 8);
		s = bsearch(&addr, p->syms, p->nsyms, sizeof(*p->syms), addr_compare);
		while (s && s > p->syms && s[-1].addr == addr)
			s--;
		if (s)
			site_add(p, addr, addr + (s->size ? s->size : 1), SITE_NOKPROBE);
	}
}

static const struct { const char *section, *start, *stop; unsigned why; } areas[] = {
	{ ".noinstr.text", "__noinstr_text_start", "__noinstr_text_end", SITE_NOINSTR },
	{ ".kprobes.text", "__kprobes_text_start", "__kprobes_text_end", SITE_KPROBES },
	{ ".entry.text", "__entry_text_start", "__entry_text_end", SITE_ENTRY },
	{ ".init.text", NULL, NULL, SITE_INIT },
};

static void areas_read(struct place_scan *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(areas); i++) {
		const struct place_sym *a = areas[i].start ? sym_named(p, areas[i].start) : NULL;
		const struct place_sym *b = areas[i].start ? sym_named(p, areas[i].stop) : NULL;
		const Elf64_Shdr *s = p->e->is_relocatable ? &p->e->view.sections[debug_elf_section(p->e, areas[i].section)] : NULL;

		if (a && b)
			site_add(p, a->addr, b->addr, areas[i].why);
		if (s && s->sh_addr)
			site_add(p, s->sh_addr, s->sh_addr + s->sh_size, areas[i].why);
	}
}

static int site_compare(const void *a, const void *b)
{
	const struct row_site *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return x->high != y->high ? (x->high < y->high ? -1 : 1) : x->why < y->why ? -1 : x->why > y->why;
}

static void sites_finish(struct place_scan *p)
{
	struct build_part *part = &p->b->parts[PART_SITES];
	u32 reach = 0;

	if (part->n)
		qsort(part->rows, part->n, sizeof(struct row_site), site_compare);
	for (size_t i = 0; i < part->n; i++) {
		struct row_site *r = (struct row_site *)part->rows + i;

		reach = r->high > reach ? r->high : reach;
		r->reach = reach;
	}
}

/* Where code begins: rows have distances from it. */
static u64 lowest_code(const struct debug_elf *e)
{
	u64 low = UINT64_MAX;

	for (unsigned i = 1; i < e->view.count; i++) {
		const Elf64_Shdr *s = &e->view.sections[i];

		if ((s->sh_flags & SHF_ALLOC) && (s->sh_flags & SHF_EXECINSTR) && s->sh_addr && s->sh_addr < low)
			low = s->sh_addr;
	}
	return low == UINT64_MAX ? 0 : low;
}

void place_scan(struct line_build *b, struct debug_elf *e, struct debug_elf *code)
{
	struct place_scan p = { .b = b, .e = e, .code = code };
	const struct place_sym *stext, *etext;

	b->base = lowest_code(e);
	syms_read(&p);
	syms_add(&p);
	areas_read(&p);
	blacklist_read(&p);
	tables_read(&p);
	sites_finish(&p);
	stext = e->is_relocatable ? NULL : sym_named(&p, "_stext");
	etext = e->is_relocatable ? NULL : sym_named(&p, "_etext");
	if (stext && etext) {
		b->text_low = stext->addr;
		b->text_high = etext->addr;
	}
	free(p.syms);
	free(p.by_name);
}
