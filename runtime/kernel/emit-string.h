/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Strings, tuples with strings in them, user memory. A string is at most
 * strsize bytes with its NUL; results lie in this firing's scratch.
 */
#ifndef DTC_EMIT_STRING_H
#define DTC_EMIT_STRING_H

#include "str.h"

/* NULL where a string is expected; what reads it unasked finds an empty one. */
static const char dtc_no_string[1] __attribute__((unused));

dtc_u32 dtc_rt_copyin(void *dst, dtc_u64 addr, dtc_u64 n);
dtc_u32 dtc_rt_copyout(dtc_u64 addr, dtc_u64 src, dtc_u64 n, dtc_u64 *bad);
dtc_s64 dtc_rt_copyinstr(char *dst, dtc_u64 addr, dtc_u32 size);
dtc_s64 dtc_rt_stringof(char *dst, dtc_u64 addr, dtc_u32 size);

DTC_INLINE struct dtc_scratch dtc_scratch_of(struct dtc_ctx *c)
{
	return (struct dtc_scratch){ c->cpu->scratch, c->scratch_top, dtc_program.scratch_size, dtc_program.strsize };
}

/* Gives the result back to the context; a missing one is a fault. */
DTC_INLINE void *dtc_scratch_done(struct dtc_ctx *c, const struct dtc_scratch *s, const void *result)
{
	c->scratch_top = s->top;
	if (dtc_unlikely(!result)) {
		c->fault = 5;	/* DTC_FAULT_NOSCRATCH */
		c->fault_value = 0;
	}
	return (void *)result;
}

/* dtc_NAME(c, ...) calls str_NAME(&scratch, ...). */
#define DTC_STRING_CALL(c, call) ({					\
	struct dtc_scratch s_ = dtc_scratch_of(c);			\
	const void *r_ = call;						\
	dtc_scratch_done(c, &s_, r_); })

DTC_INLINE const char *dtc_strjoin(struct dtc_ctx *c, const char *a, const char *b)
{
	return DTC_STRING_CALL(c, str_join(&s_, a, b));
}

DTC_INLINE const char *dtc_basename(struct dtc_ctx *c, const char *s)
{
	return DTC_STRING_CALL(c, str_basename(&s_, s));
}

DTC_INLINE const char *dtc_dirname(struct dtc_ctx *c, const char *s)
{
	return DTC_STRING_CALL(c, str_dirname(&s_, s));
}

DTC_INLINE const char *dtc_cleanpath(struct dtc_ctx *c, const char *s)
{
	return DTC_STRING_CALL(c, str_cleanpath(&s_, s));
}

DTC_INLINE const char *dtc_substr(struct dtc_ctx *c, const char *s, dtc_s64 index, dtc_s64 len, int has_len)
{
	return DTC_STRING_CALL(c, str_substr(&s_, s, index, len, has_len));
}

DTC_INLINE int dtc_is_base(struct dtc_ctx *c, dtc_s64 base)
{
	if (dtc_likely(STR_IS_BASE(base)))
		return 1;
	c->fault = 3;	/* DTC_FAULT_ILLOP */
	c->fault_value = 0;
	return 0;
}

DTC_INLINE const char *dtc_lltostr(struct dtc_ctx *c, dtc_s64 v, dtc_s64 base)
{
	if (!dtc_is_base(c, base))
		return 0;
	return DTC_STRING_CALL(c, str_from_int(&s_, v, (int)base));
}

DTC_INLINE const char *dtc_tolower(struct dtc_ctx *c, const char *s)
{
	return DTC_STRING_CALL(c, str_change_case(&s_, s, 0));
}

DTC_INLINE const char *dtc_toupper(struct dtc_ctx *c, const char *s)
{
	return DTC_STRING_CALL(c, str_change_case(&s_, s, 1));
}

/* These give a part of a string, or NULL without a fault: not there. */
DTC_INLINE const char *dtc_strchr(struct dtc_ctx *c, const char *s, int ch)
{
	c->fault = 0;
	return str_chr(s, ch);
}

