// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: the kernel image that boots fastest.
 *
 * Emulated, a kernel takes seconds to decompress itself. So it is decompressed here, once, and kept next to the kernel
 * it comes from: QEMU starts an ELF kernel by its PVH entry. A kernel without one, or packed in a way that is not known
 * here, boots from its vmlinuz.
 */
#include "vm.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Offsets in the header of a bzImage, see the kernel's Documentation/arch/x86/boot.rst */
#define SETUP_SECTS 0x1f1
#define MAGIC	    0x202
#define PAYLOAD	    0x248
#define HEADER_END  0x250

static const struct packer {
	const char *magic;
	size_t len;
	const char *program;
} packers[] = {
    {"\xfd"
     "7zXZ",
     5, "xz"},
    {"\x1f\x8b", 2, "gzip"},
    {"\x28\xb5\x2f\xfd", 4, "zstd"},
    {"\x02\x21\x4c\x18", 4, "lz4"},
};

/* The packed kernel within a bzImage; the last four bytes are its size, not its own. */
static int find_payload(const struct buf *image, const char **data, size_t *len)
{
	const unsigned char *head = (const unsigned char *)image->data;
	uint32_t where[2];
	size_t start;

	if (image->len < HEADER_END || memcmp(head + MAGIC, "HdrS", 4))
		return -1;
	memcpy(where, head + PAYLOAD, sizeof(where));
	start = ((head[SETUP_SECTS] ?: 4) + 1) * 512UL + where[0];
	if (where[1] < 8 || start > image->len || where[1] > image->len - start)
		return -1;
	*data = image->data + start;
	*len = where[1] - 4;
	return 0;
}

static int decompress(const char *data, size_t len, struct buf *ret)
{
	struct buf err = {0};
	char *file;
	size_t i;
	int fd;

	for (i = 0; i < sizeof(packers) / sizeof(packers[0]); i++)
		if (!memcmp(data, packers[i].magic, packers[i].len))
			break;
	if (i == sizeof(packers) / sizeof(packers[0]))
		return -1;
	fd = memfd_create("payload", 0);
	if (fd < 0 || write_all(fd, data, len)) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	file = xasprintf("/proc/self/fd/%d", fd);
	/* gzip complains of trailing bytes after it has written all */
	program_run((char *[]){"sh", "-c", "exec $0 -dc <$1", (char *)packers[i].program, file, NULL}, ret, &err);
	close(fd);
	free(file);
	buf_deinit(&err);
	return ret->len > 4 && !memcmp(ret->data,
				       "\x7f"
				       "ELF",
				       4)
		   ? 0
		   : -1;
}

static bool has_pvh(const char *root, const char *release)
{
	char *path = xasprintf("%s/boot/config-%s", root, release);
	struct buf config = {0};
	bool ret = !file_read(path, &config) && config.len && strstr(config.data, "\nCONFIG_PVH=y\n");

	buf_deinit(&config);
	free(path);
	return ret;
}

static int unpack_image(const char *vmlinuz, const char *ret)
{
	char *tmp = xasprintf("%s.%d", ret, getpid());
	struct buf packed = {0}, image = {0};
	const char *data;
	size_t len;
	int err;

	err = file_read(vmlinuz, &packed) || find_payload(&packed, &data, &len) || decompress(data, len, &image) ||
	      file_write(tmp, image.data, image.len) || rename(tmp, ret);
	if (err)
		unlink(tmp);
	free(tmp);
	buf_deinit(&packed);
	buf_deinit(&image);
	return err ? -1 : 0;
}

char *kernel_image(const char *root, const char *release)
{
	char *vmlinuz = kernel_packed(root, release);
	char *vmlinux = xasprintf("%s/vmlinux-to-boot", root);

	/* a kernel of the machine's own root has no place to keep it */
	if (*root && has_pvh(root, release) && (file_exists(vmlinux) || !unpack_image(vmlinuz, vmlinux))) {
		free(vmlinuz);
		return vmlinux;
	}
	free(vmlinux);
	return vmlinuz;
}
