/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Texts made of the kernel's data (addresses, paths, a program's arguments),
 * JSON, and the state of locks.
 */
#ifndef DTC_EMIT_TEXT_H
#define DTC_EMIT_TEXT_H

#include "text.h"

dtc_u32 dtc_rt_d_path(char *dst, dtc_u64 path, dtc_u32 size);
void dtc_rt_mount_path(char *dst, dtc_u64 mount, dtc_u32 size);
void dtc_rt_execargs(char *dst, dtc_u32 size);
/* struct dtc_packet and `size` bytes at `to`; nonzero: no packet */
dtc_u32 dtc_rt_packet(void *to, dtc_u64 skb, dtc_u32 size);
dtc_s64 dtc_rt_rw_state(struct dtc_ctx *c, dtc_u64 lock, dtc_u32 mask);

#define DTC_AF_INET 2
#define DTC_AF_INET6 10
#define DTC_ARPHRD_ETHER 1
#define DTC_ARPHRD_INFINIBAND 32

DTC_INLINE const char *dtc_bad_family(struct dtc_ctx *c)
{
	c->fault = 3;	/* DTC_FAULT_ILLOP */
	c->fault_value = 0;
	return 0;
}

DTC_INLINE const char *dtc_inet_ntoa(struct dtc_ctx *c, dtc_u64 address)
{
	dtc_u8 a[4];

	return dtc_load_bytes(c, a, address, 4) ? 0 : DTC_STRING_CALL(c, text_inet4(&s_, a));
}

DTC_INLINE const char *dtc_inet6(struct dtc_ctx *c, dtc_u64 address, int only_inet4)
{
	dtc_u8 a[16];

	return dtc_load_bytes(c, a, address, 16) ? 0 : DTC_STRING_CALL(c, text_inet6(&s_, a, only_inet4));
}

DTC_INLINE const char *dtc_inet_ntop(struct dtc_ctx *c, dtc_s64 family, dtc_u64 address)
{
	if (family == DTC_AF_INET)
		return dtc_inet_ntoa(c, address);
	return family == DTC_AF_INET6 ? dtc_inet6(c, address, 0) : dtc_bad_family(c);
}

DTC_INLINE const char *dtc_link_ntop(struct dtc_ctx *c, dtc_s64 type, dtc_u64 address)
{
	const dtc_u32 n = type == DTC_ARPHRD_ETHER ? 6 : type == DTC_ARPHRD_INFINIBAND ? 20 : 0;
	dtc_u8 a[TEXT_LINK_MAX];

	if (!n)
		return dtc_bad_family(c);
	return dtc_load_bytes(c, a, address, n) ? 0 : DTC_STRING_CALL(c, text_link(&s_, a, n));
}

/* NULL without a fault: not there. */
DTC_INLINE const char *dtc_json(struct dtc_ctx *c, const char *json, const char *path)
{
	dtc_u32 len;
	const char *at = json_find(json, path, &len);

	c->fault = 0;
	return at ? DTC_STRING_CALL(c, str_part(&s_, at, len)) : 0;
}

DTC_INLINE const char *dtc_d_path(struct dtc_ctx *c, dtc_u64 path)
{
	char *dst = dtc_alloca(c, dtc_program.strsize);

	if (dst && dtc_rt_d_path(dst, path, dtc_program.strsize))
		return dtc_bad_string(c, path);
	return dst;
}

DTC_INLINE const char *dtc_mount_path(struct dtc_ctx *c, dtc_u64 mount)
{
	char *dst = dtc_alloca(c, dtc_program.strsize);

	if (dst)
		dtc_rt_mount_path(dst, mount, dtc_program.strsize);
	return dst;
}

DTC_INLINE int dtc_packet(struct dtc_ctx *c, void *to, dtc_u64 skb, dtc_u32 size)
{
	if (!dtc_rt_packet(to, skb, size))
		return 0;
	c->fault = 1;	/* DTC_FAULT_BADADDR */
	c->fault_value = skb;
	return -1;
}

DTC_INLINE const char *dtc_execargs(struct dtc_ctx *c)
{
	char *dst = dtc_alloca(c, dtc_program.strsize);

	if (dst)
		dtc_rt_execargs(dst, dtc_program.strsize);
	return dst;
}

/* The low bits of the owner's address are flags. */
DTC_INLINE dtc_u64 dtc_mutex_owner(struct dtc_ctx *c, dtc_u64 mutex)
{
	dtc_u64 owner = 0;

	c->fault = 0;
	dtc_load_bytes(c, &owner, mutex + DTC_MUTEX_OWNER, 8);
	return owner & ~7ull;
}

DTC_INLINE dtc_s64 dtc_mutex_owned(struct dtc_ctx *c, dtc_u64 mutex)
{
	return dtc_mutex_owner(c, mutex) == dtc_curthread(c);
}

#endif
