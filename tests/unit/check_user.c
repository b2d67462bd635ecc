// SPDX-License-Identifier: GPL-2.0
/* dtrun without a kernel: formats, columns, distributions, aggregations, options. */
#include <time.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include "session.h"

/* --- formats --- */

static void format_is(const char *format, const struct value *v, size_t n, const char *expected)
{
	struct printer p = { s.out.f, &s.meta, &s.symbols, &s.opt, getpid() };
	struct format *f;
	struct format_error fe;

	ck_assert_msg(!format_parse(format, strlen(format), &f, &fe), "%s: %s", format, fe.message);
	print_format(&p, f, v, n, NULL, NULL, 0);
	format_free(f);
	ck_assert_str_eq(printed(), expected);
}

static struct value integer(int64_t num, uint32_t size, bool is_signed)
{
	return (struct value){ .kind = DTC_FIELD_INT, .num = num, .size = size, .flags = is_signed ? DTC_FIELD_F_SIGNED : 0 };
}

static struct value string(const char *bytes)
{
	return (struct value){ .kind = DTC_FIELD_STRING, .bytes = bytes, .len = strlen(bytes) };
}

START_TEST(formats_print)
{
	static const struct { const char *format; int64_t num; uint32_t size; bool is_signed; const char *expected; } ints[] = {
		{ "[%d]", 42, 4, true, "[42]" }, { "[%5d]", 42, 4, true, "[   42]" }, { "[%-5d]", 42, 4, true, "[42   ]" },
		{ "[%05d]", 42, 4, true, "[00042]" }, { "[%+d]", 42, 4, true, "[+42]" }, { "[% d]", 42, 4, true, "[ 42]" },
		{ "[%.4d]", 42, 4, true, "[0042]" }, { "%i", -1, 4, true, "-1" }, { "%d", 4294967295, 4, false, "4294967295" },
		{ "%u", -1, 1, true, "255" }, { "%x", -1, 4, true, "ffffffff" }, { "%x", -1, 8, true, "ffffffffffffffff" },
		{ "%#x", 255, 4, true, "0xff" }, { "%X", 255, 4, true, "FF" }, { "%#o", 8, 4, true, "010" }, { "%p", 0x1234, 8, false, "1234" },
		{ "%?p", 0x1234, 8, false, "            1234" }, { "%0?x", 1, 8, false, "0000000000000001" }, { "%c", 'x', 1, true, "x" },
		{ "%3c|", 'x', 1, true, "  x|" }, { "%-3c|", 'x', 1, true, "x  |" }, { "%C", '\n', 1, true, "\\n" }, { "%hhd", 1, 1, true, "1" },
		{ "%lld", -5, 8, true, "-5" }, { "%d", INT64_MIN, 8, true, "-9223372036854775808" }, { "%P", 65000, 2, false, "65000" },
		{ "%I", 0x0100007f, 4, false, "127.0.0.1" }, { "%a", 0x1234, 8, false, "0x1234" }, { "%wc", 0xe9, 4, true, "\xc3\xa9" },
	};
	struct value v[3] = { integer(6, 4, true), integer(3, 4, true), string("abcdef") };

	for (size_t i = 0; i < ARRAY_SIZE(ints); i++) {
		struct value one = integer(ints[i].num, ints[i].size, ints[i].is_signed);

		format_is(ints[i].format, &one, 1, ints[i].expected);
	}
	format_is("[%*d]%%", v, 2, "[     3]%");
	format_is("[%*.*s]", v, 3, "[   abc]");
	format_is("[%-*.*s]", v, 3, "[abc   ]");
	format_is("[%9s][%s]", v + 2, 1, "[   abcdef][]");
	v[0] = string("a\tb\"\x01");
	format_is("%S", v, 1, "a\\tb\\\"\\001\\0");
	setenv("TZ", "UTC", 1);
	v[0] = integer(1120471445000000000, 8, true);
	format_is("%Y", v, 1, "2005 Jul  4 10:04:05");
	format_is("%T", v, 1, "Mon, 04 Jul 2005 10:04:05 UTC");
}
END_TEST

