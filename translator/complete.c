// SPDX-License-Identifier: GPL-2.0
/*
 * What completions/ asks for: candidates for a word that is being typed. Errors
 * are not shown, a shell has no place for them. Debug information is not
 * opened, so that an answer takes milliseconds.
 */
#include "complete.h"
#include "compile.h"
#include "options.h"
#include "debuginfo/kernel.h"
#include "providers/provider.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct candidate { const char *text, *help; };
struct completion {
	struct dtc *dtc;
	const char *word;
	size_t len;
	struct candidate *list;
	size_t count, cap;
	/* probes */
	unsigned part;			/* that is being typed */
	const char *before;		/* the parts before it, with their colons */
	const char *last;		/* part that was added last */
};

static void offer(struct completion *c, const char *text, const char *help)
{
	if (strncmp(text, c->word, c->len))
		return;
	c->list = mem_grow(c->list, &c->cap, c->count, sizeof(*c->list));
	c->list[c->count++] = (struct candidate){ text, help ? help : "" };
}

static int compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return strcmp(x->text, y->text);
}

static void print(struct completion *c, FILE *out)
{
	if (c->count)
		qsort(c->list, c->count, sizeof(*c->list), compare);
	for (size_t i = 0; i < c->count; i++)
		if (!i || strcmp(c->list[i].text, c->list[i - 1].text))
			fprintf(out, "%s\t%s\n", c->list[i].text, c->list[i].help);
}

/* --- probes --- */

static void part_found(struct dtc *dtc, const struct probe *p, void *arg)
{
	struct completion *c = arg;
	const char *text = p->part[c->part];

	if (c->last && !strcmp(c->last, text))	/* the next of thousands in one module, most often */
		return;
	c->last = text;
	offer(c, mem_printf("%s%s%s", c->before, text, c->part < 3 ? ":" : ""), "");
}

/* A part as typed so far, as a pattern. */
static const char *begins_with(const char *text)
{
	return mem_printf("%s*", text);
}

/* The parts of the word, at most so many; the last one is the one to complete. */
static void probe_parts(struct completion *c, unsigned parts)
{
	struct probe_desc d = { .text = "" };
	const char *s = c->word, *colon;

	for (unsigned i = 0; i < 4; i++)
		d.part[i] = "";
	for (c->part = 0; (colon = strchr(s, ':')) && c->part < parts - 1; s = colon + 1)
		d.part[c->part++] = mem_strndup(s, (size_t)(colon - s));
	if (colon)
		return;
	c->before = mem_strndup(c->word, (size_t)(s - c->word));
	d.part[c->part] = begins_with(s);
	for (const struct provider *const *p = providers; *p; p++) {
		if (c->part && strcmp((*p)->name, "line") && glob_match(d.part[0], (*p)->name))
			(*p)->match(c->dtc, &d, part_found, c);
		if (!c->part)
			offer(c, mem_printf("%s%s", (*p)->name, parts > 1 ? ":" : ""), (*p)->help);
	}
}

static void complete_probe(struct completion *c)
{
	static const char *const alone[] = { "BEGIN", "END", "ERROR", "profile-97", "profile-997", "tick-1s", "tick-5s", "tick-10s" };

	probe_parts(c, 4);
	for (size_t i = 0; i < ARRAY_SIZE(alone); i++)
		offer(c, alone[i], "");
}

static void complete_provider(struct completion *c)
{
	probe_parts(c, 1);
}

/* provider:module and provider:module:function; candidates lack the colon that another part would follow. */
static void complete_up_to(struct completion *c, unsigned parts)
{
	probe_parts(c, parts);
	for (size_t i = 0; i < c->count; i++) {
		size_t n = strlen(c->list[i].text);

		if (c->part == parts - 1 && n && c->list[i].text[n - 1] == ':')
			c->list[i].text = mem_strndup(c->list[i].text, n - 1);
	}
}

static void complete_module(struct completion *c)
{
	complete_up_to(c, 2);
}

static void complete_function(struct completion *c)
{
	complete_up_to(c, 3);
}

/* --- options --- */

static void option_values(struct completion *c, const struct option_desc *d)
{
	const char *words = d->kind == OPTION_WORD ? d->words : d->kind == OPTION_FLAG ? "on off" : "";

	while (*words) {
		size_t n = strcspn(words, " ");

		offer(c, mem_printf("%s=%.*s", d->name, (int)n, words), "");
		words += n + (words[n] == ' ');
	}
}

static void complete_option(struct completion *c)
{
	const char *equals = strchr(c->word, '=');
	const struct option_desc *d = equals ? option_find(mem_strndup(c->word, (size_t)(equals - c->word))) : NULL;

	if (d)
		option_values(c, d);
	for (d = equals ? NULL : option_table; d && d->name; d++)
		if (!(d->flags & OPTION_NO_EFFECT))
			offer(c, d->kind == OPTION_FLAG ? d->name : mem_printf("%s=", d->name), d->help);
}

/* Lines of --help that begin with two blanks and a dash: names, two blanks, text. */
static void complete_flag(struct completion *c, const char *help_text)
{
	for (const char *line = help_text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		const char *gap, *end = line + strcspn(line, "\n"), *help;

		if (strncmp(line, "  -", 3))
			continue;
		gap = strstr(line + 2, "  ");
		gap = gap && gap < end ? gap : end;
		help = gap + strspn(gap, " ");
		for (const char *s = line; s < gap; s++)
			if (*s == '-' && s[-1] == ' ') {
				size_t n = strcspn(s, " ,=[\n");

				offer(c, mem_printf("%.*s%s", (int)n, s, s[n] == '=' ? "=" : ""),
				      help < end ? mem_strndup(help, (size_t)(end - help)) : "");
			}
	}
}

static void complete_pass(struct completion *c)
{
	for (enum pass pass = PASS_PARSE; pass < PASS_RUN; pass++)
		offer(c, pass_name(pass), "");
}

static void complete_release(struct completion *c)
{
	DIR *dir = opendir(mem_printf("%s/lib/modules", c->dtc->kernel_root));

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (e->d_name[0] != '.')
			offer(c, mem_strdup(e->d_name), "");
	if (dir)
		closedir(dir);
}

int complete(struct dtc *dtc, const char *kind, const char *word, const char *help_text, FILE *out)
{
	static const struct { const char *name; void (*run)(struct completion *c); } kinds[] = {
		{ "probe", complete_probe }, { "provider", complete_provider }, { "module", complete_module },
		{ "function", complete_function }, { "option", complete_option }, { "pass", complete_pass }, { "release", complete_release },
	};
	struct completion c = { .dtc = dtc, .word = word, .len = strlen(word), .before = "" };

	if (!dtc->probes)
		dtc->probes = mem_alloc(sizeof(*dtc->probes));
	if (!strcmp(kind, "flag")) {
		complete_flag(&c, help_text);
		print(&c, out);
		return 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (strcmp(kinds[i].name, kind))
			continue;
		kinds[i].run(&c);
		print(&c, out);
		return 0;
	}
	return -1;
}
