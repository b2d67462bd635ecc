// SPDX-License-Identifier: GPL-2.0
/*
 * Firings that the runtime starts itself, and the rare paths of all: a firing
 * that is timed, a fault.
 */
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <linux/ktime.h>
#include "runtime.h"

/* `fire` of groups that the kernel calls directly; never called. */
void dtc_no_fire(struct dtc_ctx *c)
{
}

/* Any context. `ctx` tells of the place; the rest is filled in here. */
void fire_group(u32 group, struct dtc_ctx *ctx, void (*fire)(struct dtc_ctx *))
{
	const dtc_u64 flags = dtc_irq_save();
	struct dtc_cpu *cpu = dtc_this_cpu();

	if (dtc_enter(cpu, 0)) {
		ctx->cpu = cpu;
		ctx->group = group;
		fire(ctx);
		dtc_leave(cpu);
	}
	dtc_irq_restore(flags);
}

static void fire_special_here(void *kind)
{
	const u32 wanted = (unsigned long)kind;
	struct dtc_cpu *cpu = dtc_this_cpu();
	u32 group;

	DTC_ASSERT(irqs_disabled());
	if (cpu->busy)
		return;
	for (group = 0; group < dtc_program.ngroups; group++) {
		const struct dtc_group *g = &dtc_groups[group];
		struct dtc_ctx ctx = { .cpu = cpu, .kind = wanted, .group = group, .probe = g->first_probe };

		if (g->kind != wanted)
			continue;
		cpu->busy = 1;
		barrier();
		g->fire(&ctx);
		barrier();
		cpu->busy = 0;
	}
}

/* Here, unless option cpu names another that is online, or this CPU came up after CONFIG: then on one that has buffers. */
void fire_special(u32 kind)
{
	void *arg = (void *)(unsigned long)kind;
	unsigned long flags;
	int cpu = get_cpu();

	if (run.config.cpu != -1 && run.config.cpu != cpu && cpu_online(run.config.cpu)) {
		smp_call_function_single(run.config.cpu, fire_special_here, arg, 1);
	} else if (cpumask_test_cpu(cpu, &run.cpus)) {
		local_irq_save(flags);
		fire_special_here(arg);
		local_irq_restore(flags);
	} else {
		smp_call_function_any(&run.cpus, fire_special_here, arg, 1);
	}
	put_cpu();
}

static u32 error_group(void)
{
	u32 group;

	for (group = 0; group < dtc_program.ngroups; group++)
		if (dtc_groups[group].kind == DTC_GROUP_ERROR)
			break;
	return group;
}

void *dtc_reserve_slow(struct dtc_cpu *cpu);

static void fault_record(struct dtc_cpu *cpu, const struct dtc_ctx *ctx, u32 id, const struct dtc_position *pos)
{
	struct dtc_fault_record *r;

	cpu->request = sizeof(*r);
	r = dtc_reserve_slow(cpu);
	if (!r)
		return;
	*r = (struct dtc_fault_record){
		.hdr = { .id = DTC_ID_FAULT, .size = sizeof(*r), .time = ctx->now ? ctx->now : ktime_get_mono_fast_ns() },
		.id = id, .epid = ctx->error_args[0], .action = pos->action, .fault = ctx->fault, .line = pos->line, .column = pos->column,
		.file = pos->file, .value = ctx->fault_value,
	};
	barrier();
	DTC_RBUF(cpu, DTC_RBUF_OFFSET) += sizeof(*r);
}

/* Out of dtc_fault(): cpu->fault_ctx is the clause's context, cpu->request its block. */
void dtc_fault_slow(struct dtc_cpu *cpu);
void dtc_fault_slow(struct dtc_cpu *cpu)
{
	static const struct dtc_position nowhere;
	struct dtc_ctx *ctx = &cpu->fault_ctx;
	const struct dtc_position *pos = ctx->fault_position < dtc_program.npositions ?
					 &dtc_positions[ctx->fault_position] : &nowhere;
	const u32 id = cpu->request * dtc_program.nprobes + ctx->probe;
	const u32 group = error_group();
	struct dtc_ctx error = {
		.cpu = cpu, .kind = DTC_GROUP_ERROR, .group = group, .now = ctx->now, .scratch_top = ctx->scratch_top,
		.error_args = { ctx->error_args[0], pos->action, 0, ctx->fault, ctx->fault_value },
	};

	if (cpu->erring) {
		cpu->drops[DTC_DROP_NESTED_FAULT]++;
		return;
	}
	fault_record(cpu, ctx, id, pos);
	if (!dtc_program.error || group == dtc_program.ngroups)
		return;
	error.probe = dtc_groups[group].first_probe;
	cpu->erring = 1;
	dtc_program.error(&error);
	cpu->erring = 0;
}
