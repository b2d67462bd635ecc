// SPDX-License-Identifier: GPL-2.0
/*
 * Reading kernel modules. The section __mcount_loc lists the calls to
 * __fentry__, as relocations against sections or symbols of text; a function
 * of the init text is gone when the module has loaded, so it does not count.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "module.h"

#define ENTRY_MAX 16	/* bytes from a function's symbol to its call of __fentry__ */

char *module_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = mem_strdup(slash ? slash + 1 : path);
	char *dot = strstr(name, ".ko");

	if (dot)
		*dot = 0;
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	return name;
}

bool tp_group_valid(const char *s, u64 room)
{
	u64 i;

	for (i = 0; i < room && i < 64 && (isalnum((unsigned char)s[i]) || s[i] == '_' || s[i] == '-'); i++)
		;
	return i && i < room && !s[i];
}

const char *module_open(const char *path, struct file_data *ret)
{
	struct file_data f;
	const char *err;
	u8 *out;
	size_t size;

	if (file_map(path, &f))
		return "cannot be read";
	if (f.size > SELFMAG && !memcmp(f.data, ELFMAG, SELFMAG)) {
		*ret = f;
		return NULL;
	}
	err = data_unpack(f.data, f.size, 0, &out, &size);
	file_data_deinit(&f);
	if (!err)
		*ret = (struct file_data){ out, size, false };
	return err;
}

/* The symbol table, ready for use. */
struct symtab {
	struct elf_view view;
	const Elf64_Sym *syms;
	size_t count;
	const char *names;
	u64 names_size;
};

static bool symtab_init(struct symtab *t, const struct file_data *file)
{
	struct elf_part syms, names;

	if (!elf_view_init(&t->view, file))
		return false;
	for (unsigned i = 1; i < t->view.count; i++) {
		const Elf64_Shdr *s = &t->view.sections[i];

		if (s->sh_type != SHT_SYMTAB)
			continue;
		if (s->sh_entsize != sizeof(Elf64_Sym) || s->sh_offset % 8 || !elf_view_data(&t->view, i, &syms) ||
		    !elf_view_data(&t->view, s->sh_link, &names) || !names.size || names.data[names.size - 1])
			return false;
		t->syms = (const void *)syms.data;
		t->count = syms.size / sizeof(Elf64_Sym);
		t->names = (const char *)names.data;
		t->names_size = names.size;
		return true;
	}
	return false;
}

static const char *sym_name(const struct symtab *t, const Elf64_Sym *s)
{
	return s->st_name < t->names_size ? t->names + s->st_name : "";
}

/* The relocations of section `target`, or of the one called `name`. */
static size_t relocs(const struct symtab *t, unsigned target, const char *name, const Elf64_Rela **ret)
{
	struct elf_part p;

	for (unsigned i = 1; i < t->view.count; i++) {
		const Elf64_Shdr *s = &t->view.sections[i];

		if (s->sh_type != SHT_RELA || s->sh_offset % 8 || s->sh_info >= t->view.count ||
		    (name ? strcmp(elf_view_name(&t->view, s->sh_info), name) : s->sh_info != target) ||
		    !elf_view_data(&t->view, i, &p))
			continue;
		*ret = (const void *)p.data;
		return p.size / sizeof(Elf64_Rela);
	}
	return 0;
}

/* Where a relocation points: section and offset. */
static bool reloc_target(const struct symtab *t, const Elf64_Rela *r, unsigned *section, u64 *offset)
{
	size_t i = ELF64_R_SYM(r->r_info);

	if (i >= t->count || !t->syms[i].st_shndx || t->syms[i].st_shndx >= t->view.count)
		return false;
	*section = t->syms[i].st_shndx;
	*offset = t->syms[i].st_value + r->r_addend;
	return true;
}

static int compare_place(const void *a, const void *b)
{
	const Elf64_Sym *x = *(const Elf64_Sym *const *)a, *y = *(const Elf64_Sym *const *)b;

	if (x->st_shndx != y->st_shndx)
		return x->st_shndx < y->st_shndx ? -1 : 1;
	if (x->st_value != y->st_value)
		return x->st_value < y->st_value ? -1 : 1;
	return x < y ? -1 : x > y;
}

static int compare_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The function at a place, `syms` being sorted by place; of several the first, as the kernel's look-up does. */
static const Elf64_Sym *function_at(const Elf64_Sym **syms, size_t n, unsigned section, u64 offset)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (syms[mid]->st_shndx < section || (syms[mid]->st_shndx == section && syms[mid]->st_value <= offset))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo || syms[lo - 1]->st_shndx != section || offset - syms[lo - 1]->st_value > ENTRY_MAX)
		return NULL;
	while (lo > 1 && syms[lo - 2]->st_shndx == section && syms[lo - 2]->st_value == syms[lo - 1]->st_value)
		lo--;
	return syms[lo - 1];
}

