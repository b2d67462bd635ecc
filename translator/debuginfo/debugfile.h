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
	bool is_relocated;	/* its .debug_ sections */
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

/* --- debugfile.c: DWARF for one use --- */
Dwarf *debug_dwarf_begin(struct debug_elf *e);	/* NULL: damaged */
void debug_dwarf_end(Dwarf *d);

/* --- lines.c --- */
const char *debug_index_open(struct debug_file *f);	/* NULL, or what is wrong with the file */

struct debug_impl {
	struct dtc *dtc;
	struct debug_file *next;
	struct debug_elf elf;
	bool is_vmlinux, dwarf_failed;
	const char *why, *hint;		/* not found */
};

#endif
