// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: the guest's initial file system, a cpio archive in memory: busybox, the modules it takes to mount the host's
 * root, init.sh, its configuration and this very program. It is quick enough to make that nothing of it is cached.
 */
#include "vm.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char init_script[] =
#include "tests/vm/init_script.h"
    ;

static const char *const modules[] = {"virtio_pci", "virtio_console", "9p", "9pnet_virtio", "overlay"};

/* the commands of init.sh that its shell has not built in */
static const char *const applets[] = {
    "cp", "hostname", "ifconfig", "insmod", "ln", "mkdir", "mount", "reboot", "sh", "switch_root",
};

static void cpio_add(struct buf *b, const char *name, unsigned int mode, const void *data, size_t len)
{
	static const char pad[4];
	static unsigned int ino;
	size_t n = strlen(name) + 1;

	buf_printf(b, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x", ++ino, mode, 0, 0, 1, 0, len, 0,
		   0, 0, 0, n, 0);
	buf_add(b, name, n);
	buf_add(b, pad, -b->len & 3);
	buf_add(b, data, len);
	buf_add(b, pad, -b->len & 3);
}

static int cpio_add_file(struct buf *b, const char *name, const char *path)
{
	struct buf data = {0};
	int err = file_read(path, &data);

	if (err)
		vm_err("cannot read %s: %s", path, strerror(errno));
	else
		cpio_add(b, name, 0100755, data.data, data.len);
	buf_deinit(&data);
	return err;
}

/* One module, decompressed: busybox cannot. */
static int add_module(struct buf *b, const char *path, struct buf *order)
{
	const char *base = strrchr(path, '/') + 1;
	char *file = strndup(base, strcspn(base, ".")), *name;
	const char *tool = str_ends(path, ".xz") ? "xz" : str_ends(path, ".zst") ? "zstd" : NULL;
	struct buf data = {0};
	int err = 0;

	name = xasprintf("modules/%s.ko", file);
	buf_printf(order, " %s.ko", file);
	if (!tool) {
		err = cpio_add_file(b, name, path);
	} else if (program_run((char *[]){(char *)tool, "-qdc", (char *)path, NULL}, &data, NULL)) {
		vm_err("cannot decompress %s with %s", path, tool);
		err = -1;
	} else {
		cpio_add(b, name, 0100644, data.data, data.len);
	}
	buf_deinit(&data);
	free(file);
	free(name);
	return err;
}

/* The modules with what they depend on, each once, in the order to load them. */
static int add_modules(struct buf *b, const char *root, const char *release, struct buf *order)
{
	struct buf out = {0}, err = {0}, seen = {0};
	char *argv[32] = {"modprobe",	   "-C", "/dev/null",	  "-d", *root ? (char *)root : "/", "-S",
			  (char *)release, "-a", "--show-depends"};
	char *line, *save = NULL, path[4096], *mark;
	size_t i, n = 9;
	int failed;

	for (i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		argv[n++] = (char *)modules[i];
	failed = program_run(argv, &out, &err);
	if (failed && !vm_signals)
		vm_err("modprobe does not find the modules that the guest needs: %s",
		       err.len ? err.data : "is the package kmod installed?");
	buf_add(&seen, "\n", 1);
	for (line = out.len ? strtok_r(out.data, "\n", &save) : NULL; line && !failed;
	     line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "insmod %4095s", path) != 1)
			continue;
		mark = xasprintf("\n%s\n", path);
		if (!strstr(seen.data, mark)) {
			buf_printf(&seen, "%s\n", path);
			failed = add_module(b, path, order);
		}
		free(mark);
	}
	buf_deinit(&out);
	buf_deinit(&err);
	buf_deinit(&seen);
	return failed ? -1 : 0;
}

/* As the shell reads it back */
static void add_setting(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, "%s='", name);
	for (; *value; value++)
		buf_printf(b, *value == '\'' ? "'\\''" : "%c", *value);
	buf_printf(b, "'\n");
}

/* There is no library in there, so it must need none. */
static bool is_static(const char *path)
{
	struct buf b = {0};
	Elf64_Ehdr head;
	Elf64_Phdr ph;
	bool ret = false;
	size_t i;

	if (!file_read(path, &b) && b.len > sizeof(head)) {
		memcpy(&head, b.data, sizeof(head));
		ret = head.e_phoff < b.len && head.e_phnum * sizeof(ph) < b.len - head.e_phoff;
		for (i = 0; ret && i < head.e_phnum; i++) {
			memcpy(&ph, b.data + head.e_phoff + i * sizeof(ph), sizeof(ph));
			ret = ph.p_type != PT_INTERP;
		}
	}
	buf_deinit(&b);
	return ret;
}

static const char *find_busybox(void)
{
	const char *path = program_find("busybox");

	if (path && is_static(path))
		return path;
	vm_err("busybox is not installed%s; the package is busybox-static", path ? " as a static program" : "");
	return NULL;
}

static int to_memory_file(const struct buf *b)
{
	int fd = memfd_create("initrd", 0);

	if (fd < 0 || write_all(fd, b->data, b->len)) {
		vm_err("cannot make the initial file system: %s", strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

int initrd_make(const struct vm_options *opt, const char *root, const char *release)
{
	static const char *const dirs[] = {"bin", "proc", "sys", "dev", "modules", "lower", "rw", "new"};
	struct buf cpio = {0}, config = {0}, order = {0}, shares = {0};
	const char *busybox = find_busybox();
	char name[32];
	size_t i;
	int fd = -1, n;

	if (!busybox)
		return -1;
	for (i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		cpio_add(&cpio, dirs[i], 0040755, NULL, 0);
	for (i = 0; i < sizeof(applets) / sizeof(applets[0]); i++) {
		snprintf(name, sizeof(name), "bin/%s", applets[i]);
		cpio_add(&cpio, name, 0120777, "busybox", strlen("busybox"));
	}
	if (cpio_add_file(&cpio, "bin/busybox", busybox) || cpio_add_file(&cpio, "dtc-vm", "/proc/self/exe") ||
	    add_modules(&cpio, root, release, &order))
		goto out;
	for (n = 0; n < opt->nr_shares; n++)
		buf_printf(&shares, "%s\n", opt->shares[n]);
	add_setting(&config, "MODULES", order.len ? order.data : "");
	add_setting(&config, "RELEASE", release);
	add_setting(&config, "ROOT", root);
	add_setting(&config, "SHARES", shares.len ? shares.data : "");
	cpio_add(&cpio, "config", 0100644, config.data, config.len);
	cpio_add(&cpio, "init", 0100755, init_script, sizeof(init_script) - 1);
	cpio_add(&cpio, "TRAILER!!!", 0, NULL, 0);
	fd = to_memory_file(&cpio);
out:
	buf_deinit(&cpio);
	buf_deinit(&config);
	buf_deinit(&order);
	buf_deinit(&shares);
	return fd;
}
