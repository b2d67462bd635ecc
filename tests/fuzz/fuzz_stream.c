// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer target: what a module sends. The first byte chooses between the
 * record stream and an aggregation file; the rest is its bytes.
 */
#include <sys/mman.h>
#include <unistd.h>
#include "tests/fuzz/sample-meta.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int memory_file(const uint8_t *data, size_t size)
{
	int fd = memfd_create("stream", 0);

	if (write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET))
		abort();
	return fd;
}

static void session_open(struct session *s, struct error *e)
{
	size_t size;
	char *section = sample_section(&size);

	*s = (struct session){ .progname = "fuzz", .signal_fd = -1 };
	s->symbols.path = "/dev/null";
	options_init(&s->opt);
	s->opt.flowindent = 1;
	if (meta_parse(&s->meta, section, size, e) || aggs_init(&s->aggs, &s->meta, &s->symbols, e) || output_open(&s->out, "/dev/null", e))
		abort();
	s->flows = calloc(1, sizeof(*s->flows));
}

static void session_close(struct session *s)
{
	output_close(&s->out);
	aggs_free(&s->aggs);
	symbols_free(&s->symbols);
	meta_free(&s->meta);
	free(s->flows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct streams streams;
	struct session s;
	struct error e;
	char *buf;

	if (!size)
		return 0;
	session_open(&s, &e);
	if (data[0] & 1) {
		streams_init(&streams, 1, s.meta.max_record);
		if (streams_add(&streams, 0, memory_file(data + 1, size - 1), &e))
			abort();
		streams_consume(&streams, &s.meta, UINT64_MAX, session_record, &s, &e);
		streams_free(&streams);
	} else {
		int fd = memory_file(data + 1, size - 1);

		buf = malloc(32768);
		aggs_read(&s.aggs, fd, 0, buf, 32768, &e);
		session_print_aggs(&s, &e);
		free(buf);
		close(fd);
	}
	session_close(&s);
	return 0;
}
