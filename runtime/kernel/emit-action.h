/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Speculations and destructive actions. Those that may fail give nonzero with
 * c->fault set.
 */
#ifndef DTC_EMIT_ACTION_H
#define DTC_EMIT_ACTION_H

dtc_u64 dtc_rt_speculation(struct dtc_cpu *cpu);
dtc_u64 dtc_rt_spec_tag(dtc_u64 id);
dtc_u64 dtc_rt_spec_end(dtc_u64 id);
dtc_u32 dtc_rt_spec_fault(dtc_u64 id);
dtc_u32 dtc_rt_spec_take(struct dtc_cpu *cpu, dtc_u64 tag, dtc_u32 size);
dtc_u32 dtc_rt_raise(struct dtc_cpu *cpu, dtc_s64 sig);
dtc_u32 dtc_rt_chill(struct dtc_cpu *cpu, dtc_u64 ns);
void dtc_rt_panic(struct dtc_ctx *c);

/* A new speculation, or 0: none is free (counted). */
DTC_INLINE dtc_s64 dtc_speculation(struct dtc_ctx *c)
{
	return (dtc_s64)dtc_rt_speculation(c->cpu);
}

/* What marks the records of a speculation, or 0: there is no such one. */
DTC_INLINE dtc_u64 dtc_spec_tag(struct dtc_ctx *c, dtc_u64 id)
{
	(void)c;
	return dtc_rt_spec_tag(id);
}

/* Ends a speculation; its mark, or 0. */
DTC_INLINE dtc_u64 dtc_spec_end(struct dtc_ctx *c, dtc_u64 id)
{
	(void)c;
	return dtc_rt_spec_end(id);
}

/* Whether so many bytes still fit the speculation; counted if not. */
DTC_INLINE dtc_u32 dtc_spec_take(struct dtc_ctx *c, dtc_u64 tag, dtc_u32 size)
{
	return dtc_rt_spec_take(c->cpu, tag, size);
}

DTC_INLINE int dtc_action_failed(struct dtc_ctx *c, dtc_u32 fault, dtc_u64 value)
{
	c->fault = fault;
	c->fault_value = value;
	return fault != 0;
}

/* Whether there can be no speculation of that number. */
DTC_INLINE int dtc_spec_wrong(struct dtc_ctx *c, dtc_u64 id)
{
	return dtc_action_failed(c, dtc_rt_spec_fault(id), 0);
}

DTC_INLINE int dtc_raise(struct dtc_ctx *c, dtc_s64 sig)
{
	return dtc_action_failed(c, dtc_rt_raise(c->cpu, sig), 0);
}

DTC_INLINE int dtc_stop(struct dtc_ctx *c)
{
	return dtc_raise(c, 19);	/* SIGSTOP */
}

DTC_INLINE int dtc_chill(struct dtc_ctx *c, dtc_u64 ns)
{
	return dtc_action_failed(c, dtc_rt_chill(c->cpu, ns), 0);
}

DTC_INLINE int dtc_panic(struct dtc_ctx *c)
{
	dtc_rt_panic(c);
	return 0;
}

DTC_INLINE int dtc_copyout(struct dtc_ctx *c, dtc_u64 src, dtc_u64 addr, dtc_u64 n)
{
	dtc_u64 bad = 0;
	const dtc_u32 fault = dtc_rt_copyout(addr, src, n, &bad);

	return dtc_action_failed(c, fault, bad);
}

/* At most max bytes, the NUL among them if it fits. */
DTC_INLINE int dtc_copyoutstr(struct dtc_ctx *c, const char *s, dtc_u64 addr, dtc_u64 max)
{
	const dtc_u64 n = (dtc_u64)dtc_strlen(s) + 1;

	return dtc_copyout(c, (dtc_u64)s, addr, n < max ? n : max);
}

#endif
