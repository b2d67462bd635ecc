// SPDX-License-Identifier: GPL-2.0
/*
 * Prints what the tables of the translator hold, for what is made from them:
 *
 *	tables dict		a dictionary for the fuzzer of the parser
 *	tables page FILE	a man page: each line `.TABLE NAME` of the file becomes that table
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "translator/debuginfo/files.h"
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

/* --- pages --- */

/* Text that roff takes as it is. */
static void roff(const char *s)
{
	for (const char *p = s; *p; p++) {
		if (*p == '\\')
			fputs("\\e", stdout);
		else if (*p == '-')
			fputs("\\-", stdout);
		else if (*p == '\'' || *p == '^' || *p == '~' || *p == '`')
			fputs(*p == '\'' ? "\\(aq" : *p == '^' ? "\\(ha" : *p == '~' ? "\\(ti" : "\\(ga", stdout);
		else
			putchar(*p);
	}
}

/* .TP, a head of bold and roman, and text with a capital and a full stop. */
static void entry(const char *bold, const char *rest, const char *help)
{
	fputs(".TP\n\\fB", stdout);
	roff(bold);
	fputs("\\fR", stdout);
	if (*rest) {
		putchar(' ');
		roff(rest);
	}
	fputs("\n\\&", stdout);
	roff(help);
	fputs(".\n", stdout);
}

static void table_variables(void)
{
	for (const struct builtin_var *b = builtin_vars; b->name; b++)
		if (*b->name != '_')
			entry(b->name, b->type ? mem_printf("(%s)", b->type) : "", b->supported ? b->help : mem_printf("%s; by a library", b->help));
}

/* "int(int, [int])" becomes "int name(int, [int])". */
static void functions(enum func_kind kind)
{
	for (const struct func_desc *f = func_descs; f->name; f++) {
		const char *open = strchr(f->prototype, '('), *paren = open;

		if (f->kind != kind || *f->name == '_')	/* _: for our own libraries */
			continue;
		while ((open = strchr(open + 1, '(')) && open[-1] != ' ')	/* of the parameters: the last that no * precedes */
			paren = open;
		entry(mem_printf("%s%s", f->name, paren), mem_printf(": %.*s", (int)(paren - f->prototype), f->prototype),
		      mem_printf("%s%s%s", f->help, f->destructive ? "; destructive" : "", f->supported ? "" : "; refused: not there yet"));
	}
}

static void table_subroutines(void)
{
	functions(FUNC_SUBR);
}

static void table_actions(void)
{
	functions(FUNC_ACTION);
}

static void table_aggregating(void)
{
	functions(FUNC_AGG);
}

static void table_macros(void)
{
	for (const struct macro *m = macro_table; m->name; m++)
		entry(mem_printf("$%s", m->name), "", m->help);
}

static void table_operators(void)
{
	for (size_t i = OP_NONE + 1; i < OP_NR; i++)
		entry(op_descs[i].text, "", op_descs[i].help);
}

static void table_providers(void)
{
	for (const struct provider *const *p = providers; *p; p++)
		entry((*p)->name, "", (*p)->help);
}

static void table_tags(void)
{
	for (const struct error_tag *t = error_tags; t->tag; t++)
		entry(t->tag, "", t->help);
}

static void table_keywords(void)
{
	for (const struct keyword *k = keyword_table; k->text; k++)
		printf("%s%s", k == keyword_table ? "" : " ", k->text);
	putchar('\n');
}

static void table_types(void)
{
	for (const char *const *t = own_types; *t; t++)
		printf("%s%s", t == own_types ? "" : " ", *t);
	putchar('\n');
}

