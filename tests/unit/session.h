/* SPDX-License-Identifier: GPL-2.0 */
/* A session of dtrun without a kernel, of the sample's metadata, whose output is kept in memory. */
#ifndef DTC_TEST_SESSION_H
#define DTC_TEST_SESSION_H

#include <check.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <unistd.h>
#include "tests/fuzz/sample-meta.h"

static struct session s;
static struct error error;
static char *text;
static size_t text_size;

static void setup(void)
{
	size_t size;
	char *section = sample_section(&size);

	s = (struct session){ .progname = "dtrun", .signal_fd = -1 };
	options_init(&s.opt);
	s.symbols.path = "/dev/null";
	ck_assert_msg(!meta_parse(&s.meta, section, size, &error), "%s", error.text);
	ck_assert(!aggs_init(&s.aggs, &s.meta, &s.symbols, &error));
	s.flows = calloc(2, sizeof(*s.flows));
	s.out.f = open_memstream(&text, &text_size);
	s.out.base_fd = -1;
}

static void teardown(void)
{
	fclose(s.out.f);
	free(text);
	text = NULL;
	free(s.flows);
	aggs_free(&s.aggs);
	symbols_free(&s.symbols);
	meta_free(&s.meta);
}

/* What was printed since the last call. */
static const char *printed(void)
{
	static char copy[65536];

	fflush(s.out.f);
	ck_assert(text_size < sizeof(copy));
	memcpy(copy, text, text_size);
	copy[text_size] = '\0';
	rewind(s.out.f);
	return copy;
}

struct rec { struct dtc_record h; char data[SAMPLE_RECORD - sizeof(struct dtc_record)]; };

static struct rec record(unsigned block, unsigned probe, uint64_t when)
{
	return (struct rec){ .h = { block * SAMPLE_PROBES + probe, SAMPLE_RECORD, when } };
}

static void fire(const struct rec *r)
{
	ck_assert_msg(!record_check(&s.meta, &r->h, &error) && !session_record(&s, 0, &r->h, &error), "%s", error.text);
}

static void add(uint32_t agg, const char *key, const uint64_t *data, size_t n)
{
	uint64_t words[256] = { 0 };
	size_t k = 0;
	struct dtc_agg_entry entry = { .tag = (uint64_t)agg << 32 };

	if (key) {
		words[0] = strlen(key);
		memcpy(words + 1, key, strlen(key));
		k = 1 + (strlen(key) + 7) / 8;
	}
	memcpy(words + k, data, n * 8);
	entry.words = k + n;
	ck_assert_msg(!aggs_add(&s.aggs, 0, &entry, words, &error), "%s", error.text);
}

static void add_sum(const char *key, int64_t value)
{
	add(SAMPLE_A, key, (uint64_t []){ 1, value }, 2);
}

static int run_tests(const char *name, const TTest *const tests[], size_t n)
{
	Suite *suite = suite_create(name);
	TCase *t = tcase_create("dtrun");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(suite, t);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}

#endif
