// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm fetch: Debian's kernel and its headers, unpacked into the cache as a root directory of their own in which
 * modules build and from which guests boot. Nothing is installed; apt is only asked to resolve and to download.
 */
#include "vm.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PACKAGES_MAX 32

/* apt's own words, where it found any */
static void apt_failed(const char *what, struct buf *err)
{
	vm_err("%s", what);
	if (err->len)
		fprintf(stderr, "%s%s", err->data, err->data[err->len - 1] == '\n' ? "" : "\n");
}

static char *field(const char *stanza, const char *name)
{
	const char *p = stanza;
	size_t n = strlen(name);

	while (p && *p && *p != '\n') {
		if (!strncmp(p, name, n) && p[n] == ':') {
			p += n + 1 + strspn(p + n + 1, " ");
			return strndup(p, strcspn(p, "\n"));
		}
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	return strdup("");
}

/* What apt knows about one package, "name" or "name=version". */
int package_show(const char *name, struct package *ret)
{
	char *argv[] = {"apt-cache", "show", "--no-all-versions", (char *)name, NULL};
	struct buf out = {0}, err = {0};
	char *size, *installed;
	int status = program_run(argv, &out, &err);

	if (status || !out.len) {
		if (status == 100 || !status)
			vm_err(
			    "apt knows no package `%s'; is the name right? `apt-get update' refreshes what apt knows",
			    name);
		else
			apt_failed("cannot run apt-cache (is this a Debian system?)", &err);
		buf_deinit(&out);
		buf_deinit(&err);
		return -1;
	}
	ret->name = strndup(name, strcspn(name, "="));
	ret->depends = field(out.data, "Depends");
	size = field(out.data, "Size");
	installed = field(out.data, "Installed-Size");
	ret->file_size = atoll(size);
	ret->size = ret->file_size + atoll(installed) * 1024;
	free(size);
	free(installed);
	buf_deinit(&out);
	buf_deinit(&err);
	return 0;
}

/* Only the packages that make up a kernel; not its compiler, initramfs-tools and the like. */
static bool is_kernel_part(const char *name)
{
	static const char *const parts[] = {
	    "linux-image-", "linux-binary-", "linux-modules-", "linux-base-", "linux-headers-", "linux-kbuild-",
	};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (str_starts(name, parts[i]))
			return true;
	return false;
}

/* The next name in a Depends line; alternatives after the first are passed over. */
static char *next_depend(char **p)
{
	char *start, *end;

	*p += strspn(*p, " ,");
	if (!**p)
		return NULL;
	start = *p;
	end = start + strcspn(start, " ,(|:");
	*p += strcspn(*p, ",");
	return strndup(start, end - start);
}

/* linux-image-6.1.0-56-amd64 names a release, linux-image-amd64 does not */
static bool is_versioned(const char *name)
{
	return str_starts(name, "linux-image-") && isdigit(name[strlen("linux-image-")]);
}

/* The version of a package in a suite, or its security and update suites; apt lists the newest first. */
static char *suite_version(const char *package, const char *suite)
{
	char *argv[] = {"apt-cache", "madison", (char *)package, NULL};
	struct buf out = {0}, err = {0}, known = {0};
	char *line, *save = NULL, *ret = NULL, version[128], in[128];
	size_t n = strlen(suite);

	program_run(argv, &out, &err);
	for (line = out.len ? strtok_r(out.data, "\n", &save) : NULL; line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, " %*s | %127s | %*s %127s", version, in) != 2)
			continue;
		in[strcspn(in, "/")] = '\0';
		if (!strncmp(in, suite, n) && (!in[n] || !strcmp(in + n, "-security") || !strcmp(in + n, "-updates"))) {
			ret = strdup(version);
			break;
		}
		if (!known.len || !strstr(known.data, in))
			buf_printf(&known, " %s", in);
	}
	if (!ret && !vm_signals)
		vm_err("apt has no %s in suite `%s', it knows:%s; add the suite to /etc/apt/sources.list.d (or to a "
		       "file that $APT_CONFIG names) and run `apt-get update'",
		       package, suite, known.len ? known.data : " none");
	buf_deinit(&out);
	buf_deinit(&err);
	buf_deinit(&known);
	return ret;
}

/* The package that holds a kernel image: @package itself, or the one that it stands for today. */
static char *resolve_image(const char *suite, const char *package)
{
	struct package meta = {0};
	char *version = NULL, *name, *p, *ret = NULL;

	if (package && is_versioned(package))
		return strdup(package);
	if (!package)
		package = "linux-image-amd64";
	version = suite_version(package, suite);
	if (!version)
		return NULL;
	name = xasprintf("%s=%s", package, version);
	if (!package_show(name, &meta)) {
		for (p = meta.depends; !ret && (ret = next_depend(&p));) {
			if (is_versioned(ret))
				break;
			free(ret);
			ret = NULL;
		}
		if (!ret)
			vm_err("package %s is not a kernel image and depends on none", name);
	}
	free(meta.name);
	free(meta.depends);
	free(version);
	free(name);
	return ret;
}