START_TEST(formats_refuse)
{
	static const struct { const char *format; uint32_t offset, length; const char *message; } bad[] = {
		{ "abc %q def", 4, 2, "unknown conversion %q" }, { "100%", 3, 1, "format ends inside" }, { "%1$d", 0, 3, "positional" },
		{ "x%hs", 1, 3, "unknown conversion" }, { "%99999d", 0, 5, "too large" }, { "%\x01", 0, 2, "unknown conversion %\\x01" },
	};
	struct format *f;
	struct format_error fe;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		ck_assert_int_eq(format_parse(bad[i].format, strlen(bad[i].format), &f, &fe), -1);
		ck_assert_msg(strstr(fe.message, bad[i].message), "%s: %s", bad[i].format, fe.message);
		ck_assert_uint_eq(fe.offset, bad[i].offset);
		ck_assert_uint_eq(fe.length, bad[i].length);
	}
	ck_assert(!format_parse("%d %*.*s %@d %%", 15, &f, &fe));
	ck_assert_uint_eq(f->nargs, 4);
	format_free(f);
}
END_TEST

/* --- records --- */

START_TEST(columns)
{
	struct rec r = record(SAMPLE_TRACE, 1, 5);

	memcpy(r.data, (int32_t []){ 7 }, 4);
	strcpy(r.data + 8, "hello");
	memcpy(r.data + 24, (int64_t []){ -9 }, 8);
	fire(&r);
	ck_assert_str_eq(printed(), "CPU     ID                    FUNCTION:NAME\n"
				    "  0    100                   vfs_read:entry           7  hello                            "
				    "                  -9\n");
	s.opt.quiet = 1;
	fire(&r);
	ck_assert_str_eq(printed(), "7hello-9");
	r = record(SAMPLE_EXIT, 0, 6);
	r.data[0] = 3;
	fire(&r);
	ck_assert(s.exiting);
	ck_assert_int_eq(s.status, 3);
}
END_TEST

START_TEST(stacks_without_symbols)
{
	struct rec r = record(SAMPLE_STACK, 1, 5);

	s.opt.quiet = 1;
	memcpy(r.data, (uint64_t []){ 0xffffffff81000010, 0xffffffff81000020, 0 }, 24);
	fire(&r);
	ck_assert_str_eq(printed(), "\n              0xffffffff81000010\n              0xffffffff81000020\n");
}
END_TEST

/* %k: a width to the left is the indentation, and each frame is a %s. */
START_TEST(stacks_by_format)
{
	uint64_t frames[] = { 0xffffffff81000010, 0xffffffff81000020 };
	struct value v = { .kind = DTC_FIELD_STACK, .bytes = (char *)frames, .len = 2 };

	format_is("%k", &v, 1, "\n0xffffffff81000010\n0xffffffff81000020\n");
	format_is("%-3k|", &v, 1, "\n   0xffffffff81000010\n   0xffffffff81000020\n|");
	format_is("%20k", &v, 1, "\n  0xffffffff81000010\n  0xffffffff81000020\n");
}
END_TEST

__attribute__((noinline)) int check_user_function(int n);
int check_user_function(int n)
{
	return n + 1;
}

START_TEST(user_symbols)
{
	uint64_t addr = (uintptr_t)check_user_function;
	struct value v[2] = { integer(addr, 8, false), { .kind = DTC_FIELD_USYM, .num = addr + 1, .pid = getpid(), .flags = DTC_SYM_SYM } };
	struct symbol found;

	format_is("%A", v, 1, "check_user`check_user_function");
	v[0].num++;
	format_is("%A", v, 1, "check_user`check_user_function+0x1");
	format_is("%A", v + 1, 1, "check_user`check_user_function");
	v[1].flags = DTC_SYM_MOD;
	format_is("%A", v + 1, 1, "check_user");
	ck_assert(symbols_user(&s.symbols, getpid(), (uintptr_t)&getppid, &found));
	ck_assert(!symbols_user(&s.symbols, getpid(), 16, &found));
	ck_assert(!symbols_user(&s.symbols, 0, addr, &found));
}
END_TEST

START_TEST(symbols_found)
{
	char path[] = "/tmp/check-kallsyms-XXXXXX";
	struct symbols table = { .path = path };
	struct symbol found;
	int fd = mkstemp(path);

	dprintf(fd, "ffffffff81000000 T first\nffffffff81000100 t second\nffffffff81000100 T alias\nffffffffa0000000 t in_module\t[ext4]\n"
		    "ffffffff82000000 D variable\n");
	close(fd);
	ck_assert(symbols_find(&table, 0xffffffff81000123, &found));
	ck_assert_str_eq(found.name, "second");
	ck_assert_str_eq(found.module, "vmlinux");
	ck_assert_uint_eq(found.addr, 0xffffffff81000100);
	ck_assert(symbols_find(&table, 0xffffffffa0000001, &found));
	ck_assert_str_eq(found.module, "ext4");
	ck_assert(symbols_find(&table, 0xffffffff82000008, &found));
	ck_assert_str_eq(found.name, "variable");
	ck_assert(!symbols_find(&table, 0x7fff00001234, &found));
	symbols_free(&table);
	unlink(path);
}
END_TEST

