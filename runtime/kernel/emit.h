/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What emitted C is written against: the context of a firing and all that a
 * clause may do. Emitted C includes this file and nothing else; this file
 * includes no kernel header, only "dtc-kernel.h", the constants of one kernel
 * (offsets, sizes, symbol names) that are made with the runtime, once per
 * kernel. The hot paths are inline here; the rest is called in the runtime.
 *
 * A clause runs with interrupts off on one CPU. It may be inside an NMI, an
 * interrupt, the idle task or an exiting task. Nothing here sleeps, allocates
 * or loops without a bound.
 *
 * A file of emitted C has this shape:
 *
 *	#include "emit.h"
 *	const struct dtc_position dtc_positions[] = { {action, file, line, column}, ... };
 *	static DTC_CLAUSE void clause_0(struct dtc_ctx *c) {
 *		DTC_CLAUSE_BEGIN(c);			// remembers scratch, no fault yet
 *		if (!(predicate)) goto out;
 *		char *r = dtc_reserve(c, MAX);		// only in clauses that record
 *		if (!r) goto out;			// dropped and counted
 *		...
 *		dtc_commit(c, r, SIZE);
 *	out:	DTC_CLAUSE_END(c); return;
 *	fault:	dtc_fault(c, ID, EPID);			// ID: id of the clause's first block; EPID: of the enabled probe, less the probe's row
 *		goto out;
 *	}
 *	DTC_FBT_ENTRY(0, PROBE, clause_0(c); clause_4(c))
 *	const struct dtc_group dtc_groups[] = { { .kind = ..., .handler = dtc_handler_0, .fire = dtc_fire_0, ... }, };
 *	const struct dtc_program dtc_program = { ... };
 */
#ifndef DTC_EMIT_H
#define DTC_EMIT_H

#include "dtc-kernel.h"
#include "emit-types.h"
#include <dtc/limits.h>		/* numbers only */

struct dtc_position { dtc_u32 action, file, line, column; };

/* A symbol of the kernel that the script names. */
struct dtc_symbol { const char *name, *module; };

/*
 * A firing. `kind` is an enum dtc_group_kind, a constant after inlining.
 * regs: struct pt_regs of the probed place (a function's arguments, a system
 * call's, an interrupted place), or 0. ip: address of the probe. value: a
 * return value or a system call's number. probe: row of the probe table, or
 * DTC_PROBE_BY_IP until dtc_probe() has looked it up.
 */
struct dtc_ctx {
	struct dtc_cpu *cpu;
	void *regs;
	dtc_u64 ip;
	dtc_u64 parent_ip;
	dtc_s64 value;
	dtc_u64 now;		/* timestamp, 0: not read yet */
	dtc_u32 kind;
	dtc_u32 group;
	dtc_u32 probe;
	dtc_u32 fault;		/* enum dtc_fault and its place, set just before `goto fault` */
	dtc_u32 fault_position;
	dtc_u64 fault_value;
	dtc_u64 error_args[5];	/* kind ERROR: arg1..arg5 of the ERROR probe */
	dtc_u32 scratch_mark;
	dtc_u32 scratch_top;	/* bytes of scratch in use */
	dtc_u32 exited;		/* exit() was called: the clauses that follow are skipped */
	void *self;		/* this thread's variables, once found */
	char *token;		/* what strtok() has left */
};

/* One group of probes that share their clauses. */
struct dtc_group {
	dtc_u32 kind;
	dtc_u32 nprobes;
	dtc_u32 first_probe;
	dtc_u32 flags;		/* DTC_GROUP_* below */
	void *handler;		/* kinds whose firing enters by itself (FBT_ENTRY, TRACEPOINT, KPROBE): that function */
	void (*fire)(struct dtc_ctx *c);	/* all kinds: runs the clauses; the runtime has entered */
	void (*fire_entry)(struct dtc_ctx *c);	/* FBT_PAIR: the clauses of the entry probe, probe (= the return's row + nprobes) set */
};
#define DTC_GROUP_NEEDS_PROBE 0x1	/* its clauses ask which probe fired */

