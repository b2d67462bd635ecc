// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that begin with #: #!, #pragma, #line (and the preprocessor's
 * `# 12 "file"`), #error, #ident. All others are the preprocessor's, which has
 * not run: D_PRAGCTL_INVAL.
 */
#include "parser.h"
#include "../options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 8

struct word { const char *text; struct loc loc; bool is_string; };
struct words { struct word word[WORDS_MAX]; size_t n; bool is_cut; };

/* Splits a line at blanks; strings are one word, without their quotes. */
static void words_split(struct words *w, const struct loc *loc, const char *text, size_t len, size_t from)
{
	memset(w, 0, sizeof(*w));
	for (size_t i = from; i < len;) {
		size_t start = i;
		bool is_string = text[i] == '"';

		if (isspace((unsigned char)text[i]) || text[i] == '\0') {
			i++;
			continue;
		}
		if (text[i] == '/' && i + 1 < len && text[i + 1] == '*') {	/* a comment to the end of the line */
			const char *end = memmem(text + i + 2, len - i - 2, "*/", 2);

			i = end ? (size_t)(end + 2 - text) : len;
			continue;
		}
		for (i++; i < len && (is_string ? text[i] != '"' : !isspace((unsigned char)text[i])); i++)
			;
		if (w->n == WORDS_MAX) {
			w->is_cut = true;
			return;
		}
		w->word[w->n].text = mem_strndup(text + start + is_string, i - start - is_string);
		w->word[w->n].is_string = is_string;
		i += is_string && i < len;
		w->word[w->n].loc = *loc;
		w->word[w->n].loc.column = loc->column + (u32)start;
		w->word[w->n].loc.end_line = loc->line;
		w->word[w->n].loc.end_column = loc->column + (u32)i;
		w->n++;
	}
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")] && strlen(text) <= 9;
}

/* What the preprocessor puts behind the file's name: numbers. */
static bool flags_follow(const struct words *w, size_t at)
{
	for (; at < w->n; at++)
		if (w->word[at].is_string || !is_number(w->word[at].text))
			return false;
	return true;
}

/* 1: a file that was included begins; 2: it is over. */
static void include_depth(struct parser *p, const struct words *w, size_t at)
{
	for (; at < w->n; at++) {
		if (!strcmp(w->word[at].text, "1"))
			p->include_depth++;
		else if (!strcmp(w->word[at].text, "2") && p->include_depth)
			p->include_depth--;
	}
}

static void line_directive(struct parser *p, const struct loc *loc, const struct words *w, size_t first)
{
	struct source *src;
	const char *number = first < w->n ? w->word[first].text : "";
	size_t rest = p->offset < p->len ? p->offset + 1 : p->len;
	unsigned long line = strtoul(number, NULL, 10);

	if (!is_number(number) || (first + 1 < w->n && !w->word[first + 1].is_string) || !flags_follow(w, first + 2)) {
		parse_error(p, loc, "D_PRAGMA_MALFORM", "its form is #line 12 \"file\"", "malformed #line");
		return;
	}
	if (p->src->text != p->text)	/* the one before ends here, unless it is the script itself */
		p->src->len = (size_t)(p->text + rest - p->src->text);
	src = source_new(p->dtc, first + 1 < w->n ? w->word[first + 1].text : p->src->name, p->text + rest, p->len - rest);
	include_depth(p, w, first + 2);
	src->is_library = p->src->is_library;
	src->is_included = p->include_depth > 0;
	src->is_own = p->src->is_own;
	src->is_oneliner = first + 1 < w->n ? p->input && p->input->src->is_oneliner && !strcmp(src->name, CPP_ONELINER) : p->src->is_oneliner;
	src->first_line = line ? (u32)line : 1;
	p->src = src;
	p->line = src->first_line - 1;	/* the newline is still to come */
}

