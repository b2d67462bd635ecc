// SPDX-License-Identifier: GPL-2.0
/*
 * The index of a kernel: the file's form, and opening or making it. A file
 * that is damaged, cut short or made from another image is made anew; when the
 * cache cannot be written the fresh index is used from memory.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "debugfile.h"
#include "index.h"

#define INDEX_MAGIC "DTCINDX"
#define INDEX_VERSION 5
#define INDEX_MODULE_FUNCS_MAX 10000000u

struct index_header {
	char magic[8];
	u32 version;
	u32 crc;		/* of the file from here to the BTF, this word as 0 */
	u64 key;		/* what it was made from */
	u64 size;
	u32 nfuncs, ntps, nmods, btf_crc;
	u64 names_size, btf_size;
	struct build_id image_id;
	u8 unused[7];
};	/* mods, tps, funcs, names, BTF follow, each aligned to 8 */

void index_build_module(struct index_build *b, const char *name, const char *path)
{
	b->mods = array_grow(b->mods, &b->mods_cap, b->nmods + 1, sizeof(*b->mods));
	b->mods[b->nmods++] = (struct index_mod){
		.name = names_add(&b->names, name), .path = names_add(&b->names, path),
		.first_func = b->nfuncs, .first_tp = b->ntps,
		.id = names_add(&b->names, ""), .link = names_add(&b->names, ""),
	};
}

void index_build_debug(struct index_build *b, const char *id, const char *link, bool has_debug)
{
	struct index_mod *m = &b->mods[b->nmods - 1];

	m->id = names_add(&b->names, id);
	m->link = names_add(&b->names, link);
	m->has_debug = has_debug;
}

void index_build_func(struct index_build *b, const char *name, u32 btf_id)
{
	b->funcs = array_grow(b->funcs, &b->funcs_cap, b->nfuncs + 1, sizeof(*b->funcs));
	b->funcs[b->nfuncs++] = (struct index_func){ names_add(&b->names, name), btf_id };
	b->mods[b->nmods - 1].nfuncs++;
}

void index_build_tp(struct index_build *b, const char *name, const char *group, u32 btf_id)
{
	b->tps = array_grow(b->tps, &b->tps_cap, b->ntps + 1, sizeof(*b->tps));
	b->tps[b->ntps++] = (struct index_tp){ names_add(&b->names, name), names_add(&b->names, group), btf_id };
	b->mods[b->nmods - 1].ntps++;
}

void index_build_deinit(struct index_build *b)
{
	free(b->funcs);
	free(b->tps);
	free(b->mods);
	free(b->names.data);
	memset(b, 0, sizeof(*b));
}

/* Where each part stands: offsets of mods, tps, funcs, names, BTF, end. */
static void layout(const struct index_header *h, u64 at[6])
{
	at[0] = align8(sizeof(*h));
	at[1] = align8(at[0] + h->nmods * (u64)sizeof(struct index_mod));
	at[2] = align8(at[1] + h->ntps * (u64)sizeof(struct index_tp));
	at[3] = align8(at[2] + h->nfuncs * (u64)sizeof(struct index_func));
	at[4] = align8(at[3] + h->names_size);
	at[5] = align8(at[4] + h->btf_size);
}

static u32 header_crc(const u8 *data, u64 size)
{
	struct index_header h;

	memcpy(&h, data, sizeof(h));
	h.crc = 0;
	return crc32_z(crc32_z(0, (const u8 *)&h, sizeof(h)), data + sizeof(h), size - sizeof(h));
}

