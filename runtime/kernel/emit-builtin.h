/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Built-in variables.
 *
 * vtimestamp is the time the thread has been on a CPU: the scheduler's own sum
 * (se.sum_exec_runtime), which it brings up to date at ticks and switches,
 * plus the scheduler's clock since it last did so (se.exec_start).
 */
#ifndef DTC_EMIT_BUILTIN_H
#define DTC_EMIT_BUILTIN_H

/* enum dtc_group_kind of dtc/meta.h, which needs linux/types.h */
enum {
	DTC_KIND_BEGIN, DTC_KIND_END, DTC_KIND_ERROR, DTC_KIND_PROFILE, DTC_KIND_TICK, DTC_KIND_SYSCALL_ENTRY,
	DTC_KIND_SYSCALL_RETURN, DTC_KIND_FBT_ENTRY, DTC_KIND_FBT_RETURN, DTC_KIND_FBT_PAIR, DTC_KIND_TRACEPOINT,
	DTC_KIND_KPROBE
};

enum dtc_macro {
	DTC_MACRO_TARGET, DTC_MACRO_PID, DTC_MACRO_PPID, DTC_MACRO_PGID, DTC_MACRO_SID,
	DTC_MACRO_UID, DTC_MACRO_GID, DTC_MACRO_EUID, DTC_MACRO_EGID, DTC_MACRO_NR
};
extern dtc_s64 dtc_macros[DTC_MACRO_NR];
extern dtc_s64 dtc_params[DTC_MAX_PARAMS];
extern char dtc_param_strings[DTC_MAX_PARAMS][DTC_PARAM_STRLEN];

/* Emitted only where a clause computes with a part of the probe's name. */
extern const char *const *const dtc_probe_parts[4] __attribute__((weak));

/* Addresses (their low halves) of a group's functions and their probes, open addressing. A row of 0 ends a search. */
struct dtc_ip_map {
	struct dtc_ip_row { dtc_u32 ip, probe; } *rows;
	dtc_u32 shift;		/* 32 - log2(rows) */
};
extern struct dtc_ip_map *dtc_ip_maps;	/* by group */

extern dtc_u64 dtc_kernel_mono(void) __asm__("ktime_get_mono_fast_ns");
extern dtc_u64 dtc_kernel_real(void) __asm__("ktime_get_real_fast_ns");

dtc_u64 dtc_rt_vtimestamp(void);
dtc_u64 dtc_rt_stack_arg(dtc_u64 sp, dtc_u32 n) __attribute__((pure));
dtc_u32 dtc_rt_stack(dtc_u32 kind, void *regs, dtc_u64 ip, dtc_u64 parent_ip, dtc_u64 *pcs, dtc_u32 max);
dtc_s32 dtc_rt_progenyof(dtc_s64 pid);
int dtc_rt_ureg(dtc_u32 n, dtc_u64 *ret);
dtc_u32 dtc_rt_ustack(dtc_u64 *pcs, dtc_u32 max);

#define DTC_IP_HASH(ip, shift) (((dtc_u32)(ip) * 0x9e3779b1u) >> (shift))

DTC_INLINE dtc_u32 dtc_ip_find(const struct dtc_ip_map *map, dtc_u64 ip)
{
	const struct dtc_ip_row *row = map->rows + DTC_IP_HASH(ip, map->shift);

	while (dtc_unlikely(row->ip != (dtc_u32)ip && row->ip))
		row++;
	return row->probe;
}

DTC_INLINE dtc_u32 dtc_probe(struct dtc_ctx *c)
{
	if (c->probe == DTC_PROBE_BY_IP)
		c->probe = dtc_ip_find(&dtc_ip_maps[c->group], c->ip);
	return c->probe;
}

DTC_INLINE const char *dtc_probe_string(struct dtc_ctx *c, dtc_u32 part)
{
	return dtc_probe_parts[part][dtc_probe(c)];
}

#define DTC_REG(regs, off) (*(const dtc_u64 *)((const char *)(regs) + (off)))

DTC_INLINE dtc_u64 dtc_function_arg(const void *regs, dtc_u32 n)
{
	switch (n) {
	case 0: return DTC_REG(regs, DTC_REGS_DI);
	case 1: return DTC_REG(regs, DTC_REGS_SI);
	case 2: return DTC_REG(regs, DTC_REGS_DX);
	case 3: return DTC_REG(regs, DTC_REGS_CX);
	case 4: return DTC_REG(regs, DTC_REGS_R8);
	case 5: return DTC_REG(regs, DTC_REGS_R9);
	default: return dtc_rt_stack_arg(DTC_REG(regs, DTC_REGS_SP), n - 6);
	}
}

