/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the runtime share. A module is one script, so its state is
 * one set of globals. run.lock is held by whatever changes the state: the
 * ioctls, opening and closing, the watch. A firing takes no lock. Buffers stay
 * until the last file is closed.
 */
#ifndef DTC_RUNTIME_H
#define DTC_RUNTIME_H

#include <linux/cpumask.h>
#include <linux/ftrace.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/relay.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <dtc/control.h>
#include <dtc/meta.h>
#include "compat.h"
#include "emit.h"

struct dtc_run {
	struct mutex lock;
	int state;		/* enum dtc_state; a firing may change ACTIVE to DRAINING */
	int why;
	u32 why_cpu;
	u32 percent;
	u32 missing;		/* row of the symbol that the kernel does not have */
	bool open;		/* ctl is open */
	u32 users;		/* open files */
	bool configured;	/* buffers are there */
	bool watching;		/* the watch is set up */
	bool detached;		/* the watch has taken the probes off already */
	struct dtc_config config;
	struct cpumask cpus;	/* with buffers; grows under the lock of hotplug.c */
	bool gates_open;	/* a CPU that joins opens its own */
	struct rchan *channel;
	struct proc_dir_entry *dir;
	wait_queue_head_t wait;	/* of ctl */
	struct irq_work wake;
	struct delayed_work watch;
	unsigned long seen;	/* jiffies at the last sign of the reader */
};
extern struct dtc_run run;

#ifdef DTC_DEBUG
#define DTC_ASSERT(cond) WARN_ONCE(!(cond), "dtc: %s:%d: not " #cond "\n", __FILE__, __LINE__)
#else
#define DTC_ASSERT(cond) do { } while (0)
#endif

/* A context that is handed to an emitted `fire` needs only some of its fields. */
#if __has_attribute(uninitialized)
#define DTC_UNSET __attribute__((uninitialized))
#else
#define DTC_UNSET
#endif

static inline struct dtc_cpu *cpu_state(int cpu)
{
	return per_cpu_ptr((struct dtc_cpu __percpu *)(unsigned long)dtc_cpu_base, cpu);
}

static inline void reader_seen(void)
{
	WRITE_ONCE(run.seen, jiffies);
}

/* main.c */
void *alloc_big(size_t size, int node);		/* zeroed; NULL rather than the OOM killer; kvfree() */

/* control.c */
extern const struct proc_ops control_ops;
int cpu_file_open(struct inode *inode, struct file *file);	/* of dataN and aggN: private_data is the CPU */
int cpu_file_release(struct inode *inode, struct file *file);

/* config.c */
int run_config(const struct dtc_config *config);
int cpu_join(int cpu);				/* buffers and files of one that has come online */
void run_free(void);				/* all that CONFIG made; nothing fires */

/* channel.c: the record channels and dataN */
int channel_open(void);
int channel_open_cpu(int cpu);
void channel_close(void);
void channel_keep_exit(struct dtc_cpu *cpu);	/* the exit() that found it full is read after all there is */
bool channels_are_tight(void);
void channel_flush_this_cpu(struct dtc_cpu *cpu);
extern const struct proc_ops channel_ops;

/* agg.c: aggregation buffers and aggN */
int agg_check(void);
int agg_open_cpu(int cpu);
void agg_close_cpu(int cpu);
void agg_clean_spare(struct dtc_cpu *cpu);
void agg_swap_this_cpu(struct dtc_cpu *cpu);
extern const struct proc_ops agg_ops;

/* run.c: GO, SYNC, STOP */
int run_go(void);
int run_sync(struct dtc_sync *sync);
void run_status(struct dtc_status *status);
void run_stop(void);				/* END, then everything detached */
void run_halt(int why, u32 cpu, u32 percent);	/* any context: nothing fires any more but END */
void gates_close(void);				/* .. and no firing is under way when it returns */

