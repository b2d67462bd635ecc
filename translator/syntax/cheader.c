// SPDX-License-Identifier: GPL-2.0
/*
 * -C: what C's headers have and D has no words for. In the preprocessor's
 * output, in what it included only, such words become blanks, so that lines and
 * columns stay: attributes, assembly names, static assertions, whole functions
 * with bodies, types that D has not. A packed structure is marked for the parser.
 */
#include "parser.h"

#include <ctype.h>
#include <string.h>

struct header {
	const struct text *text;
	size_t at;		/* of what is looked at */
	size_t item;		/* where the declaration begins */
	unsigned braces, parens;
	bool is_inline, has_value, is_foreign;	/* of this declaration: has the word, has =, has a type that D has not */
	char before;		/* the last character that is no blank */
};

enum what { PLAIN, BLANK, BLANK_CALL, BLANK_ASSERT, ATTRIBUTE, INLINE_WORD, FOREIGN };

static const struct { const char *word; enum what what; } words[] = {
	{ "__extension__", BLANK }, { "__restrict", BLANK }, { "__restrict__", BLANK }, { "_Noreturn", BLANK }, { "__thread", BLANK },
	{ "_Thread_local", BLANK }, { "__asm__", BLANK_CALL }, { "__asm", BLANK_CALL }, { "asm", BLANK_CALL }, { "_Alignas", BLANK_CALL },
	{ "_Static_assert", BLANK_ASSERT }, { "__attribute__", ATTRIBUTE }, { "__attribute", ATTRIBUTE },
	{ "inline", INLINE_WORD }, { "__inline", INLINE_WORD }, { "__inline__", INLINE_WORD },
	{ "__int128", FOREIGN }, { "__int128_t", FOREIGN }, { "__uint128_t", FOREIGN }, { "_Complex", FOREIGN }, { "__complex__", FOREIGN },
	{ "__float128", FOREIGN },
};

static enum what word_what(const char *s, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i].word) == len && !memcmp(words[i].word, s, len))
			return words[i].what;
	return PLAIN;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t line_end(const struct text *t, size_t at)
{
	const char *end = memchr(t->data + at, '\n', t->len - at);

	return end ? (size_t)(end - t->data) : t->len;
}

/* All but the ends of lines, and lines that say where the text comes from. */
static void blank(const struct text *t, size_t from, size_t to)
{
	while (from < to) {
		size_t end = line_end(t, from);

		end = end < to ? end : to;
		if (t->data[from] != '#' || (from && t->data[from - 1] != '\n'))
			memset(t->data + from, ' ', end - from);
		from = end + 1;
	}
}

/* Behind a literal that begins there. */
static size_t literal_end(const struct text *t, size_t at)
{
	char quote = t->data[at++];

	while (at < t->len && t->data[at] != quote && t->data[at] != '\n')
		at += t->data[at] == '\\' ? 2 : 1;
	return at < t->len ? at + 1 : t->len;
}

static size_t skip_blanks(const struct text *t, size_t at)
{
	while (at < t->len && (isspace((unsigned char)t->data[at]) || (t->data[at] == '#' && at && t->data[at - 1] == '\n')))
		at = t->data[at] == '#' ? line_end(t, at) : at + 1;
	return at;
}

/* Behind what closes the bracket that stands there, or there if it is none or stays open. */
static size_t closed(const struct text *t, size_t at, char open, char close)
{
	size_t start = at;
	unsigned depth = 0;

	if (at >= t->len || t->data[at] != open)
		return start;
	while (at < t->len) {
		char c = t->data[at];

		if (c == '"' || c == '\'') {
			at = literal_end(t, at);
			continue;
		}
		if (c == '#' && at && t->data[at - 1] == '\n') {
			at = line_end(t, at);
			continue;
		}
		at++;
		depth += c == open;
		if (c == close && !--depth)
			return at;
	}
	return start;
}

static void item_begin(struct header *h)
{
	h->item = h->at;
	h->is_inline = h->has_value = h->is_foreign = false;
	h->before = ';';
}

static void item_drop(struct header *h)
{
	blank(h->text, h->item, h->at);
	item_begin(h);
}

