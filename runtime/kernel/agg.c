// SPDX-License-Identifier: GPL-2.0
/*
 * Aggregation buffers: two per CPU, one being filled, one being read. SYNC
 * empties the spare and has each CPU exchange the two; /proc/NAME/aggN then
 * gives what was gathered.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "runtime.h"

static struct dtc_agg_node *fixed_at(const struct dtc_agg_buf *buf, const dtc_u32 *row)
{
	return (struct dtc_agg_node *)(buf->base + row[1]);
}

/* Rows of dtc_program.agg_fixed: { aggregation, offset, words }. */
#define for_each_fixed(row) \
	for ((row) = dtc_program.agg_fixed; (row) && (row)[1]; (row) += 3)

static u64 fixed_size(const dtc_u32 *row)
{
	return sizeof(struct dtc_agg_node) + row[2] * 8ull;
}

static void fixed_clear(struct dtc_agg_buf *buf)
{
	const dtc_u32 *row;

	for_each_fixed(row) {
		struct dtc_agg_node *node = fixed_at(buf, row);

		memset(node, 0, fixed_size(row));
		node->words = row[2];
		node->tag = (u64)row[0] << 32;
	}
}

int agg_check(void)
{
	const dtc_u32 *row;

	for_each_fixed(row)
		if (row[1] % 8 || row[1] < 8 || row[1] + fixed_size(row) > dtc_program.agg_fixed_size)
			return -EINVAL;
	return 0;
}

static int buf_open(struct dtc_agg_buf *buf, int cpu)
{
	u64 size = run.config.aggsize;
	void *base;

	if (size < DTC_BUFFER_LEAST)	/* so little is meant for entries with keys alone: all else comes on top */
		size += size / 32 + 64 + DTC_AGG_HEADS(dtc_program.agg_fixed_size);
	base = alloc_big(size, cpu_to_node(cpu));
	if (!base)
		return -ENOMEM;
	buf->base = base;
	if (dtc_agg_format(buf, base, size, dtc_program.agg_fixed_size))
		return -EMSGSIZE;
	fixed_clear(buf);
	return 0;
}

int agg_open_cpu(int cpu)
{
	const int ret = buf_open(&cpu_state(cpu)->agg, cpu);

	return ret ? ret : buf_open(&cpu_state(cpu)->spare, cpu);
}

void agg_close_cpu(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);

	kvfree(state->agg.base);
	kvfree(state->spare.base);
	memset(&state->agg, 0, sizeof(state->agg));
	memset(&state->spare, 0, sizeof(state->spare));
}

void agg_clean_spare(struct dtc_cpu *cpu)
{
	dtc_agg_reset(&cpu->spare);
	fixed_clear(&cpu->spare);
}

/* Interrupts are off and the gate is closed to NMIs. */
void agg_swap_this_cpu(struct dtc_cpu *cpu)
{
	swap(cpu->agg, cpu->spare);
}

/* Out of dtc_agg_find(): a new entry's data, or NULL. */
void *dtc_agg_insert(struct dtc_cpu *cpu);
void *dtc_agg_insert(struct dtc_cpu *cpu)
{
	const struct dtc_agg_want *want = &cpu->want;
	struct dtc_agg_node *node = NULL;

	DTC_ASSERT(irqs_disabled());
	if (want->key_words <= DTC_MAX_KEY_WORDS)
		node = dtc_agg_new(&cpu->agg, want);
	else
		cpu->agg.drops++;
	if (!node) {
		cpu->drops[DTC_DROP_AGG]++;
		return NULL;
	}
	return node->data + want->key_words;
}

/* Copies the part of a piece of the file that [*pos, *pos + count) covers; *start is where the piece begins in it. */
static int piece_read(char __user *to, size_t count, loff_t pos, u64 *start, size_t *done, const void *piece, u64 size)
{
	const u64 from = pos + *done;
	u64 skip, n;

	if (from >= *start && from < *start + size && *done < count) {
		skip = from - *start;
		n = min_t(u64, size - skip, count - *done);
		if (copy_to_user(to + *done, (const char *)piece + skip, n))
			return -EFAULT;
		*done += n;
	}
	*start += size;
	return 0;
}

static ssize_t agg_read_locked(const struct dtc_agg_buf *buf, char __user *to, size_t count, loff_t pos)
{
	struct dtc_agg_header header = { .used = buf->used - buf->first, .drops = buf->drops };
	const dtc_u32 *row;
	size_t done = 0;
	u64 start = 0;
	int ret;

	for_each_fixed(row)
		if (fixed_at(buf, row)->data[0])
			header.used += fixed_size(row);
	ret = piece_read(to, count, pos, &start, &done, &header, sizeof(header));
	for_each_fixed(row)
		if (!ret && fixed_at(buf, row)->data[0])
			ret = piece_read(to, count, pos, &start, &done, fixed_at(buf, row), fixed_size(row));
	if (!ret)
		ret = piece_read(to, count, pos, &start, &done, buf->base + buf->first, buf->used - buf->first);
	return done ? (ssize_t)done : ret;
}

static ssize_t agg_read(struct file *file, char __user *to, size_t count, loff_t *ppos)
{
	const int cpu = (unsigned long)file->private_data;
	ssize_t ret = -ENODEV;

	if (*ppos < 0)
		return -EINVAL;
	if (mutex_lock_interruptible(&run.lock))
		return -EINTR;
	reader_seen();
	if (run.configured)
		ret = agg_read_locked(&cpu_state(cpu)->spare, to, min_t(size_t, count, MAX_RW_COUNT), *ppos);
	mutex_unlock(&run.lock);
	if (ret > 0)
		*ppos += ret;
	return ret;
}

/* pread() or a seek to 0 reads it again. */
static int agg_file_open(struct inode *inode, struct file *file)
{
	const int ret = cpu_file_open(inode, file);

	file->f_mode |= FMODE_LSEEK | FMODE_PREAD;
	return ret;
}

static loff_t agg_seek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, MAX_LFS_FILESIZE);
}

const struct proc_ops agg_ops = {
	.proc_open = agg_file_open,
	.proc_read = agg_read,
	.proc_lseek = agg_seek,
	.proc_release = cpu_file_release,
};
