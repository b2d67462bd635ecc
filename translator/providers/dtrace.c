// SPDX-License-Identifier: GPL-2.0
/*
 * dtrace:::BEGIN fires before all others, dtrace:::END after them, whatever
 * ends the run, dtrace:::ERROR when a clause has had a fault.
 */
#include <string.h>

#include "provider.h"

extern const struct provider provider_dtrace;

static const struct { const char *name; enum dtc_group_kind kind; } rows[] = {
	{ "BEGIN", DTC_GROUP_BEGIN }, { "END", DTC_GROUP_END }, { "ERROR", DTC_GROUP_ERROR },
};

static bool dtrace_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	if (index >= ARRAY_SIZE(rows))
		return false;
	*ret = (struct probe){
		.id = provider_base(dtc, &provider_dtrace) + index,
		.part = { "dtrace", "", "", rows[index].name },
		.kind = rows[index].kind,
		.provider = &provider_dtrace,
	};
	return true;
}

static int dtrace_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	struct probe p;

	if (!glob_match(d->part[1], "") || !glob_match(d->part[2], ""))
		return 0;
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
		if (glob_match(d->part[3], rows[i].name) && dtrace_by_index(dtc, i, &p))
			found(dtc, &p, arg);
	return 0;
}

static void dtrace_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
		nearest_try(n, rows[i].name);
}

/* ERROR: arg1 enabled probe, arg2 action, arg3 offset, arg4 fault, arg5 value */
static unsigned dtrace_nargs(struct dtc *dtc, const struct probe *p)
{
	return p->kind == DTC_GROUP_ERROR ? 6 : 0;
}

static struct type *dtrace_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	return n < dtrace_nargs(dtc, p) ? type_named(dtc, "int64_t") : NULL;
}

static u32 dtrace_count(struct dtc *dtc)
{
	return ARRAY_SIZE(rows);
}

const struct provider provider_dtrace = {
	.name = "dtrace",
	.help = "begin, end and faults of the script itself",
	.match = dtrace_match,
	.suggest = dtrace_suggest,
	.arg_type = dtrace_arg_type,
	.nargs = dtrace_nargs,
	.count = dtrace_count,
	.by_index = dtrace_by_index,
};