/* Packed after a structure's members becomes a word of the grammar, any other attribute blanks; packed elsewhere stays, for it would be wrong to ignore it. */
static void attribute(struct header *h, size_t start, size_t end)
{
	static const char packed[] = "__packed__";
	char *s = h->text->data;
	bool is_packed = memmem(s + start, end - start, "packed", 6);

	if (is_packed && h->before != '}' && !h->parens)
		return;
	blank(h->text, start, end);
	if (is_packed && h->before == '}' && end - start >= strlen(packed))
		memcpy(s + start, packed, strlen(packed));
}

/* "struct { } name;": nothing is nowhere. */
static size_t empty_member(const struct text *t, size_t end)
{
	size_t at = skip_blanks(t, end);

	if (at >= t->len || t->data[at] != '{')
		return 0;
	at = skip_blanks(t, at + 1);
	if (at >= t->len || t->data[at] != '}')
		return 0;
	at = skip_blanks(t, at + 1);
	while (at < t->len && is_word(t->data[at]))
		at++;
	at = skip_blanks(t, at);
	return at < t->len && t->data[at] == ';' ? at + 1 : 0;
}

static void word(struct header *h)
{
	const struct text *t = h->text;
	size_t start = h->at, end = start, args;
	enum what what;

	while (end < t->len && is_word(t->data[end]))
		end++;
	h->at = end;
	args = closed(t, skip_blanks(t, end), '(', ')');
	what = word_what(t->data + start, end - start);
	switch (what) {
	case BLANK:
		blank(t, start, end);
		return;
	case BLANK_CALL:
	case BLANK_ASSERT:
	case ATTRIBUTE:
		if (t->data[args - 1] != ')')
			break;
		if (what == ATTRIBUTE) {
			attribute(h, start, args);
		} else {
			size_t semicolon = skip_blanks(t, args);
			bool is_whole = what == BLANK_ASSERT && semicolon < t->len && t->data[semicolon] == ';';

			blank(t, start, is_whole ? semicolon + 1 : args);
		}
		h->at = args;
		return;
	case INLINE_WORD:
		h->is_inline = true;
		break;
	case FOREIGN:
		h->is_foreign = true;
		break;
	default:
		if (h->braces && end - start == 6 && !memcmp(t->data + start, "struct", 6) && empty_member(t, end)) {
			h->at = empty_member(t, end);
			blank(t, start, h->at);
			return;
		}
	}
	h->before = t->data[end - 1];
}

static void mark(struct header *h, char c)
{
	char before = h->before;

	h->before = isspace((unsigned char)c) ? before : c;
	if (c == '{' && before == ')' && !h->braces && !h->parens) {	/* a function's body */
		size_t end = closed(h->text, h->at, '{', '}');

		if (end > h->at) {
			h->at = end;
			item_drop(h);
			return;
		}
	}
	h->at++;
	switch (c) {
	case '(':
		h->parens++;
		break;
	case ')':
		h->parens -= h->parens > 0;
		break;
	case '=':
		h->has_value = true;
		break;
	case '{':
		h->braces++;
		break;
	case '}':
		h->braces -= h->braces > 0;
		break;
	case ';':
		if (h->braces || h->parens)
			break;
		if (h->is_foreign || (h->is_inline && !h->has_value))
			item_drop(h);
		else
			item_begin(h);
		break;
	}
}

/* "# 12 "name" 1 3": whether what follows comes from another file than `main`. */
static bool is_other_file(const struct text *t, size_t at, const char *main)
{
	size_t end = line_end(t, at);
	const char *name = memchr(t->data + at, '"', end - at);
	size_t len = strlen(main);

	if (!name)
		return true;
	name++;
	return (size_t)(t->data + end - name) <= len || memcmp(name, main, len) || name[len] != '"';
}

void cheader_blank(const struct text *text, const char *main)
{
	struct header h = { .text = text, .before = ';' };
	bool is_included = false;

	while (h.at < text->len) {
		char c = text->data[h.at];

		if (c == '#' && (!h.at || text->data[h.at - 1] == '\n')) {
			size_t end = line_end(text, h.at);
			bool was = is_included;

			if (end > h.at + 2 && isdigit((unsigned char)text->data[h.at + 2]))
				is_included = is_other_file(text, h.at, main);
			h.at = end;
			if (is_included != was && !h.braces)
				item_begin(&h);
		} else if (!is_included) {
			h.at = line_end(text, h.at) + 1;
		} else if (c == '"' || c == '\'') {
			h.at = literal_end(text, h.at);
			h.before = c;
		} else if (is_word(c)) {
			word(&h);
		} else {
			mark(&h, c);
		}
	}
}
