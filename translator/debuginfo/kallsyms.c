// SPDX-License-Identifier: GPL-2.0
/*
 * The symbol table inside a kernel image. Distributions ship images without
 * an ELF symbol table, and a System.map that says nothing; but the image holds
 * the table that /proc/kallsyms prints (scripts/kallsyms.c), and the list of
 * calls to __fentry__ that ftrace starts from. Together they are exactly
 * /sys/kernel/tracing/available_filter_functions, known without running it.
 *
 * The image has no symbol that says where these are: each is found by its shape
 * and believed only where all of them agree.
 */
#include <stdlib.h>
#include <string.h>

#include "image.h"

#define MARKER_STEP 256		/* names between two markers */
#define COUNT_MIN 1000		/* symbols of a kernel */
#define COUNT_MAX 4000000

struct tables {
	const u8 *tokens;		/* 256 strings */
	u16 index[256];			/* of each in tokens */
	const u8 *names;
	u64 names_size;
	u32 count;
};

static u32 get32(const u8 *p) { u32 v; memcpy(&v, p, 4); return v; }
static u64 get64(const u8 *p) { u64 v; memcpy(&v, p, 8); return v; }
static u64 align8(u64 v) { return (v + 7) & ~7ull; }

/* The strings of the 256 tokens, then their offsets: true where `at` is the first token. */
static bool tokens_check(const struct elf_part *p, u64 at, struct tables *t, u64 *end)
{
	u64 pos = at;

	for (unsigned i = 0; i < 256; i++) {
		const u8 *nul;

		if (pos >= p->size)
			return false;
		t->index[i] = pos - at;
		nul = memchr(p->data + pos, 0, p->size - pos < 64 ? p->size - pos : 64);
		if (!nul)
			return false;
		pos = nul - p->data + 1;
	}
	pos = align8(pos);
	if (pos + sizeof(t->index) > p->size || memcmp(p->data + pos, t->index, sizeof(t->index)))
		return false;
	t->tokens = p->data + at;
	*end = align8(pos + sizeof(t->index));
	return true;
}

/* Ten tokens are the digits by themselves, one after another. */
static bool tokens_find(const struct elf_part *p, struct tables *t, u64 *start, u64 *end)
{
	static const char digits[] = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009";
	const u8 *at = p->data;

	while ((at = memmem(at, p->data + p->size - at, digits, sizeof(digits)))) {
		u64 pos = at - p->data;

		/* back over the 48 tokens before "0" */
		for (unsigned n = 0; n < '0' && pos > 1; n++)
			for (pos--; pos && p->data[pos - 1]; pos--)
				;
		/* a token before the first NUL of padding is empty: try the near places, aligned as the tables are */
		for (u64 try = pos & ~7ull; try < pos + 64; try += 8)
			if (tokens_check(p, try, t, end)) {
				*start = try;
				return true;
			}
		at++;
	}
	return false;
}

/* Steps over one name; its length in bytes may take two. 0: beyond the end. */
static u64 name_next(const u8 *names, u64 size, u64 pos)
{
	u64 len;

	if (pos >= size)
		return 0;
	len = names[pos++];
	if (len & 0x80) {
		if (pos >= size)
			return 0;
		len = (len & 0x7f) | (u64)names[pos++] << 7;
	}
	return len && pos + len <= size ? pos + len : 0;
}

/* From `at`: `count` names, then markers that say where every 256th of them starts. */
static bool names_check(const struct elf_part *p, u64 at, u64 limit, u32 count)
{
	u32 nmarkers = (count + MARKER_STEP - 1) / MARKER_STEP;
	u64 pos = 0, markers;

	for (u32 i = 0; i < count; i++) {
		pos = name_next(p->data + at, limit - at, pos);
		if (!pos)
			return false;
	}
	markers = align8(at + pos);
	if (markers + nmarkers * 4ull > limit)
		return false;
	pos = 0;
	for (u32 i = 0; i < count; i++) {
		if (i % MARKER_STEP == 0 && pos != get32(p->data + markers + i / MARKER_STEP * 4))
			return false;
		pos = name_next(p->data + at, limit - at, pos);
	}
	return true;
}

