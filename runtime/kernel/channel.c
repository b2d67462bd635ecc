// SPDX-License-Identifier: GPL-2.0
/*
 * The record channels: one relay buffer per CPU without files of relay's own,
 * and /proc/NAME/dataN, which reads one.
 *
 * relay's read() may run while another CPU changes sub-buffers and then takes
 * a full buffer for an overrun one. dataN reads by itself: a sequence number
 * tells it whether the writer was changing, and only then it leaves the
 * unfinished sub-buffer alone. There is no mmap(): a mapping would outlive the
 * removal of the file.
 */
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "runtime.h"

struct channel_reader {
	struct mutex lock;
	size_t pos;		/* in the first sub-buffer not consumed */
	size_t exit_pos;	/* in the records of exit() that found the channel full */
};
static struct channel_reader *readers;	/* by CPU */

static int subbuf_start(struct rchan_buf *buf, void *subbuf, void *prev_subbuf)
{
	if (run.config.flags & DTC_CONFIG_RING)
		return 1;
	if (run.config.flags & DTC_CONFIG_FILL)	/* the last sub-buffer is for END, which fires while the gate is closed */
		return buf->subbufs_produced - buf->subbufs_consumed < buf->chan->n_subbufs - !dtc_this_cpu()->stop;
	return !relay_buf_full(buf);
}

static int __maybe_unused subbuf_start_padded(struct rchan_buf *buf, void *subbuf, void *prev_subbuf, size_t prev_padding)
{
	return subbuf_start(buf, subbuf, prev_subbuf);
}

/* No file is wanted, yet NULL would mean failure (since 5.0); the buffer without a name keeps no dentry. */
static struct dentry *create_buf_file(const char *name, struct dentry *parent, umode_t mode, struct rchan_buf *buf, int *global)
{
	return (struct dentry *)buf;
}

static int remove_buf_file(struct dentry *dentry)
{
	return 0;
}

static const struct rchan_callbacks channel_callbacks = {
	.subbuf_start = DTC_SUBBUF_START(subbuf_start, subbuf_start_padded),
	.create_buf_file = create_buf_file,
	.remove_buf_file = remove_buf_file,
};

static struct rchan_buf *buf_of(int cpu)
{
	return *per_cpu_ptr(run.channel->buf, cpu);
}

/* Two sub-buffers where less was asked for than pages: each holds what the whole is meant to, and any record. */
int channel_open(void)
{
	const bool small = run.config.bufsize < DTC_BUFFER_LEAST;
	const size_t subbuf = small ? max_t(size_t, ALIGN(run.config.bufsize, 8), ALIGN(dtc_program.max_record, 8)) :
				      PAGE_ALIGN(DIV_ROUND_UP(run.config.bufsize, DTC_NSUBBUFS));
	int cpu;

	if (dtc_program.max_record > subbuf)
		return -EMSGSIZE;
	readers = kcalloc(nr_cpu_ids, sizeof(*readers), GFP_KERNEL);
	if (!readers)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		mutex_init(&readers[cpu].lock);
	run.channel = relay_open(NULL, NULL, subbuf, small ? 2 : DTC_NSUBBUFS, &channel_callbacks, NULL);
	return run.channel ? 0 : -ENOMEM;
}

/* relay has a buffer for each CPU that is online, before anything runs there. */
int channel_open_cpu(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);

	state->rbuf = (char *)buf_of(cpu);
	state->subbuf_size = run.channel->subbuf_size;
	return state->rbuf ? 0 : -ENOMEM;
}

void channel_close(void)
{
	if (run.channel)
		relay_close(run.channel);
	run.channel = NULL;
	kfree(readers);
	readers = NULL;
}

/* Changes to a sub-buffer with room for `length`; 0: there is none. */
static size_t channel_switch(struct dtc_cpu *cpu, size_t length)
{
	size_t got;

	WRITE_ONCE(cpu->switch_seq, cpu->switch_seq + 1);
	smp_wmb();
	got = relay_switch_subbuf((struct rchan_buf *)cpu->rbuf, length);
	smp_wmb();
	WRITE_ONCE(cpu->switch_seq, cpu->switch_seq + 1);
	return got;
}

