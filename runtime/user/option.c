// SPDX-License-Identifier: GPL-2.0
/*
 * Options of run time: one table for -x, #pragma D option and setopt(). Those
 * of compile time are listed so that their use here can be answered well.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include "dtrun.h"

enum option_kind { OPT_FLAG, OPT_SIZE, OPT_RATE, OPT_NUMBER, OPT_CPU, OPT_POLICY, OPT_RESIZE, OPT_COMPILE, OPT_IGNORED };

static const struct option_desc {
	const char *name;
	enum option_kind kind;
	bool running;		/* setopt() may change it */
	size_t offset;
	uint64_t min, max;
	const char *help;
} option_descs[] = {
#define FIELD(f) offsetof(struct options, f)
	{ "aggsize", OPT_SIZE, false, FIELD(aggsize), DTC_AGGSIZE_MIN, DTC_AGGSIZE_MAX, "room for aggregations on each CPU" },
	{ "bufsize", OPT_SIZE, false, FIELD(bufsize), DTC_BUFSIZE_MIN, DTC_BUFSIZE_MAX, "room for records on each CPU" },
	{ "dynvarsize", OPT_SIZE, false, FIELD(dynvarsize), DTC_DYNVARSIZE_MIN, DTC_DYNVARSIZE_MAX, "room for associative arrays" },
	{ "nspec", OPT_NUMBER, false, FIELD(nspec), 1, DTC_NSPEC_MAX, "speculations at one time" },
	{ "specsize", OPT_SIZE, false, FIELD(specsize), 0, DTC_BUFSIZE_MAX, "room for one speculation on each CPU" },
	{ "bufpolicy", OPT_POLICY, false, FIELD(bufpolicy), 0, 0, "switch, fill or ring" },
	{ "bufresize", OPT_RESIZE, false, FIELD(bufresize), 0, 0, "auto: smaller where memory lacks; manual" },
	{ "cpu", OPT_CPU, false, FIELD(cpu), 0, DTC_MAX_CPUS - 1, "trace this CPU alone" },
	{ "destructive", OPT_FLAG, false, FIELD(destructive), 0, 0, "permit destructive actions" },
	{ "statusrate", OPT_RATE, false, FIELD(statusrate), 1000000, 3600000000000, "how often losses are reported" },
	{ "temporal", OPT_FLAG, false, FIELD(temporal), 0, 0, "print in order of time (always)" },
	{ "noresolve", OPT_FLAG, false, FIELD(noresolve), 0, 0, "print addresses as numbers" },
	{ "aggrate", OPT_RATE, true, FIELD(aggrate), 1000000, 3600000000000, "how often aggregations are read" },
	{ "aggsortkey", OPT_FLAG, true, FIELD(aggsortkey), 0, 0, "sort aggregations by key" },
	{ "aggsortkeypos", OPT_NUMBER, true, FIELD(aggsortkeypos), 0, DTC_MAX_KEYS - 1, "which key is the first to sort by" },
	{ "aggsortpos", OPT_NUMBER, true, FIELD(aggsortpos), 0, UINT32_MAX, "which of several aggregations is sorted by" },
	{ "aggsortrev", OPT_FLAG, true, FIELD(aggsortrev), 0, 0, "sort in reverse" },
	{ "agghist", OPT_FLAG, true, FIELD(agghist), 0, 0, "draw values as a histogram" },
	{ "aggpack", OPT_FLAG, true, FIELD(aggpack), 0, 0, "draw distributions packed" },
	{ "aggzoom", OPT_FLAG, true, FIELD(aggzoom), 0, 0, "scale distributions to the largest value" },
	{ "flowindent", OPT_FLAG, true, FIELD(flowindent), 0, 0, "indent by function entry and return" },
	{ "printsize", OPT_SIZE, true, FIELD(printsize), 1, 1 << 20, "bytes of an object that print() shows" },
	{ "quiet", OPT_FLAG, true, FIELD(quiet), 0, 0, "print only what the script prints" },
	{ "rawbytes", OPT_FLAG, true, FIELD(rawbytes), 0, 0, "print untyped data in hex" },
	{ "stackindent", OPT_NUMBER, true, FIELD(stackindent), 0, 1000, "columns before a frame of a stack" },
	{ "switchrate", OPT_RATE, true, FIELD(switchrate), 1000000, 3600000000000, "how often records are read" },
#undef FIELD
#define COMPILE(n) { n, OPT_COMPILE, false, 0, 0, 0, NULL }
	COMPILE("aggpercpu"), COMPILE("amin"), COMPILE("argref"), COMPILE("core"), COMPILE("cpp"), COMPILE("cpphdrs"),
	COMPILE("cpppath"), COMPILE("ctypes"), COMPILE("defaultargs"), COMPILE("define"), COMPILE("droptags"),
	COMPILE("empty"), COMPILE("errtags"), COMPILE("evaltime"), COMPILE("incdir"), COMPILE("knodefs"), COMPILE("kdefs"),
	COMPILE("late"), COMPILE("ldpath"), COMPILE("libdir"), COMPILE("linkmode"), COMPILE("linktype"), COMPILE("modpath"),
	COMPILE("nolibs"), COMPILE("pgmax"), COMPILE("preallocate"), COMPILE("procfspath"), COMPILE("pspec"),
	COMPILE("stdc"), COMPILE("strip"), COMPILE("syslibdir"), COMPILE("undef"), COMPILE("unodefs"), COMPILE("udefs"),
	COMPILE("verbose"), COMPILE("version"), COMPILE("zdefs"), COMPILE("strsize"), COMPILE("scratchsize"),
	COMPILE("stackframes"), COMPILE("ustackframes"), COMPILE("jstackframes"), COMPILE("jstackstrsize"),
	COMPILE("maxframes"),
#undef COMPILE
#define IGNORED(n) { n, OPT_IGNORED, true, 0, 0, 0, NULL }
	IGNORED("cleanrate"), IGNORED("grabanon"),
#undef IGNORED
};