u8 *index_build_finish(struct index_build *b, u64 key, size_t *size)
{
	struct index_header h = { INDEX_MAGIC, INDEX_VERSION, 0, key, 0, b->nfuncs, b->ntps, b->nmods, 0, 0, b->btf_size, b->image_id, { 0 } };
	u64 at[6];
	u8 *data;

	names_add(&b->names, "");
	h.names_size = b->names.len;
	h.btf_crc = crc32_z(0, b->btf, b->btf_size);
	layout(&h, at);
	h.size = at[5];
	data = calloc(1, h.size);
	if (!data)
		return NULL;
	memcpy(data, &h, sizeof(h));
	if (b->nmods)
		memcpy(data + at[0], b->mods, b->nmods * sizeof(*b->mods));
	if (b->ntps)
		memcpy(data + at[1], b->tps, b->ntps * sizeof(*b->tps));
	if (b->nfuncs)
		memcpy(data + at[2], b->funcs, b->nfuncs * sizeof(*b->funcs));
	memcpy(data + at[3], b->names.data, b->names.len);
	if (b->btf_size)
		memcpy(data + at[4], b->btf, b->btf_size);
	h.crc = header_crc(data, at[4]);
	memcpy(data, &h, sizeof(h));
	*size = h.size;
	return data;
}

/* Modules follow one another and cover all functions and tracepoints; names lie inside. */
static bool rows_check(const struct index_file *f)
{
	u32 func = 0, tp = 0;

	for (u32 i = 0; i < f->nmods; i++) {
		const struct index_mod *m = &f->mods[i];

		if (m->name >= f->names_size || m->path >= f->names_size || m->id >= f->names_size || m->link >= f->names_size || m->first_func != func || m->first_tp != tp ||
		    m->nfuncs > f->nfuncs - func || m->ntps > f->ntps - tp)
			return false;
		func += m->nfuncs;
		tp += m->ntps;
	}
	for (u32 i = 0; i < f->nfuncs; i++)
		if (f->funcs[i].name >= f->names_size)
			return false;
	for (u32 i = 0; i < f->ntps; i++)
		if (f->tps[i].name >= f->names_size || f->tps[i].group >= f->names_size)
			return false;
	return func == f->nfuncs && tp == f->ntps;
}

int index_file_init(struct index_file *f, const struct file_data *file, u64 key)
{
	const struct index_header *h = (const void *)file->data;
	u64 at[6];

	memset(f, 0, sizeof(*f));
	if (file->size < sizeof(*h) || memcmp(h->magic, INDEX_MAGIC, sizeof(h->magic)) || h->version != INDEX_VERSION ||
	    h->key != key || h->size != file->size || h->nfuncs > INDEX_MODULE_FUNCS_MAX || h->names_size > file->size ||
	    h->btf_size > file->size)
		return -1;
	layout(h, at);
	if (at[5] != file->size || !h->names_size || file->data[at[3] + h->names_size - 1] ||
	    header_crc(file->data, at[4]) != h->crc)
		return -1;
	*f = (struct index_file){
		.file = *file,
		.mods = (const void *)(file->data + at[0]), .nmods = h->nmods,
		.tps = (const void *)(file->data + at[1]), .ntps = h->ntps,
		.funcs = (const void *)(file->data + at[2]), .nfuncs = h->nfuncs,
		.names = (const char *)file->data + at[3], .names_size = h->names_size,
		.btf = file->data + at[4], .btf_size = h->btf_size, .btf_crc = h->btf_crc,
		.image_id = h->image_id,
	};
	if (!rows_check(f)) {
		memset(f, 0, sizeof(*f));
		return -1;
	}
	return 0;
}

const char *index_name(const struct index_file *f, u32 offset)
{
	return f->names + offset;
}

