// SPDX-License-Identifier: GPL-2.0
/*
 * What a word is: a keyword, a type's name; what an item of the top level is: a
 * clause or a declaration; what belongs to a probe description.
 */
#include "parser.h"
#include "grammar.h"

#include <ctype.h>
#include <string.h>

bool (*parse_is_type_name)(struct dtc *dtc, const char *module, const char *name);

const struct keyword keyword_table[] = {
	{ "__packed__", PACKED },	/* what cheader.c makes of an attribute */
	{ "auto", AUTO }, { "break", RESERVED }, { "case", RESERVED }, { "char", CHAR }, { "const", CONST },
	{ "continue", RESERVED }, { "counter", RESERVED }, { "default", RESERVED }, { "do", RESERVED }, { "double", DOUBLE },
	{ "else", ELSE }, { "enum", ENUM }, { "extern", EXTERN }, { "float", FLOAT }, { "for", RESERVED }, { "goto", RESERVED },
	{ "if", IF }, { "import", RESERVED }, { "inline", INLINE }, { "int", INT }, { "long", LONG }, { "offsetof", OFFSETOF },
	{ "probe", PROBE }, { "provider", PROVIDER }, { "register", REGISTER }, { "restrict", RESTRICT }, { "return", RESERVED },
	{ "self", SELF }, { "short", SHORT }, { "signed", SIGNED }, { "sizeof", SIZEOF }, { "static", STATIC },
	{ "string", STRING_TYPE }, { "stringof", STRINGOF }, { "struct", STRUCT }, { "switch", RESERVED }, { "this", THIS },
	{ "translator", TRANSLATOR }, { "typedef", TYPEDEF }, { "union", UNION }, { "unsigned", UNSIGNED }, { "void", VOID },
	{ "volatile", VOLATILE }, { "while", RESERVED }, { "xlate", XLATE }, { NULL, 0 },
};

/* D's own typedefs: known without asking the kernel. */
const char *const own_types[] = {
	"int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t", "intptr_t", "uintptr_t",
	"size_t", "ssize_t", "off_t", "pid_t", "uid_t", "gid_t", "id_t", "dev_t", "mode_t", "ino_t", "time_t", "clock_t",
	"uchar_t", "ushort_t", "uint_t", "ulong_t", "longlong_t", "u_longlong_t", "caddr_t", "boolean_t", "hrtime_t",
	"taskid_t", "projid_t", "zoneid_t", "poolid_t", "major_t", "minor_t", "_Bool", NULL,
};

int word_keyword(const char *text, size_t len)
{
	for (size_t i = 0; keyword_table[i].text; i++)
		if (keyword_table[i].text[0] == text[0] && strlen(keyword_table[i].text) == len && !memcmp(keyword_table[i].text, text, len))
			return keyword_table[i].token;
	return 0;
}

static size_t type_slot(const struct parser *p, const char *name)
{
	size_t hash = 5381;

	for (const char *s = name; *s; s++)
		hash = hash * 33 + (unsigned char)*s;
	hash &= p->types_cap - 1;
	while (p->types[hash] && strcmp(p->types[hash], name))
		hash = (hash + 1) & (p->types_cap - 1);
	return hash;
}

void word_add_type(struct parser *p, const char *name)
{
	if (p->ntypes * 2 >= p->types_cap) {
		const char **old = p->types;
		size_t n = p->types_cap;

		p->types_cap = n ? 2 * n : 64;
		p->types = mem_alloc(p->types_cap * sizeof(*p->types));
		for (size_t i = 0; i < n; i++)
			if (old[i])
				p->types[type_slot(p, old[i])] = old[i];
	}
	if (!name || p->types[type_slot(p, name)])
		return;
	p->types[type_slot(p, name)] = name;
	p->ntypes++;
}

bool word_is_known_type(struct parser *p, const char *module, const char *name)
{
	if (!module) {
		if (p->types_cap && p->types[type_slot(p, name)])
			return true;
		for (size_t i = 0; own_types[i]; i++)
			if (!strcmp(own_types[i], name))
				return true;
		if (builtin_var_find(name) || func_find(name))
			return false;
	}
	return parse_is_type_name && parse_is_type_name(p->dtc, module, name);
}

/* --- looking ahead in the text --- */

static char at(const struct parser *p, size_t i)
{
	return i < p->len ? p->text[i] : '\0';
}

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '`';
}

static bool is_word(char c)
{
	return is_word_start(c) || isdigit((unsigned char)c);
}

size_t skip_blank(const struct parser *p, size_t i)
{
	for (;;) {
		while (i < p->len && isspace((unsigned char)p->text[i]))
			i++;
		if (at(p, i) != '/' || at(p, i + 1) != '*')
			return i;
		for (i += 2; i < p->len && !(p->text[i] == '*' && at(p, i + 1) == '/'); i++)
			;
		i += 2;
	}
}

