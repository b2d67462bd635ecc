// SPDX-License-Identifier: GPL-2.0
/*
 * Opening files that are packed, whole (vmlinux.xz, ext4.ko.debug.zst) or by
 * section (zlib, zstd, or the older way, by name: .zdebug_info). They are unpacked once, into CACHE/debug/, and used from
 * there by memory map; when the cache cannot be written, from memory.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "blob.h"
#include "debugfile.h"

#define SECTION_MAX (2ull << 30)
#define ZLIB_RATIO_MAX 1100	/* more than deflate can reach */
#ifndef ELFCOMPRESS_ZSTD
#define ELFCOMPRESS_ZSTD 2
#endif

/* Its data are "ZLIB", the size in big-endian order and what zlib made. */
static bool is_packed_by_name(const struct elf_view *v, unsigned i)
{
	return !strncmp(elf_view_name(v, i), ".zdebug_", 8);
}

static bool is_packed(const struct elf_view *v, unsigned i)
{
	return (v->sections[i].sh_flags & SHF_COMPRESSED) || is_packed_by_name(v, i);
}

static bool any_packed(const struct elf_view *v)
{
	for (unsigned i = 1; i < v->count; i++)
		if (is_packed(v, i))
			return true;
	return false;
}

static bool head_of(const struct elf_view *v, unsigned i, struct elf_part *part, Elf64_Chdr *head)
{
	size_t size = is_packed_by_name(v, i) ? 12 : sizeof(*head);

	if (!elf_view_data(v, i, part) || part->size < size)
		return false;
	if (!is_packed_by_name(v, i)) {
		memcpy(head, part->data, sizeof(*head));
	} else {
		*head = (Elf64_Chdr){ .ch_type = memcmp(part->data, "ZLIB", 4) ? 0 : ELFCOMPRESS_ZLIB, .ch_addralign = 1 };
		for (unsigned k = 4; k < size; k++)
			head->ch_size = head->ch_size << 8 | part->data[k];
	}
	part->data += size;
	part->size -= size;
	if (head->ch_size > SECTION_MAX)
		return false;
	return head->ch_type == ELFCOMPRESS_ZSTD || (head->ch_type == ELFCOMPRESS_ZLIB && head->ch_size / ZLIB_RATIO_MAX <= part->size);
}

static bool section_unpack(const struct elf_part *part, const Elf64_Chdr *head, u8 *to)
{
	uLongf size = head->ch_size;

	if (head->ch_type == ELFCOMPRESS_ZSTD)
		return ZSTD_decompress(to, head->ch_size, part->data, part->size) == head->ch_size;
	return uncompress(to, &size, part->data, part->size) == Z_OK && size == head->ch_size;
}

/* In a linked file they have been applied, and are as large as all else. */
static bool is_spent(const struct elf_view *v, unsigned i)
{
	const Elf64_Ehdr *eh = (const void *)v->file->data;

	return eh->e_type != ET_REL && v->sections[i].sh_type == SHT_RELA && !(v->sections[i].sh_flags & SHF_ALLOC);
}

/* The size of the file that sections_unpack() makes. 0: damaged. */
static u64 unpacked_size(const struct elf_view *v)
{
	u64 size = align8(sizeof(Elf64_Ehdr));
	struct elf_part part;
	Elf64_Chdr head;

	for (unsigned i = 1; i < v->count; i++) {
		if (is_packed(v, i)) {
			if (!head_of(v, i, &part, &head))
				return 0;
			size += align8(head.ch_size);
		} else if (!is_spent(v, i) && elf_view_data(v, i, &part)) {
			size += align8(part.size);
		}
	}
	return size + v->count * sizeof(Elf64_Shdr);
}

/* .zdebug_info becomes .debug_info; the name of its relocations may be made of the same bytes. */
static void names_unpack(const struct file_data *f)
{
	struct elf_view v;

	if (!elf_view_init(&v, f))
		return;
	for (unsigned i = 1; i < v.count; i++) {
		char *name = (char *)elf_view_name(&v, i);

		if (is_packed_by_name(&v, i))
			memmove(name + 1, name + 2, strlen(name + 2) + 1);
	}
}

