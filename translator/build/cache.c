// SPDX-License-Identifier: GPL-2.0
/*
 * The cache of modules: CACHE/scripts/HASH.ko. A trailer after the module tells
 * its length and its hash, so that a damaged one is built again.
 */
#include <string.h>

#include "../emit/emitter.h"
#include "build.h"

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
	return cache_file(CACHE_SCRIPTS, mem_printf("%016llx.ko", (unsigned long long)hash));
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
		cache_used(path);
	return good;
}

int cache_module_put(const char *path, const void *module, size_t size)
{
	struct trailer t = trailer_of(module, size);
	struct text all = { 0 };

	text_write(&all, module, size);
	text_write(&all, (const char *)&t, sizeof(t));
	return cache_put(CACHE_SCRIPTS, path, all.data, all.len);
}
