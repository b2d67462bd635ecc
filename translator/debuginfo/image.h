/* SPDX-License-Identifier: GPL-2.0 */
/* Files of a kernel as it is packaged: compressed, or inside a boot image. */
#ifndef DTC_IMAGE_H
#define DTC_IMAGE_H

#include <elf.h>

#include "files.h"

/*
 * Unpacks gzip, xz, lzma, zstd or lz4 by its magic. `size_hint` is the size of
 * the result where it is known, else 0. The result is malloc()ed. NULL is
 * success, else what is wrong.
 */
const char *data_unpack(const void *in, size_t size, size_t size_hint, u8 **out, size_t *out_size);

bool data_is_packed(const void *in, size_t size);	/* by its magic */

/* The vmlinux inside a boot image (bzImage), or the file itself where it is ELF. */
const char *image_open(const char *path, struct file_data *ret);

/* An ELF file in memory. Nothing in it is trusted: what points outside is refused. */
struct elf_part { const u8 *data; u64 size, addr; };
struct elf_view {
	const struct file_data *file;
	const Elf64_Shdr *sections;
	unsigned count;
	const char *names;
	u64 names_size;
};
bool elf_view_init(struct elf_view *v, const struct file_data *f);
const char *elf_view_name(const struct elf_view *v, unsigned section);
bool elf_view_data(const struct elf_view *v, unsigned section, struct elf_part *ret);
/* The bytes at an address of the linked image, and how many there are to the end of its section. */
const u8 *elf_address(const struct file_data *f, u64 addr, u64 *room);
bool elf_section(const struct file_data *f, const char *name, struct elf_part *ret);

/* The GNU build-id: of a file, among the bytes of notes. */
struct build_id { u8 size, bytes[32]; };
bool elf_build_id(const struct file_data *f, struct build_id *ret);
bool notes_build_id(const u8 *data, size_t size, struct build_id *ret);
bool build_id_same(const struct build_id *a, const struct build_id *b);
const char *build_id_text(const struct build_id *id);	/* hexadecimal */

/* --- kallsyms.c --- */
struct ksym { u64 addr; char type; const char *name; };
struct ksyms { struct ksym *syms; size_t count; char *names; };
/* The kernel's own symbol table, found in the image by its shape. */
const char *ksyms_read(const struct file_data *image, struct ksyms *ret);
void ksyms_deinit(struct ksyms *k);
/* Sorted unique names of the functions that ftrace can hook. */
const char *ksyms_traceable(const struct file_data *image, const struct ksyms *k, const char ***names, size_t *count);

#endif
