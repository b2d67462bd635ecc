// SPDX-License-Identifier: GPL-2.0
/*
 * The options of D: -x NAME[=VALUE] and #pragma D option. One table tells each
 * one's kind, range, time and help. What the translator needs is stored in
 * struct options; all that is set is kept, in order, for the module's metadata.
 * Of several settings the last one counts: the environment's come first, then
 * the command line's, then the pragmas, as DTrace has it.
 */
#include "options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(member) offsetof(struct options, member) + 1	/* 0: not stored */
#define FRAMES "127"	/* DTC_STACKFRAMES_MAX */
_Static_assert(DTC_STACKFRAMES_MAX == 127, "FRAMES says so");

const struct option_desc option_table[] = {
	/* compile time */
	{ "amin", OPTION_STABILITY, 0, .help = "least stability of what the script uses: name/data/class" },
	{ "argref", OPTION_FLAG, 0, FIELD(argref), .help = "permit arguments that the script does not use" },
	{ "core", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave a core file after an internal error" },
	{ "cpp", OPTION_FLAG, OPTION_TOO_LATE, FIELD(cpp), .help = "run the C preprocessor first (-C)" },
	{ "cppargs", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "", .help = "further arguments of the preprocessor, separated by blanks" },
	{ "cpphdrs", OPTION_FLAG, OPTION_CPP | OPTION_COMMAND, .cpp = "-H", .help = "the preprocessor lists the files it includes (-H)" },
	{ "cpppath", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .help = "the preprocessor to run" },
	{ "ctfpath", OPTION_STRING, OPTION_NO_EFFECT | OPTION_COMMAND, .help = "where the kernel's types are; they are taken from its BTF" },
	{ "ctypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's C types to a file" },
	{ "debug", OPTION_FLAG, OPTION_NO_EFFECT, .help = "messages for who works on DTrace; see -v" },
	{ "debugassert", OPTION_WORD, OPTION_NO_EFFECT, .words = "mutexes", .help = "checks for who works on DTrace" },
	{ "defaultargs", OPTION_FLAG, 0, FIELD(defaultargs), .help = "arguments that are not given are 0 and \"\"" },
	{ "define", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-D", .help = "define a name for the preprocessor (-D)" },
	{ "disasm", OPTION_NUMBER, OPTION_NO_EFFECT, .max = INT32_MAX, .help = "what -S shows; it shows C here" },
	{ "dtypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's D types to a file" },
	{ "empty", OPTION_FLAG, 0, FIELD(empty), .help = "permit an empty script" },
	{ "errtags", OPTION_FLAG, 0, FIELD(errtags), .help = "show the tag of each error" },
	{ "incdir", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-I", .help = "where the preprocessor looks for files (-I)" },
	{ "iregs", OPTION_NUMBER, OPTION_NO_EFFECT, .min = 1, .max = INT32_MAX, .help = "registers for expressions" },
	{ "knodefs", OPTION_FLAG, 0, FIELD(knodefs), .help = "permit kernel symbols under linkmode=dynamic" },
	{ "kdefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse kernel symbols that are not there" },
	{ "late", OPTION_WORD, OPTION_NO_EFFECT, .words = "dynamic static", .help = "when symbols get their addresses" },
	{ "lazyload", OPTION_FLAG, OPTION_NO_EFFECT, .help = "when -G's probes are announced" },
	{ "ldpath", OPTION_STRING, OPTION_NO_EFFECT | OPTION_COMMAND, .help = "the linker to run" },
	{ "libdir", OPTION_STRING, OPTION_LIBDIR | OPTION_TOO_LATE, .help = "where to look for libraries (-L)" },
	{ "linkmode", OPTION_WORD, 0, FIELD(linkmode), .words = "kernel static dynamic", .help = "dynamic refuses symbols of the kernel but with knodefs; they have their addresses when the script runs in any case" },
	{ "linknommap", OPTION_FLAG, OPTION_NO_EFFECT, .help = "how -G reads objects" },
	{ "linktype", OPTION_WORD, OPTION_NO_EFFECT, .words = "dof elf DOF ELF", .help = "what -G makes" },
	{ "modpath", OPTION_STRING, OPTION_NO_EFFECT | OPTION_COMMAND, .help = "where the kernel's modules are; see --kernel-root" },
	{ "nolibs", OPTION_FLAG, OPTION_TOO_LATE, FIELD(nolibs), .help = "do not read the libraries" },
	{ "pgmax", OPTION_NUMBER, OPTION_NO_EFFECT, .max = INT32_MAX, .help = "processes kept open" },
	{ "preallocate", OPTION_SIZE, OPTION_NO_EFFECT, .max = UINT64_MAX, .help = "memory taken at the start" },
	{ "procfspath", OPTION_STRING, OPTION_NO_EFFECT | OPTION_COMMAND, .help = "where /proc is" },
	{ "pspec", OPTION_FLAG, OPTION_NO_EFFECT, .help = "an ambiguous word at the top level is a probe's name" },
	{ "stdc", OPTION_WORD, OPTION_COMMAND, FIELD(stdc), .words = "a c s t", .help = "how far the preprocessor keeps to ISO C (-X)" },
	{ "strip", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave the script out of what -G makes" },
	{ "syslibdir", OPTION_STRING, OPTION_NO_EFFECT, .help = "where the system's libraries are" },
	{ "sysslice", OPTION_STRING, OPTION_NO_EFFECT, .help = "the system's processes, by their control group" },
	{ "tree", OPTION_NUMBER, OPTION_NO_EFFECT, .min = 1, .max = UINT32_MAX, .help = "print the tree; see --stop-after" },
	{ "tregs", OPTION_NUMBER, OPTION_NO_EFFECT, .min = 1, .max = UINT32_MAX, .help = "registers for tuples" },
	{ "undef", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-U", .help = "undefine a name for the preprocessor (-U)" },
	{ "unodefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "permit user symbols that are not there" },
	{ "udefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse user symbols that are not there" },
	{ "useruid", OPTION_NUMBER, OPTION_NO_EFFECT, .max = INT32_MAX, .help = "least user id that is not the system's" },
	{ "verbose", OPTION_FLAG, 0, FIELD(verbose_set), .help = "show the code of each clause (-S)" },
	{ "version", OPTION_VERSION, 0, FIELD(version), DTC_D_VERSION, .help = "the version of D that the script is written for: what is newer is unknown to it" },
	{ "zdefs", OPTION_FLAG, 0, FIELD(zdefs), .help = "permit descriptions that match no probe (-Z)" },
	/* run time, but here they are built into the module */
	{ "bpflog", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "what the kernel says of BPF programs; there are none here" },
	{ "bpflogsize", OPTION_SIZE, OPTION_RUNTIME | OPTION_NO_EFFECT, .max = INT64_MAX, .help = "room for that" },
	{ "cleanrate", OPTION_RATE, OPTION_RUNTIME | OPTION_NO_EFFECT, .min = 1, .max = DTC_RATE_MAX, .help = "how often speculations are cleaned" },
	{ "grabanon", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "take what was traced anonymously" },
	{ "jstackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(jstackframes), DTC_JSTACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of jstack(); at most " FRAMES " are kept" },
	{ "jstackstrsize", OPTION_SIZE, OPTION_RUNTIME | OPTION_NO_EFFECT, 0, 512, 0, DTC_STRSIZE_MAX, .help = "room for names in jstack()" },
	{ "lockmem", OPTION_STRING, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "memory that may be locked: a size, or unlimited" },
	{ "maxframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(maxframes), DTC_STACKFRAMES_MAX, 1, INT32_MAX, .help = "most frames of any stack; at most " FRAMES " are kept" },
	{ "pcapsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(pcapsize), DTC_PCAPSIZE_DEFAULT, DTC_PCAPSIZE_MIN, DTC_PCAPSIZE_MAX, .help = "bytes of a packet that pcap() records" },
	{ "scratchsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(scratchsize), DTC_SCRATCHSIZE_DEFAULT, 0, DTC_SCRATCHSIZE_MAX, .help = "memory for strings and tuples, on each CPU" },
	{ "stackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(stackframes), DTC_STACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of stack(); at most " FRAMES " are kept" },
	{ "strsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(strsize), DTC_STRSIZE_DEFAULT, DTC_STRSIZE_MIN, DTC_STRSIZE_MAX, .help = "bytes of a string" },
	{ "temporal", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "records are printed in the order of time, as they always are" },
	{ "ustackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(ustackframes), DTC_USTACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of ustack(); at most " FRAMES " are kept" },
	/* run time, dtrun takes them too */
#define ROW(name, kind, when, initial, min, max, words, help) \
	{ #name, OPTION_##kind, OPTION_RUNTIME | OPTION_##when, 0, initial, min, max, words, NULL, help },
	DTC_OPTION_TABLE(ROW)
#undef ROW
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

/* A flag of compile time is set by its name alone; those of a run take a value too. */
static bool option_is_bare(const struct option_desc *d)
{
	return d->kind == OPTION_FLAG && !(d->flags & OPTION_RUNTIME);
}

/* What values an option takes, for messages and help. */
const char *option_range(const struct option_desc *d)
{
	char text[256];

	if (option_is_bare(d))
		return "it takes no value";
	switch (d->kind) {
	case OPTION_STABILITY:
		return "it takes three words, as Stable/Evolving/Common";
	case OPTION_VERSION:
		return "it takes a version of D that there has been, up to 2.0.4, as 1.6.3";
	case OPTION_STRING:
		return "it takes a value";
	default:
		dtc_option_range((enum dtc_option_kind)d->kind, d->words, d->min, d->max, text, sizeof(text));
		return mem_strdup(text);
	}
}

/* "1.2.3"; 0: it has no such form. */
static u64 version_number(const char *text)
{
	unsigned major, minor, micro = 0;
	int n = 0;

	if (!isdigit((unsigned char)*text) || strlen(text) > 16 || sscanf(text, "%u.%u%n.%u%n", &major, &minor, &n, &micro, &n) < 2 || text[n] ||
	    major > 0xff || minor > 0xfff || micro > 0xfff)
		return 0;
	return VERSION_OF(major, minor, micro);
}

/* Versions of D that there have been, as VERSION_OF has them; 0: none. */
u64 option_version(const char *text)
{
	static const u32 versions[] = {
		VERSION_OF(1, 0, 0), VERSION_OF(1, 1, 0), VERSION_OF(1, 2, 0), VERSION_OF(1, 2, 1), VERSION_OF(1, 2, 2), VERSION_OF(1, 3, 0),
		VERSION_OF(1, 4, 0), VERSION_OF(1, 4, 1), VERSION_OF(1, 5, 0), VERSION_OF(1, 6, 0), VERSION_OF(1, 6, 1), VERSION_OF(1, 6, 2),
		VERSION_OF(1, 6, 3), VERSION_OF(1, 6, 4), VERSION_OF(1, 7, 0), VERSION_OF(1, 7, 1), VERSION_OF(1, 8, 0), VERSION_OF(1, 8, 1),
		VERSION_OF(1, 9, 0), VERSION_OF(1, 9, 1), VERSION_OF(1, 10, 0), VERSION_OF(1, 11, 0), VERSION_OF(1, 12, 0), VERSION_OF(1, 12, 1),
		VERSION_OF(1, 13, 0), VERSION_OF(1, 13, 1), VERSION_OF(2, 0, 0), VERSION_OF(2, 0, 1), VERSION_OF(2, 0, 2), VERSION_OF(2, 0, 3),
		VERSION_OF(2, 0, 4),
	};
	u64 version = version_number(text);

	for (size_t i = 0; i < ARRAY_SIZE(versions); i++)
		if (versions[i] == version)
			return version;
	return 0;
}

/* What is wrong with a value for `version`; NULL: nothing. */
static const char *version_fault(const struct dtc *dtc, const char *value)
{
	u64 version = option_version(value);

	if (!version)
		return version_number(value) ? "Requested version is not supported by compiler" : "Version is not properly formatted or is too large";
	return version > dtc->opt.version ? "Requested version conflicts with earlier setting" : NULL;
}

/* Checks a value; numbers and flags end up in *number. */
static int option_parse(const struct option_desc *d, const char *value, u64 *number)
{
	switch (d->kind) {
	case OPTION_VERSION:
		*number = value ? option_version(value) : 0;
		return *number ? 0 : -1;
	case OPTION_STABILITY:
		return value && option_is_stability(value) ? 0 : -1;
	case OPTION_STRING:
		return value && *value ? 0 : -1;
	default:
		if (option_is_bare(d) && value)
			return -1;
		return dtc_option_parse((enum dtc_option_kind)d->kind, d->words, d->min, d->max, value, number);
	}
}

static bool is_one_of(const char *words, const char *word)
{
	u64 which;

	return !dtc_option_word(words, word, &which);
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

/* Where a value goes in struct options, plus 1; 0: nowhere. */
static size_t option_field(const struct option_desc *d)
{
	static const struct { const char *name; size_t field; } shared[] = {
		{ "destructive", FIELD(destructive) }, { "flowindent", FIELD(flowindent) }, { "quiet", FIELD(quiet) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(shared); i++)
		if (!strcmp(shared[i].name, d->name))
			return shared[i].field;
	return d->field;
}

/* -x cppargs: words */
static void cpp_args_add(struct dtc *dtc, const char *words)
{
	static const char blanks[] = " \t\n\v\f\r";

	for (words += strspn(words, blanks); *words; words += strspn(words, blanks)) {
		size_t n = strcspn(words, blanks);

		option_add(&dtc->cpp_args, &dtc->ncpp_args, mem_strndup(words, n));
		words += n;
	}
}

static void option_store(struct dtc *dtc, const struct option_desc *d, const char *value, u64 number)
{
	size_t at = option_field(d);
	void *field = (char *)&dtc->opt + at - 1;

	if (at && d->kind == OPTION_FLAG)
		*(bool *)field = number != 0;
	else if (at)
		memcpy(field, &number, sizeof(number));
	if (d->flags & OPTION_LIBDIR)
		option_add(&dtc->lib_paths, &dtc->nlib_paths, value);
	if (!(d->flags & OPTION_CPP) || (d->kind == OPTION_FLAG && !number))
		return;
	if (!d->cpp)
		dtc->cpp_path = value;
	else if (!*d->cpp)
		cpp_args_add(dtc, value);
	else
		option_add(&dtc->cpp_args, &dtc->ncpp_args, d->kind == OPTION_FLAG ? d->cpp : mem_printf("%s%s", d->cpp, value));
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

static int option_error(struct dtc *dtc, const struct loc *loc, const char *what, const char *hint, const char *why)
{
	diag_error(dtc, loc, "D_PRAGMA_OPTSET", hint, "failed to set %s: %s", what, why);
	return -1;
}

/* `what` is the option as it was given, for messages. */
static int option_apply(struct dtc *dtc, const char *name, const char *value, const struct loc *loc, const char *what)
{
	const struct option_desc *d = option_find(name);
	struct options *o = &dtc->opt;
	bool unset = d && dtc_option_unsets((enum dtc_option_kind)d->kind, value);
	u64 number = 0;

	if (!d) {
		struct nearest near;

		nearest_init(&near, name);
		for (d = option_table; d->name; d++)
			nearest_try(&near, d->name);
		return option_error(dtc, loc, what, nearest_hint(&near), "Invalid option name");
	}
	if (d->kind == OPTION_VERSION && value && !unset && version_fault(dtc, value))
		return option_error(dtc, loc, what, option_range(d), version_fault(dtc, value));
	if (unset)
		number = d->initial;
	else if (option_parse(d, value, &number))
		return option_error(dtc, loc, what, option_range(d), "Invalid value for specified option");
	if (loc && (d->flags & OPTION_COMMAND))
		return option_error(dtc, loc, what, mem_printf("give -x %s to dtc", name), "Option cannot be used from within a D program");
	unset |= d->kind == OPTION_FLAG && !number;
	if ((!unset || option_field(d)) && !(loc && (d->flags & OPTION_TOO_LATE)))
		option_store(dtc, d, value, number);
	o->set = mem_grow(o->set, &o->cap, o->nset, sizeof(*o->set));
	o->set[o->nset++] = (struct option_set){ .name = d->name, .value = unset ? "unset" : value ? value : "", .loc = loc ? *loc : (struct loc){ 0 } };
	return 0;
}

int option_set(struct dtc *dtc, const char *name, const char *value, const struct loc *loc)
{
	if (!loc)
		return option_apply(dtc, name, value, NULL, mem_printf("-x %s", name));
	return option_apply(dtc, name, value, loc, value ? mem_printf("option '%s' to '%s'", name, value) : mem_printf("option '%s'", name));
}

int option_letter(struct dtc *dtc, char letter, const char *name, const char *value)
{
	return option_apply(dtc, name, value, NULL, value ? mem_printf("-%c %s", letter, value) : mem_printf("-%c", letter));
}

/* DTRACE_OPT_NAME=value; one that is wrong there is passed over, as DTrace does. */
void options_environment(struct dtc *dtc)
{
	for (const struct option_desc *d = option_table; d->name; d++) {
		char *name = mem_printf("DTRACE_OPT_%s", d->name);
		const char *value;
		u64 number;

		for (char *s = name; *s; s++)
			*s = (char)toupper((unsigned char)*s);
		value = getenv(name);
		if (value && option_is_bare(d) && !dtc_option_flag(value, &number) && number)	/* an environment has no names without values */
			option_set(dtc, d->name, NULL, NULL);
		else if (value && !option_parse(d, value, &number))
			option_set(dtc, d->name, value, NULL);
	}
}

void options_explain(struct dtc *dtc)
{
	for (size_t i = 0; dtc->verbose && i < dtc->opt.nset; i++) {
		const struct option_set *set = &dtc->opt.set[i];
		unsigned flags = option_find(set->name)->flags;

		if (flags & OPTION_NO_EFFECT || (set->loc.src && flags & OPTION_TOO_LATE))
			diag_warn(dtc, set->loc.src ? &set->loc : NULL, NULL, NULL, "option '%s' has no effect here", set->name);
	}
}
