// SPDX-License-Identifier: GPL-2.0
/*
 * Attributes of names: of providers and their probes by the table here, of
 * built-in words by sema/builtin.c, of the script's own by #pragma D attributes.
 */
#include <string.h>
#include <strings.h>

#include "../providers/provider.h"
#include "stability.h"

static const char *const stabilities[] = { "Internal", "Private", "Obsolete", "External", "Unstable", "Evolving", "Stable", "Standard" };
static const char *const classes[] = { "Unknown", "CPU", "Platform", "Group", "ISA", "Common" };

const struct attributes attributes_most = { STABILITY_STANDARD, STABILITY_STANDARD, CLASS_COMMON };
const struct attributes attributes_stable = { STABILITY_STABLE, STABILITY_STABLE, CLASS_COMMON };
const struct attributes attributes_private = { STABILITY_PRIVATE, STABILITY_PRIVATE, CLASS_UNKNOWN };

#define STABLE	 { STABILITY_STABLE, STABILITY_STABLE, CLASS_COMMON }
#define EVOLVING(class) { STABILITY_EVOLVING, STABILITY_EVOLVING, CLASS_##class }
#define UNSTABLE(class) { STABILITY_UNSTABLE, STABILITY_UNSTABLE, CLASS_##class }
#define PRIVATE(class)	{ STABILITY_PRIVATE, STABILITY_PRIVATE, CLASS_##class }

/* provider, module, function, name; arguments */
static const struct { const char *provider; struct attributes part[4], args; } table[] = {
	{ "dtrace", { STABLE, PRIVATE(UNKNOWN), PRIVATE(UNKNOWN), STABLE }, STABLE },
	{ "profile", { EVOLVING(COMMON), UNSTABLE(UNKNOWN), PRIVATE(UNKNOWN), EVOLVING(COMMON) }, EVOLVING(COMMON) },
	{ "syscall", { EVOLVING(COMMON), PRIVATE(UNKNOWN), UNSTABLE(ISA), EVOLVING(COMMON) }, UNSTABLE(ISA) },
	{ "fbt", { EVOLVING(ISA), PRIVATE(UNKNOWN), PRIVATE(ISA), EVOLVING(ISA) }, PRIVATE(ISA) },
	{ "sdt", { EVOLVING(ISA), PRIVATE(ISA), PRIVATE(ISA), EVOLVING(ISA) }, PRIVATE(ISA) },
	{ "rawtp", { EVOLVING(ISA), PRIVATE(ISA), PRIVATE(ISA), EVOLVING(ISA) }, PRIVATE(ISA) },
	{ "line", { UNSTABLE(ISA), PRIVATE(ISA), PRIVATE(ISA), PRIVATE(ISA) }, PRIVATE(ISA) },
	{ "pid", { EVOLVING(ISA), PRIVATE(UNKNOWN), PRIVATE(UNKNOWN), EVOLVING(ISA) }, PRIVATE(UNKNOWN) },
	{ "", { EVOLVING(ISA), PRIVATE(UNKNOWN), PRIVATE(UNKNOWN), EVOLVING(ISA) }, EVOLVING(ISA) },	/* all others */
};

static bool word_parse(const char **text, char end, const char *const *words, size_t n, u8 *ret)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);

		if (strncasecmp(*text, words[i], len) || (*text)[len] != end)
			continue;
		*ret = (u8)i;
		*text += len + (end != '\0');
		return true;
	}
	return false;
}

bool attributes_parse(const char *text, struct attributes *ret)
{
	return word_parse(&text, '/', stabilities, ARRAY_SIZE(stabilities), &ret->name) &&
	       word_parse(&text, '/', stabilities, ARRAY_SIZE(stabilities), &ret->data) &&
	       word_parse(&text, '\0', classes, ARRAY_SIZE(classes), &ret->class);
}

const char *attributes_text(struct attributes a)
{
	return mem_printf("%s/%s/%s", stabilities[a.name], stabilities[a.data], classes[a.class]);
}

static u8 least(u8 a, u8 b)
{
	return a < b ? a : b;
}

struct attributes attributes_min(struct attributes a, struct attributes b)
{
	return (struct attributes){ least(a.name, b.name), least(a.data, b.data), least(a.class, b.class) };
}

bool attributes_less(struct attributes a, struct attributes b)
{
	return a.name < b.name || a.data < b.data || a.class < b.class;
}

static size_t row_of(const struct probe *p)
{
	size_t i = 0;

	while (*table[i].provider && (!p->provider || strcmp(table[i].provider, p->provider->name)))
		i++;
	return i;
}

struct attributes attributes_of_probe(const struct probe *p, const char *const part[4])
{
	size_t row = row_of(p);
	struct attributes a = table[row].part[0];

	for (size_t i = 1; i < 4; i++)
		if (*part[i])
			a = attributes_min(a, table[row].part[i]);
	return a;
}

struct attributes attributes_of_args(const struct probe *p)
{
	return table[row_of(p)].args;
}

void attributes_print(FILE *f, struct attributes a)
{
	fprintf(f, "\t\tIdentifier Names: %s\n", stabilities[a.name]);
	fprintf(f, "\t\tData Semantics:   %s\n", stabilities[a.data]);
	fprintf(f, "\t\tDependency Class: %s\n", classes[a.class]);
}

void stability_print(const struct input *in, FILE *f)
{
	fprintf(f, "\nStability attributes for %s %s:\n", in->kind == INPUT_SCRIPT ? "script" : "description", in->src->name);
	fprintf(f, "\n\tMinimum Probe Description Attributes\n");
	attributes_print(f, in->attributes[0]);
	fprintf(f, "\n\tMinimum Statement Attributes\n");
	attributes_print(f, in->attributes[1]);
}