DTC_INLINE const char *dtc_strrchr(struct dtc_ctx *c, const char *s, int ch)
{
	c->fault = 0;
	return str_rchr(s, ch);
}

DTC_INLINE const char *dtc_strstr(struct dtc_ctx *c, const char *s, const char *t)
{
	c->fault = 0;
	return str_str(s, t);
}

/*
 * The state of strtok(s, t), strtok(dtc_no_string, t) is the firing's: a copy of the
 * string in scratch, which outlives the clause.
 */
DTC_INLINE const char *dtc_strtok(struct dtc_ctx *c, const char *s, const char *t)
{
	c->fault = 0;
	if (s != dtc_no_string) {
		c->token = DTC_STRING_CALL(c, str_copy(&s_, s));
		if (!c->token)
			return 0;
		c->scratch_mark = c->scratch_top;
	}
	if (!c->token)
		return 0;
	return str_token(&c->token, t);
}

DTC_INLINE int dtc_strcmp(const char *a, const char *b) { return str_cmp(a, b); }

/* NULL is equal to itself only, and before all strings. */
DTC_INLINE int dtc_strcmp_null(const char *a, const char *b)
{
	if (a == dtc_no_string || b == dtc_no_string)
		return (a != dtc_no_string) - (b != dtc_no_string);
	return str_cmp(a, b);
}

DTC_INLINE dtc_u32 dtc_strlen(const char *s) { return str_len(s); }
DTC_INLINE void dtc_strcpy(char *dst, const char *src, dtc_u32 size) { str_cpy(dst, src, size); }

DTC_INLINE dtc_s64 dtc_strtoll(struct dtc_ctx *c, const char *s, dtc_s64 base)
{
	c->fault = 0;
	return dtc_is_base(c, base) ? str_to_int(s, (int)base) : 0;
}

DTC_INLINE dtc_s64 dtc_index(const char *s, const char *t, dtc_s64 start, int has_start)
{
	return str_index(s, t, start, has_start);
}

DTC_INLINE dtc_s64 dtc_rindex(const char *s, const char *t, dtc_s64 start, int has_start)
{
	return str_rindex(s, t, start, has_start);
}

DTC_INLINE void *dtc_alloca(struct dtc_ctx *c, dtc_u64 n)
{
	return DTC_STRING_CALL(c, scratch_alloc(&s_, n));
}

/* alloca(): what it gives holds zeros. */
DTC_INLINE void *dtc_alloca_zero(struct dtc_ctx *c, dtc_u64 n)
{
	void *p = dtc_alloca(c, n);

	if (p)
		__builtin_memset(p, 0, n);
	return p;
}

/* Whether [at, at + n) lies in `size` bytes from base. */
DTC_INLINE int dtc_within(dtc_u64 at, dtc_u64 n, const void *base, dtc_u64 size)
{
	return at - (dtc_u64)base <= size && n <= size - (at - (dtc_u64)base);
}

DTC_INLINE int dtc_in_scratch(struct dtc_ctx *c, dtc_u64 at, dtc_u64 n)
{
	return dtc_within(at, n, c->cpu->scratch, c->scratch_top);
}

/* The distance from the lowest address of scratch memory below which an address is meant to be in it. */
#define DTC_SCRATCH_MARGIN 64

/*
 * Nonzero, with c->fault set: [at, at + n) is of the scratch memory, but not all of it has been given to this clause.
 * For loads in scripts that have alloca() or copyin().
 */
DTC_INLINE int dtc_past_scratch(struct dtc_ctx *c, dtc_u64 at, dtc_u64 n)
{
	const dtc_u64 from = at - (dtc_u64)c->cpu->scratch;

	if (dtc_likely(from + DTC_SCRATCH_MARGIN >= (dtc_u64)dtc_program.scratch_size + DTC_SCRATCH_MARGIN || dtc_in_scratch(c, at, n)))
		return 0;
	c->fault = from < c->scratch_top ? 10 : 1;	/* DTC_FAULT_BADSIZE, DTC_FAULT_BADADDR */
	c->fault_value = from < c->scratch_top ? n : at;
	return 1;
}