/* A function whose arguments are kept of each call: entry.c. */
struct dtc_entry { const char *symbol, *module; dtc_u64 offset; };

/* The whole script, for the runtime. */
struct dtc_program {
	dtc_u32 version;
	dtc_u32 ngroups;
	dtc_u32 nprobes;
	dtc_u32 nblocks;
	dtc_u32 max_record;		/* bytes that one clause reserves at the most */
	dtc_u32 exit_record;		/* .. one that may exit(); 0: none does */
	dtc_u32 agg_fixed_size;		/* bytes of the entries of aggregations without keys, at the start of a buffer */
	dtc_u32 max_agg_entry;
	dtc_u32 self_size;		/* bytes of the thread-local variables of one thread, 0: none */
	dtc_u32 max_dyn_value;		/* bytes of the largest associative array element */
	dtc_u32 ndynvars;
	dtc_u32 scratch_size;
	dtc_u32 strsize;
	dtc_u32 destructive;
	dtc_u32 npositions;
	void *sys_enter;		/* handlers of the raw_syscalls tracepoints, or 0 */
	void *sys_exit;
	void (*error)(struct dtc_ctx *c);	/* the ERROR clauses, or 0 */
	const dtc_u32 *agg_fixed;	/* rows: { agg row, byte offset, words } of each aggregation without keys, ended by offset 0 in a last row */
	dtc_u32 nsymbols;
	const struct dtc_symbol *symbols;
	dtc_u64 *symbol_addresses;	/* found before anything is attached */
	dtc_u32 nentries;
	const struct dtc_entry *entries;
};
extern const struct dtc_group dtc_groups[];
extern const struct dtc_program dtc_program;
extern const struct dtc_position dtc_positions[];

/* Faults: leave the clause. POS is a row of dtc_positions. */
#define DTC_FAULT(c, kind, val, pos) \
	do { (c)->fault = (kind); (c)->fault_value = (dtc_u64)(val); (c)->fault_position = (pos); goto fault; } while (0)
/* For runtime calls below that return nonzero or NULL with c->fault set. */
#define DTC_RAISE(c, pos) do { (c)->fault_position = (pos); goto fault; } while (0)

