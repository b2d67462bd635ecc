// SPDX-License-Identifier: GPL-2.0
/*
 * Data of a file in the running kernel: an address as an offset from a symbol,
 * and the symbols that a declaration stands for. Per-CPU data of vmlinux lies
 * from address 0 on and stays there: each CPU adds its own offset.
 */
#include <gelf.h>
#include <string.h>

#include "vars.h"

static bool is_percpu(Elf *elf, const GElf_Shdr *s)
{
	size_t strings;
	const char *name = elf_getshdrstrndx(elf, &strings) ? NULL : elf_strptr(elf, strings, s->sh_name);

	return name && !strncmp(name, ".data..percpu", 13);
}

/* Of sections that hold memory of the kernel. */
static bool section_at(Elf *elf, u64 addr, GElf_Shdr *ret)
{
	for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s));)
		if (gelf_getshdr(s, ret) && (ret->sh_flags & SHF_ALLOC) && addr >= ret->sh_addr && addr - ret->sh_addr < ret->sh_size)
			return true;
	return false;
}

struct loc_expr *data_place(struct debug_file *f, u64 addr, bool *percpu)
{
	Dwarf *dwarf = debug_dwarf(f);
	Elf *elf = dwarf ? dwarf_getelf(dwarf) : NULL;
	const char *symbol;
	GElf_Shdr section;
	u64 offset;

	*percpu = false;
	if (!elf || !section_at(elf, addr, &section))
		return NULL;
	*percpu = is_percpu(elf, &section);
	if (*percpu && !section.sh_addr)
		return loc_const(addr);
	return debug_anchor(f, addr, &symbol, &offset) ? NULL : loc_symbol(f->module, symbol, offset);
}

static bool symbol_value(Elf *elf, const GElf_Sym *sym, u64 *ret)
{
	Elf_Scn *scn = sym->st_shndx < SHN_LORESERVE && sym->st_shndx ? elf_getscn(elf, sym->st_shndx) : NULL;
	GElf_Ehdr head;
	GElf_Shdr s;

	if (!scn || !gelf_getehdr(elf, &head) || !gelf_getshdr(scn, &s))
		return false;
	*ret = sym->st_value + (head.e_type == ET_REL ? s.sh_addr : 0);
	return true;
}

/* A global one, else one of a file. */
static bool symbol_in(Elf *elf, Elf_Scn *scn, const GElf_Shdr *s, const char *name, u64 *addr)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	bool found = false;
	GElf_Sym sym;

	for (int i = 1; data && gelf_getsym(data, i, &sym); i++) {
		const char *its = elf_strptr(elf, s->sh_link, sym.st_name);

		if (!its || strcmp(its, name) || !symbol_value(elf, &sym, addr))
			continue;
		if (GELF_ST_BIND(sym.st_info) != STB_LOCAL)
			return true;
		found = true;
	}
	return found;
}

bool data_symbol(struct debug_file *f, const char *name, u64 *addr)
{
	Dwarf *dwarf = debug_dwarf(f);
	Elf *elf = dwarf ? dwarf_getelf(dwarf) : NULL;
	GElf_Shdr s;

	for (Elf_Scn *scn = NULL; elf && (scn = elf_nextscn(elf, scn));)
		if (gelf_getshdr(scn, &s) && s.sh_type == SHT_SYMTAB && symbol_in(elf, scn, &s, name, addr))
			return true;
	return false;
}
