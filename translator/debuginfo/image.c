// SPDX-License-Identifier: GPL-2.0
/*
 * Unpacking kernels and modules. A boot image says where its payload lies
 * (Documentation/arch/x86/boot.rst); the payload's magic says how it is packed.
 */
#include <elf.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "image.h"

#define UNPACK_MAX (4ull << 30)		/* larger than any kernel with its debug information */
#define LZMA_MEMORY_MAX (512ull << 20)	/* xz -9 needs 65 MB to unpack */

struct buf { u8 *data; size_t len, cap; };

static bool buf_room(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 1 << 20;
	u8 *data;

	if (b->len + more > UNPACK_MAX)
		return false;
	while (cap < b->len + more)
		cap *= 2;
	if (cap == b->cap)
		return true;
	data = realloc(b->data, cap);
	if (!data)
		return false;
	b->data = data;
	b->cap = cap;
	return true;
}

static bool unpack_gzip(const u8 *in, size_t size, struct buf *out)
{
	z_stream z = { .next_in = (u8 *)in, .avail_in = size };
	int err;

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return false;
	do {
		if (!buf_room(out, 1 << 16)) {
			err = Z_MEM_ERROR;
			break;
		}
		z.next_out = out->data + out->len;
		z.avail_out = out->cap - out->len;
		err = inflate(&z, Z_NO_FLUSH);
		out->len = z.next_out - out->data;
	} while (err == Z_OK);
	inflateEnd(&z);
	return err == Z_STREAM_END;
}

static bool unpack_lzma_any(lzma_stream *s, const u8 *in, size_t size, struct buf *out)
{
	lzma_ret err;

	s->next_in = in;
	s->avail_in = size;
	do {
		if (!buf_room(out, 1 << 16)) {
			err = LZMA_MEM_ERROR;
			break;
		}
		s->next_out = out->data + out->len;
		s->avail_out = out->cap - out->len;
		err = lzma_code(s, LZMA_RUN);
		out->len = s->next_out - out->data;
	} while (err == LZMA_OK);
	lzma_end(s);
	return err == LZMA_STREAM_END;
}

static bool unpack_xz(const u8 *in, size_t size, struct buf *out)
{
	lzma_stream s = LZMA_STREAM_INIT;

	return lzma_stream_decoder(&s, LZMA_MEMORY_MAX, 0) == LZMA_OK && unpack_lzma_any(&s, in, size, out);
}

static bool unpack_lzma(const u8 *in, size_t size, struct buf *out)
{
	lzma_stream s = LZMA_STREAM_INIT;

	return lzma_alone_decoder(&s, LZMA_MEMORY_MAX) == LZMA_OK && unpack_lzma_any(&s, in, size, out);
}

static bool unpack_zstd(const u8 *in, size_t size, struct buf *out)
{
	ZSTD_DStream *z = ZSTD_createDStream();
	ZSTD_inBuffer from = { in, size, 0 };
	size_t left = 1;

	while (z && left && from.pos < size) {
		ZSTD_outBuffer to;

		if (!buf_room(out, 1 << 17))
			break;
		to = (ZSTD_outBuffer){ out->data + out->len, out->cap - out->len, 0 };
		left = ZSTD_decompressStream(z, &to, &from);
		if (ZSTD_isError(left))
			break;
		out->len += to.pos;
	}
	ZSTD_freeDStream(z);
	return left == 0;
}

/* A length of LZ4: 15 in the token means that bytes follow, up to one under 255. */
static bool lz4_length(const u8 **in, const u8 *end, size_t *len)
{
	u8 c;

	if (*len != 15)
		return true;
	do {
		if (*in == end)
			return false;
		c = *(*in)++;
		*len += c;
	} while (c == 255);
	return true;
}

static bool lz4_block(const u8 *in, const u8 *end, struct buf *out, size_t start)
{
	while (in < end) {
		u8 token = *in++;
		size_t len = token >> 4, match = token & 15, back;

		if (!lz4_length(&in, end, &len) || len > (size_t)(end - in) || !buf_room(out, len))
			return false;
		memcpy(out->data + out->len, in, len);
		out->len += len;
		in += len;
		if (in == end)
			return true;
		if (end - in < 2)
			return false;
		back = in[0] | in[1] << 8;
		in += 2;
		if (!lz4_length(&in, end, &match) || !back || back > out->len - start || !buf_room(out, match + 4))
			return false;
		for (match += 4; match; match--, out->len++)
			out->data[out->len] = out->data[out->len - back];
	}
	return true;
}