START_TEST(flow)
{
	struct rec entry = record(SAMPLE_EXIT, 1, 1), leave = record(SAMPLE_EXIT, 2, 2), begin = record(SAMPLE_EXIT, 0, 3);

	s.opt.flowindent = 1;
	fire(&entry);
	fire(&begin);
	fire(&leave);
	fire(&begin);
	ck_assert_str_eq(printed(), "CPU FUNCTION                                 \n"
				    "  0  -> vfs_read                              \n"
				    "  0   | :BEGIN                                \n"
				    "  0  <- vfs_read                              \n"
				    "  0 | :BEGIN                                  \n");
}
END_TEST

START_TEST(dump)
{
	struct rec r = record(SAMPLE_TRACEMEM, 0, 1);

	s.opt.quiet = 1;
	memcpy(r.data, "0123456789abcdef\1\2\3z", 20);
	fire(&r);
	ck_assert_ptr_nonnull(strstr(printed(), ": 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"));
}
END_TEST

/* --- aggregations --- */

START_TEST(sorting_and_merging)
{
	struct rec plain = record(SAMPLE_PRINTA, 0, 1), with_format = record(SAMPLE_FORMAT, 0, 1);

	s.opt.quiet = 1;
	add_sum("b", 5);
	add_sum("a", 5);
	add_sum("c", -7);
	add_sum("b", 1);
	fire(&plain);
	ck_assert_str_eq(printed(), "\n  c                                                                -7\n"
				    "  a                                                                 5\n"
				    "  b                                                                 6\n");
	s.opt.aggsortkey = 1;
	s.opt.aggsortrev = 1;
	fire(&with_format);
	ck_assert_str_eq(printed(), "c -7\nb 6\na 5\n");
	s.opt.aggsortkey = s.opt.aggsortrev = 0;
	aggs_normalize(&s.aggs, SAMPLE_A, 2);
	fire(&with_format);
	ck_assert_str_eq(printed(), "c -3\na 2\nb 3\n");
	aggs_normalize(&s.aggs, SAMPLE_A, 1);
	ck_assert(!aggs_trunc(&s.aggs, SAMPLE_A, -2, &s.opt, &error));
	fire(&with_format);
	ck_assert_str_eq(printed(), "c -7\na 5\n");
	aggs_clear(&s.aggs, SAMPLE_A);
	fire(&with_format);
	ck_assert_str_eq(printed(), "a 0\nc 0\n");
	ck_assert(!aggs_trunc(&s.aggs, SAMPLE_A, 0, &s.opt, &error));
	fire(&with_format);
	ck_assert_str_eq(printed(), "");
}
END_TEST

START_TEST(joined)
{
	struct rec r = record(SAMPLE_BOTH, 0, 1);

	s.opt.quiet = 1;
	add_sum("x", 3);
	add_sum("y", 2);
	add(SAMPLE_B, "y", (uint64_t []){ 9 }, 1);
	add(SAMPLE_B, "z", (uint64_t []){ 8 }, 1);
	fire(&r);
	ck_assert_str_eq(printed(), "z 0 8\ny 2 9\nx 3 0\n");
	ck_assert(s.aggs.printed[SAMPLE_A] && s.aggs.printed[SAMPLE_B]);
}
END_TEST

/* Those whose values are alike go by the other aggregation's, then by key. */
START_TEST(joined_order)
{
	struct rec r = record(SAMPLE_BOTH, 0, 1);

	s.opt.quiet = 1;
	add_sum("x", 1);
	add_sum("y", 1);
	add_sum("neg", -1);
	add(SAMPLE_B, "x", (uint64_t []){ 9 }, 1);
	add(SAMPLE_B, "y", (uint64_t []){ 8 }, 1);
	add(SAMPLE_B, "z", (uint64_t []){ 7 }, 1);
	fire(&r);
	ck_assert_str_eq(printed(), "neg -1 0\nz 0 7\ny 1 8\nx 1 9\n");
	s.opt.aggsortpos = 1;
	s.opt.aggsortrev = 1;
	fire(&r);
	ck_assert_str_eq(printed(), "x 1 9\ny 1 8\nz 0 7\nneg -1 0\n");
	s.opt.aggsortkey = 1;
	s.opt.aggsortrev = 0;
	fire(&r);
	ck_assert_str_eq(printed(), "neg -1 0\nx 1 9\ny 1 8\nz 0 7\n");
}
END_TEST

