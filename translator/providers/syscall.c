// SPDX-License-Identifier: GPL-2.0
/*
 * syscall::NAME:entry and syscall::NAME:return, for every system call of the
 * kernel by the name that programs know it under (__NR_NAME). All of them come
 * from the two raw_syscalls tracepoints; the call's number selects the probe.
 * On entry arg0.. are the call's arguments, args[] have their types; on return
 * arg0 and arg1 are its value, or -1 with errno set.
 */
#include <string.h>

#include "provider.h"
#include "../debuginfo/kernel.h"

extern const struct provider provider_syscall;

static const struct { const char *name; enum dtc_group_kind kind; } rows[] = {
	{ "entry", DTC_GROUP_SYSCALL_ENTRY }, { "return", DTC_GROUP_SYSCALL_RETURN },
};

/* Two places for each number. */
static bool syscall_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	const char *name = kernel_syscall(dtc, index / 2);

	if (!name)
		return false;
	*ret = (struct probe){
		.id = provider_base(dtc, &provider_syscall) + index,
		.part = { "syscall", "vmlinux", name, rows[index % 2].name },
		.kind = rows[index % 2].kind,
		.value = index / 2,
		.provider = &provider_syscall,
	};
	return true;
}

static int syscall_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	bool wanted[] = { glob_match(d->part[3], rows[0].name), glob_match(d->part[3], rows[1].name) };
	u32 n;

	if ((!wanted[0] && !wanted[1]) || !glob_match(d->part[1], "vmlinux"))
		return 0;
	n = kernel_nsyscalls(dtc);
	/* where nobody asked for system calls, that none are known is no error: it has been reported if they did */
	for (u32 nr = 0; nr < n; nr++) {
		const char *name = kernel_syscall(dtc, nr);
		struct probe p;

		if (!name || !glob_match(d->part[2], name))
			continue;
		for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
			if (wanted[i] && syscall_by_index(dtc, nr * 2 + i, &p))
				found(dtc, &p, arg);
	}
	return 0;
}

static void syscall_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
		nearest_try(n, rows[i].name);
}

static unsigned syscall_nargs(struct dtc *dtc, const struct probe *p)
{
	struct type *types[SYSCALL_ARGS];

	return p->kind == DTC_GROUP_SYSCALL_RETURN ? 2 : kernel_syscall_types(dtc, p->part[2], types);
}

static struct type *syscall_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	struct type *types[SYSCALL_ARGS];

	if (p->kind == DTC_GROUP_SYSCALL_RETURN)
		return n < 2 ? type_named(dtc, "int64_t") : NULL;
	return n < kernel_syscall_types(dtc, p->part[2], types) ? types[n] : NULL;
}

static u32 syscall_count(struct dtc *dtc)
{
	return kernel_nsyscalls(dtc) * 2;
}

const struct provider provider_syscall = {
	.name = "syscall",
	.help = "system calls: entry and return",
	.match = syscall_match,
	.suggest = syscall_suggest,
	.arg_type = syscall_arg_type,
	.nargs = syscall_nargs,
	.count = syscall_count,
	.by_index = syscall_by_index,
};
