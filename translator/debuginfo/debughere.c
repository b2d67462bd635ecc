// SPDX-License-Identifier: GPL-2.0
/*
 * Which of thousands of modules have their debug information on this machine:
 * by what the index of modules has of each, and a look at the places, whose
 * folders are looked at once.
 */
#include <string.h>
#include <unistd.h>

#include "debugfile.h"
#include "../sema/types.h"

/* The folder under the root, or "": there is none. */
static const char *folder(struct names *known, const char *root, const char *dir)
{
	const char *path = names_get(known, dir);

	if (!path) {
		path = root_path(root, dir);
		if (!path || access(path, F_OK))
			path = "";
		names_put(known, dir, (void *)path);
	}
	return path;
}

static bool is_there(struct names *known, const char *root, const char *path)
{
	const char *slash = strrchr(path, '/'), *dir = folder(known, root, mem_strndup(path, slash - path));

	for (size_t i = 0; *dir && debug_suffixes[i]; i++)
		if (!access(mem_printf("%s%s%s", dir, slash, debug_suffixes[i]), F_OK))
			return true;
	return false;
}

bool debug_is_here(struct dtc *dtc, const char *file, const char *link, const char *id)
{
	struct kernel *k = dtc->kernel;
	const char *path = file + strlen(k->root), *paths[DEBUG_PATHS];
	char *packed = strstr(path, ".ko.");
	size_t n;

	if (!k->debug_folders)
		k->debug_folders = mem_alloc(sizeof(*k->debug_folders));
	if (packed)
		path = mem_strndup(path, packed + 3 - path);
	n = debug_module_paths(path, link, paths);
	for (size_t i = 0; i < n; i++)
		if (is_there(k->debug_folders, k->root, paths[i]))
			return true;
	return strlen(id) > 2 && is_there(k->debug_folders, k->root, debug_id_path(id));
}
