// SPDX-License-Identifier: GPL-2.0
/*
 * Options of run time: one table for -x, #pragma D option and setopt(). Those
 * of compile time are listed so that their use here can be answered well.
 */
#include <dtc/option.h>
#include <stddef.h>
#include "dtrun.h"

static const struct option_desc {
	const char *name;
	enum dtc_option_kind kind;
	bool running;		/* setopt() may change it */
	size_t offset;
	uint64_t initial, min, max;
	const char *words, *help;
} option_descs[] = {
#define LOAD false
#define RUN true
#define ROW(name, kind, when, initial, min, max, words, help) \
	{ #name, DTC_OPT_##kind, when, offsetof(struct options, name), initial, min, max, words, help },
	DTC_OPTION_TABLE(ROW)
#undef ROW
#undef LOAD
#undef RUN
};

/* Those that are built into the module, or concern dtc alone; those that do nothing. */
static const char compiled[] =
	"amin argref core cpp cppargs cpphdrs cpppath ctfpath ctypes debug debugassert defaultargs define disasm dtypes empty errtags "
	"incdir iregs kdefs knodefs late lazyload ldpath libdir linkmode linknommap linktype modpath nolibs pgmax preallocate "
	"procfspath pspec stdc strip syslibdir sysslice tree tregs udefs undef unodefs useruid verbose version zdefs";
static const char built_in[] = "jstackframes jstackstrsize maxframes pcapsize scratchsize stackframes strsize ustackframes";
static const char ignored[] = "bpflog bpflogsize cleanrate grabanon lockmem temporal";

static bool is_one_of(const char *words, const char *name)
{
	uint64_t which;

	return !dtc_option_word(words, name, &which);
}

void options_init(struct options *o)
{
	*o = (struct options){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++)
		memcpy((char *)o + option_descs[i].offset, &option_descs[i].initial, sizeof(uint64_t));
}

static int fail(const char *name, enum option_when when, const char *why, const char *hint, struct error *e)
{
	if (when == OPTION_RUNNING)	/* setopt() names the option */
		return error_set(e, "%s%s%s", why, *hint ? "\n  " : "", hint);
	return error_set(e, "failed to set -x %s: %s%s%s", name, why, *hint ? "\n  " : "", hint);
}

static int value_error(const struct option_desc *d, enum option_when when, struct error *e)
{
	char range[256];

	dtc_option_range(d->kind, d->words, d->min, d->max, range, sizeof(range));
	return fail(d->name, when, "Invalid value for specified option", range, e);
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

static int unknown_error(const char *name, enum option_when when, struct error *e)
{
	char hint[64] = "";
	unsigned least = 3;

	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++) {
		unsigned d = distance(name, option_descs[i].name);

		if (d < least) {
			least = d;
			snprintf(hint, sizeof(hint), "did you mean '%s'?", option_descs[i].name);
		}
	}
	return fail(name, when, "Invalid option name", hint, e);
}

int option_set(struct options *o, const char *name, const char *value, enum option_when when, struct error *e)
{
	uint64_t number;

	if (is_one_of(ignored, name) || (when == OPTION_MODULE && is_one_of(built_in, name)))
		return 0;
	if (is_one_of(compiled, name) && when != OPTION_START)	/* too late to do anything, as in DTrace */
		return 0;
	if (is_one_of(built_in, name) && when == OPTION_RUNNING)
		return fail(name, when, "Operation illegal when tracing is active", "", e);
	if (is_one_of(compiled, name) || is_one_of(built_in, name))
		return fail(name, when, "it is set when the script is compiled: give it to dtc", "", e);
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++) {
		const struct option_desc *d = &option_descs[i];

		if (strcmp(name, d->name))
			continue;
		if (when == OPTION_RUNNING && !d->running)
			return fail(name, when, "Operation illegal when tracing is active", "", e);
		if (dtc_option_unsets(d->kind, value))
			number = d->initial;
		else if (dtc_option_parse(d->kind, d->words, d->min, d->max, value, &number))
			return value_error(d, when, e);
		memcpy((char *)o + d->offset, &number, sizeof(number));
		return 0;
	}
	return unknown_error(name, when, e);
}

int option_list(FILE *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++)
		fprintf(f, "  %-14s %s\n", option_descs[i].name, option_descs[i].help);
	return 0;
}
