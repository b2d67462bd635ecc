// SPDX-License-Identifier: GPL-2.0
/*
 * Where things are: the user's cache, the data of dtc itself, files under a
 * kernel root. Nothing here reports errors; callers know what a missing file
 * means.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "kernel.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/dtc"
#endif

int file_map(const char *path, struct file_data *ret)
{
	struct stat st;
	void *map;
	int fd;

	memset(ret, 0, sizeof(*ret));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);	/* a FIFO is no file, and nobody to wait for */
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size) {
		close(fd);
		return -EINVAL;
	}
	map = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return -errno;
	*ret = (struct file_data){ map, st.st_size, true };
	return 0;
}

int file_read(const char *path, struct file_data *ret)
{
	size_t size = 0, cap = 1 << 16;
	char *data = NULL;
	ssize_t n = 1;
	int fd;

	memset(ret, 0, sizeof(*ret));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while (n > 0) {
		char *more = realloc(data, cap);

		if (!more)
			break;
		data = more;
		while (size < cap - 1 && (n = read(fd, data + size, cap - 1 - size)) > 0)
			size += n;
		cap *= 2;
	}
	close(fd);
	if (n != 0 || !data) {
		free(data);
		return -EIO;
	}
	data[size] = 0;
	*ret = (struct file_data){ (u8 *)data, size, false };
	return 0;
}

void file_data_deinit(struct file_data *f)
{
	if (f->is_mapped)
		munmap((void *)f->data, f->size);
	else
		free((void *)f->data);
	memset(f, 0, sizeof(*f));
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int dir_make(const char *path)
{
	char buf[PATH_MAX];
	size_t len = strlen(path);

	if (len >= sizeof(buf))
		return -ENAMETOOLONG;
	memcpy(buf, path, len + 1);
	for (char *p = buf + 1;; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = 0;
		if (mkdir(buf, 0777) && errno != EEXIST)
			return -errno;
		*p = c;
		if (!c)
			return 0;
	}
}

static int write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EIO;
		data += n;
		size -= n;
	}
	return 0;
}

int file_replace(const char *path, const void *data, size_t size)
{
	char *tmp = mem_printf("%s.%d.new", path, (int)getpid());
	int fd, err;

	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	err = write_all(fd, data, size);
	if (close(fd) && !err)
		err = -errno;
	if (!err && rename(tmp, path))
		err = -errno;
	if (err)
		unlink(tmp);
	return err;
}

u64 hash_bytes(u64 seed, const void *data, size_t size)
{
	const u8 *p = data;

	for (size_t i = 0; i < size; i++)
		seed = (seed ^ p[i]) * 0x100000001b3ull;
	return seed;
}

/* One component at a time, so that links stay inside the root. */
char *root_path(const char *root, const char *path)
{
	char done[PATH_MAX] = "", rest[PATH_MAX], link[PATH_MAX], full[PATH_MAX];
	unsigned links = 0;

	if (snprintf(rest, sizeof(rest), "%s", path) >= (int)sizeof(rest))
		return NULL;
	while (*rest) {
		char *part = rest + strspn(rest, "/");
		size_t len = strcspn(part, "/");
		size_t old = strlen(done);
		ssize_t n;

		if (len == 2 && !memcmp(part, "..", 2)) {
			char *slash = strrchr(done, '/');

			if (slash)
				*slash = 0;
			memmove(rest, part + len, strlen(part + len) + 1);
			continue;
		}
		if (!len || (len == 1 && *part == '.')) {
			memmove(rest, part + len, strlen(part + len) + 1);
			continue;
		}
		if (old + len + 2 > sizeof(done))
			return NULL;
		done[old] = '/';
		memcpy(done + old + 1, part, len);
		done[old + 1 + len] = 0;
		memmove(rest, part + len, strlen(part + len) + 1);
		if (snprintf(full, sizeof(full), "%s%s", root, done) >= (int)sizeof(full))
			return NULL;
		n = readlink(full, link, sizeof(link) - 1);
		if (n < 0) {
			if (errno == EINVAL)
				continue;
			return NULL;
		}
		link[n] = 0;
		if (++links > 40 || n + strlen(rest) + 2 > sizeof(rest))
			return NULL;
		done[link[0] == '/' ? 0 : old] = 0;
		memmove(rest + n, rest, strlen(rest) + 1);
		memcpy(rest, link, n);
	}
	return mem_printf("%s%s", root, done);
}

static const char *cache_find(void)
{
	const char *s = getenv("DTC_CACHE");
	const struct passwd *pw;
	char cwd[PATH_MAX];

	if (s && *s)
		return *s != '/' && getcwd(cwd, sizeof(cwd)) ? mem_printf("%s/%s", cwd, s) : s;
	s = getenv("XDG_CACHE_HOME");
	if (s && *s == '/')
		return mem_printf("%s/dtc", s);
	s = getenv("HOME");
	if (!s || *s != '/') {
		pw = getpwuid(getuid());
		s = pw ? pw->pw_dir : NULL;
	}
	if (s && *s == '/' && s[1] && file_exists(s))	/* users of services have /nonexistent: it stays so */
		return mem_printf("%s/.cache/dtc", s);
	return "/var/cache/dtc";
}

/* Found once, and kept when the memory of a compilation is released. */
static const char *keep(const char **dir, const char *found)
{
	*dir = strdup(found);
	return *dir ? *dir : found;
}

const char *cache_dir(void)
{
	static const char *dir;

	return dir ? dir : keep(&dir, cache_find());
}

static const char *data_find(void)
{
	static const char *const beside[] = { "", "/..", "/../..", "/../share/dtc" };
	const char *s = getenv("DTC_DATADIR");
	char self[PATH_MAX];
	ssize_t n;

	if (s && *s)
		return s;
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n > 0) {
		self[n] = 0;
		*strrchr(self, '/') = 0;
		for (size_t i = 0; i < ARRAY_SIZE(beside); i++) {
			char *dir = mem_printf("%s%s", self, beside[i]);
			char *real;

			if (!file_exists(mem_printf("%s/runtime/kernel/emit.h", dir)))
				continue;
			real = realpath(dir, NULL);
			if (real) {
				dir = mem_strdup(real);
				free(real);
			}
			return dir;
		}
	}
	return PKGDATADIR;
}

const char *data_dir(void)
{
	static const char *dir;

	return dir ? dir : keep(&dir, data_find());
}