static void malformed(struct parser *p, const struct loc *loc, const char *name, const char *form)
{
	parse_error(p, loc, "D_PRAGMA_MALFORM", mem_printf("its form is #pragma D %s %s", name, form), "malformed #pragma D %s", name);
}

static void pragma_keep(struct parser *p, enum pragma_kind kind, const struct loc *loc, const struct word *a, const struct word *b)
{
	struct pragma *pragma = mem_alloc(sizeof(*pragma));

	*pragma = (struct pragma){ .kind = kind, .loc = *loc, .word = { a->text, b ? b->text : NULL }, .word_loc[0] = a->loc };
	if (b)
		pragma->word_loc[1] = b->loc;
	build_top(p, TOP_PRAGMA, loc)->pragma = pragma;
}

static void pragma_option(struct parser *p, const struct loc *loc, const struct words *w)
{
	struct word name, value;
	char *equals;

	if (w->n != 4 || w->word[3].is_string) {
		malformed(p, loc, "option", "name or name=value");
		return;
	}
	name = value = w->word[3];
	name.text = mem_strdup(name.text);
	equals = strchr(name.text, '=');
	if (equals) {
		*equals = '\0';
		value.text = equals + 1;
		if (*value.text == '"') {
			value.text = mem_strdup(value.text + 1);
			if (*value.text && value.text[strlen(value.text) - 1] == '"')
				*strrchr(value.text, '"') = '\0';
		}
	}
	option_set(p->dtc, name.text, equals ? value.text : NULL, &name.loc);
	pragma_keep(p, PRAGMA_OPTION, loc, &name, equals ? &value : NULL);
}