DTC_INLINE dtc_u64 dtc_syscall_arg(const void *regs, dtc_u32 n)
{
	switch (n) {
	case 3: return DTC_REG(regs, DTC_REGS_R10);
	case 6: case 7: case 8: case 9: return 0;
	default: return dtc_function_arg(regs, n);
	}
}

/* An interrupted place: arg0 is its address if in the kernel, arg1 if in user space. */
DTC_INLINE dtc_u64 dtc_profile_arg(const void *regs, dtc_u32 n)
{
	if (!regs || n > 1)
		return 0;
	return !(DTC_REG(regs, DTC_REGS_CS) & 3) == (n == 0) ? DTC_REG(regs, DTC_REGS_IP) : 0;
}

DTC_INLINE dtc_u64 dtc_arg(struct dtc_ctx *c, dtc_u32 n)
{
	switch (c->kind) {
	case DTC_KIND_FBT_ENTRY:
	case DTC_KIND_KPROBE:
		return dtc_function_arg(c->regs, n);
	case DTC_KIND_FBT_RETURN:
	case DTC_KIND_FBT_PAIR:
		return n == 1 ? (dtc_u64)c->value : n ? 0 : ~0ull;	/* which return it is, nobody knows after it */
	case DTC_KIND_SYSCALL_ENTRY:
		return dtc_syscall_arg(c->regs, n);
	case DTC_KIND_SYSCALL_RETURN:
		return n <= 1 ? (dtc_u64)c->value : 0;
	case DTC_KIND_TRACEPOINT:
		return n < 10 ? ((const dtc_u64 *)c->regs)[n] : 0;
	case DTC_KIND_PROFILE:
	case DTC_KIND_TICK:
		return dtc_profile_arg(c->regs, n);
	case DTC_KIND_ERROR:
		return n >= 1 && n <= 5 ? c->error_args[n - 1] : 0;
	default:
		return 0;
	}
}

/* Argument register n of a row of dtc_program.entries, as it was when the call was entered whose frame it is. */
int dtc_rt_entry(dtc_u64 cfa, dtc_u32 row, struct dtc_call_cache *ret);

DTC_INLINE int dtc_entry_known(struct dtc_call_cache *kept, dtc_u64 cfa, dtc_u32 row)
{
	return kept->cfa == cfa && kept->row == row ? (int)kept->known : dtc_rt_entry(cfa, row, kept);
}

DTC_INLINE int dtc_entry_value(struct dtc_ctx *c, struct dtc_call_cache *kept, dtc_u64 cfa, dtc_u32 row, dtc_u32 n, dtc_u64 *ret)
{
	if (dtc_likely(dtc_entry_known(kept, cfa, row))) {
		*ret = kept->args[n];
		return 0;
	}
	c->fault = 12;	/* DTC_FAULT_UNCAPTURED */
	c->fault_value = 0;
	return -1;
}

DTC_INLINE dtc_u64 dtc_timestamp(struct dtc_ctx *c)
{
	if (!c->now)
		c->now = dtc_kernel_mono();
	return c->now;
}

DTC_INLINE dtc_u64 dtc_vtimestamp(struct dtc_ctx *c)
{
	(void)c;
	return dtc_rt_vtimestamp();
}

DTC_INLINE dtc_u64 dtc_walltimestamp(struct dtc_ctx *c)
{
	(void)c;
	return dtc_kernel_real();
}

#define DTC_CURRENT_FIELD(type, off) (*(const type *)(dtc_current() + (off)))

DTC_INLINE dtc_u64 dtc_curthread(struct dtc_ctx *c) { (void)c; return (dtc_u64)dtc_current(); }
DTC_INLINE dtc_s32 dtc_pid(struct dtc_ctx *c) { (void)c; return DTC_CURRENT_FIELD(dtc_s32, DTC_TASK_TGID); }
DTC_INLINE dtc_s32 dtc_tid(struct dtc_ctx *c) { (void)c; return DTC_CURRENT_FIELD(dtc_s32, DTC_TASK_PID); }
DTC_INLINE const char *dtc_comm(struct dtc_ctx *c) { (void)c; return dtc_current() + DTC_TASK_COMM; }
DTC_INLINE dtc_u32 dtc_cpu(struct dtc_ctx *c) { return c->cpu->id; }

DTC_INLINE dtc_s32 dtc_ppid(struct dtc_ctx *c)
{
	(void)c;
	return (dtc_s32)dtc_peek(DTC_CURRENT_FIELD(dtc_u64, DTC_TASK_PARENT) + DTC_TASK_TGID);
}