static const char *initial(const struct option_desc *d)
{
	static const struct { u64 size; const char *unit; } sizes[] = { { 1 << 30, "g" }, { 1 << 20, "m" }, { 1 << 10, "k" }, { 1, "" } };
	static const struct { u64 size; const char *unit; } times[] = { { 1000000000, "s" }, { 1000000, "ms" }, { 1000, "us" }, { 1, "ns" } };

	if (d->kind == OPTION_NUMBER)
		return d->initial ? d->initial == DTC_ALL_CPUS ? "; default: all" : mem_printf("; default: %llu", (unsigned long long)d->initial) : "";
	if (d->kind == OPTION_WORD)
		return d->flags & OPTION_RUNTIME ? mem_printf("; default: %.*s", (int)strcspn(d->words, " "), d->words) : "";
	for (size_t i = 0; d->initial && d->kind == OPTION_SIZE && i < ARRAY_SIZE(sizes); i++)
		if (!(d->initial % sizes[i].size))
			return mem_printf("; default: %llu%s", (unsigned long long)(d->initial / sizes[i].size), sizes[i].unit);
	for (size_t i = 0; d->initial && d->kind == OPTION_RATE && i < ARRAY_SIZE(times); i++)
		if (!(d->initial % times[i].size))
			return mem_printf("; default: %llu%s", (unsigned long long)(d->initial / times[i].size), times[i].unit);
	return "";
}

static void options(bool wanted(const struct option_desc *))
{
	for (const struct option_desc *d = option_table; d->name; d++)
		if (wanted(d))
			entry(d->name, "", mem_printf("%s; %s%s", d->help, option_range(d), initial(d)));
}

static bool is_effective(const struct option_desc *d)
{
	return !(d->flags & OPTION_NO_EFFECT);
}

static bool is_for_compiling(const struct option_desc *d)
{
	return is_effective(d) && !(d->flags & (OPTION_RUNTIME | OPTION_SETOPT));
}

static bool is_for_start(const struct option_desc *d)
{
	return is_effective(d) && (d->flags & OPTION_RUNTIME) && !(d->flags & OPTION_SETOPT);
}

static bool is_for_run(const struct option_desc *d)
{
	return is_effective(d) && (d->flags & OPTION_SETOPT);
}

static bool is_without_effect(const struct option_desc *d)
{
	return !is_effective(d);
}

static void table_options_compile(void)
{
	options(is_for_compiling);
}

static void table_options_start(void)
{
	options(is_for_start);
}

static void table_options_run(void)
{
	options(is_for_run);
}

static void table_options_no_effect(void)
{
	options(is_without_effect);
}

static void table_caches(void)
{
	for (size_t i = 0; i < CACHE_NR; i++) {
		const struct cache_folder *f = &cache_folders[i];

		printf(".TP\n.I ~/.cache/dtc/%s/\n%s At most %u files and %llu MB: those used longest ago go.\n", f->name, f->help, f->files,
		       (unsigned long long)(f->bytes >> 20));
	}
}

static const struct { const char *name; void (*print)(void); } tables[] = {
	{ "keywords", table_keywords }, { "types", table_types }, { "variables", table_variables }, { "macros", table_macros },
	{ "operators", table_operators }, { "subroutines", table_subroutines }, { "actions", table_actions },
	{ "aggregating", table_aggregating }, { "providers", table_providers }, { "tags", table_tags },
	{ "options-compile", table_options_compile }, { "options-start", table_options_start }, { "options-run", table_options_run },
	{ "options-no-effect", table_options_no_effect }, { "caches", table_caches },
};

static int table_print(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		if (strcmp(tables[i].name, name))
			continue;
		tables[i].print();
		return 0;
	}
	fprintf(stderr, "tables: there is no table '%s'\n", name);
	return 1;
}

static int page(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	int err = 0;

	if (!f) {
		fprintf(stderr, "tables: %s: %s\n", path, strerror(errno));
		return 1;
	}
	while ((len = getline(&line, &cap, f)) > 0) {
		line[len - (line[len - 1] == '\n')] = '\0';
		if (!strncmp(line, ".TABLE ", 7))
			err |= table_print(line + 7);
		else
			puts(line);
	}
	free(line);
	fclose(f);
	return err;
}

int main(int argc, char **argv)
{
	int err = 0;

	if (argc == 2 && !strcmp(argv[1], "dict")) {
		dict();
	} else if (argc == 3 && !strcmp(argv[1], "page")) {
		err = page(argv[2]);
	} else {
		fprintf(stderr, "usage: tables dict\n       tables page FILE\n");
		return 2;
	}
	return err || fflush(stdout) || ferror(stdout) ? 1 : 0;
}
