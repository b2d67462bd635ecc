// SPDX-License-Identifier: GPL-2.0
/*
 * Paths, a program's arguments, locks: the kernel's structures are walked by
 * loads that may fail, without its locks. What changes meanwhile can give a
 * path that never was; it cannot fault and ends.
 */
#include <linux/dcache.h>
#include <linux/fs_struct.h>
#include <linux/mm_types.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include "runtime.h"

#define COMPONENTS_MAX 256

/* The kernel keeps struct mount to itself: { mnt_hash, mnt_parent, mnt_mountpoint, mnt }, mnt being what a path points to. */
#define MOUNT_PARENT(mnt)     dtc_peek((mnt) - 16)
#define MOUNT_MOUNTPOINT(mnt) dtc_peek((mnt) - 8)
#define MOUNT_MNT 32

#define FIELD(address, type, field) dtc_peek((address) + offsetof(struct type, field))

/* Puts a name before what stands at *at. Nonzero: no room for all of it. */
static int name_before(char *dst, u32 *at, u64 dentry, bool slash)
{
	const u64 name = FIELD(dentry, dentry, d_name.name);
	const u32 len = (u32)FIELD(dentry, dentry, d_name.len);

	if (len >= *at || dtc_rt_load_bytes(dst + *at - len, name, len))
		return -1;
	*at -= len;
	if (slash)
		dst[--*at] = '/';
	return 0;
}

/* A path that is too long keeps its end. */
static void path_walk(char *dst, u32 *at, u64 mnt, u64 dentry)
{
	const u64 fs = (unsigned long)current->fs;
	const u64 root = fs ? FIELD(fs, fs_struct, root.dentry) : 0, root_mnt = fs ? FIELD(fs, fs_struct, root.mnt) : 0;
	int i;

	for (i = 0; i < COMPONENTS_MAX && (dentry != root || mnt != root_mnt); i++) {
		const u64 parent = FIELD(dentry, dentry, d_parent);

		if (dentry == FIELD(mnt, vfsmount, mnt_root)) {
			const u64 up = MOUNT_PARENT(mnt);

			if (!up || up + MOUNT_MNT == mnt)
				break;
			dentry = MOUNT_MOUNTPOINT(mnt);
			mnt = up + MOUNT_MNT;
			continue;
		}
		if (!parent)
			break;
		if (name_before(dst, at, dentry, parent != dentry) || parent == dentry)
			return;
		dentry = parent;
	}
}

static void path_write(char *dst, u64 mnt, u64 dentry, u32 size)
{
	u32 at = size - 1;

	dst[at] = 0;
	path_walk(dst, &at, mnt, dentry);
	if (!dst[at] && at)
		dst[--at] = '/';
	memmove(dst, dst + at, size - at);
}

dtc_u32 dtc_rt_d_path(char *dst, dtc_u64 path, dtc_u32 size)
{
	struct path p;

	if (dtc_rt_load_bytes(&p, path, sizeof(p)))
		return 1;
	path_write(dst, (unsigned long)p.mnt, (unsigned long)p.dentry, size);
	return 0;
}

void dtc_rt_mount_path(char *dst, dtc_u64 mount, dtc_u32 size)
{
	path_write(dst, mount, FIELD(mount, vfsmount, mnt_root), size);
}

/* With blanks between them. */
void dtc_rt_execargs(char *dst, dtc_u32 size)
{
	const struct mm_struct *mm = current->flags & PF_KTHREAD ? NULL : current->mm;
	u64 from = mm ? READ_ONCE(mm->arg_start) : 0, n = mm ? READ_ONCE(mm->arg_end) - from : 0;
	u32 i;

	n = min_t(u64, n, size - 1);
	if (dtc_rt_copyin(dst, from, n))
		n = 0;
	while (n && !dst[n - 1])
		n--;
	for (i = 0; i < n; i++)
		if (!dst[i])
			dst[i] = ' ';
	dst[n] = 0;
}

/* Whether the word of a lock for readers and writers has bits of `mask`. */
dtc_s64 dtc_rt_rw_state(struct dtc_ctx *c, dtc_u64 lock, dtc_u32 mask)
{
	u32 word = 0;

	c->fault = 0;
#if defined(CONFIG_QUEUED_RWLOCKS) && !defined(CONFIG_PREEMPT_RT)
	dtc_load_bytes(c, &word, lock + offsetof(rwlock_t, raw_lock.cnts), sizeof(word));
#else
	c->fault = 3;	/* DTC_FAULT_ILLOP: another kind of lock */
	c->fault_value = lock;
#endif
	return (word & mask) != 0;
}