static void *reserve(struct dtc_cpu *cpu)
{
	const size_t length = cpu->request;
	struct rchan_buf *buf = (struct rchan_buf *)cpu->rbuf;

	if (buf->offset + length > cpu->subbuf_size && !channel_switch(cpu, length))
		return NULL;
	DTC_ASSERT(buf->offset + length <= cpu->subbuf_size);
	return buf->data + buf->offset;
}

/* A clause's records are lost. */
void dtc_reserve_failed(struct dtc_cpu *cpu);
void dtc_reserve_failed(struct dtc_cpu *cpu)
{
	if (run.config.flags & DTC_CONFIG_FILL)
		run_halt(DTC_WHY_FULL, cpu->id, 0);
	else
		cpu->drops[DTC_DROP_BUFFER]++;
}

/* Out of dtc_reserve(): room for cpu->request bytes, or NULL. */
void *dtc_reserve_slow(struct dtc_cpu *cpu);
void *dtc_reserve_slow(struct dtc_cpu *cpu)
{
	void *room = reserve(cpu);

	if (!room)
		dtc_reserve_failed(cpu);
	return room;
}

/* Out of dtc_reserve_exit(): likewise, elsewhere if need be. Only an earlier exit() may have taken that. */
void *dtc_reserve_exit_slow(struct dtc_cpu *cpu);
void *dtc_reserve_exit_slow(struct dtc_cpu *cpu)
{
	void *room = reserve(cpu);

	if (room)
		return room;
	if (cpu->exit.used) {
		dtc_reserve_failed(cpu);
		return NULL;
	}
	DTC_ASSERT(cpu->request <= cpu->exit.size);
	cpu->exit.held = 0;
	return cpu->exit.data;
}

/* The channel is full, so what is sent from now on begins with its next sub-buffer. */
void channel_keep_exit(struct dtc_cpu *cpu)
{
	const struct rchan_buf *buf = (const struct rchan_buf *)cpu->rbuf;

	cpu->exit.at = buf->subbufs_produced;
	smp_store_release(&cpu->exit.used, cpu->exit.held);
}

/* Whether half of a channel, or more, waits to be read. */
bool channels_are_tight(void)
{
	int cpu;

	for_each_cpu(cpu, &run.cpus) {
		const struct rchan_buf *buf = buf_of(cpu);

		if (cpu_state(cpu)->exit.used || buf->subbufs_produced - buf->subbufs_consumed >= buf->chan->n_subbufs / 2)
			return true;
	}
	return false;
}

/* Interrupts are off and the gate is closed to NMIs. */
void channel_flush_this_cpu(struct dtc_cpu *cpu)
{
	struct rchan_buf *buf = (struct rchan_buf *)cpu->rbuf;

	if (buf->offset && buf->offset <= cpu->subbuf_size)
		channel_switch(cpu, 0);
}

/* What the writer has got to: whole sub-buffers, and bytes of the one after. */
struct channel_end {
	size_t produced;
	size_t offset;
};

/* While the writer changes sub-buffers, which takes no time, nothing new is seen. */
static struct channel_end channel_end(const struct dtc_cpu *cpu, const struct rchan_buf *buf)
{
	struct channel_end end;
	int tries;

	for (tries = 0; tries < 100; tries++) {
		const u32 seq = READ_ONCE(cpu->switch_seq);

		smp_rmb();
		end.produced = READ_ONCE(buf->subbufs_produced);
		end.offset = READ_ONCE(buf->offset);
		smp_rmb();
		if (!(seq & 1) && READ_ONCE(cpu->switch_seq) == seq) {
			if (end.offset > cpu->subbuf_size)
				end.offset = 0;
			return end;
		}
		cpu_relax();
	}
	return (struct channel_end){ buf->subbufs_consumed, 0 };
}

