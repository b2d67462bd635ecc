// SPDX-License-Identifier: GPL-2.0
/*
 * The options of D: -x NAME[=VALUE] and #pragma D option. One table tells each
 * one's kind, range, time and help. What the translator needs is stored in
 * struct options; all that is set is kept, in order, for the module's metadata.
 * The command line wins over a pragma.
 */
#include "options.h"

#include <ctype.h>
#include <string.h>

#define FIELD(member) offsetof(struct options, member) + 1	/* 0: not stored */
#define FRAMES "127"	/* DTC_STACKFRAMES_MAX */
_Static_assert(DTC_STACKFRAMES_MAX == 127, "FRAMES says so");

const struct option_desc option_table[] = {
	/* compile time */
	{ "amin", OPTION_STABILITY, 0, .help = "least stability of what the script uses: name/data/class" },
	{ "argref", OPTION_FLAG, 0, FIELD(argref), .help = "permit arguments that the script does not use" },
	{ "core", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave a core file after an internal error" },
	{ "cpp", OPTION_FLAG, OPTION_COMMAND, FIELD(cpp), .help = "run the C preprocessor first (-C)" },
	{ "cpphdrs", OPTION_FLAG, OPTION_CPP | OPTION_COMMAND, .cpp = "-H", .help = "the preprocessor lists the files it includes (-H)" },
	{ "cpppath", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .help = "the preprocessor to run" },
	{ "ctypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's C types to a file" },
	{ "defaultargs", OPTION_FLAG, 0, FIELD(defaultargs), .help = "arguments that are not given are 0 and \"\"" },
	{ "define", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-D", .help = "define a name for the preprocessor (-D)" },
	{ "dtypes", OPTION_STRING, OPTION_NO_EFFECT, .help = "write the script's D types to a file" },
	{ "empty", OPTION_FLAG, 0, FIELD(empty), .help = "permit an empty script" },
	{ "errtags", OPTION_FLAG, 0, FIELD(errtags), .help = "show the tag of each error" },
	{ "evaltime", OPTION_WORD, OPTION_NO_EFFECT, .words = "exec preinit postinit main", .help = "when -c and -p stop the program first" },
	{ "incdir", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-I", .help = "where the preprocessor looks for files (-I)" },
	{ "knodefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "permit kernel symbols that are not there" },
	{ "kdefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse kernel symbols that are not there" },
	{ "late", OPTION_WORD, OPTION_NO_EFFECT, .words = "dynamic static", .help = "when symbols get their addresses" },
	{ "ldpath", OPTION_STRING, OPTION_NO_EFFECT, .help = "the linker to run" },
	{ "libdir", OPTION_STRING, OPTION_LIBDIR | OPTION_COMMAND, .help = "where to look for libraries (-L)" },
	{ "linkmode", OPTION_WORD, OPTION_NO_EFFECT, .words = "kernel static dynamic", .help = "how symbols are linked" },
	{ "linktype", OPTION_WORD, OPTION_NO_EFFECT, .words = "dof elf", .help = "what -G makes" },
	{ "modpath", OPTION_STRING, OPTION_NO_EFFECT, .help = "where the kernel's modules are; see --kernel-root" },
	{ "nolibs", OPTION_FLAG, OPTION_COMMAND, FIELD(nolibs), .help = "do not read the libraries" },
	{ "pgmax", OPTION_NUMBER, OPTION_NO_EFFECT, .max = INT32_MAX, .help = "processes kept open" },
	{ "preallocate", OPTION_SIZE, OPTION_NO_EFFECT, .max = UINT64_MAX, .help = "memory taken at the start" },
	{ "procfspath", OPTION_STRING, OPTION_NO_EFFECT, .help = "where /proc is" },
	{ "pspec", OPTION_FLAG, OPTION_NO_EFFECT, .help = "an ambiguous word at the top level is a probe's name" },
	{ "stdc", OPTION_WORD, OPTION_NO_EFFECT | OPTION_COMMAND, .words = "a c s t", .help = "how far the preprocessor keeps to ISO C (-X)" },
	{ "strip", OPTION_FLAG, OPTION_NO_EFFECT, .help = "leave the script out of what -G makes" },
	{ "syslibdir", OPTION_STRING, OPTION_NO_EFFECT | OPTION_COMMAND, .help = "where the system's libraries are" },
	{ "tree", OPTION_NUMBER, OPTION_NO_EFFECT, .max = UINT32_MAX, .help = "print the tree; see --stop-after" },
	{ "tregs", OPTION_NUMBER, OPTION_NO_EFFECT, .max = UINT32_MAX, .help = "registers for tuples" },
	{ "undef", OPTION_STRING, OPTION_CPP | OPTION_COMMAND, .cpp = "-U", .help = "undefine a name for the preprocessor (-U)" },
	{ "unodefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "permit user symbols that are not there" },
	{ "udefs", OPTION_FLAG, OPTION_NO_EFFECT, .help = "refuse user symbols that are not there" },
	{ "verbose", OPTION_FLAG, 0, FIELD(verbose_set), .help = "show the code of each clause (-S)" },
	{ "version", OPTION_VERSION, 0, .help = "the version of D that the script is written for" },
	{ "zdefs", OPTION_FLAG, 0, FIELD(zdefs), .help = "permit descriptions that match no probe (-Z)" },
	/* run time, but here they are built into the module */
	{ "cleanrate", OPTION_RATE, OPTION_RUNTIME | OPTION_NO_EFFECT, .min = 1, .max = DTC_RATE_MAX, .help = "how often speculations are cleaned" },
	{ "grabanon", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "take what was traced anonymously" },
	{ "jstackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(jstackframes), DTC_JSTACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of jstack(); at most " FRAMES " are kept" },
	{ "jstackstrsize", OPTION_SIZE, OPTION_RUNTIME | OPTION_NO_EFFECT, 0, 512, 0, DTC_STRSIZE_MAX, .help = "room for names in jstack()" },
	{ "maxframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(maxframes), DTC_STACKFRAMES_MAX, 1, INT32_MAX, .help = "most frames of any stack; at most " FRAMES " are kept" },
	{ "pcapsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(pcapsize), DTC_PCAPSIZE_DEFAULT, DTC_PCAPSIZE_MIN, DTC_PCAPSIZE_MAX, .help = "bytes of a packet that pcap() records" },
	{ "scratchsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(scratchsize), DTC_SCRATCHSIZE_DEFAULT, 0, DTC_SCRATCHSIZE_MAX, .help = "memory for strings and tuples, on each CPU" },
	{ "stackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(stackframes), DTC_STACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of stack(); at most " FRAMES " are kept" },
	{ "strsize", OPTION_SIZE, OPTION_RUNTIME, FIELD(strsize), DTC_STRSIZE_DEFAULT, DTC_STRSIZE_MIN, DTC_STRSIZE_MAX, .help = "bytes of a string" },
	{ "temporal", OPTION_FLAG, OPTION_RUNTIME | OPTION_NO_EFFECT, .help = "records are printed in the order of time, as they always are" },
	{ "ustackframes", OPTION_NUMBER, OPTION_RUNTIME, FIELD(ustackframes), DTC_STACKFRAMES_DEFAULT, 1, INT32_MAX, .help = "frames of ustack(); at most " FRAMES " are kept" },
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

/* What values an option takes, for messages and help. */
const char *option_range(const struct option_desc *d)
{
	char text[256];

	switch (d->kind) {
	case OPTION_STABILITY:
		return "it takes three words, as Stable/Evolving/Common";
	case OPTION_VERSION:
		return "it takes a version up to 2.0, as 1.6";
	case OPTION_STRING:
		return "it takes a value";
	default:
		dtc_option_range((enum dtc_option_kind)d->kind, d->words, d->min, d->max, text, sizeof(text));
		return mem_strdup(text);
	}
}

/* Versions of D that there have been. */
bool option_is_version(const char *text)
{
	unsigned major, minor, micro = 0;
	int n = 0;

	if (!isdigit((unsigned char)*text) || sscanf(text, "%u.%u%n.%u%n", &major, &minor, &n, &micro, &n) < 2 || text[n])
		return false;
	return major == 1 || (major == 2 && !minor && !micro);
}

/* Checks a value; numbers and flags end up in *number. */
static int option_parse(const struct option_desc *d, const char *value, u64 *number)
{
	switch (d->kind) {
	case OPTION_VERSION:
		return value && option_is_version(value) ? 0 : -1;
	case OPTION_STABILITY:
		return value && option_is_stability(value) ? 0 : -1;
	case OPTION_STRING:
		return value && *value ? 0 : -1;
	default:
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
	if ((d->flags & OPTION_CPP) && d->kind == OPTION_FLAG && number)
		option_add(&dtc->cpp_args, &dtc->ncpp_args, d->cpp);
	else if ((d->flags & OPTION_CPP) && d->kind == OPTION_FLAG)
		return;
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
	if (loc && (d->flags & OPTION_COMMAND)) {
		diag_error(dtc, loc, "D_PRAGMA_OPTSET", mem_printf("give -x %s to dtc", name), "option '%s' cannot be set in a script", name);
		return -1;
	}
	/* the command line, which comes first and has no place, wins */
	for (size_t i = 0; loc && i < o->nset && !o->set[i].loc.src; i++)
		if (!strcmp(o->set[i].name, d->name))
			return 0;
	if (!unset || option_field(d))
		option_store(dtc, d, value, number);
	o->set = mem_grow(o->set, &o->cap, o->nset, sizeof(*o->set));
	o->set[o->nset++] = (struct option_set){ .name = d->name, .value = value ? value : "", .loc = loc ? *loc : (struct loc){ 0 } };
	return 0;
}

void options_explain(struct dtc *dtc)
{
	for (size_t i = 0; dtc->verbose && i < dtc->opt.nset; i++) {
		const struct option_set *set = &dtc->opt.set[i];

		if (option_find(set->name)->flags & OPTION_NO_EFFECT)
			diag_warn(dtc, set->loc.src ? &set->loc : NULL, NULL, NULL, "option '%s' has no effect here", set->name);
	}
}
