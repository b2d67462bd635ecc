// SPDX-License-Identifier: GPL-2.0
/*
 * Prints what the tables of the translator hold, for what is made from them:
 *
 *	tables dict		a dictionary for the fuzzer of the parser
 */
#include <stdlib.h>
#include <string.h>

#include "translator/options.h"
#include "translator/providers/provider.h"
#include "translator/sema/builtin.h"
#include "translator/syntax/parser.h"

static void dict_word(const char *before, const char *word, const char *after)
{
	printf("\"%s%s%s\"\n", before, word, after);
}

static void dict(void)
{
	static const char *const more[] = {
		"BEGIN", "END", "ERROR", "tick-1s", "profile-97", "entry", "return", ":::", "syscall::read:entry", "fbt::node_read:entry",
		"#pragma D option ", "#pragma D attributes ", "#pragma D binding ", "#pragma D depends_on ", "#line 1", "#include", "#define",
		"#if", "#endif", "/*", "*/", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "^^", "+=", "-=", "*=", "%=",
		"&=", "|=", "^=", "<<=", ">>=", "...", "self->", "this->", "@a[", "@a = ", "%d", "%*s", "%@d", "%-10.3lld", "%Y", "%k",
		"0x7fffffffffffffff", "0xffffffffffffffff", "18446744073709551615", "-9223372036854775808", "4294967296", "2147483648",
		"struct node", "(struct node *)", "enum color", "RED", "vmlinux`node", "`jiffies", "xlate <", "(int)", "(char)",
		"typedef struct s { int a; struct s *b; } s_t;", "translator int < int p > {", "inline int f(int x) = x", "$1", "$$2", "$target",
		"args[0]", "args[0]->next", "offsetof(struct node, ", "sizeof(", "'ab'", "\\\\n", "\\\\x00", "\\\\0",
	};

	for (const struct keyword *k = keyword_table; k->text; k++)
		dict_word("", k->text, "");
	for (const char *const *t = own_types; *t; t++)
		dict_word("", *t, "");
	for (const struct builtin_var *b = builtin_vars; b->name; b++)
		dict_word("", b->name, "");
	for (const struct func_desc *f = func_descs; f->name; f++)
		dict_word("", f->name, "(");
	for (const struct option_desc *o = option_table; o->name; o++)
		dict_word("", o->name, o->kind == OPTION_FLAG ? "" : "=");
	for (const struct macro *m = macro_table; m->name; m++)
		dict_word("$", m->name, "");
	for (const struct provider *const *p = providers; *p; p++)
		dict_word("", (*p)->name, ":::");
	for (size_t i = 0; i < ARRAY_SIZE(more); i++)
		dict_word("", more[i], "");
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*print)(void); } modes[] = {
		{ "dict", dict },
	};

	for (size_t i = 0; argc == 2 && i < ARRAY_SIZE(modes); i++) {
		if (strcmp(modes[i].name, argv[1]))
			continue;
		modes[i].print();
		return fflush(stdout) || ferror(stdout) ? 1 : 0;
	}
	fprintf(stderr, "usage: tables dict\n");
	return 2;
}