/* Somewhere before the tokens stand the number of names (padded to 8 bytes), the names, and their markers. */
static bool names_find(const struct elf_part *p, u64 tokens, struct tables *t, u64 *before)
{
	for (u64 at = tokens & ~7ull; at >= 8; at -= 8) {
		u32 count = get32(p->data + at - 8);

		if (count < COUNT_MIN || count > COUNT_MAX || get32(p->data + at - 4) || !names_check(p, at, tokens, count))
			continue;
		t->names = p->data + at;
		t->names_size = tokens - at;
		t->count = count;
		*before = at - 8;
		return true;
	}
	return false;
}

/* Offsets that never fall, from the base: how the kernel keeps addresses. */
static bool addresses_check(const struct elf_part *p, u64 offsets, u64 base_at, u32 count, bool *is_percpu)
{
	u64 last = 0;

	if (offsets > p->size || offsets + count * 4ull > p->size || base_at + 8 > p->size ||
	    get64(p->data + base_at) >> 40 != 0xffffff)
		return false;
	/* with per-CPU symbols absolute, what is not per-CPU counts down from -1 */
	*is_percpu = (s32)get32(p->data + offsets + (count - 1) * 4ull) < 0 &&
		     (s32)get32(p->data + offsets + count / 2 * 4ull) < 0;
	for (u32 i = 0; i < count; i++) {
		u32 raw = get32(p->data + offsets + i * 4ull);
		u64 v = *is_percpu ? (u64)~raw : raw;

		if (*is_percpu && (s32)raw >= 0)
			continue;
		if (v < last)
			return false;
		last = v;
	}
	return last > 1 << 20;
}

static bool addresses_find(const struct elf_part *p, const struct tables *t, u64 before, u64 after, u64 *offsets, u64 *base,
			   bool *is_percpu)
{
	u64 size = align8(t->count * 4ull);

	/* before 6.4: offsets, base, number, names, markers, tokens */
	*base = before - 8;
	*offsets = before - 8 - size;
	if (before > size + 8 && addresses_check(p, *offsets, *base, t->count, is_percpu))
		return true;
	/* since: number, names, markers, tokens, offsets, base */
	*offsets = after;
	*base = after + size;
	return addresses_check(p, *offsets, *base, t->count, is_percpu);
}

/* Writes the letter of the type and the name; returns bytes with the NUL. */
static size_t name_expand(const struct tables *t, u64 *pos, char *out, size_t room)
{
	u64 end = name_next(t->names, t->names_size, *pos);
	u64 p = *pos + (t->names[*pos] & 0x80 ? 2 : 1);
	size_t n = 0;

	for (; p < end; p++)
		for (const char *s = (const char *)t->tokens + t->index[t->names[p]]; *s && n + 1 < room; s++)
			out[n++] = *s;
	out[n++] = 0;
	*pos = end;
	return n;
}

#define NAME_ROOM 1024

const char *ksyms_read(const struct file_data *image, struct ksyms *ret)
{
	struct tables t;
	struct elf_part p;
	u64 tokens, after, before, offsets, base, pos = 0;
	bool is_percpu;
	size_t used = 0, cap = 0;

	memset(ret, 0, sizeof(*ret));
	if (!elf_section(image, ".rodata", &p))
		return "has no .rodata";
	if (!tokens_find(&p, &t, &tokens, &after) || !names_find(&p, tokens, &t, &before) ||
	    !addresses_find(&p, &t, before, after, &offsets, &base, &is_percpu))
		return "holds no symbol table that dtc knows";
	ret->syms = calloc(t.count, sizeof(*ret->syms));
	for (u32 i = 0; i < t.count && ret->syms; i++) {
		u32 raw = get32(p.data + offsets + i * 4ull);

		if (used + NAME_ROOM > cap) {
			char *names = realloc(ret->names, cap = cap ? cap * 2 : 8 << 20);

			if (!names) {
				ksyms_deinit(ret);
				break;
			}
			ret->names = names;
		}
		ret->syms[i].addr = !is_percpu ? get64(p.data + base) + raw :
				    (s32)raw >= 0 ? raw : get64(p.data + base) + (u32)~raw;
		ret->syms[i].type = 0;
		ret->syms[i].name = (const char *)used;	/* an offset until all are there */
		used += name_expand(&t, &pos, ret->names + used, NAME_ROOM);
	}
	if (!ret->syms)
		return "needs more memory than there is";
	ret->count = t.count;
	for (size_t i = 0; i < ret->count; i++) {
		const char *s = ret->names + (size_t)ret->syms[i].name;

		ret->syms[i].type = *s;
		ret->syms[i].name = *s ? s + 1 : s;
	}
	return NULL;
}

