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
	"amin argref core cpp cpphdrs cpppath ctypes defaultargs define dtypes empty errtags evaltime incdir "
	"jstackframes jstackstrsize kdefs knodefs late ldpath libdir linkmode linktype maxframes modpath nolibs pcapsize pgmax preallocate "
	"procfspath pspec scratchsize stackframes stdc strip strsize syslibdir tree tregs udefs undef unodefs ustackframes verbose "
	"version zdefs";
static const char ignored[] = "cleanrate grabanon temporal";

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

static int value_error(const struct option_desc *d, const char *value, struct error *e)
{
	char range[256];

	dtc_option_range(d->kind, d->words, d->min, d->max, range, sizeof(range));
	if (!value)
		return error_set(e, "option '%s' needs a value: %s", d->name, range);
	return error_set(e, "option '%s' cannot be '%s': %s", d->name, value, range);
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
	uint64_t number;

	if (is_one_of(ignored, name) || (is_one_of(compiled, name) && when == OPTION_MODULE))
		return 0;
	if (is_one_of(compiled, name))
		return error_set(e, "option '%s' is set when the script is compiled: give it to dtc", name);
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++) {
		const struct option_desc *d = &option_descs[i];

		if (strcmp(name, d->name))
			continue;
		if (when == OPTION_RUNNING && !d->running)
			return error_set(e, "option '%s' cannot be changed while the script runs", name);
		if (value && !strcmp(value, "unset"))
			number = d->initial;
		else if (dtc_option_parse(d->kind, d->words, d->min, d->max, value, &number))
			return value_error(d, value, e);
		memcpy((char *)o + d->offset, &number, sizeof(number));
		return 0;
	}
	return unknown_error(name, e);
}

int option_list(FILE *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(option_descs); i++)
		fprintf(f, "  %-14s %s\n", option_descs[i].name, option_descs[i].help);
	return 0;
}