DTC_INLINE const char *dtc_bad_string(struct dtc_ctx *c, dtc_u64 addr)
{
	c->fault = 1;	/* DTC_FAULT_BADADDR */
	c->fault_value = addr;
	return 0;
}

DTC_INLINE const char *dtc_stringof(struct dtc_ctx *c, dtc_u64 addr)
{
	char *dst = dtc_alloca(c, dtc_program.strsize);

	if (dst && dtc_rt_stringof(dst, addr, dtc_program.strsize) < 0)
		return dtc_bad_string(c, addr);
	return dst;
}

/* At most `max` bytes of it; room for the longest string is taken all the same. */
DTC_INLINE const char *dtc_copyinstr(struct dtc_ctx *c, dtc_u64 addr, dtc_u64 max)
{
	const dtc_u32 size = max + 1 < dtc_program.strsize && max + 1 ? (dtc_u32)max + 1 : dtc_program.strsize;
	char *dst = dtc_alloca(c, size);

	if (dst && dtc_rt_copyinstr(dst, addr, size) < 0)
		return dtc_bad_string(c, addr);
	return dst;
}

DTC_INLINE int dtc_copyinto(struct dtc_ctx *c, dtc_u64 addr, dtc_u64 n, void *dst)
{
	if (!dtc_rt_copyin(dst, addr, n))
		return 0;
	dtc_bad_string(c, addr);
	return -1;
}

DTC_INLINE void *dtc_copyin(struct dtc_ctx *c, dtc_u64 addr, dtc_u64 n)
{
	void *dst = dtc_alloca(c, n);

	return dst && dtc_copyinto(c, addr, n, dst) ? 0 : dst;
}

/*
 * Tuples under construction. Each of the two buffers is aligned to its size,
 * so a tuple's end is known from any address in it.
 */
DTC_INLINE dtc_u64 *dtc_key(struct dtc_ctx *c) { return c->cpu->keys; }
DTC_INLINE dtc_u64 *dtc_key2(struct dtc_ctx *c) { return c->cpu->keys + DTC_KEY_ROOM; }

/* Words left before DTC_MAX_KEY_WORDS; negative past it. */
DTC_INLINE dtc_s32 dtc_key_left(const dtc_u64 *k)
{
	return DTC_MAX_KEY_WORDS - (dtc_s32)((dtc_u64)k / 8 % DTC_KEY_ROOM);
}

/* A part that does not fit leaves the tuple longer than any may be: no table takes it, and that is counted. */
DTC_INLINE dtc_u64 *dtc_key_string(dtc_u64 *k, const char *s)
{
	const dtc_s32 left = dtc_key_left(k);
	dtc_s32 words;

	if (dtc_unlikely(left <= 0))
		return k + 1;
	words = str_to_key(k, s, (dtc_u32)left);
	return words < 0 ? k + left + 1 : k + words;
}

DTC_INLINE dtc_u64 *dtc_key_ustack(struct dtc_ctx *c, dtc_u64 *k, dtc_u32 frames)
{
	const dtc_s32 left = dtc_key_left(k);

	if (dtc_unlikely(left <= (dtc_s32)frames + 1))
		return k + (left <= 0 ? 1 : left + 1);
	k[0] = dtc_ustack(c, k + 2, frames);
	k[1] = dtc_user_pid(c);
	return k + 2 + k[0];
}

DTC_INLINE dtc_u64 *dtc_key_stack(struct dtc_ctx *c, dtc_u64 *k, dtc_u32 frames)
{
	const dtc_s32 left = dtc_key_left(k);

	if (dtc_unlikely(left <= (dtc_s32)frames))
		return k + (left <= 0 ? 1 : left + 1);
	k[0] = dtc_stack(c, k + 1, frames);
	return k + 1 + k[0];
}

#endif
