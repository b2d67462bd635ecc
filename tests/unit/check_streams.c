// SPDX-License-Identifier: GPL-2.0
/* What dtrun reads from a module: streams of several CPUs, and metadata, records, aggregations that are damaged. */
#include "session.h"

static int stream_of(const void *data, size_t size)
{
	int fd = memfd_create("stream", 0);

	ck_assert_int_eq(write(fd, data, size), size);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

START_TEST(merging_by_time)
{
	struct rec cpu[2][3];
	struct streams st;

	s.opt.quiet = 1;
	for (int i = 0; i < 6; i++) {	/* times 10 .. 60, alternating CPUs */
		cpu[i % 2][i / 2] = record(SAMPLE_PRINTF, 1, (i + 1) * 10);
		memcpy(cpu[i % 2][i / 2].data, &i, 4);
	}
	streams_init(&st, 2, s.meta.max_record);
	for (int i = 0; i < 2; i++)
		ck_assert(!streams_add(&st, i, stream_of(cpu[i], sizeof(cpu[i])), &error));
	ck_assert(!streams_consume(&st, &s.meta, 40, session_record, &s, &error));
	ck_assert_str_eq(printed(), "0 \n1 \n2 \n");
	ck_assert(!streams_consume(&st, &s.meta, UINT64_MAX, session_record, &s, &error));
	ck_assert_str_eq(printed(), "3 \n4 \n5 \n");
	streams_free(&st);
}
END_TEST

static int consume(const void *data, size_t size)
{
	struct streams st;
	int ret;

	streams_init(&st, 1, s.meta.max_record);
	ck_assert(!streams_add(&st, 0, stream_of(data, size), &error));
	ret = streams_consume(&st, &s.meta, UINT64_MAX, session_record, &s, &error);
	streams_free(&st);
	return ret;
}

START_TEST(damaged_records)
{
	struct rec r = record(SAMPLE_PRINTF, 1, 1);
	static const uint32_t sizes[] = { 0, 8, 15, 24, 61, 1 << 30, UINT32_MAX };

	s.opt.quiet = 1;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		r.h.size = sizes[i];
		ck_assert_msg(consume(&r, sizeof(r)) == -1 || sizes[i] > sizeof(r), "%u", sizes[i]);
	}
	r = record(SAMPLE_BLOCKS, 0, 1);
	ck_assert_int_eq(consume(&r, sizeof(r)), -1);
	r.h.id = DTC_ID_FAULT;
	memset(r.data, 0xff, sizeof(r.data));
	ck_assert_int_eq(consume(&r, sizeof(r)), -1);
	ck_assert_int_eq(consume(&r, 20), 0);	/* a part of one: not there yet */
}
END_TEST

static uint64_t seed = 88172645463325252;

static uint64_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static void mutate(char *data, size_t size)
{
	static const uint64_t interesting[] = { 0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, INT64_MAX, UINT64_MAX };

	for (int n = 1 + next_random() % 4; n; n--) {
		size_t at = next_random() % size, len = 1u << next_random() % 4;
		uint64_t value = next_random() % 2 ? interesting[next_random() % ARRAY_SIZE(interesting)] : next_random() % 64;

		memcpy(data + at, &value, len < size - at ? len : size - at);
	}
}

START_TEST(mutated_metadata)
{
	FILE *null = fopen("/dev/null", "w");

	for (int i = 0; i < 20000; i++) {
		struct meta m;
		size_t size;
		char *section = sample_section(&size);

		mutate(section, size);
		if (next_random() % 8 == 0)
			size = next_random() % size;
		if (!meta_parse(&m, section, size, &error)) {
			meta_inspect(null, &m);
			meta_free(&m);
		} else {
			ck_assert(*error.text);
		}
	}
	fclose(null);
}
END_TEST

START_TEST(mutated_streams)
{
	struct rec r[SAMPLE_BLOCKS];

	for (int i = 0; i < 3000; i++) {
		for (int j = 0; j < SAMPLE_BLOCKS; j++)
			r[j] = record(j, j % SAMPLE_PROBES, j);
		mutate((char *)r, sizeof(r));
		consume(r, sizeof(r));
		printed();
	}
}
END_TEST

START_TEST(mutated_aggregations)
{
	char buf[32768], data[256];

	for (int i = 0; i < 20000; i++) {
		struct dtc_agg_header *h = (void *)data;
		struct dtc_agg_entry *e = (void *)(h + 1);
		int fd;

		memset(data, 0, sizeof(data));
		h->used = 40;
		*e = (struct dtc_agg_entry){ .words = 3, .tag = i % SAMPLE_AGGS };
		e->tag <<= 32;
		memcpy(e + 1, (uint64_t []){ 2, 'x', 1 }, 24);
		mutate(data, 96);
		fd = stream_of(data, sizeof(data));
		aggs_read(&s.aggs, fd, 0, buf, sizeof(buf), &error);
		close(fd);
	}
	ck_assert(!session_print_aggs(&s, &error));
}
END_TEST
START_TEST(not_a_module)
{
	char junk[512];
	struct meta m;

	ck_assert_int_eq(meta_read(&m, "", 0, &error), -1);
	ck_assert_int_eq(meta_read(&m, "just text", 9, &error), -1);
	ck_assert_ptr_nonnull(strstr(error.text, "not a module"));
	for (int i = 0; i < 2000; i++) {
		for (size_t j = 0; j < sizeof(junk); j++)
			junk[j] = next_random();
		memcpy(junk, "\177ELF\2\1\1", 8);
		junk[16] = 1;
		ck_assert_int_eq(meta_read(&m, junk, sizeof(junk), &error), -1);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		merging_by_time, damaged_records, mutated_metadata, mutated_streams, mutated_aggregations, not_a_module,
	};

	return run_tests("streams", tests, ARRAY_SIZE(tests));
}