/* line:: names files: there a '/' belongs to the description when more of its parts follow. */
static bool slash_belongs(const struct parser *p, size_t start, size_t slash, unsigned colons)
{
	if (slash - start < 5 || memcmp(p->text + start, "line:", 5) || colons > 2)
		return false;
	for (size_t i = slash + 1; i < p->len; i++) {
		if (p->text[i] == ':')
			return true;
		if (!is_word(p->text[i]) && !strchr("./-+", p->text[i]))
			return false;
	}
	return false;
}

size_t desc_run(const struct parser *p, size_t start)
{
	unsigned colons = 0;
	size_t i;

	if (!is_word(at(p, start)) && !strchr("$*?:.[\\!-", at(p, start)))
		return 0;
	for (i = start; i < p->len; i++) {
		unsigned char c = (unsigned char)p->text[i];

		if (c == '/' && !slash_belongs(p, start, i, colons))
			break;
		if (c <= ' ' || c == 0x7f || strchr(",;{}()\"'=#&|<>~", c))
			break;
		colons += c == ':';
	}
	return i - start;
}

/* A line that begins no further to the right than the item at fault, and not with what ends one. */
size_t lost_run(const struct parser *p)
{
	u32 column = p->token_column, limit = p->item_loc.column ? p->item_loc.column : 1;
	size_t start = p->token_offset, i = start;

	while (start > 0 && p->text[start - 1] != '\n' && isspace((unsigned char)p->text[start - 1]))
		start--;
	if (start > 0 && p->text[start - 1] != '\n')
		column = UINT32_MAX;	/* not the first on its line */
	for (; i < p->len; i++) {
		char c = p->text[i];

		if (c == '\n')
			column = 0;
		else if (column <= limit && !isspace((unsigned char)c) && !strchr("{}()[];,", c))
			return i - p->token_offset;
		else if (!isspace((unsigned char)c))
			column = UINT32_MAX;
		column += column != UINT32_MAX;
	}
	return p->len - p->token_offset;
}

static bool run_has_colon(const struct parser *p, size_t start, size_t len, const char *what)
{
	return len && memmem(p->text + start, len, what, strlen(what));
}

/* A line's first word inside a clause: a description with "::", or a name that only a clause begins with? */
bool desc_at_line_start(struct parser *p)
{
	static const char *const starts[] = { "BEGIN", "END", "ERROR", "tick-", "profile-" };
	size_t i = p->token_offset, run = desc_run(p, i), next;

	if (run_has_colon(p, i, run, "::"))
		return true;
	next = skip_blank(p, i + run);
	if (at(p, next) != '{' && at(p, next) != '/')
		return false;
	for (size_t k = 0; k < ARRAY_SIZE(starts); k++) {
		size_t len = strlen(starts[k]);
		bool is_prefix = starts[k][len - 1] == '-';

		if (run >= len && !memcmp(p->text + i, starts[k], len) && (is_prefix || run == len) &&
		    (at(p, next) == '{' || !is_prefix))
			return true;
	}
	return false;
}

/* "foo_t x;", "foo_t *x[...]": a declaration whose type is not known; only on one line, so that a bare description is none */
static bool looks_declared(const struct parser *p, size_t i)
{
	bool blank = false;

	while (at(p, i) == ' ' || at(p, i) == '\t' || at(p, i) == '*') {
		blank = true;
		i++;
	}
	if (!blank || !is_word_start(at(p, i)))
		return false;
	while (is_word(at(p, i)))
		i++;
	while (at(p, i) == ' ' || at(p, i) == '\t')
		i++;
	return at(p, i) == ';' || at(p, i) == '[' || at(p, i) == '=';
}

enum item item_classify(struct parser *p)
{
	size_t start = p->offset, i = start, run;
	char name[128];

	p->type_comes = false;
	/* what -n gives may begin with declarations, that of -P, -m, -f and -i is a description */
	if ((p->first_is_desc && p->input && p->input->kind != INPUT_NAME) || !is_word_start(at(p, i)))
		return ITEM_IS_CLAUSE;
	while (is_word(at(p, i)))
		i++;
	run = desc_run(p, start);
	if (run_has_colon(p, start, run, ":"))
		return ITEM_IS_CLAUSE;
	if (word_keyword(p->text + start, i - start) || memchr(p->text + start, '`', i - start))
		return ITEM_IS_DECL;
	/* after the word: nothing, or the stars of a pointer */
	if (i - start >= sizeof(name) || (run > i - start && at(p, i) != '*' && at(p, i) != '['))
		return ITEM_IS_CLAUSE;
	memcpy(name, p->text + start, i - start);
	name[i - start] = '\0';
	p->type_comes = true;
	if (looks_declared(p, i) && (at(p, i) != '*' || word_is_known_type(p, NULL, name)))
		return ITEM_IS_DECL;
	/* "type\n name": ask only where a name can follow */
	for (run = skip_blank(p, i); at(p, run) == '*'; run = skip_blank(p, run + 1))
		;
	if (run > i && (is_word_start(at(p, run)) || at(p, run) == '(') && word_is_known_type(p, NULL, name))
		return ITEM_IS_DECL;
	p->type_comes = false;
	return ITEM_IS_CLAUSE;
}