/* A ring is read once nothing writes any more; what it has overwritten is not there. */
static void ring_skip(struct rchan_buf *buf, struct channel_reader *reader, size_t produced)
{
	const size_t n = buf->chan->n_subbufs;

	while (produced - buf->subbufs_consumed >= n) {
		buf->subbufs_consumed++;
		reader->pos = 0;
	}
}

/* What of them comes before the first sub-buffer not consumed. */
static size_t exit_next(const struct dtc_exit_room *exit, const struct channel_reader *reader, size_t consumed, void **data)
{
	const size_t used = smp_load_acquire(&exit->used);

	if (!used || exit->at != consumed)
		return 0;
	*data = exit->data + reader->exit_pos;
	return used - reader->exit_pos;
}

/* Where its next bytes are is told by *pos: in one sub-buffer, without its padding, or in the room for exit(). */
static size_t channel_next(int cpu, struct channel_reader *reader, void **data, size_t **pos)
{
	struct rchan_buf *buf = buf_of(cpu);
	const size_t size = buf->chan->subbuf_size, n = buf->chan->n_subbufs;
	const struct channel_end end = channel_end(cpu_state(cpu), buf);
	size_t left;

	if (run.config.flags & (DTC_CONFIG_RING | DTC_CONFIG_FILL)) {
		if (run.state != DTC_STATE_STOPPED)
			return 0;
		if (run.config.flags & DTC_CONFIG_RING)
			ring_skip(buf, reader, end.produced);
	}
	for (;;) {
		const size_t consumed = buf->subbufs_consumed, slot = consumed % n;
		const bool whole = consumed < end.produced;
		const size_t bytes = whole ? size - buf->padding[slot] : end.offset;

		*pos = &reader->exit_pos;
		left = exit_next(&cpu_state(cpu)->exit, reader, consumed, data);
		if (left)
			return left;
		*pos = &reader->pos;
		*data = buf->start + slot * size + reader->pos;
		if (reader->pos < bytes)
			return bytes - reader->pos;
		if (!whole)
			return 0;
		reader->pos = 0;
		relay_subbufs_consumed(run.channel, cpu, 1);
	}
}

static ssize_t channel_read_locked(int cpu, char __user *to, size_t count)
{
	struct channel_reader *reader = &readers[cpu];
	size_t done = 0, n, *pos;
	void *from;

	while (done < count && (n = channel_next(cpu, reader, &from, &pos))) {
		n = min(n, count - done);
		if (copy_to_user(to + done, from, n))
			return done ? done : -EFAULT;
		*pos += n;
		done += n;
		cond_resched();
	}
	return done;
}

static ssize_t channel_read(struct file *file, char __user *to, size_t count, loff_t *ppos)
{
	const int cpu = (unsigned long)file->private_data;
	ssize_t ret;

	reader_seen();
	if (!READ_ONCE(run.configured))
		return -ENODEV;
	if (mutex_lock_interruptible(&readers[cpu].lock))
		return -EINTR;
	ret = channel_read_locked(cpu, to, min_t(size_t, count, MAX_RW_COUNT));
	mutex_unlock(&readers[cpu].lock);
	return ret;
}

/* Readable once a sub-buffer is full: a record alone does not wake the reader. */
static __poll_t channel_poll(struct file *file, poll_table *wait)
{
	const int cpu = (unsigned long)file->private_data;
	struct rchan_buf *buf;

	reader_seen();
	if (!READ_ONCE(run.configured))
		return EPOLLHUP;
	buf = buf_of(cpu);
	poll_wait(file, &buf->read_wait, wait);
	return READ_ONCE(buf->subbufs_produced) != buf->subbufs_consumed ? EPOLLIN | EPOLLRDNORM : 0;
}

const struct proc_ops channel_ops = {
	.proc_open = cpu_file_open,
	.proc_release = cpu_file_release,
	.proc_read = channel_read,
	.proc_poll = channel_poll,
	.proc_lseek = no_llseek,
};
