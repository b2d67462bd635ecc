/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How dtrun drives a loaded module: ioctls on /proc/MODULE/ctl. The files of a
 * module are
 *
 *	/proc/MODULE/ctl	one opener at a time; its last close detaches all probes
 *	/proc/MODULE/dataN	CPU N's relay buffer (read, poll, mmap)
 *	/proc/MODULE/aggN	CPU N's aggregation buffer that was switched away last
 *
 * The order is CONFIG, ATTACH for each group, GO, then any number of SYNC and
 * STATUS, then HALT, after which the channels can be emptied for END, then STOP.
 * poll() on ctl reports POLLIN when the state changed by
 * itself (exit(), overload). Errors are errno values; -EPROTO: out of order.
 */
#ifndef DTC_CONTROL_H
#define DTC_CONTROL_H

#include <linux/ioctl.h>
#include <linux/types.h>
#include <dtc/limits.h>
#include <dtc/record.h>

#define DTC_CONTROL_VERSION 2

struct dtc_info {
	__u32 version;		/* DTC_CONTROL_VERSION */
	__u32 ncpus;		/* CPUs that have files: 0 .. ncpus - 1, less those not in `cpus` */
	__u32 ngroups;
	__u32 nprobes;
	__u32 possible;		/* CPUs that there may ever be: ncpus grows when one comes online */
	__u32 pad;
	__u8  cpus[DTC_MAX_CPUS / 8];	/* the CPUs that have been online since CONFIG */
	__u8  untraced[DTC_MAX_CPUS / 8];	/* those online that there was no memory for */
};

struct dtc_config {
	__u32 version;
	__u32 flags;		/* DTC_CONFIG_* */
	__u64 bufsize;		/* bytes a CPU */
	__u64 aggsize;
	__u64 dynvarsize;
	__u64 threads;		/* slots for thread-local variables */
	__u64 specsize;		/* bytes a CPU of one speculation */
	__u32 nspec;		/* speculations */
	__u32 reserved;
	__u32 overload_percent;	/* 0: no limit */
	__u32 reader_timeout;	/* seconds */
	__s32 target;		/* $target */
	__s32 pid, ppid, pgid, sid;	/* of dtrun, for the macro variables */
	__u32 uid, gid, euid, egid;
	__s32 cpu;		/* -1: all, else the only CPU to trace */
	__u32 nparams;
	__s64 param[DTC_MAX_PARAMS];
	char  param_string[DTC_MAX_PARAMS][DTC_PARAM_STRLEN];
};
#define DTC_CONFIG_DESTRUCTIVE	0x1
#define DTC_CONFIG_RING		0x2	/* bufpolicy=ring */
#define DTC_CONFIG_FILL		0x4

/* One probe of a group, as dtrun asks for it; `status` is the kernel's answer. */
struct dtc_target {
	__u32 probe;		/* row of the probe table */
	__u32 flags;
	__u32 symbol;		/* byte offset into the strings */
	__u32 module;
	__u64 value;
	__s32 status;		/* 0 attached; -ENOENT no such symbol; -EPERM the kernel forbids it;
				   -EOPNOTSUPP cannot be traced (no hook); other errors as they came */
	__u32 sites;		/* places attached (functions of one name) */
};

struct dtc_attach {
	__u32 group;
	__u32 count;
	__u64 targets;		/* struct dtc_target * */
	__u64 strings;		/* char * */
	__u64 strings_size;
	__u32 attached;		/* out: targets with status 0 */
	__u32 pad;
};

struct dtc_sync {
	__u32 flags;		/* DTC_SYNC_* */
	__u32 pad;
	__u64 time;		/* out: every record older than this is in the channels */
	__u32 ncpus;		/* out: how many have files; a change of these: INFO tells which */
	__u32 nuntraced;
};
#define DTC_SYNC_AGG	0x1	/* switch the aggregation buffers; aggN then gives what was gathered */
#define DTC_SYNC_FLUSH	0x2	/* close the current sub-buffers (for readers by mmap) */

enum dtc_state {
	DTC_STATE_NEW,
	DTC_STATE_READY,	/* configured, attaching */
	DTC_STATE_ACTIVE,
	DTC_STATE_DRAINING,	/* exit() was called or the runtime stopped itself: nothing fires but END */
	DTC_STATE_STOPPED,	/* END fired, all probes detached */
};

enum dtc_why {
	DTC_WHY_NONE,
	DTC_WHY_EXIT,		/* exit() in the script; its record gives the status */
	DTC_WHY_OVERLOAD,	/* `cpu` spent more than the limit of its time in probes */
	DTC_WHY_READER,		/* no sign of the reader */
	DTC_WHY_FULL,		/* bufpolicy=fill: the buffer of a CPU is full */
	DTC_WHY_ASKED,		/* HALT */
	DTC_WHY_OFFLINE,	/* `cpu`, the only one that is traced, went offline */
};

struct dtc_status {
	__u32 state;
	__u32 why;
	__u32 cpu;		/* in: whose drops to report; out with OVERLOAD and OFFLINE: the CPU */
	__u32 percent;		/* OVERLOAD: time in probes */
	__u64 drops[DTC_DROP_NR];	/* of CPU `cpu`, since GO */
	__u64 fires;		/* of CPU `cpu` */
};

/* After CONFIG gave ENXIO: the kernel variable that is not there. */
struct dtc_missing {
	char name[128];
	char module[64];
};

#define DTC_IOC_INFO	_IOR('D', 0, struct dtc_info)
#define DTC_IOC_CONFIG	_IOW('D', 1, struct dtc_config)
#define DTC_IOC_ATTACH	_IOWR('D', 2, struct dtc_attach)
#define DTC_IOC_GO	_IO('D', 3)
#define DTC_IOC_SYNC	_IOWR('D', 4, struct dtc_sync)
#define DTC_IOC_STATUS	_IOWR('D', 5, struct dtc_status)
#define DTC_IOC_STOP	_IO('D', 6)
#define DTC_IOC_MISSING	_IOR('D', 7, struct dtc_missing)
#define DTC_IOC_HALT	_IO('D', 8)	/* gives 1 where a channel may have too little room for END, else 0 */

#endif
