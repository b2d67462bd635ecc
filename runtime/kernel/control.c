// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/NAME/ctl: the ioctls of dtc/control.h. The last close ends the run
 * whatever its state, so the death of dtrun leaves nothing attached.
 */
#include <linux/cpu.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "runtime.h"

/*
 * Whatever is open holds the module and its buffers, as poll() may wait on
 * them; the last one out frees the buffers.
 */
static int user_get(void)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	run.users++;
	return 0;
}

static void user_put(void)
{
	if (!--run.users)
		run_free();
	module_put(THIS_MODULE);
}

static int control_open(struct inode *inode, struct file *file)
{
	int ret = -EBUSY;

	mutex_lock(&run.lock);
	if (!run.open && run.state == DTC_STATE_NEW)
		ret = user_get();
	if (!ret)
		run.open = true;
	mutex_unlock(&run.lock);
	return ret ? ret : nonseekable_open(inode, file);
}

static int control_release(struct inode *inode, struct file *file)
{
	watch_stop();
	mutex_lock(&run.lock);
	run_stop();
	run.open = false;
	user_put();
	mutex_unlock(&run.lock);
	return 0;
}

int cpu_file_open(struct inode *inode, struct file *file)
{
	int ret = -ENODEV;

	mutex_lock(&run.lock);
	if (run.configured)
		ret = user_get();
	mutex_unlock(&run.lock);
	file->private_data = pde_data(inode);
	return ret ? ret : nonseekable_open(inode, file);
}

int cpu_file_release(struct inode *inode, struct file *file)
{
	mutex_lock(&run.lock);
	user_put();
	mutex_unlock(&run.lock);
	return 0;
}

static long control_info(void __user *arg)
{
	static struct cpumask untraced;
	struct dtc_info *info = kzalloc(sizeof(*info), GFP_KERNEL);
	long ret;
	int cpu;

	if (!info)
		return -ENOMEM;
	info->version = DTC_CONTROL_VERSION;
	info->ngroups = dtc_program.ngroups;
	info->nprobes = dtc_program.nprobes;
	info->possible = nr_cpu_ids;
	cpus_read_lock();
	for_each_cpu(cpu, &run.cpus) {
		info->cpus[cpu / 8] |= 1 << cpu % 8;
		info->ncpus = cpu + 1;
	}
	cpus_untraced(&untraced);
	for_each_cpu(cpu, &untraced)
		info->untraced[cpu / 8] |= 1 << cpu % 8;
	cpus_read_unlock();
	ret = copy_to_user(arg, info, sizeof(*info)) ? -EFAULT : 0;
	kfree(info);
	return ret;
}

static long control_config(void __user *arg)
{
	struct dtc_config *config;
	long ret;

	if (run.state != DTC_STATE_NEW)
		return -EPROTO;
	config = memdup_user(arg, sizeof(*config));
	if (IS_ERR(config))
		return PTR_ERR(config);
	ret = run_config(config);
	kfree(config);
	if (!ret)
		watch_start();
	return ret;
}

/* The targets with their names, from the caller's memory. Every offset is checked. */
static int targets_read(struct attach_target *targets, u32 count, const struct dtc_target *user, const char *strings, u64 size)
{
	u32 i;

	if (size && strings[size - 1])
		return -EINVAL;
	for (i = 0; i < count; i++) {
		struct attach_target *t = &targets[i];

		t->target = user[i];
		if (t->target.symbol >= size || t->target.module >= size)
			return -EINVAL;
		t->symbol.name = strings + t->target.symbol;
		t->symbol.module = strings + t->target.module;
		t->target.status = -ENOENT;
		t->target.sites = 0;
	}
	return 0;
}

static int attach_run(struct dtc_attach *attach, struct dtc_target *user, const char *strings)
{
	struct attach_target *targets = kvcalloc(attach->count, sizeof(*targets), GFP_KERNEL);
	u32 i;
	int ret;

	if (!targets)
		return -ENOMEM;
	ret = targets_read(targets, attach->count, user, strings, attach->strings_size);
	if (!ret)
		ret = attach_group(attach->group, targets, attach->count);
	attach->attached = 0;
	for (i = 0; i < attach->count; i++) {
		user[i] = targets[i].target;
		attach->attached += !ret && !user[i].status;
	}
	kvfree(targets);
	return ret;
}

