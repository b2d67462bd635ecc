// SPDX-License-Identifier: GPL-2.0
/*
 * profile:::profile-N[unit] fires on every CPU, profile:::tick-N[unit] on one,
 * at a fixed rate: N a second, or every N units. Both exist when they are
 * asked for; a few usual rates are listed. arg0 is the kernel's program
 * counter, arg1 the user's; one of them is 0.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "provider.h"

#define INTERVAL_MIN 100000ull		/* ns: more often than every 100 us leaves no time for work */
#define INTERVAL_MAX (1ull << 62)
#define DEMAND_MAX 1000			/* names made on demand by one script */

extern const struct provider provider_profile;

static const struct { const char *name; u64 ns; } units[] = {
	{ "ns", 1 }, { "nsec", 1 }, { "us", 1000 }, { "usec", 1000 }, { "ms", 1000000 }, { "msec", 1000000 },
	{ "s", 1000000000 }, { "sec", 1000000000 }, { "m", 60000000000 }, { "min", 60000000000 },
	{ "h", 3600000000000 }, { "hour", 3600000000000 }, { "d", 86400000000000 }, { "day", 86400000000000 },
	{ "hz", 0 }, { "", 0 },		/* 0: times a second */
};

/* Those that `-l` lists and patterns match. */
static const char *const listed[] = {
	"profile-97", "profile-199", "profile-499", "profile-997", "profile-1999", "profile-4001", "profile-4999",
	"tick-1", "tick-10", "tick-100", "tick-500", "tick-1000", "tick-5000",
};

static const struct { const char *prefix; enum dtc_group_kind kind; } forms[] = {
	{ "profile-", DTC_GROUP_PROFILE }, { "tick-", DTC_GROUP_TICK },
};

/* 1: `name` is a rate; 0: it is not of this provider; -1: it is wrong, *why says how. */
static int rate_parse(const char *name, enum dtc_group_kind *kind, u64 *interval, const char **why)
{
	const char *p = NULL, *digits;
	u64 n = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (!strncmp(name, forms[i].prefix, strlen(forms[i].prefix))) {
			p = name + strlen(forms[i].prefix);
			*kind = forms[i].kind;
		}
	if (!p)
		return 0;
	for (digits = p; isdigit((unsigned char)*p); p++)
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, (u64)(*p - '0'), &n))
			n = UINT64_MAX;
	if (p == digits) {
		*why = "has no number: write profile-997, tick-10ms";
		return -1;
	}
	for (i = 0; i < ARRAY_SIZE(units) && strcasecmp(p, units[i].name); i++)
		;
	if (i == ARRAY_SIZE(units)) {
		*why = "has an unknown unit; units are ns us ms s m h d (nsec usec msec sec min hour day) and hz";
		return -1;
	}
	if (!n) {
		*why = "has a rate of 0";
		return -1;
	}
	if (!units[i].ns)
		*interval = n > 1000000000 ? 0 : 1000000000 / n;
	else if (__builtin_mul_overflow(n, units[i].ns, interval))
		*interval = UINT64_MAX;
	if (*interval < INTERVAL_MIN || *interval > INTERVAL_MAX) {
		*why = *interval < INTERVAL_MIN ? "is too fast: the least interval is 100us (10000hz)" : "is too slow";
		return -1;
	}
	return 1;
}

static bool profile_make(struct dtc *dtc, u32 index, const char *name, struct probe *ret)
{
	const char *why;

	memset(ret, 0, sizeof(*ret));
	ret->id = provider_base(dtc, &provider_profile) + index;
	ret->part[0] = "profile";
	ret->part[1] = ret->part[2] = "";
	ret->part[3] = name;
	ret->provider = &provider_profile;
	return rate_parse(name, &ret->kind, &ret->value, &why) == 1;
}

static bool profile_by_index(struct dtc *dtc, u32 index, struct probe *ret)
{
	if (index < ARRAY_SIZE(listed))
		return profile_make(dtc, index, listed[index], ret);
	index -= ARRAY_SIZE(listed);
	if (!dtc->probes || index >= dtc->probes->ndemanded)
		return false;
	return profile_make(dtc, ARRAY_SIZE(listed) + index, dtc->probes->demanded[index], ret);
}

/* The place of a name, which is added when it is new. -1: too many. */
static int demand(struct dtc *dtc, const char *name)
{
	struct probe_set *set = dtc->probes;
	const char **names = (const char **)set->demanded;

	for (size_t i = 0; i < ARRAY_SIZE(listed); i++)
		if (!strcmp(listed[i], name))
			return i;
	for (size_t i = 0; i < set->ndemanded; i++)
		if (!strcmp(names[i], name))
			return ARRAY_SIZE(listed) + i;
	if (set->ndemanded == DEMAND_MAX)
		return -1;
	if (!names)
		set->demanded = names = mem_alloc(DEMAND_MAX * sizeof(*names));
	names[set->ndemanded] = name;
	return ARRAY_SIZE(listed) + set->ndemanded++;
}

static int profile_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	enum dtc_group_kind kind;
	const char *why;
	struct probe p;
	u64 interval;
	int i, is_rate;

	if (!glob_match(d->part[1], "") || !glob_match(d->part[2], ""))
		return 0;
	if (!*d->part[3] || glob_is_pattern(d->part[3])) {
		for (u32 n = 0; n < ARRAY_SIZE(listed); n++)
			if (glob_match(d->part[3], listed[n]) && profile_make(dtc, n, listed[n], &p))
				found(dtc, &p, arg);
		return 0;
	}
	is_rate = rate_parse(d->part[3], &kind, &interval, &why);
	if (!is_rate)
		return 0;
	if (is_rate < 0 && dtc->opt.zdefs)
		return 0;
	i = is_rate < 0 ? 0 : demand(dtc, d->part[3]);
	if (i < 0)
		why = "is one rate too many: a script may have 1000";
	if (i < 0 || is_rate < 0) {
		diag_error(dtc, &d->loc, "D_PDESC_ZERO", NULL, "probe description %s does not match any probes: '%s' %s",
			   probe_desc_name(d), d->part[3], why);
		return -1;
	}
	if (profile_make(dtc, i, d->part[3], &p))
		found(dtc, &p, arg);
	return 0;
}

static void profile_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
	for (u32 i = 0; i < ARRAY_SIZE(listed); i++)
		nearest_try(n, listed[i]);
}

static unsigned profile_nargs(struct dtc *dtc, const struct probe *p)
{
	return 2;
}

static struct type *profile_arg_type(struct dtc *dtc, const struct probe *p, unsigned n)
{
	return n < 2 ? type_named(dtc, "uint64_t") : NULL;
}

static u32 profile_count(struct dtc *dtc)
{
	return ARRAY_SIZE(listed) + DEMAND_MAX;
}

const struct provider provider_profile = {
	.name = "profile",
	.help = "timers: profile-N on every CPU, tick-N on one",
	.match = profile_match,
	.suggest = profile_suggest,
	.arg_type = profile_arg_type,
	.nargs = profile_nargs,
	.count = profile_count,
	.by_index = profile_by_index,
};