static void funcs_read(struct module_syms *m, const struct symtab *t)
{
	const Elf64_Rela *r;
	size_t nr = relocs(t, 0, "__mcount_loc", &r), n = 0;
	const Elf64_Sym **funcs;

	if (!nr)
		return;
	funcs = malloc(t->count * sizeof(*funcs));
	m->funcs = malloc(nr * sizeof(*m->funcs));
	if (!funcs || !m->funcs)
		abort();	/* as mem_alloc() does */
	for (size_t i = 0; i < t->count; i++)
		if (ELF64_ST_TYPE(t->syms[i].st_info) == STT_FUNC)
			funcs[n++] = &t->syms[i];
	qsort(funcs, n, sizeof(*funcs), compare_place);
	for (size_t i = 0; i < nr; i++) {
		const Elf64_Sym *s;
		unsigned section;
		u64 offset;

		if (!reloc_target(t, &r[i], &section, &offset) || !strncmp(elf_view_name(&t->view, section), ".init", 5))
			continue;
		s = function_at(funcs, n, section, offset);
		if (s && *sym_name(t, s))
			m->funcs[m->nfuncs++] = sym_name(t, s);
	}
	free(funcs);
	qsort(m->funcs, m->nfuncs, sizeof(*m->funcs), compare_name);
	n = 0;
	for (size_t i = 0; i < m->nfuncs; i++)
		if (!n || strcmp(m->funcs[n - 1], m->funcs[i]))
			m->funcs[n++] = m->funcs[i];
	m->nfuncs = n;
}

/* The pointer kept at a place: where it will point. */
static bool pointer_at(const struct symtab *t, unsigned section, u64 offset, unsigned *to, u64 *to_offset)
{
	const Elf64_Rela *r;
	size_t n = relocs(t, section, NULL, &r);

	for (size_t i = 0; i < n; i++)
		if (r[i].r_offset == offset)
			return reloc_target(t, &r[i], to, to_offset);
	return false;
}

/* struct trace_event_call begins { list_head, class }, its class with the name of its group */
#define EVENT_CALL_CLASS 16

static const char *tp_group(const struct symtab *t, const char *tp)
{
	for (size_t i = 0; i < t->count; i++) {
		const char *name = sym_name(t, &t->syms[i]);
		struct elf_part p;
		unsigned section;
		u64 at;

		if (strncmp(name, "event_", 6) || strcmp(name + 6, tp) || ELF64_ST_TYPE(t->syms[i].st_info) != STT_OBJECT)
			continue;
		if (!pointer_at(t, t->syms[i].st_shndx, t->syms[i].st_value + EVENT_CALL_CLASS, &section, &at) ||
		    !pointer_at(t, section, at, &section, &at) || !elf_view_data(&t->view, section, &p) || at >= p.size ||
		    !tp_group_valid((const char *)p.data + at, p.size - at))
			continue;
		return (const char *)p.data + at;
	}
	return "";
}

static int tp_compare(const void *a, const void *b)
{
	const struct module_tp *x = a, *y = b;
	int c = strcmp(x->group, y->group);

	return c ? c : strcmp(x->name, y->name);
}

static void tps_read(struct module_syms *m, const struct symtab *t)
{
	size_t cap = 0;

	for (size_t i = 0; i < t->count; i++) {
		const char *name = sym_name(t, &t->syms[i]);

		if (strncmp(name, "__tracepoint_", 13) || !name[13] || !t->syms[i].st_shndx)
			continue;
		m->tps = mem_grow(m->tps, &cap, m->ntps + 1, sizeof(*m->tps));
		m->tps[m->ntps++] = (struct module_tp){ name + 13, tp_group(t, name + 13) };
	}
	if (m->ntps)
		qsort(m->tps, m->ntps, sizeof(*m->tps), tp_compare);
}

void module_syms_init(struct module_syms *m, const struct file_data *file)
{
	struct symtab t;

	memset(m, 0, sizeof(*m));
	memset(&t, 0, sizeof(t));
	if (!symtab_init(&t, file))
		return;
	funcs_read(m, &t);
	tps_read(m, &t);
}

void module_syms_deinit(struct module_syms *m)
{
	free(m->funcs);
	memset(m, 0, sizeof(*m));
}
