// SPDX-License-Identifier: GPL-2.0
/*
 * What the rows of the benchmark cost when written by hand, with a guard
 * against recursion and nothing else: insmod floor.ko mode=NAME. The modes are
 * named as the scripts beside this folder.
 */
#include <linux/ftrace.h>
#include <linux/hash.h>
#include <linux/kprobes.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/relay.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/timekeeping.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>
#include <asm/syscall.h>

static char *mode;
module_param(mode, charp, 0);

#define SLOTS	 4096
#define CALLS	 512
#define FRAMES	 16
#define THREADS	 8192

struct slot {
	u64 key[2];
	u64 count;
};

struct state {
	int busy;
	u64 count;
	u64 buckets[128];
	u64 calls[CALLS], times[CALLS];
	struct slot slots[SLOTS];
};
static DEFINE_PER_CPU(struct state *, state);

/* Time stamps of threads, by their address; a collision is a miss. */
static struct { struct task_struct *task; u64 from; } threads[THREADS];

static struct rchan *channel;

#define GUARDED(body) do {				\
	struct state *s = this_cpu_read(state);		\
	if (s->busy)					\
		break;					\
	s->busy = 1;					\
	barrier();					\
	body;						\
	barrier();					\
	s->busy = 0;					\
} while (0)

#define ENTRY(name, body)							\
static void notrace name(unsigned long ip, unsigned long parent,		\
			 struct ftrace_ops *ops, struct ftrace_regs *fregs)	\
{										\
	GUARDED(body);								\
}

static __always_inline u64 arg2(struct ftrace_regs *fregs)
{
	return ((struct pt_regs *)fregs)->dx;
}

static __always_inline void slot_count(struct state *s, u64 a, u64 b)
{
	u32 at = hash_64(a ^ b * GOLDEN_RATIO_64, 12);

	for (;; at = (at + 1) % SLOTS) {
		struct slot *slot = &s->slots[at];

		if (likely(slot->key[0] == a && slot->key[1] == b)) {
			slot->count++;
			return;
		}
		if (!slot->count) {
			*slot = (struct slot){ { a, b }, 1 };
			return;
		}
	}
}

static __always_inline u32 bucket(s64 v)
{
	return v > 0 ? 64 + ilog2((u64)v) : v ? 62 - ilog2(-(u64)v) : 63;
}

ENTRY(on_count, s->count++)
ENTRY(on_execname, slot_count(s, ((u64 *)current->comm)[0], ((u64 *)current->comm)[1]))
ENTRY(on_quantize, s->count++; s->buckets[bucket(arg2(fregs))]++)

static __always_inline u64 inode_number(struct ftrace_regs *fregs)
{
	const struct file *file = (void *)((struct pt_regs *)fregs)->di;

	return file->f_inode->i_ino;
}
ENTRY(on_fields, s->count += inode_number(fregs))

struct record {
	u32 id, size;
	u64 time;
	u32 pid;
	u64 arg;
};

static __always_inline void record(u64 arg)
{
	struct record *r;

	if (strcmp(current->comm, "loop"))
		return;
	r = relay_reserve(channel, sizeof(*r));
	if (r)
		*r = (struct record){ 0, sizeof(*r), ktime_get_mono_fast_ns(), current->tgid, arg };
}
ENTRY(on_printf, record(arg2(fregs)))

static __always_inline void stack(struct state *s)
{
	unsigned long pcs[FRAMES];
	u64 a = 0;
	u32 n = stack_trace_save(pcs, FRAMES, 0), i;

	for (i = 0; i < n; i++)
		a = (a ^ pcs[i]) * GOLDEN_RATIO_64;
	slot_count(s, a, n);
}
ENTRY(on_stack, stack(s))

static void notrace on_sys_enter_count(void *data, struct pt_regs *regs, long id)
{
	if (id < CALLS)
		GUARDED(s->calls[id]++);
}

static __always_inline void time_start(void)
{
	const u32 at = hash_ptr(current, 13);

	threads[at].task = current;
	threads[at].from = ktime_get_mono_fast_ns();
}

static __always_inline u64 time_passed(void)
{
	const u32 at = hash_ptr(current, 13);

	return threads[at].task == current ? ktime_get_mono_fast_ns() - threads[at].from : 0;
}

static void notrace on_sys_enter_time(void *data, struct pt_regs *regs, long id)
{
	GUARDED(time_start());
}

static __always_inline void call_done(struct state *s, u32 nr)
{
	s->calls[nr]++;
	s->times[nr] += time_passed();
}

static void notrace on_sys_exit_time(void *data, struct pt_regs *regs, long ret)
{
	const u32 nr = syscall_get_nr(current, regs);

	if (nr < CALLS)
		GUARDED(call_done(s, nr));
}