void options_init(struct options *o)
{
	*o = (struct options){
		.bufsize = DTC_BUFSIZE_DEFAULT, .aggsize = DTC_AGGSIZE_DEFAULT, .dynvarsize = DTC_DYNVARSIZE_DEFAULT,
		.switchrate = DTC_SWITCHRATE_DEFAULT, .aggrate = DTC_AGGRATE_DEFAULT, .statusrate = 1000000000,
		.nspec = DTC_NSPEC_DEFAULT, .specsize = DTC_SPECSIZE_DEFAULT, .stackindent = 14, .printsize = 1024, .cpu = -1,
	};
}

/* A number and what follows it. */
static int number_parse(const char *text, uint64_t *ret, const char **unit)
{
	char *end;

	if (!text || !isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	*ret = strtoull(text, &end, 0);
	*unit = end;
	return errno ? -1 : 0;
}

static int size_parse(const char *text, uint64_t *ret)
{
	static const char units[] = "kmgt";
	const char *unit, *found;

	if (number_parse(text, ret, &unit))
		return -1;
	if (!*unit)
		return 0;
	found = strchr(units, tolower((unsigned char)*unit));
	if (!found || unit[1])
		return -1;
	for (ptrdiff_t i = found - units; i >= 0; i--)
		if (__builtin_mul_overflow(*ret, 1024, ret))
			return -1;
	return 0;
}

static int rate_parse(const char *text, uint64_t *ret)
{
	static const struct { const char *name; uint64_t ns; } units[] = {
		{ "ns", 1 }, { "nsec", 1 }, { "us", 1000 }, { "usec", 1000 }, { "ms", 1000000 }, { "msec", 1000000 },
		{ "s", 1000000000 }, { "sec", 1000000000 }, { "m", 60000000000 }, { "min", 60000000000 },
		{ "h", 3600000000000 }, { "hour", 3600000000000 }, { "d", 86400000000000 }, { "day", 86400000000000 },
	};
	const char *unit;

	if (number_parse(text, ret, &unit))
		return -1;
	if (!*unit || !strcasecmp(unit, "hz")) {	/* a plain number is a frequency */
		if (!*ret)
			return -1;
		*ret = 1000000000 / *ret;
		return 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (!strcasecmp(unit, units[i].name))
			return __builtin_mul_overflow(*ret, units[i].ns, ret) ? -1 : 0;
	return -1;
}

static int word_parse(const char *const *names, size_t n, const char *text, uint64_t *ret)
{
	for (size_t i = 0; text && i < n; i++)
		if (!strcmp(text, names[i])) {
			*ret = i;
			return 0;
		}
	return -1;
}

static int flag_parse(const char *text, uint64_t *ret)
{
	const char *unit;

	*ret = 1;
	if (!text || !*text || !strcmp(text, "set") || !strcasecmp(text, "yes") || !strcasecmp(text, "true") || !strcasecmp(text, "on"))
		return 0;
	*ret = 0;
	if (!strcmp(text, "unset") || !strcasecmp(text, "no") || !strcasecmp(text, "false") || !strcasecmp(text, "off"))
		return 0;
	if (number_parse(text, ret, &unit) || *unit || *ret > 1)
		return -1;
	return 0;
}

static int value_parse(const struct option_desc *d, const char *value, uint64_t *ret)
{
	static const char *const policies[] = { [POLICY_SWITCH] = "switch", [POLICY_FILL] = "fill", [POLICY_RING] = "ring" };
	static const char *const resizes[] = { "auto", "manual" };
	const char *unit;

	switch (d->kind) {
	case OPT_FLAG:
		return flag_parse(value, ret);
	case OPT_POLICY:
		return word_parse(policies, ARRAY_SIZE(policies), value, ret);
	case OPT_RESIZE:
		return word_parse(resizes, ARRAY_SIZE(resizes), value, ret);
	case OPT_SIZE:
		if (size_parse(value, ret))
			return -1;
		break;
	case OPT_RATE:
		if (rate_parse(value, ret))
			return -1;
		break;
	default:
		if (number_parse(value, ret, &unit) || *unit)
			return -1;
	}
	return *ret < d->min || *ret > d->max ? -1 : 0;
}

static int value_error(const struct option_desc *d, const char *value, struct error *e)
{
	static const char *const wants[] = {
		[OPT_FLAG] = "takes no value", [OPT_SIZE] = "takes a size such as 64k, 4m, 1g",
		[OPT_RATE] = "takes a time or a rate such as 100ms, 5s, 10hz", [OPT_NUMBER] = "takes a number",
		[OPT_CPU] = "takes the number of a CPU", [OPT_POLICY] = "takes switch, fill or ring",
		[OPT_RESIZE] = "takes auto or manual",
	};

	if (!value)
		return error_set(e, "option %s %s", d->name, wants[d->kind]);
	if (d->max)
		return error_set(e, "option %s: '%s' is no good: it %s, from %" PRIu64 " to %" PRIu64 "%s", d->name, value, wants[d->kind],
				 d->min, d->max, d->kind == OPT_SIZE ? " bytes" : d->kind == OPT_RATE ? " ns" : "");
	return error_set(e, "option %s: '%s' is no good: it %s", d->name, value, wants[d->kind]);
}

/* Letters that differ, for "did you mean": enough for slips of the finger. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[32], diagonal, n = strlen(b);

	if (n >= ARRAY_SIZE(row) || strlen(a) >= ARRAY_SIZE(row))
		return 100;
	for (unsigned j = 0; j <= n; j++)
		row[j] = j;
	for (unsigned i = 1; a[i - 1]; i++) {
		diagonal = row[0];
		row[0] = i;
		for (unsigned j = 1; j <= n; j++) {
			unsigned best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

static int unknown_error(const char *name, struct error *e)
{
	const char *best = NULL;
	unsigned least = 3;

	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++) {
		unsigned d = distance(name, option_descs[i].name);

		if (d < least) {
			least = d;
			best = option_descs[i].name;
		}
	}
	if (best)
		return error_set(e, "unknown option '%s': did you mean '%s'?", name, best);
	return error_set(e, "unknown option '%s'", name);
}

int option_set(struct options *o, const char *name, const char *value, enum option_when when, struct error *e)
{
	struct options defaults;
	uint64_t number;

	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++) {
		const struct option_desc *d = &option_descs[i];

		if (strcmp(name, d->name))
			continue;
		if (d->kind == OPT_IGNORED)
			return 0;
		if (d->kind == OPT_COMPILE && when == OPTION_MODULE)
			return 0;
		if (d->kind == OPT_COMPILE)
			return error_set(e, "option %s is set when the script is compiled: give it to dtc", name);
		if (when == OPTION_RUNNING && !d->running)
			return error_set(e, "option %s cannot be changed while the script runs", name);
		if (value && !strcmp(value, "unset")) {
			options_init(&defaults);
			memcpy((char *)o + d->offset, (char *)&defaults + d->offset, sizeof(number));
			return 0;
		}
		if (value_parse(d, value, &number))
			return value_error(d, value, e);
		memcpy((char *)o + d->offset, &number, sizeof(number));
		return 0;
	}
	return unknown_error(name, e);
}

int option_list(FILE *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++)
		if (option_descs[i].help)
			fprintf(f, "  %-14s %s\n", option_descs[i].name, option_descs[i].help);
	return 0;
}
