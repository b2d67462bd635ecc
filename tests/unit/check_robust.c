// SPDX-License-Identifier: GPL-2.0
/*
 * Scripts that nobody writes: what the fuzzer of the parser found worth
 * keeping (tests/fuzz/corpus-parse), each by itself, and scripts of a great many lines,
 * whose time must grow as they do.
 */
#include <check.h>
#include <math.h>
#include <time.h>

#include "tests/fuzz/parse.h"

#ifndef CORPUS
#define CORPUS "tests/fuzz/corpus-parse"	/* tests run in the source's folder */
#endif

static FILE *null;

static void setup(void)
{
	null = fopen("/dev/null", "w");
	sample_kernel_make();
}

static void teardown(void)
{
	sample_kernel_remove();
	fclose(null);
}

/* --- the corpus: tests/fuzz/corpus tells its form --- */

static unsigned hex(const char *s)
{
	unsigned value = 0;

	sscanf(s, "%2x", &value);
	return value;
}

static size_t unescape(char *line, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (line[i] != '\\') {
			line[n++] = line[i];
			continue;
		}
		switch (line[++i]) {
		case 'n': line[n++] = '\n'; break;
		case 't': line[n++] = '\t'; break;
		case 'x':
			line[n++] = (char)hex(line + i + 1);
			i += 2;
			break;
		default: line[n++] = line[i];
		}
	}
	return n;
}

START_TEST(corpus)
{
	FILE *f = fopen(CORPUS, "r");
	char *line = NULL;
	size_t cap = 0, count = 0;
	ssize_t len;

	ck_assert_ptr_nonnull(f);
	while ((len = getline(&line, &cap, f)) > 0) {
		len -= line[len - 1] == '\n';
		parse_all(line, unescape(line, (size_t)len), null);
		count++;
	}
	free(line);
	fclose(f);
	ck_assert_uint_gt(count, 100);
}
END_TEST

/* All kinds of what stands at the top level are shown. */
START_TEST(tree)
{
	static const struct { const char *d, *shown; } rows[] = {
		{ "#pragma D attributes Stable/Stable/Common provider syscall args\n", "pragma attributes provider Stable/Stable/Common" },
		{ "#pragma D attributes Stable/Stable/Common pid\n", "pragma attributes Stable/Stable/Common pid" },
		{ "#pragma D binding \"1.0\" pid\n", "pragma binding 1.0 pid" },
		{ "#pragma D option quiet\n", "pragma option quiet" },
		{ "#pragma D depends_on provider syscall\n", "pragma depends_on provider syscall" },
		{ "inline int one = 1;\n", "inline one" },
		{ "typedef int number;\n", "typedef" },
		{ "provider foo { probe bar(int); };\n", "provider foo" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = NULL;
		size_t size;
		FILE *f = open_memstream(&text, &size);

		parse_all(rows[i].d, strlen(rows[i].d), f);
		fclose(f);
		ck_assert_msg(strstr(text, rows[i].shown) != NULL, "%s%s is not in %s", rows[i].d, rows[i].shown, text);
		free(text);
	}
}
END_TEST

/* --- time --- */

/* `before`, then `line` `n` times with its number where it says %u, then `after`. */
static const struct shape { const char *name, *before, *line, *after; unsigned lines; } shapes[] = {
	{ "statements", "BEGIN {\n", "x = %u + arg0;\n", "}", 20000 },
	{ "actions", "BEGIN {\n", "printf(\"%%d line %u\\n\", pid);\n", "}", 10000 },
	{ "conditions", "BEGIN {\n", "if (pid == %u) x = 1; else y = 2;\n", "}", 20000 },
	{ "new variables", "BEGIN {\n", "v%u = 1;\n", "}", 20000 },
	{ "aggregations", "BEGIN {\n", "@a%u = count();\n", "}", 10000 },
	{ "strings", "BEGIN {\n", "trace(\"string %u\");\n", "}", 10000 },
	{ "sum", "BEGIN {\n", "x = 1 + %u + pid + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + tid;\n", "}", 10000 },
	{ "kernel types", "BEGIN {\n", "trace(((struct node *)%u)->next->a);\n", "}", 10000 },
	{ "unknown names", "BEGIN {\n", "trace(nosuch%u);\n", "}", 4000 },
	{ "syntax errors", "BEGIN {\n", "trace(%u;\n", "}", 4000 },
	{ "clauses", "BEGIN { x = 1; }\n", "syscall::read:entry /x == %u/ { y = x; }\n", "", 3000 },
	{ "globals", "", "int g%u;\n", "BEGIN { g5 = 1; }", 20000 },
	{ "typedefs", "", "typedef int t%u;\n", "t5 v; BEGIN { v = 1; }", 20000 },
	{ "structures", "", "struct s%u { int a; char *b; };\n", "BEGIN { trace(sizeof(struct s5)); }", 20000 },
	{ "members", "struct big {\n", "int m%u;\n", "}; BEGIN { trace(sizeof(struct big)); }", 20000 },
	{ "enumerators", "enum e {\n", "E%u,\n", "LAST }; BEGIN { trace(LAST); }", 20000 },
	{ "inlines", "", "inline int c%u = 1;\n", "BEGIN { trace(c5); }", 20000 },
	{ "inline calls", "inline int f(int a) = a * a + a;\nBEGIN {\n", "x = f(%u + pid);\n", "}", 10000 },
	{ "pragmas", "", "#pragma D option strsize=%u\n", "BEGIN { }", 20000 },
	{ "#line", "", "#line %u \"f\"\nint g%1$u;\n", "BEGIN { g5 = 1; }", 10000 },
	{ "comments", "", "/* line %u */\n", "BEGIN { }", 100000 },
};

static double time_of(const struct shape *shape, unsigned lines)
{
	struct text t = { 0 };
	clock_t start;
	char *copy;

	text_add(&t, "%s", shape->before);
	for (unsigned i = 1; i <= lines; i++)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
		text_add(&t, shape->line, i);
#pragma GCC diagnostic pop
	text_add(&t, "%s", shape->after);
	copy = malloc(t.len);		/* parse_all() ends by releasing what was allocated */
	memcpy(copy, t.data, t.len);
	start = clock();
	parse_all(copy, t.len, null);
	start = clock() - start;
	free(copy);
	return (double)start / CLOCKS_PER_SEC;
}

/*
 * Twice the lines take about twice the time, never four times; a few ms are too short to tell. The shortest of some
 * tries count: other work on the machine only adds.
 */
START_TEST(time_grows_as_lines)
{
	const struct shape *s = &shapes[_i];
	double once = 1e9, twice = 1e9;

	for (int try = 0; try < 10 && (!try || twice > 3 * once + 0.005); try++) {
		once = fmin(once, time_of(s, s->lines));
		twice = fmin(twice, time_of(s, 2 * s->lines));
	}
	ck_assert_msg(twice <= 3 * once + 0.005, "%s: %u lines take %.3f s, twice as many %.3f s", s->name, s->lines, once, twice);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("robust");
	TCase *tc = tcase_create("corpus");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, corpus);
	tcase_add_test(tc, tree);
	suite_add_tcase(s, tc);
	tc = tcase_create("time");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, time_grows_as_lines, 0, ARRAY_SIZE(shapes));
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