/* The image, its headers and all of their parts. */
static int collect(const char *image, const char *release, struct package *list, int *nr)
{
	char *headers = xasprintf("linux-headers-%s", release), *name, *p;
	int i, j, err;

	*nr = 0;
	err = package_show(image, &list[0]);
	if (!err)
		*nr = 1;
	if (!err && !(err = package_show(headers, &list[1])))
		*nr = 2;
	for (i = 0; !err && i < *nr; i++) {
		for (p = list[i].depends; !err && (name = next_depend(&p)); free(name)) {
			for (j = 0; j < *nr && strcmp(name, list[j].name); j++)
				;
			if (j == *nr && *nr < PACKAGES_MAX && is_kernel_part(name)) {
				err = package_show(name, &list[*nr]);
				*nr += !err;
			}
		}
	}
	free(headers);
	return err;
}

int packages_download(const char *dir, const struct package *list, int nr)
{
	char *argv[PACKAGES_MAX + 8] = {"apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"};
	struct buf out = {0}, err = {0};
	struct statvfs fs;
	long long need = 64 << 20;
	char here[4096];
	int i, status;

	for (i = 0; i < nr; i++) {
		argv[5 + i] = list[i].name;
		need += list[i].size;
	}
	if (!statvfs(dir, &fs) && (long long)fs.f_bavail * (long long)fs.f_frsize < need) {
		vm_err("not enough space in %s: %lld MB needed, %lld MB free", dir, need >> 20,
		       (long long)fs.f_bavail * (long long)fs.f_frsize >> 20);
		return -1;
	}
	if (!getcwd(here, sizeof(here)) || chdir(dir)) {
		vm_err("cannot enter %s: %s", dir, strerror(errno));
		return -1;
	}
	status = program_run(argv, &out, &err);
	if (chdir(here))
		vm_err("cannot return to %s: %s", here, strerror(errno));
	if (status && !vm_signals)
		apt_failed("apt-get could not download the kernel: is the network up, does `apt-get update' work?",
			   &err);
	buf_deinit(&out);
	buf_deinit(&err);
	return status ? -1 : 0;
}

static int unpack(const char *dir)
{
	struct dirent **names = NULL;
	struct buf out = {0}, err = {0};
	char *file;
	int i, failed = 0, n = scandir(dir, &names, NULL, alphasort);

	for (i = 0; i < n; i++) {
		if (str_ends(names[i]->d_name, ".deb") && !failed) {
			file = xasprintf("%s/%s", dir, names[i]->d_name);
			failed = program_run((char *[]){"dpkg-deb", "-x", file, (char *)dir, NULL}, &out, &err);
			if (failed && !vm_signals)
				vm_err("cannot unpack %s: %s", names[i]->d_name,
				       err.len ? err.data : "dpkg-deb failed");
			unlink(file);
			free(file);
		}
		free(names[i]);
	}
	free(names);
	buf_deinit(&out);
	buf_deinit(&err);
	return failed ? -1 : 0;
}

/* An absolute link of the package, made to point into the unpacked root. */
static int relink(const char *link, const char *target)
{
	unlink(link);
	if (!symlink(target, link))
		return 0;
	vm_err("cannot link %s: %s", link, strerror(errno));
	return -1;
}

/* The headers' Makefile names /usr/src: let it find its neighbours from where it stands. */
static int patch_makefile(const char *path)
{
	static const char from[] = "/usr/src/", to[] = "$(dtc_vm_src)/";
	struct buf in = {0}, out = {0};
	const char *p, *hit;
	int err = file_read(path, &in);

	buf_printf(&out, "dtc_vm_src := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))..)\n");
	for (p = in.data; !err && p && (hit = strstr(p, from)); p = hit + strlen(from)) {
		buf_add(&out, p, hit - p);
		buf_add(&out, to, strlen(to));
	}
	if (!err && p)
		buf_add(&out, p, strlen(p));
	if (!err)
		err = file_write(path, out.data, out.len);
	if (err)
		vm_err("cannot adapt %s: %s", path, strerror(errno));
	buf_deinit(&in);
	buf_deinit(&out);
	return err;
}

