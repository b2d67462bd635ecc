/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options that are set before a run or during it, as D's `#pragma D
 * option` and the -x of dtc and dtrun take them: one table and one reading of
 * values for both. User space only.
 */
#ifndef DTC_OPTION_H
#define DTC_OPTION_H

#include <ctype.h>
#include <dtc/limits.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum dtc_option_kind { DTC_OPT_FLAG, DTC_OPT_SIZE, DTC_OPT_NUMBER, DTC_OPT_RATE, DTC_OPT_WORD };

/* X(name, kind, when, initial, least, most, words, help); `when` names who may set it last */
#define DTC_OPTION_TABLE(X) \
	X(aggpercpu, FLAG, LOAD, 0, 0, 1, NULL, "show aggregations for each CPU too") \
	X(aggsize, SIZE, LOAD, DTC_AGGSIZE_DEFAULT, 1, DTC_AGGSIZE_MAX, NULL, "room for aggregations on each CPU") \
	X(bufpolicy, WORD, LOAD, 0, 0, 2, "switch fill ring", "what happens when the buffer is full") \
	X(bufresize, WORD, LOAD, 0, 0, 1, "auto manual", "auto: smaller buffers where memory lacks") \
	X(bufsize, SIZE, LOAD, DTC_BUFSIZE_DEFAULT, 1, DTC_BUFSIZE_MAX, NULL, "room for records on each CPU (-b)") \
	X(cpu, NUMBER, LOAD, DTC_ALL_CPUS, 0, DTC_MAX_CPUS - 1, NULL, "trace this CPU alone") \
	X(destructive, FLAG, LOAD, 0, 0, 1, NULL, "permit destructive actions (-w)") \
	X(dynvarsize, SIZE, LOAD, DTC_DYNVARSIZE_DEFAULT, 1, DTC_DYNVARSIZE_MAX, NULL, "room for associative arrays") \
	X(droptags, FLAG, LOAD, 0, 0, 1, NULL, "tags with messages about losses") \
	X(noresolve, FLAG, LOAD, 0, 0, 1, NULL, "ustack() shows files and offsets, not functions") \
	X(evaltime, WORD, LOAD, 0, 0, 3, "postinit exec preinit main", "how far a command of -c is when tracing begins: at main() (postinit, main), " \
	  "at its entry, when its libraries are loaded (preinit), at its first instruction (exec)") \
	X(nspec, NUMBER, LOAD, DTC_NSPEC_DEFAULT, 1, DTC_NSPEC_MAX, NULL, "speculations at one time") \
	X(specsize, SIZE, LOAD, DTC_SPECSIZE_DEFAULT, 0, DTC_BUFSIZE_MAX, NULL, "room for one speculation on each CPU") \
	X(statusrate, RATE, LOAD, DTC_STATUSRATE_DEFAULT, 1, DTC_RATE_MAX, NULL, "how often losses are reported") \
	X(agghist, FLAG, RUN, 0, 0, 1, NULL, "bars beside aggregated values") \
	X(aggpack, FLAG, RUN, 0, 0, 1, NULL, "distributions on one line each") \
	X(aggrate, RATE, RUN, DTC_AGGRATE_DEFAULT, 1, DTC_RATE_MAX, NULL, "how often aggregations are read") \
	X(aggsortkey, FLAG, RUN, 0, 0, 1, NULL, "sort aggregations by key") \
	X(aggsortkeypos, NUMBER, RUN, 0, 0, UINT32_MAX, NULL, "which part of the key to sort by first") \
	X(aggsortpos, NUMBER, RUN, 0, 0, UINT32_MAX, NULL, "which aggregation of several to sort by") \
	X(aggsortrev, FLAG, RUN, 0, 0, 1, NULL, "sort in reverse") \
	X(aggzoom, FLAG, RUN, 0, 0, 1, NULL, "bars relative to the largest value") \
	X(flowindent, FLAG, RUN, 0, 0, 1, NULL, "indent by entry and return (-F)") \
	X(printsize, SIZE, RUN, DTC_PRINTSIZE_DEFAULT, 0, DTC_PRINTSIZE_MAX, NULL, "bytes that print() shows") \
	X(quiet, FLAG, RUN, 0, 0, 1, NULL, "print only what the script prints (-q)") \
	X(quietresize, FLAG, RUN, 0, 0, 1, NULL, "do not say that buffers are smaller, as bufresize=auto makes them") \
	X(rawbytes, FLAG, RUN, 0, 0, 1, NULL, "show bytes as bytes, even when they are a string") \
	X(stackindent, NUMBER, RUN, DTC_STACKINDENT_DEFAULT, 0, DTC_STACKINDENT_MAX, NULL, "columns before a stack's frames") \
	X(switchrate, RATE, RUN, DTC_SWITCHRATE_DEFAULT, 1, DTC_RATE_MAX, NULL, "how often records are read")

/* A number and what follows it; -1: none, or too large. */
static inline int dtc_option_number(const char *text, uint64_t *ret, const char **rest)
{
	char *end;

	if (!text || !isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	*ret = strtoull(text, &end, 0);
	*rest = end;
	return errno ? -1 : 0;
}

static inline int dtc_option_size(const char *text, uint64_t *ret)
{
	static const char units[] = "kmgt";
	const char *rest, *unit;

	if (dtc_option_number(text, ret, &rest))
		return -1;
	if (!*rest)
		return 0;
	unit = strchr(units, tolower((unsigned char)*rest));
	if (!unit || rest[1])
		return -1;
	return __builtin_mul_overflow(*ret, 1ull << 10 * (unit - units + 1), ret) ? -1 : 0;
}

/* An interval in ns; without a unit, and with hz, so many times a second. */
static inline int dtc_option_rate(const char *text, uint64_t *ret)
{
	static const struct { const char *name; uint64_t ns; } units[] = {
		{ "", 0 }, { "hz", 0 }, { "ns", 1 }, { "nsec", 1 }, { "us", 1000 }, { "usec", 1000 }, { "ms", 1000000 }, { "msec", 1000000 },
		{ "s", 1000000000 }, { "sec", 1000000000 }, { "m", 60000000000 }, { "min", 60000000000 },
		{ "h", 3600000000000 }, { "hour", 3600000000000 }, { "d", 86400000000000 }, { "day", 86400000000000 },
	};
	const char *rest;

	if (dtc_option_number(text, ret, &rest))
		return -1;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcasecmp(units[i].name, rest))
			continue;
		if (units[i].ns)
			return __builtin_mul_overflow(*ret, units[i].ns, ret) ? -1 : 0;
		if (!*ret || *ret > 1000000000)
			return -1;
		*ret = 1000000000 / *ret;
		return 0;
	}
	return -1;
}

/* Words that switch a flag off, and on. */
static const char *const dtc_option_switches[][2] = {
	{ "", "" }, { "no", "yes" }, { "disable", "enable" }, { "disabled", "enabled" }, { "false", "true" }, { "off", "on" }, { "unset", "set" },
};

static inline bool dtc_option_switch(const char *text, int on)
{
	for (size_t i = 0; i < sizeof(dtc_option_switches) / sizeof(*dtc_option_switches); i++)
		if (!strcasecmp(text, dtc_option_switches[i][on]))
			return true;
	return false;
}

/* A value that gives the option the one back that it has unset. */
static inline bool dtc_option_unsets(enum dtc_option_kind kind, const char *text)
{
	return text && (!strcmp(text, "unset") || (kind == DTC_OPT_NUMBER && dtc_option_switch(text, 0)));
}

/* No value sets it, as a number but 0 does; an empty one unsets it. */
static inline int dtc_option_flag(const char *text, uint64_t *ret)
{
	const char *rest;

	*ret = !text || !dtc_option_switch(text, 0);
	if (!*ret || !text || dtc_option_switch(text, 1))
		return 0;
	return dtc_option_number(text, ret, &rest) || *rest ? -1 : 0;
}

/* Which of the words, which blanks separate. */
static inline int dtc_option_word(const char *words, const char *text, uint64_t *ret)
{
	size_t len = text ? strlen(text) : 0;

	*ret = 0;
	for (const char *s = words; len && s; s = strchr(s, ' ')) {
		s += *s == ' ';
		if (!strncmp(s, text, len) && (s[len] == ' ' || !s[len]))
			return 0;
		++*ret;
	}
	return -1;
}

/* Nonzero: no value of that kind, or out of range. */
static inline int dtc_option_parse(enum dtc_option_kind kind, const char *words, uint64_t min, uint64_t max, const char *text, uint64_t *ret)
{
	const char *rest = "";
	int err;

	switch (kind) {
	case DTC_OPT_FLAG:
		return dtc_option_flag(text, ret);
	case DTC_OPT_WORD:
		return dtc_option_word(words, text, ret);
	case DTC_OPT_SIZE:
		err = dtc_option_size(text, ret);
		break;
	case DTC_OPT_RATE:
		err = dtc_option_rate(text, ret);
		break;
	default:
		err = dtc_option_number(text, ret, &rest);
	}
	return err || *rest || *ret < min || *ret > max ? -1 : 0;
}

/* What values an option takes, for messages and help. */
static inline void dtc_option_range(enum dtc_option_kind kind, const char *words, uint64_t min, uint64_t max, char *text, size_t size)
{
	static const char *const what[] = { [DTC_OPT_SIZE] = "a size", [DTC_OPT_NUMBER] = "a number" };
	const char *units = kind == DTC_OPT_SIZE ? "; units are k, m, g, t" : "";

	if (kind == DTC_OPT_FLAG)
		snprintf(text, size, "it takes no value, or a number, or on or off");
	else if (kind == DTC_OPT_WORD)
		snprintf(text, size, "it takes one of: %s", words);
	else if (kind == DTC_OPT_RATE)
		snprintf(text, size, "it takes a time from 1ns to %llud, or a rate, as 500ms or 10hz; units are ns, us, ms, s, m, h, d, hz",
			 (unsigned long long)(max / 86400000000000));
	else if (max == UINT64_MAX)
		snprintf(text, size, "it takes %s of at least %llu%s", what[kind], (unsigned long long)min, units);
	else
		snprintf(text, size, "it takes %s from %llu to %llu%s", what[kind], (unsigned long long)min, (unsigned long long)max, units);
}

#endif
