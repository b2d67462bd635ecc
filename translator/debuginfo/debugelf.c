// SPDX-License-Identifier: GPL-2.0
/*
 * An ELF file with debug information: its sections, its symbols, relocation.
 * Nothing in the file is trusted.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "debugfile.h"

#define LAYOUT_BASE 0x100000ull		/* where the sections of a module begin here: not 0, which DWARF has for what the linker dropped */
#define LAYOUT_ALIGN_MAX 0x10000u

unsigned debug_elf_section(const struct debug_elf *e, const char *name)
{
	for (unsigned i = 1; i < e->view.count; i++)
		if (!strcmp(elf_view_name(&e->view, i), name))
			return i;
	return 0;
}

unsigned debug_elf_section_at(const struct debug_elf *e, u64 addr)
{
	for (unsigned i = 1; i < e->view.count; i++) {
		const Elf64_Shdr *s = &e->view.sections[i];

		if ((s->sh_flags & SHF_ALLOC) && addr >= s->sh_addr && addr - s->sh_addr < s->sh_size)
			return i;
	}
	return 0;
}

const char *debug_elf_sym_name(const struct debug_elf *e, const Elf64_Sym *s)
{
	return s->st_name < e->names_size ? e->names + s->st_name : "";
}

bool debug_elf_sym_address(const struct debug_elf *e, const Elf64_Sym *s, u64 *ret)
{
	if (s->st_shndx == SHN_UNDEF || s->st_shndx >= e->view.count)
		return false;
	*ret = s->st_value + (e->is_relocatable ? e->view.sections[s->st_shndx].sh_addr : 0);
	return true;
}

/* The tables of sections and symbols are written in, or used as arrays: both must lie as arrays do. */
static const char *symtab_init(struct debug_elf *e)
{
	struct elf_part syms, names;

	for (unsigned i = 1; i < e->view.count; i++) {
		const Elf64_Shdr *s = &e->view.sections[i];

		if (s->sh_type != SHT_SYMTAB)
			continue;
		if (s->sh_entsize != sizeof(Elf64_Sym) || s->sh_offset % 8 || !elf_view_data(&e->view, i, &syms) ||
		    !elf_view_data(&e->view, s->sh_link, &names) || !names.size || names.data[names.size - 1])
			return "its symbol table is damaged";
		e->syms = (const void *)syms.data;
		e->nsyms = syms.size / sizeof(Elf64_Sym);
		e->names = (const char *)names.data;
		e->names_size = names.size;
		return NULL;
	}
	return NULL;
}

static void layout(struct debug_elf *e)
{
	u64 at = LAYOUT_BASE;

	for (int pass = 0; pass < 2; pass++)
		for (unsigned i = 1; i < e->view.count; i++) {
			Elf64_Shdr *s = (Elf64_Shdr *)&e->view.sections[i];
			u64 align = s->sh_addralign;

			if (!(s->sh_flags & SHF_ALLOC) || ((s->sh_flags & SHF_EXECINSTR) == 0) != (pass == 1))
				continue;
			if (!align || align > LAYOUT_ALIGN_MAX || (align & (align - 1)))
				align = 16;
			at = (at + align - 1) & ~(align - 1);
			s->sh_addr = at;
			at += s->sh_size < UINT32_MAX ? s->sh_size : UINT32_MAX;
		}
}

/* The code of a module that `like` has the debug information of: sections of the same name go where they are there. */
void debug_elf_layout_like(struct debug_elf *e, const struct debug_elf *like)
{
	for (unsigned i = 1; e->is_relocatable && i < e->view.count; i++) {
		Elf64_Shdr *s = (Elf64_Shdr *)&e->view.sections[i];
		unsigned other = (s->sh_flags & SHF_ALLOC) ? debug_elf_section(like, elf_view_name(&e->view, i)) : 0;

		if (other)
			s->sh_addr = like->view.sections[other].sh_addr;
	}
}

bool debug_elf_has_code(const struct debug_elf *e)
{
	unsigned text = debug_elf_section(e, ".text");

	return text && e->view.sections[text].sh_type != SHT_NOBITS;
}

struct reloc { u64 place; unsigned size; bool is_relative; };

static bool reloc_kind(u32 type, struct reloc *r)
{
	static const struct { u32 type; u8 size; bool is_relative; } kinds[] = {
		{ R_X86_64_64, 8, false }, { R_X86_64_32, 4, false }, { R_X86_64_32S, 4, false }, { R_X86_64_PC32, 4, true },
		{ R_X86_64_PLT32, 4, true }, { R_X86_64_PC64, 8, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].type == type) {
			r->size = kinds[i].size;
			r->is_relative = kinds[i].is_relative;
			return true;
		}
	return false;
}

/* Once for a section. What is out of bounds is left as it is: the readers trust no contents either. */
void debug_elf_relocate(struct debug_elf *e, unsigned section)
{
	struct elf_part target, table;

	if (!e->is_relocatable || !elf_view_data(&e->view, section, &target))
		return;
	for (unsigned i = 1; i < e->view.count; i++) {
		const Elf64_Shdr *s = &e->view.sections[i];
		const Elf64_Rela *r;

		if (s->sh_type != SHT_RELA || s->sh_info != section || s->sh_offset % 8 || !elf_view_data(&e->view, i, &table))
			continue;
		r = (const void *)table.data;
		for (size_t n = table.size / sizeof(*r); n; n--, r++) {
			struct reloc k = { .place = r->r_offset };
			u64 value, sym = ELF64_R_SYM(r->r_info);

			if (!reloc_kind(ELF64_R_TYPE(r->r_info), &k) || k.place > target.size || k.size > target.size - k.place ||
			    sym >= e->nsyms || !debug_elf_sym_address(e, &e->syms[sym], &value))
				continue;
			value += r->r_addend - (k.is_relative ? target.addr + k.place : 0);
			memcpy((u8 *)target.data + k.place, &value, k.size);
		}
	}
}

const char *debug_elf_init(struct debug_elf *e, struct file_data *file)
{
	const Elf64_Ehdr *eh = (const void *)file->data;
	const char *err = NULL;

	memset(e, 0, sizeof(*e));
	e->file = *file;
	memset(file, 0, sizeof(*file));
	if (!elf_view_init(&e->view, &e->file) || eh->e_ident[EI_DATA] != ELFDATA2LSB)
		err = "it is no ELF file of a 64-bit kernel, or is cut short";
	else if (eh->e_machine != EM_X86_64)
		err = "it is not for x86-64";
	else
		err = symtab_init(e);
	e->is_relocatable = !err && eh->e_type == ET_REL;
	if (e->is_relocatable && e->file.is_mapped && mprotect((void *)e->file.data, e->file.size, PROT_READ | PROT_WRITE))
		err = "it cannot be mapped";
	if (!err && e->is_relocatable)
		layout(e);
	if (err)
		debug_elf_deinit(e);
	return err;
}

void debug_elf_deinit(struct debug_elf *e)
{
	file_data_deinit(&e->file);
	memset(e, 0, sizeof(*e));
}
