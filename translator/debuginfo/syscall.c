// SPDX-License-Identifier: GPL-2.0
/*
 * System calls by number, from the header that the kernel's own build made:
 * lines `#define __NR_read 0`. The numbers are the kernel's promise to
 * programs, so the C library's copy serves where there are no kernel headers.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"

#define SYSCALL_MAX 4096

static bool header_read(struct kernel *k, struct file_data *ret)
{
	const char *const paths[] = {
		k->build_dir ? mem_printf("%s/arch/x86/include/generated/uapi/asm/unistd_64.h", k->build_dir) : "",
		mem_printf("%s/usr/include/x86_64-linux-gnu/asm/unistd_64.h", k->root),
		mem_printf("%s/usr/include/asm/unistd_64.h", k->root),
	};

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		if (*paths[i] && !file_read(paths[i], ret))
			return true;
	return false;
}

static void header_parse(struct kernel_index *x, const char *p)
{
	static const char define[] = "#define __NR_";

	while ((p = strstr(p, define))) {
		size_t len;
		unsigned long nr;
		char *end;

		p += sizeof(define) - 1;
		for (len = 0; isalnum((unsigned char)p[len]) || p[len] == '_'; len++)
			;
		nr = strtoul(p + len, &end, 10);
		if (!len || end == p + len || nr >= SYSCALL_MAX || (len == 8 && !memcmp(p, "syscalls", 8)))
			continue;	/* __NR_syscalls is how many there are */
		if (!x->syscalls)
			x->syscalls = mem_alloc(SYSCALL_MAX * sizeof(*x->syscalls));
		if (nr >= x->nsyscalls)
			x->nsyscalls = nr + 1;
		x->syscalls[nr] = mem_strndup(p, len);
	}
}

static struct kernel_index *syscalls_get(struct dtc *dtc)
{
	struct kernel *k = kernel_get(dtc);
	struct kernel_index *x = k ? k->index : NULL;
	struct file_data f;

	if (!x || x->nsyscalls || x->failed_syscalls)
		return x;
	if (header_read(k, &f)) {
		header_parse(x, (const char *)f.data);
		file_data_deinit(&f);
	}
	if (!x->nsyscalls) {
		x->failed_syscalls = true;
		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("apt-get install linux-headers-%s", k->release),
			   "the system calls of kernel %s are not known: its headers are missing", k->release);
	}
	return x;
}

unsigned kernel_nsyscalls(struct dtc *dtc)
{
	struct kernel_index *x = syscalls_get(dtc);

	return x ? x->nsyscalls : 0;
}

const char *kernel_syscall(struct dtc *dtc, unsigned nr)
{
	struct kernel_index *x = syscalls_get(dtc);

	return x && nr < x->nsyscalls ? x->syscalls[nr] : NULL;
}