/* One newline ends a run, whatever is printed after it. */
START_TEST(end_of_run)
{
	struct rec r = record(SAMPLE_PRINTA, 0, 1);

	s.opt.quiet = 1;
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n");
	fire(&r);		/* nothing in it: not what counts as printed */
	ck_assert_str_eq(printed(), "\n");
	add_sum("a", 1);
	add(SAMPLE_B, "b", (uint64_t []){ 2 }, 1);
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n  a                                                                 1\n"
				    "  b                                                                 2\n");
	fire(&r);
	printed();
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n  b                                                                 2\n");
}
END_TEST

START_TEST(histograms)
{
	uint64_t q[1 + DTC_QUANTIZE_BUCKETS] = { 3, [1 + 64] = 1, [1 + 66] = 2 };

	s.opt.agghist = 1;
	add_sum("read", 10);
	add_sum("write", 30);
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n\n              key  ------------- Distribution ------------- count    \n"
				    "             read |@@@@@@@@@@                               10       \n"
				    "            write |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@           30       \n");
	add_sum("loss", -40);
	s.opt.aggzoom = 1;
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n\n              key  ------------- Distribution ------------- count    \n"
				    "             loss  @@@@@@@@@@@@@@@@@@@|                     -40      \n"
				    "             read                     |@@@@@                10       \n"
				    "            write                     |@@@@@@@@@@@@@@       30       \n");
	aggs_trunc(&s.aggs, SAMPLE_A, 0, &s.opt, &error);
	s.opt.aggzoom = 0;
	s.opt.aggpack = 1;
	setenv("TERM", "dumb", 1);
	add(SAMPLE_Q, NULL, q, ARRAY_SIZE(q));
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n\n                 min .-----. max | count\n 0 : x x : 8 | 3\n");
}
END_TEST

START_TEST(raw_bytes)
{
	struct printer p = { s.out.f, &s.meta, &s.symbols, &s.opt, 0 };
	struct value ended = { .kind = DTC_FIELD_BYTES, .bytes = "ab\b\0\0", .len = 5 }, full = { .kind = DTC_FIELD_BYTES, .bytes = "abc", .len = 3 };
	struct value small = integer(-1, 2, true), wide = integer(0xffffffff, 4, false);

	print_value(&p, &ended, true, false);
	print_value(&p, &full, true, false);
	ck_assert_str_eq(printed(), "ab\b  abc                              ");
	print_value(&p, &small, false, false);
	print_value(&p, &wide, false, false);
	print_value(&p, &wide, true, false);
	ck_assert_str_eq(printed(), "    -1 42949672954294967295");
	print_value(&p, &small, false, true);
	print_value(&p, &wide, false, true);
	ck_assert_str_eq(printed(), " 65535       -1");
	s.opt.rawbytes = 1;
	print_value(&p, &full, true, false);
	ck_assert_ptr_nonnull(strstr(printed(), "         0: 61 62 63                                         abc\n"));
}
END_TEST

/* A name's bytes after its NUL do not count; nor does which module's vfs_read it was. */
START_TEST(canonical_keys)
{
	struct dtc_agg_entry e = { .words = 4, .tag = (uint64_t)SAMPLE_F << 32 };
	uint64_t words[4] = { 0, 0, 1, 1 };

	memcpy(words, "cat\0rubbish", 12);
	ck_assert(!aggs_add(&s.aggs, 0, &e, words, &error));
	memcpy(words, "cat\0other!!", 12);
	words[2] = 3;
	ck_assert(!aggs_add(&s.aggs, 0, &e, words, &error));
	ck_assert_uint_eq(s.aggs.count, 1);
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n  cat                                                 vfs_read                                                          2\n");
}
END_TEST