const struct index_mod *index_mod_find(const struct index_file *f, const char *name)
{
	u32 lo = 0, hi = f->nmods;

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;
		int c = strcmp(index_name(f, f->mods[mid].name), name);

		if (!c)
			return &f->mods[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

u32 index_func_find(const struct index_file *f, const struct index_mod *m, const char *name)
{
	u32 lo = m->first_func, hi = lo + m->nfuncs;

	while (lo < hi) {
		u32 mid = (lo + hi) / 2;
		int c = strcmp(index_name(f, f->funcs[mid].name), name);

		if (!c)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return INDEX_NONE;
}

const struct index_mod *index_tp_module(const struct index_file *f, u32 tp)
{
	u32 i = 0;

	while (i + 1 < f->nmods && tp >= f->mods[i].first_tp + f->mods[i].ntps)
		i++;
	return &f->mods[i];
}

static const struct {
	const char *suffix, *what;
	const char *(*scan)(struct dtc *dtc, struct index_build *b, const char **hint);
} kinds[] = {
	[INDEX_VMLINUX] = { "vmlinux", "functions", scan_vmlinux },
	[INDEX_LOADED]  = { "loaded", "loaded modules", scan_modules_loaded },
	[INDEX_ALL]     = { "modules", "modules", scan_modules },
};

static u64 hash_stat(u64 key, const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return key;
	key = hash_bytes(key, &st.st_size, sizeof(st.st_size));
	return hash_bytes(key, &st.st_mtim, sizeof(st.st_mtim));
}

static u64 vmlinux_key(struct kernel *k, u64 key)
{
	struct file_data notes;

	key = hash_stat(key, mem_printf("%s/boot/vmlinuz-%s", k->root, k->release));
	key = hash_stat(key, mem_printf("%s/lib/modules/%s/vmlinuz", k->root, k->release));
	key = hash_stat(key, mem_printf("%s/usr/lib/debug/boot/vmlinux-%s", k->root, k->release));
	/* the build-id of the kernel that runs */
	if (k->is_running && !file_read("/sys/kernel/notes", &notes)) {
		key = hash_bytes(key, notes.data, notes.size);
		file_data_deinit(&notes);
		/* who may read more makes a better index than who may not */
		key = hash_bytes(key, access("/sys/kernel/tracing/available_filter_functions", R_OK) ? "" : "t", 1);
	}
	return key;
}

/* What an index is made from: when it changes, the index does. */
/* Two versions of dtc on one machine have an index each. */
static u64 source_key(struct dtc *dtc, enum index_kind kind)
{
	struct kernel *k = dtc->kernel;
	u64 key = hash_bytes(HASH_SEED + INDEX_VERSION, k->release, strlen(k->release) + 1);
	const char **loaded;
	size_t n;

	key = hash_bytes(key, k->root, strlen(k->root) + 1);
	if (kind == INDEX_VMLINUX)
		return vmlinux_key(k, key);
	key = hash_stat(key, mem_printf("%s/lib/modules/%s/modules.dep", k->root, k->release));
	if (kind == INDEX_LOADED && kernel_modules_loaded(dtc, &loaded, &n))
		for (size_t i = 0; i < n; i++)
			key = hash_bytes(key, loaded[i], strlen(loaded[i]) + 1);
	return key;
}

static const char *index_path(struct dtc *dtc, u64 key, enum index_kind kind)
{
	return cache_file(CACHE_INDEX, mem_printf("%s-%016llx.%s", dtc->kernel->release, (unsigned long long)key, kinds[kind].suffix));
}

/* What was loaded changes; the indexes of what was before need not stay. */
static void loaded_remove_old(struct dtc *dtc)
{
	const char *path = mem_printf("%s/index", cache_dir());
	DIR *dir = opendir(path);
	size_t len = strlen(dtc->kernel->release);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		const char *dot = strrchr(e->d_name, '.');

		if (dot && !strcmp(dot, ".loaded") && !strncmp(e->d_name, dtc->kernel->release, len))
			unlink(mem_printf("%s/%s", path, e->d_name));
	}
	if (dir)
		closedir(dir);
}

/* NULL is success, else what is wrong and what to do about it. */
static const char *index_make(struct dtc *dtc, const char *path, u64 key, enum index_kind kind, struct index_file *ret, const char **hint)
{
	struct index_build b = {};
	const char *err;
	struct file_data file = {};
	u8 *data;
	size_t size;

	if (dtc->verbose)
		fprintf(stderr, "%s: indexing the %s of %s\n", dtc->progname, kinds[kind].what, dtc->kernel->release);
	*hint = NULL;
	err = kinds[kind].scan(dtc, &b, hint);
	data = err ? NULL : index_build_finish(&b, key, &size);
	index_build_deinit(&b);
	if (err || !data)
		return err ? err : "out of memory";
	if (kind == INDEX_LOADED)
		loaded_remove_old(dtc);
	if (!cache_put(CACHE_INDEX, path, data, size) && !file_map(path, &file)) {
		if (!index_file_init(ret, &file, key)) {
			free(data);
			return NULL;
		}
		file_data_deinit(&file);
	}
	file = (struct file_data){ data, size, false };
	return index_file_init(ret, &file, key) ? "the index does not read what it wrote" : NULL;
}

static const char *index_open(struct dtc *dtc, enum index_kind kind, struct index_file *ret, const char **hint)
{
	u64 key = source_key(dtc, kind);
	const char *path = index_path(dtc, key, kind);
	struct file_data file;

	if (!file_map(path, &file)) {
		if (!index_file_init(ret, &file, key)) {
			cache_used(path);
			return NULL;
		}
		file_data_deinit(&file);
	}
	return index_make(dtc, path, key, kind, ret, hint);
}

static bool index_report(struct dtc *dtc, const char *err, const char *hint)
{
	if (err)
		diag_error(dtc, NULL, "D_UNKNOWN", hint, "%s", err);
	return err;
}

static const struct index_file *index_get(struct dtc *dtc, enum index_kind kind)
{
	struct kernel *k = kernel_get(dtc);
	struct index_slot *slot = k ? &k->index->slots[kind] : NULL;
	const char *hint = NULL, *err;

	if (!slot || slot->failed)
		return NULL;
	err = slot->ready ? NULL : index_open(dtc, kind, &slot->file, &hint);
	if (index_report(dtc, err, hint)) {
		slot->failed = true;
		return NULL;
	}
	slot->ready = true;
	return &slot->file;
}

bool index_mod_has_debug(struct dtc *dtc, const struct index_file *f, const struct index_mod *m)
{
	return m->has_debug || debug_is_here(dtc, index_name(f, m->path), index_name(f, m->link), index_name(f, m->id));
}

const struct index_file *index_vmlinux(struct dtc *dtc)
{
	return index_get(dtc, INDEX_VMLINUX);
}

bool index_has_vmlinux(struct dtc *dtc)
{
	struct kernel *k = kernel_get(dtc);
	const struct index_slot *slot = k ? &k->index->slots[INDEX_VMLINUX] : NULL;

	return slot && !slot->failed && (slot->ready || scan_can(dtc));
}

const struct index_file *index_modules(struct dtc *dtc)
{
	const char **loaded;
	size_t n;

	return index_get(dtc, kernel_modules_loaded(dtc, &loaded, &n) ? INDEX_LOADED : INDEX_ALL);
}

const struct index_file *index_modules_all(struct dtc *dtc)
{
	return index_get(dtc, INDEX_ALL);
}

/* The old map stays: names of probes point into it. */
const struct index_file *index_vmlinux_remake(struct dtc *dtc)
{
	struct index_slot *slot = &dtc->kernel->index->slots[INDEX_VMLINUX];
	u64 key = source_key(dtc, INDEX_VMLINUX);

	const char *hint, *err;

	err = index_make(dtc, index_path(dtc, key, INDEX_VMLINUX), key, INDEX_VMLINUX, &slot->file, &hint);
	slot->failed = index_report(dtc, err, hint);
	return slot->failed ? NULL : &slot->file;
}

bool index_image_id(struct dtc *dtc, struct build_id *ret)
{
	struct kernel *k = kernel_get(dtc);
	struct index_slot *slot = k ? &k->index->slots[INDEX_VMLINUX] : NULL;
	const char *hint;

	if (!slot || slot->failed || (!slot->ready && !scan_can(dtc)))
		return false;
	if (!slot->ready)
		slot->ready = !index_open(dtc, INDEX_VMLINUX, &slot->file, &hint);
	if (slot->ready)
		*ret = slot->file.image_id;
	return slot->ready && ret->size;
}