/* The legacy frame, which the kernel's build makes: blocks with their packed sizes. */
static bool unpack_lz4(const u8 *in, size_t size, struct buf *out)
{
	const u8 *end = in + size;

	for (in += 4; end - in > 4;) {
		u32 len = in[0] | in[1] << 8 | in[2] << 16 | (u32)in[3] << 24;

		in += 4;
		if (len > (size_t)(end - in) || !lz4_block(in, in + len, out, out->len))
			return false;
		in += len;
	}
	return true;
}

static const struct packing {
	const char *name;
	u8 magic[6];
	unsigned len;
	bool (*unpack)(const u8 *in, size_t size, struct buf *out);
} packings[] = {
	{ "gzip",  { 0x1f, 0x8b }, 2, unpack_gzip },
	{ "xz",    { 0xfd, '7', 'z', 'X', 'Z', 0 }, 6, unpack_xz },
	{ "zstd",  { 0x28, 0xb5, 0x2f, 0xfd }, 4, unpack_zstd },
	{ "lz4",   { 0x02, 0x21, 0x4c, 0x18 }, 4, unpack_lz4 },
	{ "lzma",  { 0x5d, 0, 0 }, 3, unpack_lzma },
	{ "bzip2", { 'B', 'Z', 'h' }, 3, NULL },
};

bool data_is_packed(const void *in, size_t size)
{
	for (const struct packing *p = packings; p < packings + ARRAY_SIZE(packings); p++)
		if (size >= 8 && !memcmp(in, p->magic, p->len))
			return true;
	return false;
}

const char *data_unpack(const void *in, size_t size, size_t size_hint, u8 **ret, size_t *ret_size)
{
	for (const struct packing *p = packings; p < packings + ARRAY_SIZE(packings); p++) {
		struct buf out = {};

		if (size < 8 || memcmp(in, p->magic, p->len))
			continue;
		if (!p->unpack)
			return "is packed by bzip2, which dtc cannot unpack";
		if ((size_hint && size_hint < UNPACK_MAX && !buf_room(&out, size_hint)) ||
		    !p->unpack(in, size, &out) || !out.data) {
			free(out.data);
			return mem_printf("its %s data is damaged", p->name);
		}
		*ret = out.data;
		*ret_size = out.len;
		return NULL;
	}
	return "is packed in an unknown way";
}

static u32 get32(const u8 *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24;
}

const char *image_open(const char *path, struct file_data *ret)
{
	struct file_data f;
	u64 start, len;
	u8 *out;
	size_t out_size;
	const char *err;

	if (file_map(path, &f))
		return "cannot be read";
	if (f.size > SELFMAG && !memcmp(f.data, ELFMAG, SELFMAG)) {
		*ret = f;
		return NULL;
	}
	if (f.size < 0x250 || memcmp(f.data + 0x202, "HdrS", 4)) {
		file_data_deinit(&f);
		return "is not a boot image";
	}
	start = (f.data[0x1f1] ? f.data[0x1f1] : 4) * 512 + 512ull + get32(f.data + 0x248);
	len = get32(f.data + 0x24c);
	if (start + len > f.size || len < 16) {
		file_data_deinit(&f);
		return "is cut short";
	}
	/* the unpacked size follows the payload's data */
	err = data_unpack(f.data + start, len, get32(f.data + start + len - 4), &out, &out_size);
	file_data_deinit(&f);
	if (err)
		return err;
	if (out_size < sizeof(Elf64_Ehdr) || memcmp(out, ELFMAG, SELFMAG)) {
		free(out);
		return "holds no vmlinux";
	}
	*ret = (struct file_data){ out, out_size, false };
	return NULL;
}

