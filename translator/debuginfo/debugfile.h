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

/* --- debugelf.c --- */
struct debug_elf {
	struct file_data file;
	struct elf_view view;
	bool is_relocatable;
	const Elf64_Sym *syms;
	size_t nsyms;
	const char *names;	/* nsyms 0: there is no symbol table */
	u64 names_size;
	bool is_relocated;	/* its .debug_ sections */
	struct debug_elf *alt;	/* what dwz moved out of it, shared with other files */
};
/* NULL is success, else what is wrong; takes `file` over. */
const char *debug_elf_init(struct debug_elf *e, struct file_data *file);
void debug_elf_deinit(struct debug_elf *e);
void debug_elf_layout_like(struct debug_elf *e, const struct debug_elf *like);
bool debug_elf_has_code(const struct debug_elf *e);
void debug_elf_relocate(struct debug_elf *e, unsigned section);
unsigned debug_elf_section(const struct debug_elf *e, const char *name);	/* 0: none */
unsigned debug_elf_section_at(const struct debug_elf *e, u64 addr);	/* 0: none */
const char *debug_elf_sym_name(const struct debug_elf *e, const Elf64_Sym *s);
bool debug_elf_sym_address(const struct debug_elf *e, const Elf64_Sym *s, u64 *ret);

/* --- debugopen.c --- */
/* An ELF file whose sections are as they are used: what is packed is unpacked into the cache. NULL is success. */
const char *debug_open(struct dtc *dtc, const char *path, struct file_data *ret);
void debug_open_forget(const char *path);	/* what was unpacked of it turned out to be damaged */

/* --- debugfetch.c --- */
/* A file of a build from the servers in DEBUGINFOD_URLS. NULL: not set (*why NULL), or why not. */
char *debug_fetch(struct dtc *dtc, const struct build_id *id, const char *what, const char **why);

/* --- debugfind.c --- */
/* The file for a module, opened and compared with what the kernel itself says it is. NULL: *why, *hint. */
char *debug_find(struct dtc *dtc, const char *module, struct debug_elf *elf, const char **why, const char **hint);
extern const char *const debug_suffixes[];	/* of packed files, "" first; ended by NULL */
const char *debug_link(const struct file_data *file);	/* what .gnu_debuglink names, or "" */
#define DEBUG_PATHS 8
/* Where the file of a module may be, which is at `path` itself; without the suffixes. How many. */
size_t debug_module_paths(const char *path, const char *link, const char *ret[DEBUG_PATHS]);
const char *debug_id_path(const char *hex);
/* debughere.c: whether there is a file for the module at `path` that has such a link and build-id ("": none). */
bool debug_is_here(struct dtc *dtc, const char *path, const char *link, const char *id);
/* The kernel's own file of it, with the code and its tables, which a file of debug information may lack. */
bool debug_code_open(struct dtc *dtc, const char *module, const struct debug_elf *like, struct debug_elf *ret);

/* --- debugfile.c: DWARF for one use --- */
Dwarf *debug_dwarf_begin(struct debug_elf *e);	/* NULL: damaged */
void debug_dwarf_end(Dwarf *d, const struct debug_elf *e);

/* --- lines.c --- */
const char *debug_index_open(struct debug_file *f, const char **hint);	/* NULL, or what is wrong with the file */

struct debug_impl {
	struct dtc *dtc;
	struct debug_file *next;
	struct debug_elf elf;
	bool is_vmlinux, dwarf_failed;
	const char *why, *hint;		/* not found */
};

#endif
