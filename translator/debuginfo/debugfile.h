/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files with debug information, as the parts that read them see one: mapped,
 * with an address for every section. A module is a relocatable file: its
 * sections are laid out here one after the other, code first, and what its
 * tables and its DWARF say is relocated to that, in private pages.
 */
#ifndef DTC_DEBUGFILE_H
#define DTC_DEBUGFILE_H

#include "dwarf.h"
#include "image.h"
#include "kernel.h"

struct build_id { u8 size, bytes[32]; };
bool build_id_same(const struct build_id *a, const struct build_id *b);
const char *build_id_text(const struct build_id *id);	/* hexadecimal */
/* The GNU build-id among the notes in `data`. */
bool notes_build_id(const u8 *data, size_t size, struct build_id *ret);

/* --- debugelf.c --- */
struct debug_elf {
	struct file_data file;
	struct elf_view view;
	bool is_relocatable;
	const Elf64_Sym *syms;
	size_t nsyms;
	const char *names;
	u64 names_size;
};
/* NULL is success, else what is wrong; takes `file` over. */
const char *debug_elf_init(struct debug_elf *e, struct file_data *file);
void debug_elf_deinit(struct debug_elf *e);
void debug_elf_relocate(struct debug_elf *e, unsigned section);
unsigned debug_elf_section(const struct debug_elf *e, const char *name);	/* 0: none */
unsigned debug_elf_section_at(const struct debug_elf *e, u64 addr);	/* 0: none */
const char *debug_elf_sym_name(const struct debug_elf *e, const Elf64_Sym *s);
bool debug_elf_sym_address(const struct debug_elf *e, const Elf64_Sym *s, u64 *ret);
bool debug_elf_build_id(const struct debug_elf *e, struct build_id *ret);

/* --- debugfind.c --- */
/* The file for a module, opened and compared with what the kernel itself says it is. NULL: *why, *hint. */
char *debug_find(struct dtc *dtc, const char *module, struct debug_elf *elf, const char **why, const char **hint);

/* --- debugplace.c --- */
struct place_sym {
	u64 addr, size;
	const char *name;
	u16 section;
	u8 rank;		/* of several at an address the lowest is shown */
	bool is_unique, is_func;
};
struct place_range { u64 low, high, reach; const char *why; };	/* no probe from low to high; reach: the highest high so far */
struct debug_places {
	struct place_sym *syms, **by_name; size_t nsyms;	/* by address; by name */
	struct place_range *ranges; size_t nranges;	/* sorted, some may overlap */
	u64 text_low, text_high;			/* vmlinux: code that stays; else 0 */
};
void debug_places_init(struct debug_places *p, struct debug_elf *e, bool is_vmlinux);

/* --- lineindex.c --- */
struct debug_index *debug_index_get(struct debug_file *f);

struct debug_impl {
	struct dtc *dtc;
	struct debug_file *next;
	struct debug_elf elf;
	struct debug_places *places;
	bool is_vmlinux, dwarf_failed;
	const char *why, *hint;		/* not found */
};

#endif