/*
 * To be provided, inline here or out of line in the runtime:
 *
 * DTC_LOAD(c, TYPE, lvalue, address, pos)  fault-safe load of a scalar from kernel memory, may `goto fault`
 * int dtc_load_bytes(c, void *dst, dtc_u64 kaddr, dtc_u32 n)   0, or nonzero with c->fault set
 *
 * Built-in variables:
 * dtc_u64 dtc_arg(c, n)  dtc_u32 dtc_probe(c)  dtc_u64 dtc_timestamp(c)  dtc_vtimestamp(c)  dtc_walltimestamp(c)
 * dtc_u64 dtc_curthread(c)  dtc_s32 dtc_pid(c) dtc_tid(c) dtc_ppid(c)  dtc_u32 dtc_uid(c) dtc_gid(c) dtc_cpu(c)
 * dtc_s32 dtc_errno(c)  dtc_u64 dtc_caller(c) dtc_ucaller(c)  dtc_u32 dtc_stackdepth(c)
 * const char *dtc_comm(c)    execname: 16 bytes with a NUL among them
 * dtc_s64 dtc_target(c)      $target; likewise dtc_config_pid ppid pgid sid uid gid euid egid (c)
 * dtc_s64 dtc_param(c, n)    const char *dtc_param_string(c, n)
 * const char *dtc_probe_string(c, part)   probeprov.. as a string, when a clause computes with it
 *		(emitted table: const char *const dtc_probe_parts[4][]; only emitted where used; extern weak)
 *
 * Strings are pointers to NUL-terminated memory of at most strsize bytes, one more than the option, with the NUL; results lie in scratch,
 * which is freed when the clause ends. NULL: no scratch, or a fault (c->fault is set).
 * int dtc_strcmp(const char *, const char *)   dtc_u32 dtc_strlen(const char *)
 * void dtc_strcpy(char *dst, const char *src, dtc_u32 size)   truncates, always terminates
 * const char *dtc_strjoin(c, a, b) dtc_basename(c, s) dtc_dirname(c, s) dtc_substr(c, s, dtc_s64 index, dtc_s64 len, int has_len)
 *		dtc_lltostr(c, dtc_s64 v, int base) dtc_strchr(c, s, ch) dtc_strrchr dtc_strstr(c, s, t) dtc_strtok(c, s or dtc_no_string, t)
 *		dtc_tolower dtc_toupper dtc_cleanpath
 * dtc_s64 dtc_index(s, t, dtc_s64 start, int has_start)  dtc_rindex   dtc_strtoll(c, s, base)
 * const char *dtc_stringof(c, dtc_u64 kaddr)        kernel memory as a string, fault-safe
 * const char *dtc_copyinstr(c, dtc_u64 uaddr, dtc_u64 max)
 * void *dtc_copyin(c, dtc_u64 uaddr, dtc_u64 n)   void *dtc_alloca(c, n)  dtc_alloca_zero(c, n)   int dtc_copyinto(c, uaddr, n, void *dst)
 * dtc_s64 dtc_rand(c)    dtc_s32 dtc_progenyof(c, dtc_s64 pid)
 *
 * Records:
 * char *dtc_reserve(c, dtc_u32 max)    8-aligned room in this CPU's sub-buffer, or NULL (counted)
 * void dtc_record(c, char *r, dtc_u32 block, dtc_u32 size)     writes a header at r; blocks of one clause follow each other
 * void dtc_commit(c, char *r, dtc_u32 size)     size: of all blocks written, <= max
 * dtc_u32 dtc_stack(c, dtc_u64 *pcs, dtc_u32 max)    frames written; the first is the probed function. dtc_ustack(c, pcs, max): the program's
 *
 * Tuples (include/dtc/record.h):  u64 key[N] on the stack when all parts are of fixed size, else
 * dtc_u64 *dtc_key(c)    room for DTC_MAX_KEY_WORDS; a clause may hold two at once (dtc_key2)
 * dtc_u64 *dtc_key_string(dtc_u64 *k, const char *s)   dtc_key_stack(c, k, frames)  dtc_key_ustack    return the next free word
 *
 * Aggregations: all return the entry's data words, or NULL (counted)
 * dtc_u64 *dtc_agg_fixed(c, dtc_u32 offset)
 * dtc_u64 *dtc_agg_find(c, dtc_u32 row, const dtc_u64 *key, dtc_u32 key_words, dtc_u32 data_words)
 *		always inline: with constant key_words <= 4 hash and compare unroll
 * dtc_agg_count(d, n) dtc_agg_sum(d, v) dtc_agg_avg dtc_agg_min dtc_agg_max dtc_agg_stddev(d, v)
 * dtc_agg_quantize(d, v, incr) dtc_agg_lquantize(d, v, incr, base, step, levels) dtc_agg_llquantize(d, v, incr, zero, factor, low, high, steps)
 *
 * Variables:
 * globals are static C variables of the emitted file
 * void *dtc_self(c, int alloc)     this thread's block of self_size bytes, zeroed when new; NULL: none, or no room (counted)
 * int dtc_dyn_load(c, var, const dtc_u64 *key, nwords, void *dst, size)     zeroes dst when there is none; returns found
 * int dtc_dyn_store(c, var, key, nwords, const void *src, size)     0, or nonzero: no room (counted)
 * void dtc_dyn_free(c, var, key, nwords)
 * dtc_u64 dtc_thread_key(c)     first key word of a self-> array
 *
 * Actions:
 * void dtc_exit(c, r, quit)     at the end of a clause that may exit(); quit: it does, and nothing more fires but END
 * destructive ones: dtc_raise(c, sig) dtc_stop(c) dtc_chill(c, ns) dtc_panic(c) dtc_copyout(c, src, uaddr, n)
 *		dtc_copyoutstr(c, s, uaddr, max); nonzero: c->fault is set
 * speculations: emit-action.h
 *
 * Handlers, each defines `dtc_handler_N` (where the kernel calls it directly) and `dtc_fire_N`. PROBE is the row of the
 * group's only probe or DTC_PROBE_BY_IP. BODY sees `struct dtc_ctx *c`.
 * DTC_FBT_ENTRY(N, PROBE, BODY)   DTC_TRACEPOINT(N, PROBE, BODY)
 * DTC_FIRE(N, KIND, BODY)	 groups that the runtime fires: BEGIN END ERROR PROFILE TICK FBT_RETURN FBT_PAIR (probe is set)
 * DTC_FIRE_ENTRY(N, BODY)	 dtc_fire_entry_N: entry clauses of a pair group; c->kind is DTC_GROUP_FBT_ENTRY in it
 * DTC_SYSCALL_ENTRY(SWITCH) DTC_SYSCALL_RETURN(SWITCH)    one handler for all system call groups. SWITCH is a statement that sees
 *		`c` (c->value is the number at entry; nr) and nr < DTC_NR_SYSCALLS; emitted tables map nr to group and probe:
 *		`static const dtc_s32 dtc_sysenter_probe[DTC_NR_SYSCALLS]` (-1: not enabled) and, with several groups,
 *		`static const dtc_u8 dtc_sysenter_group[DTC_NR_SYSCALLS]`.
 */

