/* SPDX-License-Identifier: GPL-2.0 */
/* What dtc_locals.c takes of the kernel's headers, for an object that is never loaded: for compilers that cannot build a module. */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef _Bool bool;
struct list_head { struct list_head *next, *prev; };
struct kernel_param;
struct kernel_param_ops { int (*set)(const char *text, const struct kernel_param *kp); };
unsigned long msleep_interruptible(unsigned ms);
#define noinline __attribute__((noinline))
#define __always_inline inline __attribute__((always_inline))
#define min(a, b) ({ __typeof__(a) x_ = (a); __typeof__(b) y_ = (b); x_ < y_ ? x_ : y_; })
#define abs(x) ({ __typeof__(x) x_ = (x); x_ < 0 ? -x_ : x_; })
#define MSEC_PER_SEC 1000
#define DEFINE_PER_CPU(type, name) __attribute__((section(".data..percpu"))) type name
#define this_cpu_ptr(p) ({ unsigned long at_; __asm__("add %%gs:0, %0" : "=r"(at_) : "0"(p)); (__typeof__(p))at_; })
#define INIT_LIST_HEAD(l) ((l)->next = (l)->prev = (l))
#define preempt_disable() __asm__ volatile("" : : : "memory")
#define preempt_enable() __asm__ volatile("" : : : "memory")
#define module_param_cb(name, ops, arg, perm) const void *const dtc_param_##name = (ops)
#define MODULE_PARM_DESC(name, text) struct dtc_none
#define MODULE_DESCRIPTION(text) struct dtc_none
#define MODULE_LICENSE(text) struct dtc_none