bool elf_view_init(struct elf_view *v, const struct file_data *f)
{
	const Elf64_Ehdr *eh = (const void *)f->data;
	const Elf64_Shdr *names;

	memset(v, 0, sizeof(*v));
	if (f->size < sizeof(*eh) || memcmp(eh->e_ident, ELFMAG, SELFMAG) || eh->e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh->e_shentsize != sizeof(Elf64_Shdr) || eh->e_shoff % 8 || eh->e_shoff > f->size ||
	    eh->e_shnum * sizeof(Elf64_Shdr) > f->size - eh->e_shoff || eh->e_shstrndx >= eh->e_shnum)
		return false;
	v->file = f;
	v->sections = (const void *)(f->data + eh->e_shoff);
	v->count = eh->e_shnum;
	names = &v->sections[eh->e_shstrndx];
	if (names->sh_offset > f->size || names->sh_size > f->size - names->sh_offset || !names->sh_size ||
	    f->data[names->sh_offset + names->sh_size - 1])
		return false;
	v->names = (const char *)f->data + names->sh_offset;
	v->names_size = names->sh_size;
	return true;
}

const char *elf_view_name(const struct elf_view *v, unsigned i)
{
	return v->sections[i].sh_name < v->names_size ? v->names + v->sections[i].sh_name : "";
}

bool elf_view_data(const struct elf_view *v, unsigned i, struct elf_part *ret)
{
	const Elf64_Shdr *s;

	if (i >= v->count)
		return false;
	s = &v->sections[i];
	if (s->sh_type == SHT_NOBITS || s->sh_offset > v->file->size || s->sh_size > v->file->size - s->sh_offset)
		return false;
	*ret = (struct elf_part){ v->file->data + s->sh_offset, s->sh_size, s->sh_addr };
	return true;
}

bool elf_section(const struct file_data *f, const char *name, struct elf_part *ret)
{
	struct elf_view v;

	if (!elf_view_init(&v, f))
		return false;
	for (unsigned i = 1; i < v.count; i++)
		if (!strcmp(elf_view_name(&v, i), name))
			return elf_view_data(&v, i, ret);
	return false;
}

const u8 *elf_address(const struct file_data *f, u64 addr, u64 *room)
{
	struct elf_view v;
	struct elf_part p;

	if (!elf_view_init(&v, f))
		return NULL;
	for (unsigned i = 1; i < v.count; i++) {
		const Elf64_Shdr *s = &v.sections[i];

		if (!(s->sh_flags & SHF_ALLOC) || addr < s->sh_addr || addr - s->sh_addr >= s->sh_size || !elf_view_data(&v, i, &p))
			continue;
		*room = p.size - (addr - s->sh_addr);
		return p.data + (addr - s->sh_addr);
	}
	return NULL;
}

bool build_id_same(const struct build_id *a, const struct build_id *b)
{
	return a->size == b->size && !memcmp(a->bytes, b->bytes, a->size);
}

const char *build_id_text(const struct build_id *id)
{
	char *s = mem_alloc(2 * id->size + 1);

	for (unsigned i = 0; i < id->size; i++)
		sprintf(s + 2 * i, "%02x", id->bytes[i]);
	return s;
}

bool notes_build_id(const u8 *data, size_t size, struct build_id *ret)
{
	Elf64_Nhdr n;

	while (size >= sizeof(n)) {
		u64 name, desc;

		memcpy(&n, data, sizeof(n));
		name = ((u64)n.n_namesz + 3) & ~3ull;
		desc = ((u64)n.n_descsz + 3) & ~3ull;
		if (name + desc > size - sizeof(n))
			return false;
		data += sizeof(n);
		if (n.n_type == NT_GNU_BUILD_ID && n.n_namesz == 4 && !memcmp(data, "GNU", 4) && n.n_descsz &&
		    n.n_descsz <= sizeof(ret->bytes)) {
			ret->size = n.n_descsz;
			memcpy(ret->bytes, data + name, n.n_descsz);
			return true;
		}
		data += name + desc;
		size -= sizeof(n) + name + desc;
	}
	return false;
}

bool elf_build_id(const struct file_data *f, struct build_id *ret)
{
	struct elf_view v;
	struct elf_part p;

	if (!elf_view_init(&v, f))
		return false;
	for (unsigned n = 1; n < v.count; n++)
		if (v.sections[n].sh_type == SHT_NOTE && elf_view_data(&v, n, &p) && notes_build_id(p.data, p.size, ret))
			return true;
	return false;
}