static void pragma_attributes(struct parser *p, const struct loc *loc, const struct words *w)
{
	static const char *const parts[] = { "provider", "module", "function", "name", "args" };

	/* attributes ATTR name; attributes ATTR provider NAME part */
	if (w->n != 5 && !(w->n == 7 && !strcmp(w->word[4].text, "provider"))) {
		malformed(p, loc, "attributes", "name/data/class identifier");
		return;
	}
	if (!option_is_stability(w->word[3].text)) {
		parse_error(p, &w->word[3].loc, "D_PRAGMA_INVAL", "for example Stable/Evolving/Common", "'%s' is not a stability", w->word[3].text);
		return;
	}
	if (w->n == 5) {
		pragma_keep(p, PRAGMA_ATTRIBUTES, loc, &w->word[3], &w->word[4]);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (!strcmp(parts[i], w->word[6].text)) {
			pragma_keep(p, PRAGMA_PROVIDER, loc, &w->word[3], &w->word[5]);
			return;
		}
	parse_error(p, &w->word[6].loc, "D_PRAGMA_INVAL", "they are provider, module, function, name and args", "a provider has no attributes of its '%s'",
		    w->word[6].text);
}

static void pragma_binding(struct parser *p, const struct loc *loc, const struct words *w)
{
	if (w->n != 5 || !w->word[3].is_string) {
		malformed(p, loc, "binding", "\"version\" identifier");
		return;
	}
	if (!option_version(w->word[3].text)) {
		parse_error(p, &w->word[3].loc, "D_PRAGMA_INVAL", "for example \"1.0\"", "'%s' is not a version", w->word[3].text);
		return;
	}
	pragma_keep(p, PRAGMA_BINDING, loc, &w->word[3], &w->word[4]);
}

static void pragma_depends_on(struct parser *p, const struct loc *loc, const struct words *w)
{
	static const char *const kinds[] = { "library", "module", "provider" };
	bool known = false;

	if (w->n != 5) {
		malformed(p, loc, "depends_on", "library, module or provider, and its name");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		known |= !strcmp(kinds[i], w->word[3].text);
	if (!known) {
		parse_error(p, &w->word[3].loc, "D_PRAGMA_INVAL", "it is library, module or provider", "depends_on cannot name a '%s'", w->word[3].text);
		return;
	}
	pragma_keep(p, PRAGMA_DEPENDS_ON, loc, &w->word[3], &w->word[4]);
}

static const struct {
	const char *name;
	void (*handle)(struct parser *p, const struct loc *loc, const struct words *w);
} pragmas[] = {
	{ "attributes", pragma_attributes }, { "binding", pragma_binding },
	{ "depends_on", pragma_depends_on }, { "option", pragma_option },
};

static void error_directive(struct parser *p, const struct loc *loc, const struct words *w, const char *text, size_t len)
{
	size_t from = w->n && w->word[0].loc.end_column > loc->column ? w->word[0].loc.end_column - loc->column : 0;

	while (from < len && isspace((unsigned char)text[from]))
		from++;
	parse_error(p, loc, "D_PRAGERR", NULL, "#error: %.*s", (int)(len - from), text + from);
}

/* word 0 is "pragma" */
static void pragma_directive(struct parser *p, const struct loc *loc, const struct words *w, const char *text, size_t len)
{
	struct nearest near;

	if (w->n < 2)
		return;
	if (strcmp(w->word[1].text, "D")) {
		struct words rest = { .n = 1, .word = { w->word[1] } };

		/* others' pragmas are nothing to D */
		if (!strcmp(w->word[1].text, "error"))
			error_directive(p, loc, &rest, text, len);
		else if (!strcmp(w->word[1].text, "line"))
			line_directive(p, loc, w, 2);
		return;
	}
	if (w->n < 3)
		return;
	if (!strcmp(w->word[2].text, "ident"))
		return;
	if (!strcmp(w->word[2].text, "error")) {
		struct words rest = { .n = 1, .word = { w->word[2] } };

		error_directive(p, loc, &rest, text, len);
		return;
	}
	if (!strcmp(w->word[2].text, "line")) {
		line_directive(p, loc, w, 3);
		return;
	}
	nearest_init(&near, w->word[2].text);
	for (size_t i = 0; i < ARRAY_SIZE(pragmas); i++) {
		if (!strcmp(w->word[2].text, pragmas[i].name)) {
			pragmas[i].handle(p, loc, w);
			return;
		}
		nearest_try(&near, pragmas[i].name);
	}
	parse_error(p, &w->word[2].loc, "D_PRAGMA_INVAL", nearest_hint(&near), "unknown #pragma D %s", w->word[2].text);
}

void directive(struct parser *p, const struct loc *loc, const char *text, size_t len)
{
	static const char *const of_cpp[] = { "include", "define", "undef", "if", "ifdef", "ifndef", "else", "elif", "endif" };
	size_t hash = (size_t)((const char *)memchr(text, '#', len) - text);
	struct words w;

	if (hash + 1 < len && text[hash + 1] == '!')
		return;
	words_split(&w, loc, text, len, hash + 1);
	if (!w.n)
		return;
	if (isdigit((unsigned char)w.word[0].text[0])) {
		line_directive(p, loc, &w, 0);
		return;
	}
	if (!strcmp(w.word[0].text, "line")) {
		line_directive(p, loc, &w, 1);
	} else if (!strcmp(w.word[0].text, "pragma")) {
		pragma_directive(p, loc, &w, text, len);
	} else if (!strcmp(w.word[0].text, "error")) {
		error_directive(p, loc, &w, text, len);
	} else if (strcmp(w.word[0].text, "ident")) {
		const char *hint = NULL;

		for (size_t i = 0; i < ARRAY_SIZE(of_cpp); i++)
			if (!strcmp(w.word[0].text, of_cpp[i]))
				hint = "use -C to run the C preprocessor first";
		if (hint)	/* what follows needs what it defines */
			p->dtc->parse_dropped = true;
		else
			hint = "directives are #pragma, #line, #ident and #error; comments are written /* like this */";
		parse_error(p, loc, "D_PRAGCTL_INVAL", hint, "unknown directive #%s", w.word[0].text);
	}
}
