// SPDX-License-Identifier: GPL-2.0
/*
 * The folders of the cache that grow with use: each has a limit, past which the
 * files go that were used longest ago. A file's time of change is that of its
 * last use. One that is in use elsewhere stays whole: it is mapped.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "kernel.h"

const struct cache_folder cache_folders[CACHE_NR] = {
	[CACHE_INDEX] = { "index", "What is known of kernels and of their lines and functions, by build-id.", 400, 512u << 20 },
	[CACHE_DEBUG] = { "debug", "Debug information that was unpacked.", 64, 4ull << 30 },
	[CACHE_SCRIPTS] = { "scripts", "Modules of scripts.", 200, 256u << 20 },
};

char *cache_file(enum cache_kind kind, const char *name)
{
	return mem_printf("%s/%s/%s", cache_dir(), cache_folders[kind].name, name);
}

void cache_used(const char *path)
{
	utimensat(AT_FDCWD, path, NULL, 0);
}

struct cached { char *path; struct timespec used; off_t size; };

static int oldest_first(const void *a, const void *b)
{
	const struct cached *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	return x->used.tv_nsec < y->used.tv_nsec ? -1 : x->used.tv_nsec > y->used.tv_nsec;
}

static void evict(const struct cache_folder *f, const char *path)
{
	struct cached *list = NULL;
	size_t n = 0, cap = 0;
	u64 bytes = 0;
	DIR *d = opendir(path);

	for (struct dirent *e; d && (e = readdir(d));) {
		char *file = mem_printf("%s/%s", path, e->d_name);
		struct stat st;

		if (e->d_name[0] == '.' || stat(file, &st) || !S_ISREG(st.st_mode))
			continue;
		list = mem_grow(list, &cap, n + 1, sizeof(*list));
		list[n++] = (struct cached){ file, st.st_mtim, st.st_size };
		bytes += st.st_size;
	}
	if (d)
		closedir(d);
	if (n > f->files || bytes > f->bytes)
		qsort(list, n, sizeof(*list), oldest_first);
	for (size_t i = 0; i + 1 < n && (n - i > f->files || bytes > f->bytes); i++) {
		unlink(list[i].path);
		bytes -= list[i].size;
	}
}

int cache_put(enum cache_kind kind, const char *path, const void *data, size_t size)
{
	const char *dir = mem_printf("%s/%s", cache_dir(), cache_folders[kind].name);
	int err = dir_make(dir);

	if (!err)
		err = file_replace(path, data, size);
	if (!err)
		evict(&cache_folders[kind], dir);
	return err;
}