/* mod(): addresses of one module meet, however many other keys there are; the time for it does not grow with them. */
START_TEST(canonical_modules)
{
	enum { KEYS = 40000 };
	char path[] = "/tmp/check-kallsyms-XXXXXX";
	struct dtc_agg_entry other = { .words = 3, .tag = (uint64_t)SAMPLE_B << 32 }, e = { .words = 3, .tag = (uint64_t)SAMPLE_M << 32 };
	clock_t from = clock();
	int fd = mkstemp(path);

	dprintf(fd, "ffffffff81000000 T first\nffffffff81000100 t second\nffffffffa0000000 t in_module\t[ext4]\n");
	close(fd);
	s.symbols.path = path;
	for (int i = 0; i < KEYS; i++) {
		uint64_t words[4] = { 8, 0, 1 };

		snprintf((char *)&words[1], 9, "%08d", i);
		words[2] = 1;
		ck_assert(!aggs_add(&s.aggs, 0, &other, words, &error));
	}
	for (uint64_t i = 0; i < KEYS; i++) {
		ck_assert(!aggs_add(&s.aggs, 0, &e, (uint64_t []){ 0, 0xffffffff81000000 + i % 0x200, 1 }, &error));
		ck_assert(!aggs_add(&s.aggs, 0, &e, (uint64_t []){ 0, 0xffffffffa0000000 + i % 0x200, 1 }, &error));
	}
	ck_assert_uint_eq(s.aggs.count, KEYS + 2);
	ck_assert_int_lt(clock() - from, 10 * CLOCKS_PER_SEC);
	unlink(path);
}
END_TEST

START_TEST(quantize)
{
	uint64_t q[1 + DTC_QUANTIZE_BUCKETS] = { 6, [1 + 63] = 1, [1 + 64] = 1, [1 + 65] = 3, [1 + 60] = 1 };

	add(SAMPLE_Q, NULL, q, ARRAY_SIZE(q));
	ck_assert(!session_print_aggs(&s, &error));
	ck_assert_str_eq(printed(), "\n\n"
		"           value  ------------- Distribution ------------- count    \n"
		"              -8 |                                         0        \n"
		"              -4 |@@@@@@@                                  1        \n"
		"              -2 |                                         0        \n"
		"              -1 |                                         0        \n"
		"               0 |@@@@@@@                                  1        \n"
		"               1 |@@@@@@@                                  1        \n"
		"               2 |@@@@@@@@@@@@@@@@@@@@                     3        \n"
		"               4 |                                         0        \n\n");
}
END_TEST

static void hist_is(uint32_t agg, const uint64_t *data, const char *expected)
{
	hist_print(s.out.f, meta_agg(&s.meta, agg), data, 1, &s.opt);
	ck_assert_str_eq(printed(), expected);
}

START_TEST(distributions)
{
	static const char *const head = "\n           value  ------------- Distribution ------------- count    \n";
	uint64_t none[128] = { 0 }, both[128] = { 2, [1 + 64] = 4, [1 + 66] = -4 }, negative[128] = { 1, [1 + 64] = -1 };
	uint64_t l[8] = { 5, 1, 1, 2, 0, 0, 0, 1 }, ll[58] = { 4, 1, [29] = 1, [30] = 1, [57] = 1 };
	char expected[8192];

	snprintf(expected, sizeof(expected), "%s%s", head,
		 "              -1 |                                         0        \n"
		 "               0 |                                         0        \n"
		 "               1 |                                         0        \n");
	hist_is(SAMPLE_Q, none, expected);
	snprintf(expected, sizeof(expected), "%s%s", head,
		 "               0                     |                     0        \n"
		 "               1                     |@@@@@@@@@@           4        \n"
		 "               2                     |                     0        \n"
		 "               4           @@@@@@@@@@|                     -4       \n"
		 "               8                     |                     0        \n");
	hist_is(SAMPLE_Q, both, expected);
	snprintf(expected, sizeof(expected), "%s%s", head,
		 "               0                                         | 0        \n"
		 "               1 @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@| -1       \n"
		 "               2                                         | 0        \n");
	hist_is(SAMPLE_Q, negative, expected);
	snprintf(expected, sizeof(expected), "%s%s", head,
		 "             < 0 |@@@@@@@@                                 1        \n"
		 "               0 |@@@@@@@@                                 1        \n"
		 "              10 |@@@@@@@@@@@@@@@@                         2        \n"
		 "              20 |                                         0        \n"
		 "              30 |                                         0        \n"
		 "              40 |                                         0        \n"
		 "           >= 50 |@@@@@@@@                                 1        \n");
	hist_is(SAMPLE_L, l, expected);
	hist_print(s.out.f, meta_agg(&s.meta, SAMPLE_LL), ll, 1, &s.opt);
	strcpy(expected, printed());
	ck_assert_ptr_nonnull(strstr(expected, "\n               0 |@@@"));
	ck_assert_ptr_nonnull(strstr(expected, "\n        <= -1000 |@@@"));
	ck_assert_ptr_nonnull(strstr(expected, "\n             -10 |"));
	ck_assert_ptr_nonnull(strstr(expected, "\n              10 |"));
	ck_assert_ptr_nonnull(strstr(expected, "\n         >= 1000 |@@@"));
}
END_TEST

