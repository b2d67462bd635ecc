// SPDX-License-Identifier: GPL-2.0
/*
 * The tables that the manual page d(7) is made from: no row lacks its text,
 * and the tags of errors are those that the sources raise.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "translator/options.h"
#include "translator/providers/provider.h"
#include "translator/sema/builtin.h"
#include "translator/syntax/parser.h"

/* A line: no capital at its start but a name's, no full stop, no line break. */
static void is_help(const char *name, const char *help)
{
	ck_assert_msg(help && strlen(help) >= 6, "%s lacks its text", name);
	ck_assert_msg(help[strlen(help) - 1] != '.', "%s: '%s' ends in a full stop", name, help);
	ck_assert_msg(!strchr(help, '\n') && strlen(help) < 200, "%s: its text is no line", name);
}

START_TEST(words)
{
	for (const struct builtin_var *b = builtin_vars; b->name; b++)
		is_help(b->name, b->help);
	for (const struct func_desc *f = func_descs; f->name; f++) {
		is_help(f->name, f->help);
		ck_assert_msg(f->prototype && strchr(f->prototype, '(') && f->prototype[strlen(f->prototype) - 1] == ')', "%s: %s", f->name,
			      f->prototype);
	}
	for (const struct macro *m = macro_table; m->name; m++)
		is_help(m->name, m->help);
	for (size_t i = OP_NONE + 1; i < OP_NR; i++)
		is_help(op_descs[i].text, op_descs[i].help);
}
END_TEST

START_TEST(options)
{
	for (const struct option_desc *d = option_table; d->name; d++) {
		is_help(d->name, d->help);
		is_help(d->name, option_range(d));
		ck_assert_msg((d->kind == OPTION_WORD) == (d->words != NULL), "%s: a choice has its words", d->name);
	}
}
END_TEST

START_TEST(provider_texts)
{
	for (const struct provider *const *p = providers; *p; p++)
		is_help((*p)->name, (*p)->help);
}
END_TEST

static bool is_tag(const char *name)
{
	for (const struct error_tag *t = error_tags; t->tag; t++)
		if (!strcmp(t->tag, name))
			return true;
	return false;
}

/* Tests run in the source's folder. */
START_TEST(tags)
{
	FILE *f = popen("grep -rhoE '\"D_[A-Z0-9_]+\"' translator --include='*.[chyl]' --exclude=tags.c | sort -u", "r");
	char line[128];
	size_t n = 0, rows = 0;

	for (const struct error_tag *t = error_tags; t->tag; t++, rows++) {
		is_help(t->tag, t->help);
		ck_assert_msg(!rows || strcmp(t[-1].tag, t->tag) < 0, "%s stands in its order", t->tag);
	}
	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line + 1, "\"") + 1] = '\0';
		ck_assert_msg(is_tag(line + 1), "%s is raised, but is not in translator/tags.c", line + 1);
		n++;
	}
	ck_assert_int_eq(pclose(f), 0);
	ck_assert_uint_gt(n, 100);
	ck_assert_msg(n == rows, "of the %zu tags in translator/tags.c the sources raise %zu", rows, n);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("tables");
	TCase *tc = tcase_create("tables");
	SRunner *sr;
	int failed;

	tcase_add_test(tc, words);
	tcase_add_test(tc, options);
	tcase_add_test(tc, provider_texts);
	tcase_add_test(tc, tags);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