static long control_attach(void __user *arg)
{
	struct dtc_attach attach;
	struct dtc_target *targets;
	char *strings;
	long ret;

	if (run.state != DTC_STATE_READY)
		return -EPROTO;
	if (copy_from_user(&attach, arg, sizeof(attach)))
		return -EFAULT;
	if (attach.group >= dtc_program.ngroups || attach.count > dtc_program.nprobes || !attach.count ||
	    !attach.strings_size || attach.strings_size > (256u << 20))
		return -EINVAL;
	targets = vmemdup_user((void __user *)(unsigned long)attach.targets, attach.count * sizeof(*targets));
	if (IS_ERR(targets))
		return PTR_ERR(targets);
	strings = vmemdup_user((void __user *)(unsigned long)attach.strings, attach.strings_size);
	if (IS_ERR(strings)) {
		kvfree(targets);
		return PTR_ERR(strings);
	}
	ret = attach_run(&attach, targets, strings);
	if (copy_to_user((void __user *)(unsigned long)attach.targets, targets, attach.count * sizeof(*targets)) ||
	    copy_to_user(arg, &attach, sizeof(attach)))
		ret = -EFAULT;
	kvfree(targets);
	kvfree(strings);
	return ret;
}

static long control_go(void __user *arg)
{
	return run.state == DTC_STATE_READY ? run_go() : -EPROTO;
}

static long control_sync(void __user *arg)
{
	struct dtc_sync sync;
	int ret;

	if (!run.configured)
		return -EPROTO;
	if (copy_from_user(&sync, arg, sizeof(sync)))
		return -EFAULT;
	ret = run_sync(&sync);
	return ret ? ret : copy_to_user(arg, &sync, sizeof(sync)) ? -EFAULT : 0;
}

static long control_status(void __user *arg)
{
	struct dtc_status status;

	if (copy_from_user(&status, arg, sizeof(status)))
		return -EFAULT;
	if (status.cpu >= nr_cpu_ids || !cpumask_test_cpu(status.cpu, &run.cpus))
		return -EINVAL;
	run_status(&status);
	return copy_to_user(arg, &status, sizeof(status)) ? -EFAULT : 0;
}

/* Nothing fires any more but END; where there may be too little room for that, the reader can make some. */
static long control_halt(void __user *arg)
{
	if (run.state < DTC_STATE_ACTIVE)
		return -EPROTO;
	run_halt(DTC_WHY_ASKED, 0, 0);
	gates_close();
	return channels_are_tight();
}

static long control_stop(void __user *arg)
{
	if (run.state < DTC_STATE_READY)
		return -EPROTO;
	run_stop();
	return 0;
}

static long control_missing(void __user *arg)
{
	struct dtc_missing missing = { 0 };

	if (run.missing >= dtc_program.nsymbols)
		return -EPROTO;
	strscpy(missing.name, dtc_program.symbols[run.missing].name, sizeof(missing.name));
	strscpy(missing.module, dtc_program.symbols[run.missing].module, sizeof(missing.module));
	return copy_to_user(arg, &missing, sizeof(missing)) ? -EFAULT : 0;
}

static const struct {
	unsigned int cmd;
	long (*fn)(void __user *arg);
} control_calls[] = {
	{ DTC_IOC_INFO, control_info },
	{ DTC_IOC_CONFIG, control_config },
	{ DTC_IOC_ATTACH, control_attach },
	{ DTC_IOC_GO, control_go },
	{ DTC_IOC_SYNC, control_sync },
	{ DTC_IOC_STATUS, control_status },
	{ DTC_IOC_HALT, control_halt },
	{ DTC_IOC_STOP, control_stop },
	{ DTC_IOC_MISSING, control_missing },
};

static long control_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long ret = -ENOTTY;
	size_t i;

	mutex_lock(&run.lock);
	reader_seen();
	for (i = 0; i < ARRAY_SIZE(control_calls); i++)
		if (control_calls[i].cmd == cmd)
			ret = control_calls[i].fn((void __user *)arg);
	reader_seen();
	mutex_unlock(&run.lock);
	return ret;
}

static __poll_t control_poll(struct file *file, poll_table *wait)
{
	poll_wait(file, &run.wait, wait);
	reader_seen();
	return READ_ONCE(run.state) == DTC_STATE_DRAINING ? EPOLLIN | EPOLLRDNORM : 0;
}

const struct proc_ops control_ops = {
	.proc_open = control_open,
	.proc_release = control_release,
	.proc_ioctl = control_ioctl,
	.proc_poll = control_poll,
	.proc_lseek = no_llseek,
};
