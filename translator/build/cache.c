// SPDX-License-Identifier: GPL-2.0
/*
 * The cache of modules: CACHE/scripts/HASH.ko. A trailer after the module tells
 * its length and its hash, so that a damaged one is built again. The least
 * recently used go when there are too many.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../emit/emitter.h"
#include "build.h"

#define CACHE_MODULES_MAX 200
#define CACHE_BYTES_MAX	  (256u << 20)

struct trailer { char magic[8]; u64 size, hash; };
static const char magic[8] = "DTCCACHE";

static struct trailer trailer_of(const void *module, size_t size)
{
	struct trailer t = { .size = size, .hash = hash_words(0, module, size) };

	memcpy(t.magic, magic, sizeof(t.magic));
	return t;
}

char *cache_module_path(u64 hash)
{
	return mem_printf("%s/scripts/%016llx.ko", cache_dir(), (unsigned long long)hash);
}

bool cache_module_good(const char *path)
{
	struct file_data f;
	struct trailer t;
	bool good = false;

	if (file_map(path, &f))
		return false;
	if (f.size > sizeof(t)) {
		memcpy(&t, f.data + f.size - sizeof(t), sizeof(t));
		struct trailer want = trailer_of(f.data, f.size - sizeof(t));
		good = !memcmp(&t, &want, sizeof(t));
	}
	file_data_deinit(&f);
	if (good)
		utimensat(AT_FDCWD, path, NULL, 0);
	return good;
}

struct entry { char *path; struct timespec used; off_t size; };

static int oldest_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	return x->used.tv_nsec < y->used.tv_nsec ? -1 : x->used.tv_nsec > y->used.tv_nsec;
}

static void evict(const char *dir)
{
	struct entry *list = NULL;
	size_t n = 0, cap = 0;
	u64 bytes = 0;
	DIR *d = opendir(dir);

	for (struct dirent *e; d && (e = readdir(d));) {
		char *path = mem_printf("%s/%s", dir, e->d_name);
		struct stat st;
		if (e->d_name[0] == '.' || stat(path, &st) || !S_ISREG(st.st_mode))
			continue;
		list = mem_grow(list, &cap, n + 1, sizeof(*list));
		list[n++] = (struct entry){ path, st.st_mtim, st.st_size };
		bytes += st.st_size;
	}
	if (d)
		closedir(d);
	if (n > CACHE_MODULES_MAX || bytes > CACHE_BYTES_MAX)
		qsort(list, n, sizeof(*list), oldest_first);
	for (size_t i = 0; i + 1 < n && (n - i > CACHE_MODULES_MAX || bytes > CACHE_BYTES_MAX); i++) {
		unlink(list[i].path);
		bytes -= list[i].size;
	}
}

int cache_module_put(const char *path, const void *module, size_t size)
{
	const char *dir = mem_printf("%s/scripts", cache_dir());
	struct trailer t = trailer_of(module, size);
	struct text all = { 0 };
	int err = dir_make(dir);

	if (err)
		return err;
	text_write(&all, module, size);
	text_write(&all, (const char *)&t, sizeof(t));
	err = file_replace(path, all.data, all.len);
	if (!err)
		evict(dir);
	return err;
}