static const char *sections_unpack(const struct elf_view *v, struct file_data *ret)
{
	u64 size = unpacked_size(v), at = align8(sizeof(Elf64_Ehdr));
	u8 *to = size ? calloc(1, size) : NULL;
	Elf64_Shdr *sections;

	if (!to)
		return size ? "it is too large for the memory" : "its packed sections are damaged";
	memcpy(to, v->file->data, sizeof(Elf64_Ehdr));
	sections = (void *)(to + size - v->count * sizeof(*sections));
	memcpy(sections, v->sections, v->count * sizeof(*sections));
	((Elf64_Ehdr *)to)->e_shoff = (u8 *)sections - to;
	((Elf64_Ehdr *)to)->e_phnum = 0;
	for (unsigned i = 1; i < v->count; i++) {
		Elf64_Shdr *s = &sections[i];
		struct elf_part part;
		Elf64_Chdr head;

		s->sh_offset = at;
		if (is_packed(v, i)) {
			if (!head_of(v, i, &part, &head) || !section_unpack(&part, &head, to + at)) {
				free(to);
				return "its packed sections are damaged";
			}
			s->sh_flags &= ~(u64)SHF_COMPRESSED;
			s->sh_addralign = head.ch_addralign;
			s->sh_size = head.ch_size;
		} else if (is_spent(v, i) || !elf_view_data(v, i, &part)) {
			s->sh_size = is_spent(v, i) ? 0 : s->sh_size;
			continue;
		} else {
			memcpy(to + at, part.data, part.size);
		}
		at += align8(s->sh_size);
	}
	*ret = (struct file_data){ to, size, false };
	names_unpack(ret);
	return NULL;
}

static const char *cache_path(const char *path)
{
	u64 key = hash_bytes(HASH_SEED, path, strlen(path) + 1);
	struct stat st;

	if (!stat(path, &st)) {
		key = hash_bytes(key, &st.st_size, sizeof(st.st_size));
		key = hash_bytes(key, &st.st_mtim, sizeof(st.st_mtim));
	}
	return cache_file(CACHE_DEBUG, mem_printf("%016llx.elf", (unsigned long long)key));
}

void debug_open_forget(const char *path)
{
	unlink(cache_path(path));
}

/* A kernel's own boot image is a likely mistake. */
static bool is_boot_image(const struct file_data *f)
{
	return f->size > 0x206 && !memcmp(f->data + 0x202, "HdrS", 4);
}

/* Whole, then by section. */
static const char *unpack(struct file_data *f)
{
	struct file_data plain = {};
	const char *err = NULL;
	struct elf_view v;
	size_t size;
	u8 *data;

	if (is_boot_image(f))
		return "it is a boot image, which has no debug information";
	if (f->size < SELFMAG || memcmp(f->data, ELFMAG, SELFMAG)) {
		if (!data_is_packed(f->data, f->size))
			return "it is no ELF file";
		err = data_unpack(f->data, f->size, 0, &data, &size);
		if (err)
			return err;
		file_data_deinit(f);
		*f = (struct file_data){ data, size, false };
	}
	if (!elf_view_init(&v, f) || !any_packed(&v))
		return NULL;
	err = sections_unpack(&v, &plain);
	if (err)
		return err;
	file_data_deinit(f);
	*f = plain;
	return NULL;
}

const char *debug_open(struct dtc *dtc, const char *path, struct file_data *ret)
{
	const char *cached, *err;
	struct elf_view v;

	if (file_map(path, ret))
		return "it cannot be read";
	if (elf_view_init(&v, ret) && !any_packed(&v))
		return NULL;
	cached = cache_path(path);
	if (file_exists(cached)) {
		file_data_deinit(ret);
		if (!file_map(cached, ret) && elf_view_init(&v, ret)) {
			cache_used(cached);
			return NULL;
		}
		file_data_deinit(ret);
		if (file_map(path, ret))
			return "it cannot be read";
	}
	if (dtc->verbose)
		fprintf(stderr, "%s: unpacking %s\n", dtc->progname, path);
	err = unpack(ret);
	if (err) {
		file_data_deinit(ret);
		return err;
	}
	if (!cache_put(CACHE_DEBUG, cached, ret->data, ret->size)) {
		struct file_data mapped;

		if (!file_map(cached, &mapped)) {
			file_data_deinit(ret);
			*ret = mapped;
		}
	}
	return NULL;
}
