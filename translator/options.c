// SPDX-License-Identifier: GPL-2.0
/*
 * The options of D: -x NAME[=VALUE] and #pragma D option. One table tells each
 * one's kind, range, time and help. What the translator needs is stored in
 * struct options; all that is set is kept, in order, for the module's metadata.
 * The command line wins over a pragma.
 */
#include "options.h"

#include <dtc/limits.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(member) offsetof(struct options, member) + 1	/* 0: not stored */
#define MS 1000000ull
#define SEC 1000000000ull

const struct option_desc option_table[] = {
	/* compile time */
	{ "aggpercpu", OPTION_FLAG, OPTION_NO_EFFECT, .help = "aggregations are always kept per CPU" },
	{ "amin", OPTION_STABILITY, 0, .help = "least stability of what the script uses: name/data/class" },
	{ "argref", OPTION_FLAG, 0, FIELD(argref), .help = "permit arguments that the script does not use" },
	{ "core", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave a core file after an internal error" },
	{ "cpp", OPTION_FLAG, 0, FIELD(cpp), .help = "run the C preprocessor first (-C)" },
	{ "cpphdrs", OPTION_FLAG, OPTION_CPP, .cpp = "-H", .help = "the preprocessor lists the files it includes (-H)" },
	{ "cpppath", OPTION_STRING, OPTION_CPP, .help = "the preprocessor to run" },
	{ "ctypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's C types to a file" },
	{ "defaultargs", OPTION_FLAG, 0, FIELD(defaultargs), .help = "arguments that are not given are 0 and \"\"" },
	{ "define", OPTION_STRING, OPTION_CPP, .cpp = "-D", .help = "define a name for the preprocessor (-D)" },
	{ "droptags", OPTION_FLAG, OPTION_NO_EFFECT, .help = "tags with messages about drops" },
	{ "dtypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's D types to a file" },
	{ "empty", OPTION_FLAG, 0, FIELD(empty), .help = "permit an empty script" },
	{ "errtags", OPTION_FLAG, 0, FIELD(errtags), .help = "show the tag of each error" },
	{ "evaltime", OPTION_WORD, OPTION_NO_EFFECT, .words = "exec preinit postinit main", .help = "when -c and -p stop the program first" },
	{ "incdir", OPTION_STRING, OPTION_CPP, .cpp = "-I", .help = "where the preprocessor looks for files (-I)" },
	{ "knodefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "permit kernel symbols that are not there" },
	{ "kdefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse kernel symbols that are not there" },
	{ "late", OPTION_WORD, OPTION_NO_EFFECT, .words = "dynamic static", .help = "when symbols get their addresses" },
	{ "ldpath", OPTION_STRING, OPTION_NO_EFFECT, .help = "the linker to run" },
	{ "libdir", OPTION_STRING, OPTION_LIBDIR, .help = "where to look for libraries (-L)" },
	{ "linkmode", OPTION_WORD, OPTION_NO_EFFECT, .words = "kernel static dynamic", .help = "how symbols are linked" },
	{ "linktype", OPTION_WORD, OPTION_NO_EFFECT, .words = "dof elf", .help = "what -G makes" },
	{ "modpath", OPTION_STRING, OPTION_NO_EFFECT, .help = "where the kernel's modules are; see --kernel-root" },
	{ "nolibs", OPTION_FLAG, 0, FIELD(nolibs), .help = "do not read the libraries" },
	{ "pgmax", OPTION_NUMBER, OPTION_NO_EFFECT, .max = INT32_MAX, .help = "processes kept open" },
	{ "preallocate", OPTION_SIZE, OPTION_NO_EFFECT, .max = UINT64_MAX, .help = "memory taken at the start" },
	{ "procfspath", OPTION_STRING, OPTION_NO_EFFECT, .help = "where /proc is" },
	{ "pspec", OPTION_FLAG, OPTION_NO_EFFECT, .help = "an ambiguous word at the top level is a probe's name" },
	{ "stdc", OPTION_WORD, OPTION_NO_EFFECT, .words = "a c s t", .help = "how far the preprocessor keeps to ISO C (-X)" },
	{ "strip", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave the script out of what -G makes" },
	{ "syslibdir", OPTION_STRING, OPTION_NO_EFFECT, .help = "where the system's libraries are" },
	{ "tree", OPTION_NUMBER, OPTION_NO_EFFECT, .max = UINT32_MAX, .help = "print the tree; see --stop-after" },
	{ "tregs", OPTION_NUMBER, OPTION_NO_EFFECT, .max = UINT32_MAX, .help = "registers for tuples" },
	{ "undef", OPTION_STRING, OPTION_CPP, .cpp = "-U", .help = "undefine a name for the preprocessor (-U)" },
	{ "unodefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "permit user symbols that are not there" },
	{ "udefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse user symbols that are not there" },
	{ "verbose", OPTION_FLAG, 0, FIELD(verbose_set), .help = "show the code of each clause (-S)" },
	{ "version", OPTION_VERSION, 0, .help = "the version of D that the script is written for" },
	{ "zdefs", OPTION_FLAG, 0, FIELD(zdefs), .help = "permit descriptions that match no probe (-Z)" },
	/* run time */
	{ "aggsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(aggsize), DTC_AGGSIZE_DEFAULT, DTC_AGGSIZE_MIN, DTC_AGGSIZE_MAX, .help = "aggregations, per CPU" },
	{ "bufsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(bufsize), DTC_BUFSIZE_DEFAULT, DTC_BUFSIZE_MIN, DTC_BUFSIZE_MAX, .help = "records, per CPU (-b)" },
	{ "bufpolicy", OPTION_WORD, OPTION_RUNTIME, .words = "switch fill ring", .help = "what happens when the buffer is full" },
	{ "bufresize", OPTION_WORD, OPTION_RUNTIME, .words = "auto manual", .help = "smaller buffers where memory lacks" },
	{ "cleanrate", OPTION_RATE, OPTION_RUNTIME | OPTION_NO_EFFECT, .max = UINT64_MAX, .help = "how often speculations are cleaned" },
	{ "cpu", OPTION_NUMBER, OPTION_RUNTIME, .max = DTC_MAX_CPUS - 1, .help = "trace this CPU only" },
	{ "destructive", OPTION_FLAG, OPTION_RUNTIME, FIELD(destructive), .help = "permit destructive actions (-w)" },
	{ "dynvarsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(dynvarsize), DTC_DYNVARSIZE_DEFAULT, DTC_DYNVARSIZE_MIN, DTC_DYNVARSIZE_MAX, .help = "associative arrays" },
	{ "grabanon", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "take what was traced anonymously" },
	{ "jstackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(jstackframes), DTC_JSTACKFRAMES_DEFAULT, 1, DTC_STACKFRAMES_MAX, .help = "frames of jstack()" },
	{ "jstackstrsize", OPTION_SIZE, OPTION_RUNTIME, 0, 512, 0, DTC_STRSIZE_MAX, .help = "names in jstack()" },
	{ "maxframes", OPTION_NUMBER, OPTION_RUNTIME, 0, DTC_STACKFRAMES_MAX, 1, DTC_STACKFRAMES_MAX, .help = "most frames of any stack" },
	{ "noresolve", OPTION_FLAG, OPTION_RUNTIME, .help = "show addresses in user stacks, not names" },
	{ "nspec", OPTION_NUMBER, OPTION_RUNTIME, FIELD(nspec), DTC_NSPEC_DEFAULT, 1, DTC_NSPEC_MAX, .help = "speculations at one time" },
	{ "scratchsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(scratchsize), DTC_SCRATCHSIZE_DEFAULT, 0, DTC_SCRATCHSIZE_MAX, .help = "memory for strings and tuples, per CPU" },
	{ "specsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(specsize), DTC_SPECSIZE_DEFAULT, 0, DTC_BUFSIZE_MAX, .help = "one speculation" },
	{ "stackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(stackframes), DTC_STACKFRAMES_DEFAULT, 1, DTC_STACKFRAMES_MAX, .help = "frames of stack()" },
	{ "statusrate", OPTION_RATE, OPTION_RUNTIME | OPTION_NO_EFFECT, .max = UINT64_MAX, .help = "how often drops are looked for" },
	{ "strsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(strsize), DTC_STRSIZE_DEFAULT, DTC_STRSIZE_MIN, DTC_STRSIZE_MAX, .help = "strings" },
	{ "temporal", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "records are always in the order of time" },
	{ "ustackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(ustackframes), DTC_STACKFRAMES_DEFAULT, 1, DTC_STACKFRAMES_MAX, .help = "frames of ustack()" },
	/* run time, setopt() too */
	{ "agghist", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "bars beside aggregated values" },
	{ "aggpack", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "distributions on one line each" },
	{ "aggrate", OPTION_RATE, OPTION_RUNTIME | OPTION_SETOPT, 0, DTC_AGGRATE_DEFAULT, 0, UINT64_MAX, .help = "how often aggregations are read" },
	{ "aggsortkey", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "sort aggregations by key" },
	{ "aggsortkeypos", OPTION_NUMBER, OPTION_RUNTIME | OPTION_SETOPT, .max = DTC_MAX_KEYS - 1, .help = "which part of the key to sort by" },
	{ "aggsortpos", OPTION_NUMBER, OPTION_RUNTIME | OPTION_SETOPT, .max = DTC_MAX_KEYS - 1, .help = "which aggregation of several to sort by" },
	{ "aggsortrev", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "sort from the largest" },
	{ "aggzoom", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "bars relative to the largest" },
	{ "flowindent", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, FIELD(flowindent), .help = "indent by entry and return (-F)" },
	{ "printsize", OPTION_SIZE, OPTION_RUNTIME | OPTION_SETOPT, 0, 1024, 0, DTC_BUFSIZE_MAX, .help = "bytes that print() shows" },
	{ "quiet", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, FIELD(quiet), .help = "print only what the script prints (-q)" },
	{ "rawbytes", OPTION_FLAG, OPTION_RUNTIME | OPTION_SETOPT, .help = "show bytes as bytes, even when they are a string" },
	{ "stackindent", OPTION_NUMBER, OPTION_RUNTIME | OPTION_SETOPT, 0, 14, 0, 1000, .help = "blanks before a stack's frames" },
	{ "switchrate", OPTION_RATE, OPTION_RUNTIME | OPTION_SETOPT, 0, DTC_SWITCHRATE_DEFAULT, 0, UINT64_MAX, .help = "how often records are read" },
	{ NULL },
};

const struct option_desc *option_find(const char *name)
{
	for (const struct option_desc *d = option_table; d->name; d++)
		if (!strcmp(d->name, name))
			return d;
	return NULL;
}

void options_init(struct options *o)
{
	for (const struct option_desc *d = option_table; d->name; d++)
		if (d->field && d->kind != OPTION_FLAG)
			memcpy((char *)o + d->field - 1, &d->initial, sizeof(u64));
}

/* A number and what follows it; -1: none, or too large. */
static int parse_number(const char *text, u64 *value, const char **rest)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -1;
	errno = 0;
	*value = strtoull(text, &end, 0);
	*rest = end;
	return errno ? -1 : 0;
}

static int parse_size(const char *text, u64 *value)
{
	static const char units[] = "kmgt";
	const char *rest, *unit;
	unsigned shift;

	if (parse_number(text, value, &rest))
		return -1;
	if (!*rest)
		return 0;
	unit = strchr(units, *rest | 0x20);
	if (!unit || rest[1])
		return -1;
	shift = 10 * (unsigned)(unit - units + 1);
	if (*value > UINT64_MAX >> shift)
		return -1;
	*value <<= shift;
	return 0;
}

/* An interval in ns; without a unit, and with hz, so many times a second. */
static int parse_rate(const char *text, u64 *value)
{
	static const struct { const char *name; u64 ns; } units[] = {
		{ "", 0 }, { "hz", 0 }, { "ns", 1 }, { "nsec", 1 }, { "us", 1000 }, { "usec", 1000 }, { "ms", MS }, { "msec", MS },
		{ "s", SEC }, { "sec", SEC }, { "m", 60 * SEC }, { "min", 60 * SEC }, { "h", 3600 * SEC }, { "hour", 3600 * SEC },
		{ "d", 86400 * SEC }, { "day", 86400 * SEC },
	};
	const char *rest;

	if (parse_number(text, value, &rest))
		return -1;
	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		if (strcasecmp(units[i].name, rest))
			continue;
		if (!units[i].ns) {
			*value = *value ? SEC / *value : 0;
			return 0;
		}
		if (*value > UINT64_MAX / units[i].ns)
			return -1;
		*value *= units[i].ns;
		return 0;
	}
	return -1;
}

static int parse_flag(const char *text, u64 *value)
{
	static const char *const words[2][5] = { { "0", "off", "no", "false", "unset" }, { "1", "on", "yes", "true", "" } };

	for (u64 v = 0; v < 2; v++) {
		for (size_t i = 0; i < 5; i++) {
			if (!strcasecmp(words[v][i], text)) {
				*value = v;
				return 0;
			}
		}
	}
	return -1;
}

static bool is_one_of(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = words; s; s = strchr(s, ' ')) {
		s += *s == ' ';
		if (len && !strncmp(s, word, len) && (s[len] == ' ' || !s[len]))
			return true;
	}
	return false;
}

/* What values an option takes, for messages and help. */
const char *option_range(const struct option_desc *d)
{
	switch (d->kind) {
	case OPTION_FLAG:
		return "it takes no value, or on or off";
	case OPTION_SIZE:
	case OPTION_NUMBER: {
		const char *what = d->kind == OPTION_SIZE ? "a size" : "a number";
		const char *units = d->kind == OPTION_SIZE ? "; units are k, m, g, t" : "";

		if (d->max == UINT64_MAX)
			return mem_printf("it takes %s of at least %llu%s", what, (unsigned long long)d->min, units);
		return mem_printf("it takes %s from %llu to %llu%s", what, (unsigned long long)d->min, (unsigned long long)d->max, units);
	}
	case OPTION_RATE:
		return "it takes a time or a rate, as 500ms or 10hz; units are ns, us, ms, s, m, h, d, hz";
	case OPTION_WORD:
		return mem_printf("it takes one of: %s", d->words);
	case OPTION_STABILITY:
		return "it takes three words, as Stable/Evolving/Common";
	case OPTION_VERSION:
		return "it takes a version, as 1.0";
	default:
		return "it takes a value";
	}
}

/* Checks a value; numbers and flags end up in *number. */
static int option_parse(const struct option_desc *d, const char *value, u64 *number)
{
	unsigned a, b, c;
	char end;

	switch (d->kind) {
	case OPTION_FLAG:
		return parse_flag(value ? value : "", number);
	case OPTION_SIZE:
		if (!value || parse_size(value, number))
			return -1;
		return *number < d->min || *number > d->max ? -1 : 0;
	case OPTION_NUMBER: {
		const char *rest;

		if (!value || parse_number(value, number, &rest) || *rest)
			return -1;
		return *number < d->min || *number > d->max ? -1 : 0;
	}
	case OPTION_RATE:
		return !value || parse_rate(value, number) ? -1 : 0;
	case OPTION_WORD:
		return value && is_one_of(d->words, value) ? 0 : -1;
	case OPTION_VERSION:
		return value && sscanf(value, "%u.%u.%u%c", &a, &b, &c, &end) >= 2 && sscanf(value, "%u.%u.%u%c", &a, &b, &c, &end) < 4 ? 0 : -1;
	case OPTION_STABILITY:
		return value && option_is_stability(value) ? 0 : -1;
	default:
		return value && *value ? 0 : -1;
	}
}

bool option_is_stability(const char *text)
{
	static const char names[] = "internal private obsolete external unstable evolving stable standard";
	static const char classes[] = "unknown cpu platform group isa common";
	char part[3][16] = { "", "", "" };

	if (sscanf(text, "%15[A-Za-z]/%15[A-Za-z]/%15[A-Za-z]", part[0], part[1], part[2]) != 3 ||
	    strlen(text) != strlen(part[0]) + strlen(part[1]) + strlen(part[2]) + 2)
		return false;
	for (size_t i = 0; i < 3; i++)
		for (char *s = part[i]; *s; s++)
			*s |= 0x20;
	return is_one_of(names, part[0]) && is_one_of(names, part[1]) && is_one_of(classes, part[2]);
}

static void option_store(struct dtc *dtc, const struct option_desc *d, const char *value, u64 number)
{
	void *field = (char *)&dtc->opt + d->field - 1;

	if (d->field && d->kind == OPTION_FLAG)
		*(bool *)field = number != 0;
	else if (d->field)
		memcpy(field, &number, sizeof(number));
	if (d->flags & OPTION_LIBDIR)
		option_add(&dtc->lib_paths, &dtc->nlib_paths, value);
	if ((d->flags & OPTION_CPP) && d->kind == OPTION_FLAG)
		option_add(&dtc->cpp_args, &dtc->ncpp_args, d->cpp);
	else if ((d->flags & OPTION_CPP) && d->cpp)
		option_add(&dtc->cpp_args, &dtc->ncpp_args, mem_printf("%s%s", d->cpp, value));
	else if (d->flags & OPTION_CPP)
		dtc->cpp_path = value;
}

/* Adds to a list that is seldom added to. */
void option_add(const char ***list, size_t *n, const char *value)
{
	const char **grown = mem_alloc((*n + 1) * sizeof(*grown));

	if (*n)
		memcpy(grown, *list, *n * sizeof(*grown));
	grown[(*n)++] = value;
	*list = grown;
}

int option_set(struct dtc *dtc, const char *name, const char *value, const struct loc *loc)
{
	const struct option_desc *d = option_find(name);
	struct options *o = &dtc->opt;
	bool unset = value && !strcmp(value, "unset");
	u64 number = 0;

	if (!d) {
		struct nearest near;

		nearest_init(&near, name);
		for (d = option_table; d->name; d++)
			nearest_try(&near, d->name);
		diag_error(dtc, loc, "D_PRAGMA_OPTSET", nearest_hint(&near), "unknown option '%s'", name);
		return -1;
	}
	if (unset) {
		number = d->initial;
	} else if (option_parse(d, value, &number)) {
		if (value)
			diag_error(dtc, loc, "D_PRAGMA_OPTSET", option_range(d), "option '%s' cannot be '%s'", name, value);
		else
			diag_error(dtc, loc, "D_PRAGMA_OPTSET", option_range(d), "option '%s' needs a value", name);
		return -1;
	}
	/* the command line, which comes first and has no place, wins */
	for (size_t i = 0; loc && i < o->nset && !o->set[i].loc.src; i++)
		if (!strcmp(o->set[i].name, d->name))
			return 0;
	if (d->flags & OPTION_NO_EFFECT)
		diag_warn(dtc, loc, NULL, NULL, "option '%s' has no effect here", d->name);
	if (!unset || d->field)
		option_store(dtc, d, value, number);
	o->set = mem_grow(o->set, &o->cap, o->nset, sizeof(*o->set));
	o->set[o->nset++] = (struct option_set){ .name = d->name, .value = value ? value : "", .loc = loc ? *loc : (struct loc){ 0 } };
	return 0;
}
