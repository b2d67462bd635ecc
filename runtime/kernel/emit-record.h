/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Records in this CPU's relay channel, faults, exit().
 *
 * Room is reserved for the most a clause may write, and what was written is
 * committed at once, so a clause that ends early leaves nothing. A sub-buffer
 * too full for the most is closed. exit() takes effect, with its status, even
 * where there is no room left.
 */
#ifndef DTC_EMIT_RECORD_H
#define DTC_EMIT_RECORD_H

#define DTC_RBUF(cpu, off) (*(dtc_u64 *)((cpu)->rbuf + (off)))

DTC_INLINE char *dtc_reserve(struct dtc_ctx *c, dtc_u32 max)
{
	struct dtc_cpu *cpu = c->cpu;

	if (dtc_unlikely(DTC_RBUF(cpu, DTC_RBUF_OFFSET) + max > cpu->subbuf_size)) {
		cpu->request = max;
		return (char *)DTC_CALL(dtc_reserve_slow, cpu);
	}
	return (char *)(DTC_RBUF(cpu, DTC_RBUF_DATA) + DTC_RBUF(cpu, DTC_RBUF_OFFSET));
}

DTC_INLINE void dtc_commit(struct dtc_ctx *c, char *r, dtc_u32 size)
{
	(void)r;
	dtc_barrier();	/* the data first: a reader on another CPU goes by the offset */
	DTC_RBUF(c->cpu, DTC_RBUF_OFFSET) += size;
}

DTC_INLINE void dtc_record(struct dtc_ctx *c, char *r, dtc_u32 block, dtc_u32 size)
{
	dtc_u32 *head = (dtc_u32 *)r;

	head[0] = block * dtc_program.nprobes + dtc_probe(c);
	head[1] = size;
	*(dtc_u64 *)(r + 8) = dtc_timestamp(c);
}

/* The clause ended by a fault: tells the reader and fires ERROR. */
DTC_INLINE void dtc_fault(struct dtc_ctx *c, dtc_u32 block, dtc_s32 epid_base)
{
	struct dtc_cpu *cpu = c->cpu;
	struct dtc_ctx *f = &cpu->fault_ctx;

	dtc_probe(c);
	/* That one counts, and the context belongs to the clause it is about. What is copied by itself can stay in registers till here. */
	if (c->kind != DTC_KIND_ERROR) {
		f->error_args[0] = c->probe + epid_base;
		f->probe = c->probe;
		f->now = c->now;
		f->fault = c->fault;
		f->fault_position = c->fault_position;
		f->fault_value = c->fault_value;
		f->scratch_top = c->scratch_top;
	}
	cpu->request = block;
	DTC_CALL(dtc_fault_slow, cpu);
}

/* For a clause that may exit(): there is room for that whatever the channel's state. */
DTC_INLINE char *dtc_reserve_exit(struct dtc_ctx *c, dtc_u32 max)
{
	struct dtc_cpu *cpu = c->cpu;

	if (dtc_unlikely(DTC_RBUF(cpu, DTC_RBUF_OFFSET) + max > cpu->subbuf_size)) {
		cpu->request = max;
		return (char *)DTC_CALL(dtc_reserve_exit_slow, cpu);
	}
	return (char *)(DTC_RBUF(cpu, DTC_RBUF_DATA) + DTC_RBUF(cpu, DTC_RBUF_OFFSET));
}

DTC_INLINE int dtc_in_exit_room(const struct dtc_cpu *cpu, const char *r)
{
	return (dtc_u64)(r - cpu->exit.data) < cpu->exit.size;
}

/* Whether it does is known only at its end: until then its records there are held. */
DTC_INLINE void dtc_commit_exit(struct dtc_ctx *c, char *r, dtc_u32 size)
{
	if (dtc_unlikely(dtc_in_exit_room(c->cpu, r)))
		c->cpu->exit.held = size;
	else
		dtc_commit(c, r, size);
}

DTC_INLINE void dtc_exit(struct dtc_ctx *c, const char *r, int quit)
{
	if (quit) {
		c->exited = 1;
		c->cpu->request = (dtc_u64)dtc_in_exit_room(c->cpu, r);
		DTC_CALL(dtc_exit_slow, c->cpu);
	} else if (dtc_unlikely(dtc_in_exit_room(c->cpu, r))) {
		DTC_CALL(dtc_reserve_failed, c->cpu);
	}
}

/* A fault that the call before left behind. */
DTC_INLINE void dtc_take_fault(struct dtc_ctx *c)
{
	c->fault = c->cpu->fault;
	c->fault_value = c->cpu->fault_value;
}

#define DTC_CLAUSE_BEGIN(c) do {					\
	if ((c)->exited && (c)->kind != DTC_KIND_END && (c)->kind != DTC_KIND_ERROR) \
		goto out;						\
	(c)->scratch_mark = (c)->scratch_top;				\
	(c)->fault = 0;							\
} while (0)

#define DTC_CLAUSE_END(c) ((c)->scratch_top = (c)->scratch_mark)

#endif