static int notrace on_latency_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	GUARDED(time_start());
	return 0;
}

static int notrace on_line(struct kprobe *probe, struct pt_regs *regs)
{
	GUARDED(s->count++);
	return 0;
}

static int notrace on_latency_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	GUARDED(s->buckets[bucket(time_passed())]++);
	return 0;
}

static int keep_going(struct rchan_buf *buf, void *subbuf, void *prev, size_t padding)
{
	return 1;
}

static struct dentry *no_file(const char *name, struct dentry *parent, umode_t mode, struct rchan_buf *buf, int *global)
{
	return (struct dentry *)buf;
}

static int no_removal(struct dentry *dentry)
{
	return 0;
}

static const struct rchan_callbacks callbacks = {
	.subbuf_start = keep_going, .create_buf_file = no_file, .remove_buf_file = no_removal,
};

static const struct {
	const char *name;
	ftrace_func_t entry;
	void *sys_enter, *sys_exit;
	bool latency, everything, kprobe;
} modes[] = {
	{ "count", on_count },
	{ "fields", on_fields },
	{ "line", .kprobe = true },
	{ "execname", on_execname },
	{ "quantize", on_quantize },
	{ "calls", NULL, on_sys_enter_count },
	{ "call-times", NULL, on_sys_enter_time, on_sys_exit_time },
	{ "latency", .latency = true },
	{ "printf", on_printf },
	{ "stack", on_stack },
	{ "all", on_count, .everything = true },
}, *now;

static struct ftrace_ops ops;
static struct kretprobe latency = { .kp.symbol_name = "vfs_read", .handler = on_latency_return, .entry_handler = on_latency_entry };
static struct kprobe line = { .symbol_name = "vfs_read", .pre_handler = on_line };
static struct tracepoint *sys_enter, *sys_exit;

static void tracepoint_seen(struct tracepoint *tp, void *data)
{
	if (!strcmp(tp->name, "sys_enter"))
		sys_enter = tp;
	if (!strcmp(tp->name, "sys_exit"))
		sys_exit = tp;
}

static int attach(void)
{
	int ret = 0;

	if (now->entry) {
		ops.func = now->entry;
		if (!now->everything)
			ret = ftrace_set_filter(&ops, "vfs_read", 8, 1);
		ret = ret ? ret : register_ftrace_function(&ops);
	}
	for_each_kernel_tracepoint(tracepoint_seen, NULL);
	if (!ret && now->sys_enter)
		ret = tracepoint_probe_register(sys_enter, now->sys_enter, NULL);
	if (!ret && now->sys_exit)
		ret = tracepoint_probe_register(sys_exit, now->sys_exit, NULL);
	if (!ret && now->latency)
		ret = register_kretprobe(&latency);
	if (!ret && now->kprobe)
		ret = register_kprobe(&line);
	return ret;
}

static int __init floor_init(void)
{
	const ktime_t from = ktime_get();
	int cpu, i, ret;

	for (i = 0; i < ARRAY_SIZE(modes); i++)
		if (mode && !strcmp(modes[i].name, mode))
			now = &modes[i];
	if (!now)
		return -EINVAL;
	for_each_possible_cpu(cpu) {
		per_cpu(state, cpu) = vzalloc(sizeof(struct state));
		if (!per_cpu(state, cpu))
			return -ENOMEM;
	}
	channel = relay_open(NULL, NULL, 1 << 19, 8, &callbacks, NULL);
	ret = channel ? attach() : -ENOMEM;
	pr_info("floor: %s: attached in %lld us, %d\n", mode, ktime_us_delta(ktime_get(), from), ret);
	return ret;
}

static void __exit floor_exit(void)
{
	const ktime_t from = ktime_get();
	u64 count = 0;
	int cpu;

	if (now->entry)
		unregister_ftrace_function(&ops);
	if (now->sys_enter)
		tracepoint_probe_unregister(sys_enter, now->sys_enter, NULL);
	if (now->sys_exit)
		tracepoint_probe_unregister(sys_exit, now->sys_exit, NULL);
	if (now->latency)
		unregister_kretprobe(&latency);
	if (now->kprobe)
		unregister_kprobe(&line);
	tracepoint_synchronize_unregister();
	pr_info("floor: %s: detached in %lld us\n", mode, ktime_us_delta(ktime_get(), from));
	relay_close(channel);
	for_each_possible_cpu(cpu) {
		count += per_cpu(state, cpu)->count;
		vfree(per_cpu(state, cpu));
	}
	pr_info("floor: count %llu\n", count);
}

module_init(floor_init);
module_exit(floor_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Hand-written probes, to measure against");