/* Make of what the packages hold a root that works from where it lies. */
static int arrange(const char *dir, const char *release)
{
	char *lib = xasprintf("%s/lib", dir), *modules = xasprintf("%s/lib/modules", dir);
	char *usr_modules = xasprintf("%s/usr/lib/modules", dir);
	char *build = xasprintf("%s/%s/build", modules, release), *source = xasprintf("%s/%s/source", modules, release);
	char *target = xasprintf("../../../usr/src/linux-headers-%s", release);
	char *makefile = xasprintf("%s/usr/src/linux-headers-%s/Makefile", dir, release);
	struct buf out = {0}, err = {0};
	char old[4096], *common;
	ssize_t n;
	int failed = 0;

	/* packages of a merged /usr: one layout for all */
	if (!file_exists(modules) && file_exists(usr_modules)) {
		mkdir(lib, 0755);
		failed = rename(usr_modules, modules);
	}
	n = readlink(source, old, sizeof(old) - 1);
	if (!failed && n > 0) {
		old[n] = '\0';
		common = xasprintf("../../../usr/src/%s", strrchr(old, '/') ? strrchr(old, '/') + 1 : old);
		failed = relink(source, common);
		free(common);
	}
	if (!failed)
		failed = relink(build, target) || patch_makefile(makefile);
	if (!failed && program_run((char *[]){"depmod", "-b", (char *)dir, (char *)release, NULL}, &out, &err)) {
		if (!vm_signals)
			vm_err("depmod failed: %s", err.len ? err.data : "is the package kmod installed?");
		failed = -1;
	}
	free(lib);
	free(modules);
	free(usr_modules);
	free(build);
	free(source);
	free(target);
	free(makefile);
	buf_deinit(&out);
	buf_deinit(&err);
	return failed ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path) && errno != ENOENT;
}

void remove_tree(const char *path)
{
	nftw(path, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

/* What a fetch that was killed left behind; the lock says that none is running. */
static void remove_leftovers(const char *cache)
{
	DIR *dir = opendir(cache);
	struct dirent *entry;
	char *path;

	while (dir && (entry = readdir(dir))) {
		if (!str_starts(entry->d_name, ".fetch-"))
			continue;
		path = xasprintf("%s/%s", cache, entry->d_name);
		remove_tree(path);
		free(path);
	}
	if (dir)
		closedir(dir);
}

/* One fetch at a time; the lock goes with the returned file. */
int cache_lock(const char *cache)
{
	char *path = xasprintf("%s/.lock", cache);
	int fd = -1;

	if (!mkdir_all(cache))
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		vm_err("cannot write to the cache %s: %s", cache, strerror(errno));
	while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		if (vm_poll(NULL, 0, 200) < 0 && vm_signals) {
			close(fd);
			fd = -1;
		}
	}
	free(path);
	if (fd >= 0)
		remove_leftovers(cache);
	return fd;
}

static int fetch_into(const char *cache, const char *final, const char *image, const char *release)
{
	struct package list[PACKAGES_MAX] = {0};
	char *dir = xasprintf("%s/.fetch-XXXXXX", cache);
	int nr, i, err;

	err = collect(image, release, list, &nr);
	if (!err && !mkdtemp(dir)) {
		vm_err("cannot create %s: %s", dir, strerror(errno));
		err = -1;
	}
	if (!err) {
		chmod(dir, 0755);
		for (i = 0; i < nr; i++)
			vm_say("package %s", list[i].name);
		err = packages_download(dir, list, nr);
		err = err ?: unpack(dir);
		err = err ?: arrange(dir, release);
		if (!err)
			free(kernel_image(dir, release));
		if (!err && rename(dir, final)) {
			vm_err("cannot rename %s to %s: %s", dir, final, strerror(errno));
			err = -1;
		}
		if (err)
			remove_tree(dir);
	}
	for (i = 0; i < nr; i++) {
		free(list[i].name);
		free(list[i].depends);
	}
	free(dir);
	return err;
}

int kernel_fetch(const char *suite, const char *package, bool with_debug)
{
	char *cache = kernel_cache(), *image = resolve_image(suite, package), *final = NULL, *release = NULL;
	int lock = -1, err = -1;

	if (!image)
		goto out;
	release = strdup(image + strlen("linux-image-"));
	if (str_ends(release, "-unsigned"))
		release[strlen(release) - strlen("-unsigned")] = '\0';
	final = xasprintf("%s/%s", cache, release);
	if (!file_exists(final)) {
		lock = cache_lock(cache);
		if (lock < 0)
			goto out;
	}
	if (!file_exists(final) && fetch_into(cache, final, image, release)) {
		if (vm_signals)
			vm_err("interrupted");
		goto out;
	}
	if (lock >= 0)
		close(lock);
	lock = -1;
	if (with_debug && debug_fetch(cache, final, release)) {
		if (vm_signals)
			vm_err("interrupted");
		goto out;
	}
	puts(release);
	err = 0;
out:
	if (lock >= 0)
		close(lock);
	free(cache);
	free(image);
	free(release);
	free(final);
	return err;
}