DTC_INLINE dtc_u32 dtc_uid(struct dtc_ctx *c)
{
	(void)c;
	return (dtc_u32)dtc_peek(DTC_CURRENT_FIELD(dtc_u64, DTC_TASK_CRED) + DTC_CRED_UID);
}

DTC_INLINE dtc_u32 dtc_gid(struct dtc_ctx *c)
{
	(void)c;
	return (dtc_u32)dtc_peek(DTC_CURRENT_FIELD(dtc_u64, DTC_TASK_CRED) + DTC_CRED_GID);
}

DTC_INLINE dtc_s32 dtc_errno(struct dtc_ctx *c)
{
	if (c->kind != DTC_KIND_SYSCALL_RETURN || (dtc_u64)c->value < (dtc_u64)-4095)
		return 0;
	return (dtc_s32)-c->value;
}

DTC_INLINE dtc_u32 dtc_stack(struct dtc_ctx *c, dtc_u64 *pcs, dtc_u32 max)
{
	return dtc_rt_stack(c->kind, c->regs, c->ip, c->parent_ip, pcs, max);
}

DTC_INLINE dtc_u64 dtc_caller(struct dtc_ctx *c)
{
	dtc_u64 pcs[2];

	if (c->kind == DTC_KIND_FBT_ENTRY && c->parent_ip)
		return c->parent_ip;
	return dtc_rt_stack(c->kind, c->regs, c->ip, c->parent_ip, pcs, 2) == 2 ? pcs[1] : 0;
}

/* What goes with addresses of a program. */
DTC_INLINE dtc_u64 dtc_user_pid(struct dtc_ctx *c)
{
	return (dtc_u64)dtc_pid(c);
}

DTC_INLINE dtc_u32 dtc_ustack(struct dtc_ctx *c, dtc_u64 *pcs, dtc_u32 max)
{
	(void)c;
	return dtc_rt_ustack(pcs, max);
}

/* A register of the program; a thread of the kernel has none. */
DTC_INLINE int dtc_ureg(struct dtc_ctx *c, dtc_u32 n, dtc_u64 *ret)
{
	if (!dtc_rt_ureg(n, ret))
		return 0;
	c->fault = 3;	/* DTC_FAULT_ILLOP */
	c->fault_value = n;
	return -1;
}

DTC_INLINE dtc_u64 dtc_ucaller(struct dtc_ctx *c)
{
	dtc_u64 pcs[2];

	(void)c;
	return dtc_rt_ustack(pcs, 2) == 2 ? pcs[1] : 0;
}

DTC_INLINE dtc_u32 dtc_ustackdepth(struct dtc_ctx *c)
{
	(void)c;
	return dtc_rt_ustack(0, DTC_STACKFRAMES_MAX);
}

DTC_INLINE dtc_u32 dtc_stackdepth(struct dtc_ctx *c)
{
	return dtc_rt_stack(c->kind, c->regs, c->ip, c->parent_ip, 0, DTC_STACKFRAMES_MAX);
}

#define DTC_MACRO(name, row) \
	DTC_INLINE dtc_s64 name(struct dtc_ctx *c) { (void)c; return dtc_macros[row]; }
DTC_MACRO(dtc_target, DTC_MACRO_TARGET)
DTC_MACRO(dtc_config_pid, DTC_MACRO_PID)
DTC_MACRO(dtc_config_ppid, DTC_MACRO_PPID)
DTC_MACRO(dtc_config_pgid, DTC_MACRO_PGID)
DTC_MACRO(dtc_config_sid, DTC_MACRO_SID)
DTC_MACRO(dtc_config_uid, DTC_MACRO_UID)
DTC_MACRO(dtc_config_gid, DTC_MACRO_GID)
DTC_MACRO(dtc_config_euid, DTC_MACRO_EUID)
DTC_MACRO(dtc_config_egid, DTC_MACRO_EGID)

DTC_INLINE dtc_s64 dtc_param(struct dtc_ctx *c, dtc_u32 n)
{
	(void)c;
	return n < DTC_MAX_PARAMS ? dtc_params[n] : 0;
}

DTC_INLINE const char *dtc_param_string(struct dtc_ctx *c, dtc_u32 n)
{
	(void)c;
	return n < DTC_MAX_PARAMS ? dtc_param_strings[n] : "";
}

/* xorshift; each CPU has its own seed. Never negative: `rand() % n` counts from 0. */
DTC_INLINE dtc_s64 dtc_rand(struct dtc_ctx *c)
{
	dtc_u64 x = c->cpu->random;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	c->cpu->random = x;
	return (dtc_s64)(x >> 33);
}

DTC_INLINE dtc_s32 dtc_progenyof(struct dtc_ctx *c, dtc_s64 pid)
{
	(void)c;
	return dtc_rt_progenyof(pid);
}

#endif
