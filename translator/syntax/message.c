// SPDX-License-Identifier: GPL-2.0
/* What to say at a syntax error: what was found, what was expected, what may be meant. */
#include "parser.h"
#include "grammar.h"

#include <ctype.h>
#include <string.h>

/* Tokens that only continue an expression or a type which is complete without them, and marks between items. */
static const char *const unnamed[] = {
	"||", "^^", "&&", "'|'", "'^'", "'&'", "==", "!=", "'<'", "'>'", "<=", ">=", "<<", ">>", "'+'", "'-'", "'*'", "'/'", "'%'",
	"'?'", "'.'", "->", "++", "--", "'['", "'('", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "'='", "'!'", "'~'",
	"else", "const", "volatile", "restrict", "the end of the clause", "the end of the script", "a probe description", "a declaration",
};

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool has(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

/* Words for the expected tokens, at most `max`; a whole set of tokens has one name. */
static size_t expected_words(const char *const *expected, size_t n, const char **words, size_t max)
{
	static const char *const in_expression[] = {
		"a name", "integer", "a string", "symbol", "macro", "aggregation", "sizeof", "stringof", "offsetof", "xlate", "self", "this", "if",
	};
	static const char *const in_type[] = {
		"type name", "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "string", "struct", "union",
		"enum", "typedef", "extern", "static", "auto", "register", "self", "this",
	};
	static const char *const closers[] = { "';'", "')'", "']'", "'}'", "'{'" };
	bool expression = has(expected, n, "integer"), type = has(expected, n, "void");
	size_t count = 0;

	if (expression)
		words[count++] = has(expected, n, "if") ? "a statement" : "an expression";
	if (type && !has(expected, n, "'*'") && !expression)
		words[count++] = "a type";
	for (size_t i = 0; i < ARRAY_SIZE(closers) && count < max; i++)
		if (has(expected, n, closers[i]))
			words[count++] = closers[i];
	for (size_t i = 0; i < n && count < max; i++) {
		const char *name = expected[i];

		if (has(closers, ARRAY_SIZE(closers), name) || (!strcmp(name, "','") && has(expected, n, "';'")))
			continue;
		if (has(unnamed, ARRAY_SIZE(unnamed), name) || (expression && has(in_expression, ARRAY_SIZE(in_expression), name)) ||
		    ((type || expression) && has(in_type, ARRAY_SIZE(in_type), name)))
			continue;
		if (!strcmp(name, "/ after the predicate"))
			name = "'/'";
		else if (!strcmp(name, "/"))
			name = "'/' and a predicate";
		else if (!strcmp(name, "integer"))
			name = "an integer";
		else if (!strcmp(name, "probe description"))
			name = "a probe description";
		else if (!strcmp(name, "type name"))
			name = "a type's name";
		else if (name[0] != '\'' && strncmp(name, "a ", 2))
			name = mem_printf("'%s'", name);
		words[count++] = name;
	}
	if (!count) {	/* only what was left out: then that */
		static const char *const openers[] = { "'='", "'('", "'['", "'<'", "->" };

		for (size_t i = 0; i < ARRAY_SIZE(openers) && count < max; i++)
			if (has(expected, n, openers[i]))
				words[count++] = openers[i][0] == '\'' ? openers[i] : mem_printf("'%s'", openers[i]);
		if (!count && has(expected, n, "a probe description"))
			words[count++] = "a probe description or a declaration";
	}
	return count;
}

static const char *join_words(const char **words, size_t n)
{
	struct text t = { NULL, 0, 0 };

	for (size_t i = 0; i < n; i++)
		text_add(&t, "%s%s", !i ? "" : i + 1 == n ? " or " : ", ", words[i]);
	return t.data;
}

/* The token as it stands in the script. */
static const char *found_words(const struct parser *p, const char *found)
{
	size_t len = p->offset - p->token_offset;
	const char *text = p->text + p->token_offset, *eol = memchr(text, '\n', len);

	if (found && (p->before == ITEM_CLAUSE || p->before == ITEM_DECL))
		return mem_printf("beginning of %s", p->before == ITEM_CLAUSE ? "a clause" : "a declaration");
	if (!found || p->before == YYEOF || !len)
		return p->input && p->input->src->is_oneliner ? "end" : "end of the script";
	if (eol)
		len = (size_t)(eol - text);
	return mem_printf("'%.*s'%s", (int)(len > 40 ? 40 : len), text, len > 40 ? "..." : "");
}

/*
 * Before the token stands "(NAME)" or "(NAME *" that is no call: it was to be a
 * cast to a type which there is not.
 */
static const char *cast_hint(const struct parser *p)
{
	const char *from = p->text, *at = from + p->token_offset, *end;
	bool is_closed = false;

	if (at > from && *at == ')' && at[-1] != '*')
		return NULL;
	while (at > from && strchr(" \t*)", at[-1]))
		is_closed |= *--at == ')';
	for (end = at; at > from && is_word_char(at[-1]); at--)
		;
	if (at == end || isdigit((unsigned char)*at) || at == from || at[-1] != '(' || (!is_closed && *end != ' ' && *end != '*'))
		return NULL;
	while (--at > from && strchr(" \t", at[-1]))
		;
	if (at > from && (is_word_char(at[-1]) || at[-1] == ')' || at[-1] == ']'))
		return NULL;
	at += strcspn(at, "(") + 1;
	return mem_printf("if '%.*s' is to be a type: there is no such one; structures are written struct NAME", (int)(end - at), at);
}

static const char *hint_for(const struct parser *p, const char *found, const char *const *expected, size_t n)
{
	bool in_clause = p->item == ITEM_IS_CLAUSE && p->braces;

	if (!found)
		return NULL;
	if (in_clause && (!strcmp(found, "type name") || !strcmp(found, "int") || !strcmp(found, "char") || !strcmp(found, "long") ||
			  !strcmp(found, "string") || !strcmp(found, "unsigned") || !strcmp(found, "struct")))
		return "declarations stand outside of clauses";
	if (p->item == ITEM_IS_DECL && !strcmp(found, "'='") && has(expected, n, "';'"))
		return "give it its first value in a BEGIN clause; a constant is declared with inline";
	if (!strcmp(found, "probe description") && p->item == ITEM_IS_CLAUSE)
		return "probe descriptions are separated by commas";
	if (!strcmp(found, "a name") && has(expected, n, "void") && !has(expected, n, "integer"))
		return "there is no type of this name; structures are written struct NAME";
	if (in_clause)
		return cast_hint(p);
	return NULL;
}

void syntax_error(struct parser *p, const struct loc *loc, const char *found, const char *const *expected, size_t n)
{
	const char *words[6], *hint;
	size_t count;
	bool at_end = !found || p->before == YYEOF;
	const bool is_consequence = p->is_paren_owed && found && !strcmp(found, "')'");

	p->is_paren_owed = found && !strcmp(found, "';'") && has(expected, n, "')'");
	p->recovering = true;
	p->dtc->parse_dropped = true;
	if (p->closing || p->stopped)
		return;
	lexer_skip_statement(p, p->before);
	if (is_consequence)
		return;
	if (at_end && p->braces && p->brace_loc.src) {
		parse_error(p, &p->brace_loc, "D_SYNTAX", NULL, "'{' is not closed: '}' is missing at the end");
		return;
	}
	if (found && !strcmp(found, "reserved word")) {
		parse_error(p, loc, "D_SYNTAX", "D has no loops and no jumps: use predicates, if and ?:",
			    "unexpected %s: a word that D reserves but does not have", found_words(p, found));
		return;
	}
	count = expected_words(expected, n, words, ARRAY_SIZE(words));
	hint = hint_for(p, found, expected, n);
	if (count && count < ARRAY_SIZE(words))
		parse_error(p, loc, "D_SYNTAX", hint, "unexpected %s, expected %s", found_words(p, found), join_words(words, count));
	else
		parse_error(p, loc, "D_SYNTAX", hint, "unexpected %s", found_words(p, found));
}