void ksyms_deinit(struct ksyms *k)
{
	free(k->syms);
	free(k->names);
	memset(k, 0, sizeof(*k));
}

static int compare_addr(const void *a, const void *b)
{
	const struct ksym *x = *(const struct ksym *const *)a, *y = *(const struct ksym *const *)b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x < y ? -1 : x > y;
}

static int compare_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Addresses in the text of the kernel, in the longest run that the initialised data holds. */
static bool mcount_find(const struct elf_part *data, const struct elf_part *text, u64 *start, u64 *count)
{
	u64 run = 0, from = 0;

	*count = 0;
	for (u64 i = (8 - (data->addr & 7)) & 7; i + 8 <= data->size; i += 8) {
		u64 v = get64(data->data + i);

		/* init functions are among them; they lie above the text */
		if (v < text->addr || v >= text->addr + (64ull << 20)) {
			run = 0;
			continue;
		}
		if (!run++)
			from = i;
		if (run > *count) {
			*count = run;
			*start = from;
		}
	}
	return *count > 1000;
}

/* The symbol at or below the address, counted from 1; of several at one place the first, as the kernel's look-up does. */
static size_t symbol_floor(struct ksym **syms, size_t n, u64 addr)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (syms[mid]->addr <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (lo > 1 && syms[lo - 2]->addr == syms[lo - 1]->addr)
		lo--;
	return lo;
}

#define ENTRY_MAX 16	/* bytes from a function's symbol to its call of __fentry__ (endbr, padding) */

const char *ksyms_traceable(const struct file_data *image, const struct ksyms *k, const char ***ret, size_t *ret_count)
{
	struct elf_part data, text;
	struct ksym **syms;
	u64 start, count;
	size_t nsyms = 0, n = 0, unique = 0;
	const char **names;

	if (!elf_section(image, ".init.data", &data) || !elf_section(image, ".text", &text) ||
	    !mcount_find(&data, &text, &start, &count))
		return "holds no list of traceable functions";
	syms = malloc(k->count * sizeof(*syms));
	names = malloc(count * sizeof(*names));
	if (!syms || !names) {
		free(syms);
		free(names);
		return "needs more memory than there is";
	}
	for (size_t i = 0; i < k->count; i++)
		if (strchr("tTwW", k->syms[i].type) && k->syms[i].addr >= text.addr && k->syms[i].addr < text.addr + text.size)
			syms[nsyms++] = &k->syms[i];
	qsort(syms, nsyms, sizeof(*syms), compare_addr);
	for (u64 i = 0; i < count; i++) {
		u64 addr = get64(data.data + start + i * 8);
		size_t s = addr < text.addr + text.size ? symbol_floor(syms, nsyms, addr) : 0;

		if (s && addr - syms[s - 1]->addr <= ENTRY_MAX)
			names[n++] = syms[s - 1]->name;
	}
	qsort(names, n, sizeof(*names), compare_name);
	for (size_t i = 0; i < n; i++)
		if (!unique || strcmp(names[unique - 1], names[i]))
			names[unique++] = names[i];
	free(syms);
	*ret = names;
	*ret_count = unique;
	return unique > 1000 ? NULL : "holds no list of traceable functions";
}