void gate_open(int cpu);			/* of a CPU that has joined, if the others' are */

/* hotplug.c: CPUs that come and go */
void hotplug_open(void);
void hotplug_close(void);
bool hotplug_ready(void);
void hotplug_check(void);			/* ends a run whose only CPU went before it began */
bool cpu_wanted(int cpu);
void cpus_untraced(struct cpumask *ret);

/* fire.c */
void fire_group(u32 group, struct dtc_ctx *ctx, void (*fire)(struct dtc_ctx *));
void fire_special(u32 kind);			/* BEGIN or END, through a closed gate */

/* watch.c */
void watch_start(void);
void watch_stop(void);
void watch_wake(struct irq_work *work);
u64 fires_of(const struct dtc_cpu *cpu);

/* symbols.c */
struct symbol_want {
	const char *name;
	const char *module;	/* NULL or "vmlinux": the kernel itself */
	u64 offset;		/* from the symbol on */
};
struct symbol_found {
	u32 want;
	unsigned long addr;
};
struct symbol_set {
	struct symbol_found *found;	/* by address */
	u32 count, room;
};
/* All addresses of all names in one walk; names that are missing are not found. */
int symbols_find(const struct symbol_want *wants, u32 count, struct symbol_set *set);
void symbols_free(struct symbol_set *set);
int symbols_of_program(void);			/* -ENXIO: run.missing is not there */
unsigned long symbol_ftrace_location(unsigned long addr);	/* 0: no hook there */

/* symtab.c */
bool symtab_make(int (*walk)(void));		/* walk() calls symtab_add() for each symbol; false: no memory */
int symtab_add(const char *name, unsigned long addr);
bool symtab_ready(void);
int symtab_find(const char *name, int (*found)(void *arg, unsigned long addr), void *arg);	/* until found() gives an error */
void symtab_free(void);

/* attach.c */
struct attach_target {
	struct dtc_target target;
	struct symbol_want symbol;
};
int attach_group(u32 group, struct attach_target *targets, u32 count);
int targets_find(const struct attach_target *targets, u32 count, struct symbol_set *set);
int attach_init(void);
void detach_all(void);

/* One kind of probe. `attach` sets each target's status and sites; an error is one of the whole group. */
int fbt_attach(u32 group, struct attach_target *targets, u32 count);
int fbt_go(void);
void fbt_detach(void);
int fbt_init(void);
void fbt_free(void);
int kprobe_attach(u32 group, struct attach_target *targets, u32 count);
int kprobe_go(void);				/* arms them */
void kprobe_detach(void);
u64 kprobe_missed(void);
int fbt_hook(ftrace_func_t handler, const struct symbol_set *set);	/* one handler for functions that have hooks */
int kprobe_hook(unsigned long addr, void (*handler)(void *regs, u64 ip, u32 probe));
int tracepoint_attach(u32 group, struct attach_target *targets, u32 count);
int syscall_attach(u32 group, struct attach_target *targets, u32 count);
void tracepoint_detach(void);
int tracepoint_watch_exit(void);		/* frees the variables of threads that end */
int timer_attach(u32 group, struct attach_target *targets, u32 count);
int timer_start(void);
void timer_cpu_up(int cpu);
void timer_cpu_down(int cpu);
void timer_detach(void);

/* entry.c: what functions were called with */
int entry_open(void);
u64 entry_memory(void);				/* what entry_open() takes */
void entry_close(void);
int entry_attach(void);				/* once; a function that cannot be hooked is left out */

/* spec.c: speculations */
int spec_open(void);
int spec_open_cpu(int cpu);
void spec_close_cpu(int cpu);
void spec_close(void);

/* destruct.c: destructive actions; open too when there are none */
int destruct_open(void);
void destruct_close(void);			/* what is still to be sent has been */

/* variable.c */
int variable_open(void);
void variable_close(void);
void variable_task_gone(void *data, struct task_struct *task);

#endif
