// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm fetch --debug: the debug information of a kernel in the cache, out of Debian's package of it: vmlinux and the
 * modules that tests use, an eighth of what is in there. It comes to its place in one step.
 */
#include "vm.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define KEPT_MB 900 /* of the largest kernel */

/*
 * $1: the package, $2: the folder. xz unpacks the blocks of Debian's file on all CPUs; tar ends when it has seen the last
 * of the files.
 */
static const char unpack_script[] =
    "case $(ar t \"$1\") in\n"
    "*data.tar.xz*) ar p \"$1\" data.tar.xz | xz -dc -T0 2>/dev/null;;\n"
    "*) dpkg-deb --fsys-tarfile \"$1\" 2>/dev/null;;\n"
    "esac | tar -x -C \"$2\" --wildcards --occurrence=1 '*/boot/vmlinux-*' '*/fs/ext4/ext4.ko*' '*/fs/jbd2/jbd2.ko*' "
    "'*/fs/overlayfs/overlay.ko*' '*/fs/9p/9p.ko*' '*/net/9p/9pnet.ko*' '*/net/9p/9pnet_virtio.ko*'";

static int enough_space(const char *dir, const struct package *package)
{
	long long need = (package->file_size >> 20) + KEPT_MB, there;
	struct statvfs fs;

	if (statvfs(dir, &fs))
		return 0;
	there = (long long)fs.f_bavail * (long long)fs.f_frsize >> 20;
	if (there >= need)
		return 0;
	vm_err("not enough space in %s for the debug information: %lld MB needed, %lld MB free", dir, need, there);
	return -1;
}

static int unpack(const char *dir)
{
	struct buf out = {0}, err = {0};
	char *find = xasprintf("set -- %s/*.deb %s; %s", dir, dir, unpack_script);
	int status = program_run((char *[]){"sh", "-c", find, NULL}, &out, &err);

	if (status && !vm_signals)
		vm_err("cannot unpack the debug information: %s", err.len ? err.data : "tar failed");
	buf_deinit(&out);
	buf_deinit(&err);
	free(find);
	return status ? -1 : 0;
}

/* What was unpacked goes below the kernel's root. */
static int move(const char *dir, const char *root, const char *release)
{
	char *from = xasprintf("%s/usr/lib/debug", dir), *to = xasprintf("%s/usr/lib/debug", root), *lib = xasprintf("%s/usr/lib", root);
	char *vmlinux = xasprintf("%s/boot/vmlinux-%s", from, release);
	int err = -1;

	remove_tree(to);
	if (!file_exists(vmlinux))
		vm_err("the package has no boot/vmlinux-%s", release);
	else if (mkdir_all(lib) || rename(from, to))
		vm_err("cannot rename %s to %s: %s", from, to, strerror(errno));
	else
		err = 0;
	free(from);
	free(to);
	free(lib);
	free(vmlinux);
	return err;
}

static int fetch_into(const char *dir, const char *root, const char *release, const struct package *package)
{
	int err = enough_space(dir, package);
	struct package file = {package->name, NULL, package->file_size, package->file_size};

	if (err)
		return err;
	fprintf(stderr, "dtc-vm: downloading %s, %lld MB\n", package->name, package->file_size >> 20);
	err = packages_download(dir, &file, 1);
	if (!err)
		fprintf(stderr, "dtc-vm: unpacking it, which takes a minute\n");
	err = err ?: unpack(dir);
	return err ?: move(dir, root, release);
}

int debug_fetch(const char *cache, const char *root, const char *release)
{
	char *have = xasprintf("%s/usr/lib/debug/boot/vmlinux-%s", root, release), *dir = xasprintf("%s/.fetch-XXXXXX", cache);
	char *name = xasprintf("linux-image-%s-dbg", release);
	struct package package = {0};
	int err = 0, lock = -1;

	if (!file_exists(have) && (lock = cache_lock(cache)) < 0)
		err = -1;
	if (!err && !file_exists(have)) {
		err = package_show(name, &package);
		if (!err && !mkdtemp(dir)) {
			vm_err("cannot create %s: %s", dir, strerror(errno));
			err = -1;
		} else if (!err) {
			err = fetch_into(dir, root, release, &package);
			remove_tree(dir);
		}
	}
	if (lock >= 0)
		close(lock);
	free(package.name);
	free(package.depends);
	free(have);
	free(dir);
	free(name);
	return err;
}
