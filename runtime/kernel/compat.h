/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where kernels differ. Features are told by kconfig symbols and by what the
 * headers define; a version number is the last resort and stands here only,
 * with what changed.
 */
#ifndef DTC_COMPAT_H
#define DTC_COMPAT_H

#include <linux/ftrace.h>
#include <linux/hrtimer.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/version.h>
#include <asm/asm.h>
#include <asm/current.h>

#ifndef CONFIG_X86_64
#error "dtc traces x86-64 kernels"
#endif
#ifndef CONFIG_SMP
#error "dtc wants a kernel with CONFIG_SMP"
#endif

/* asm/ibt.h came with 5.18: older kernels have no ENDBR. */
#ifndef ENDBR_INSN_SIZE
#define ENDBR_INSN_SIZE 0
#endif

/* Exception table entries got a type word with 5.16; before, a third relative pointer to a handler. */
#ifdef EX_TYPE_DEFAULT
#define DTC_COMPAT_EX_TYPED 1
#define DTC_COMPAT_EX_TYPE  EX_TYPE_DEFAULT
#else
#define DTC_COMPAT_EX_TYPED 0
#define DTC_COMPAT_EX_TYPE  0
#endif

/* current and the preemption count moved into pcpu_hot with 6.2, and out of it with 6.15. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 15, 0)
#define DTC_COMPAT_PCPU_HOT	  1
#define DTC_COMPAT_CURRENT_OFFSET offsetof(struct pcpu_hot, current_task)
#define DTC_COMPAT_PREEMPT_OFFSET offsetof(struct pcpu_hot, preempt_count)
#else
#define DTC_COMPAT_PCPU_HOT	  0
#define DTC_COMPAT_CURRENT_OFFSET 0
#define DTC_COMPAT_PREEMPT_OFFSET 0
#endif

/* ftrace_regs became opaque with 6.13. Both forms begin with the registers on x86. */
#define DTC_COMPAT_FREGS_REGS 0

/*
 * The module argument of the kallsyms iterators' callbacks went away with 6.4;
 * module_kallsyms_on_each_symbol() takes a module's name since 6.3.
 * DTC_SYMBOL_CALLBACK(callback, fn) defines a callback that calls
 * fn(data, symbol, module's name if known, address).
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
typedef int (*dtc_symbol_fn)(void *data, const char *sym, unsigned long addr);
#define DTC_SYMBOL_CALLBACK(callback, fn)						\
	static int callback(void *data, const char *sym, unsigned long addr)	\
	{									\
		return fn(data, sym, NULL, addr);				\
	}
#else
typedef int (*dtc_symbol_fn)(void *data, const char *sym, struct module *mod, unsigned long addr);
#define DTC_SYMBOL_CALLBACK(callback, fn)						\
	static int callback(void *data, const char *sym, struct module *mod, unsigned long addr) \
	{									\
		return fn(data, sym, mod ? mod->name : NULL, addr);		\
	}
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
typedef int (*dtc_each_module_symbol_fn)(const char *modname, dtc_symbol_fn fn, void *data);
#define DTC_EACH_MODULE_SYMBOL(each, mod, fn, data) (each)((mod), (fn), (data))
#else
typedef int (*dtc_each_module_symbol_fn)(dtc_symbol_fn fn, void *data);
#define DTC_EACH_MODULE_SYMBOL(each, mod, fn, data) (each)((fn), (data))
#endif

/* Handlers without saved registers get their arguments since 5.11; the flag against recursion turned round then. */
#ifdef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
#define DTC_FTRACE_FLAGS 0
#else
#define DTC_FTRACE_FLAGS (FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_RECURSION_SAFE)
#endif

/* get_kretprobe() came with 5.11. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
#define DTC_KRETPROBE_OF(instance) get_kretprobe(instance)
#else
#define DTC_KRETPROBE_OF(instance) ((instance)->rp)
#endif

/* A module's memory is an array of its kinds since 6.4. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define DTC_MODULE_TEXT(mod)	  ((mod)->mem[MOD_TEXT].base)
#define DTC_MODULE_TEXT_SIZE(mod) ((mod)->mem[MOD_TEXT].size)
#else
#define DTC_MODULE_TEXT(mod)	  ((mod)->core_layout.base)
#define DTC_MODULE_TEXT_SIZE(mod) ((mod)->core_layout.text_size)
#endif

/* Of the callbacks of relay channels, subbuf_start() lost its last parameter after 6.12. */
#define DTC_SUBBUF_START(fn, padded)								   \
	__builtin_choose_expr(__builtin_types_compatible_p(typeof(((struct rchan_callbacks *)0)->subbuf_start), typeof(&(fn))), \
			      fn, padded)

/* PDE_DATA() became pde_data() with 5.17. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
#define pde_data(inode) PDE_DATA(inode)
#endif

/* no_llseek() went with 6.12; files without a function refuse to seek since 6.0. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#define no_llseek NULL
#endif

/* hrtimer_setup() came with 6.13, hrtimer_init() went with 6.15. */
static inline void dtc_hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*fn)(struct hrtimer *), enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, mode);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, mode);
	timer->function = fn;
#endif
}

#endif
