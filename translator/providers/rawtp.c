// SPDX-License-Identifier: GPL-2.0
/*
 * rawtp:GROUP::NAME, the same tracepoints as sdt:GROUP::NAME, with arguments
 * that are all integers. Descriptions that leave the provider out mean sdt.
 */
#include "tracepoint.h"

extern const struct provider provider_rawtp;

static int rawtp_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	return *d->part[0] ? tracepoint_match(dtc, d, &provider_rawtp, found, arg) : 0;
}

static bool rawtp_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	return tracepoint_by_index(dtc, &provider_rawtp, index, ret);
}

static struct type *rawtp_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	return n < tracepoint_nargs(dtc, p) ? type_named(dtc, "uint64_t") : NULL;
}

const struct provider provider_rawtp = {
	.name = "rawtp",
	.help = "the kernel's tracepoints, with arguments as integers",
	.match = rawtp_match,
	.suggest = tracepoint_suggest,
	.arg_type = rawtp_arg_type,
	.nargs = tracepoint_nargs,
	.count = tracepoint_count,
	.by_index = rawtp_by_index,
};
