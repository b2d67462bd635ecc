/* SPDX-License-Identifier: GPL-2.0 */
/* Small helpers on files, for the parts of debuginfo/ and for build/. */
#ifndef DTC_FILES_H
#define DTC_FILES_H

#include "../dtc.h"

/* A file's bytes, mapped or read; deinit frees. Empty on failure with errno set. */
struct file_data {
	const u8 *data;
	size_t size;
	bool is_mapped;
};
int file_map(const char *path, struct file_data *ret);	/* regular files */
int file_read(const char *path, struct file_data *ret);	/* files of /proc and /sys, whose size is not known; NUL added */
void file_data_deinit(struct file_data *f);

bool file_exists(const char *path);
int dir_make(const char *path);		/* with its parents; 0 or -errno */
/* Replaces `path` in one step: a reader sees the old file or the new one. 0 or -errno. */
int file_replace(const char *path, const void *data, size_t size);

/* evict.c: the cache's folders whose files come and go */
enum cache_kind { CACHE_INDEX, CACHE_DEBUG, CACHE_SCRIPTS, CACHE_NR };
struct cache_folder { const char *name, *help; u32 files; u64 bytes; };	/* the most that it holds */
extern const struct cache_folder cache_folders[CACHE_NR];
char *cache_file(enum cache_kind kind, const char *name);
void cache_used(const char *path);
/* As file_replace(), then what was used longest ago goes as far as the folder's limit wants. 0 or -errno. */
int cache_put(enum cache_kind kind, const char *path, const void *data, size_t size);

u64 hash_bytes(u64 seed, const void *data, size_t size);	/* FNV-1a */
#define HASH_SEED 0xcbf29ce484222325ull

/* PATH inside the kernel root: an absolute symbolic link on the way is taken inside the root too. NULL: not there. */
char *root_path(const char *root, const char *path);

#endif
