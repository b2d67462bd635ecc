// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: the kernels in the cache. Each is a directory CACHE/kernels/RELEASE that is complete whenever it exists.
 */
#include "vm.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *kernel_cache(void)
{
	const char *dtc = getenv("DTC_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char here[4096];

	if (dtc && *dtc && *dtc != '/' && getcwd(here, sizeof(here)))
		return xasprintf("%s/%s/kernels", here, dtc);
	if (dtc && *dtc)
		return xasprintf("%s/kernels", dtc);
	if (xdg && *xdg == '/')
		return xasprintf("%s/dtc/kernels", xdg);
	return xasprintf("%s/.cache/dtc/kernels", home && *home == '/' ? home : "/root");
}

static int is_kernel(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int kernel_list(void)
{
	char *cache = kernel_cache();
	struct dirent **names = NULL;
	int i, n = scandir(cache, &names, is_kernel, versionsort);

	for (i = 0; i < n; i++) {
		puts(names[i]->d_name);
		free(names[i]);
	}
	free(names);
	free(cache);
	return 0;
}

static char *newest(const char *cache)
{
	struct dirent **names = NULL;
	char *ret = NULL;
	int n = scandir(cache, &names, is_kernel, versionsort);

	if (n > 0)
		ret = strdup(names[n - 1]->d_name);
	while (n-- > 0)
		free(names[n]);
	free(names);
	return ret;
}

/* A kernel's image below ROOT: in /boot, or where Debian's packages of Linux 7 keep it. */
char *kernel_packed(const char *root, const char *release)
{
	char *image = xasprintf("%s/boot/vmlinuz-%s", root, release);

	if (!file_exists(image)) {
		free(image);
		image = xasprintf("%s/lib/modules/%s/vmlinuz", root, release);
	}
	return image;
}

/* The root directory that holds a kernel: in the cache, else the machine's own root if it is installed there. */
int kernel_find(const char *release, char **root, char **release_ret)
{
	char *cache = kernel_cache(), *image = NULL, *name = release ? strdup(release) : newest(cache);

	*root = NULL;
	if (!name) {
		vm_err("no kernel in %s; run `dtc-vm fetch` to get one", cache);
		goto out;
	}
	if (strchr(name, '/')) {
		vm_err("`%s' is not a kernel release", name);
		goto out;
	}
	*root = xasprintf("%s/%s", cache, name);
	image = kernel_packed(*root, name);
	if (!file_exists(image)) {
		free(*root);
		free(image);
		*root = strdup("");
		image = kernel_packed("", name);
	}
	if (!file_exists(image)) {
		vm_err("no kernel %s in %s; run `dtc-vm fetch` (`dtc-vm list` shows what is there)", name, cache);
		free(*root);
		*root = NULL;
	}
out:
	free(cache);
	free(image);
	if (*root && release_ret)
		*release_ret = name;
	else
		free(name);
	return *root ? 0 : -1;
}