/*
 * How it is built (translator/build/runtime.c). Once per kernel runtime/kernel/ and include/dtc/ are copied side by side,
 * as in this tree, to a folder of the cache; `make -C BUILD M=COPY/runtime/kernel modules` runs there. Its Kbuild
 *  - makes dtc-kernel.h from constants.c before any other object, the way the kernel makes asm-offsets.h,
 *  - makes dtc_template.ko of the runtime's objects and blank.o. blank.c is a program without probes, written against
 *    emit.h: its recorded command line gives the flags for emitted C, and it names the kernel symbols that the compiler
 *    may call by itself (memcpy memmove memset memcmp), so that their versions are in dtc_template.mod.o.
 *    All other objects of dtc_template are linked with each script in place of blank.o.
 *  - finds dtc/(name).h by ccflags-y += -I$(src)/../../include.
 * Emitted C then sees the headers of runtime/kernel, dtc-kernel.h and include/dtc in one folder. The runtime takes its
 * name from THIS_MODULE->name.
 * this-> variables: the body of a handler is { struct dtc_this t = { 0 }; clause_0(c, &t); ... }; strings of it are
 * taken by dtc_alloca() before the first clause and must live until the firing ends: DTC_CLAUSE_END goes back to the
 * mark of DTC_CLAUSE_BEGIN only, entering a firing frees all.
 * DTC_SYSCALL_ENTRY(SWITCH): the macro looks up dtc_sysenter_probe[nr] (dtc_sysexit_probe for returns) before it enters
 * a firing, and returns when that is negative; else it sets c->probe. SWITCH sets c->group and runs the clauses.
 * dtc_fault(c, block, epid) and dtc_record(c, r, block, size) take the number of a block; the runtime makes the id.
 */

#define DTC_PROBE_BY_IP 0xffffffffu
#define DTC_PROGRAM_VERSION 1
#define DTC_CLAUSE __attribute__((always_inline)) inline

#include "emit-cpu.h"		/* this CPU's state, entering and leaving a firing, calls out of hot code */
#include "emit-load.h"		/* fault-safe loads */
#include "emit-builtin.h"	/* built-in variables */
#include "emit-record.h"	/* records, faults */
#include "emit-agg.h"		/* aggregations */
#include "emit-variable.h"	/* thread-local variables, associative arrays */
#include "emit-string.h"	/* strings, tuples of them, user memory */
#include "emit-action.h"		/* speculations, destructive actions */
#include "emit-text.h"		/* addresses, paths, JSON as text; locks */
#include "emit-handler.h"	/* what the kernel calls */

#endif