/* --- options, commands --- */

START_TEST(options)
{
	struct options o;

	options_init(&o);
	ck_assert(!option_set(&o, "bufsize", "64k", OPTION_START, &error));
	ck_assert_uint_eq(o.bufsize, 65536);
	ck_assert(!option_set(&o, "switchrate", "10hz", OPTION_START, &error));
	ck_assert_uint_eq(o.switchrate, 100000000);
	ck_assert(!option_set(&o, "aggrate", "2s", OPTION_RUNNING, &error));
	ck_assert(!option_set(&o, "quiet", NULL, OPTION_START, &error) && o.quiet == 1);
	ck_assert(!option_set(&o, "quiet", "unset", OPTION_START, &error) && o.quiet == 0);
	ck_assert(!option_set(&o, "strsize", "10", OPTION_MODULE, &error));
	ck_assert_int_eq(option_set(&o, "strsize", "10", OPTION_START, &error), -1);
	ck_assert_ptr_nonnull(strstr(error.text, "compiled"));
	ck_assert_int_eq(option_set(&o, "bufsize", "1m", OPTION_RUNNING, &error), -1);
	ck_assert_int_eq(option_set(&o, "bufsize", "0", OPTION_START, &error), -1);
	ck_assert_int_eq(option_set(&o, "bufsize", "99999999999999999999", OPTION_START, &error), -1);
	ck_assert_int_eq(option_set(&o, "bufsize", "9999999999999g", OPTION_START, &error), -1);
	ck_assert_int_eq(option_set(&o, "switchrate", "0hz", OPTION_START, &error), -1);
	ck_assert_int_eq(option_set(&o, "quiet", "banana", OPTION_START, &error), -1);
	ck_assert_int_eq(option_set(&o, "bufsiz", "1m", OPTION_START, &error), -1);
	ck_assert_ptr_nonnull(strstr(error.text, "did you mean 'bufsize'"));
}
END_TEST

static bool has_libc(pid_t pid)
{
	char path[64], line[512];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		found |= strstr(line, "/libc.so") != NULL;
	if (f)
		fclose(f);
	return found;
}

/* How far a command is that was started: at main() its first argument is argc. */
START_TEST(command_start)
{
	static const struct { uint64_t when; bool loaded; int argc; } cases[] = {
		{ EVALTIME_EXEC, false, 0 }, { EVALTIME_PREINIT, true, 0 }, { EVALTIME_POSTINIT, true, 4 }, { EVALTIME_MAIN, true, 4 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct user_regs_struct regs;
		struct target t;
		int status;

		ck_assert_msg(!target_start(&t, "sh -c 'exit $0' 7", cases[i].when, &error), "%s", error.text);
		ck_assert(!t.is_gone && !ptrace(PTRACE_GETREGS, t.pid, NULL, &regs));
		ck_assert_msg(has_libc(t.pid) == cases[i].loaded, "case %zu", i);
		if (cases[i].argc)
			ck_assert_int_eq((int)regs.rdi, cases[i].argc);
		ck_assert(!target_release(&t, &error));
		ck_assert(waitpid(t.pid, &status, 0) == t.pid && WIFEXITED(status) && WEXITSTATUS(status) == 7);
		close(t.fd);
	}
	ck_assert_int_eq(option_set(&s.opt, "evaltime", "preinit", OPTION_START, &error), 0);
	ck_assert_uint_eq(s.opt.evaltime, EVALTIME_PREINIT);
	ck_assert_int_eq(option_set(&s.opt, "evaltime", "main", OPTION_RUNNING, &error), -1);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		formats_print, formats_refuse, columns, command_start, stacks_without_symbols, stacks_by_format,
		user_symbols, symbols_found, flow, dump, sorting_and_merging, joined, joined_order, end_of_run, histograms,
		raw_bytes, canonical_keys, canonical_modules, quantize, distributions, options,
	};

	return run_tests("user", tests, ARRAY_SIZE(tests));
}
