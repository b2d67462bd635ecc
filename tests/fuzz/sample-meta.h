/* SPDX-License-Identifier: GPL-2.0 */
/* A .dtc section made by hand, for tests of its reader and of what is printed by it. */
#ifndef SAMPLE_META_H
#define SAMPLE_META_H

#include <stdlib.h>
#include "runtime/user/dtrun.h"

/*
 * Probes: 0 BEGIN, 1 vfs_read:entry, 2 vfs_read:return, 3 vfs_read:entry of another module. Blocks, one action each:
 */
enum {
	SAMPLE_PRINTF,	/* printf("%d %s\n", int, char[16]): 16, 24 */
	SAMPLE_TRACE,	/* trace of 4-byte int at 16, of a 16-byte string at 24, of the 8-byte int at 40 */
	SAMPLE_PRINTA,	/* printa(@a) */
	SAMPLE_FORMAT,	/* printa("%s %@d\n", @a) */
	SAMPLE_STACK,	/* stack(4) */
	SAMPLE_EXIT,
	SAMPLE_BOTH,	/* printa("%s %@d %@d\n", @a, @b) */
	SAMPLE_TRACEMEM,
	SAMPLE_BLOCKS
};
/* Aggregations */
enum { SAMPLE_A, SAMPLE_B, SAMPLE_Q, SAMPLE_L, SAMPLE_F, SAMPLE_LL, SAMPLE_M, SAMPLE_AGGS };
#define SAMPLE_RECORD 64	/* bytes of every record */
#define SAMPLE_PROBES 4

struct sample { char *data; size_t len, cap; char strings[4096]; uint32_t nstrings; };

static uint32_t sample_string(struct sample *b, const char *s)
{
	uint32_t at = b->nstrings;

	strcpy(b->strings + at, s);
	b->nstrings += strlen(s) + 1;
	return at;
}

static void sample_chunk(struct sample *b, unsigned row, uint32_t type, size_t size, const void *rows, size_t n)
{
	struct dtc_meta_chunk *c = (struct dtc_meta_chunk *)(b->data + sizeof(struct dtc_meta_header)) + row;

	*c = (struct dtc_meta_chunk){ type, size, b->len, n };
	memcpy(b->data + b->len, rows, size * n);
	b->len = (b->len + size * n + 7) & ~7ul;
}

/* The section, to be freed (or given to meta_parse()). */
static char *sample_section(size_t *size)
{
	struct sample b = { .data = calloc(1, 65536), .nstrings = 1 };
	struct dtc_meta_general general = {
		.release = sample_string(&b, "6.1.0-test"), .dtc_version = sample_string(&b, "0"),
		.template_name = sample_string(&b, "dtc_template"), .strsize = 256, .banner = sample_string(&b, "script 's.d' matched 3 probes"),
	};
	struct dtc_meta_option options[] = { { sample_string(&b, "quiet"), 0 }, { sample_string(&b, "strsize"), sample_string(&b, "64") } };
	struct dtc_meta_file files[] = { { sample_string(&b, "s.d"), sample_string(&b, "BEGIN\n{\n\ttrace(1);\n}\n") } };
	struct dtc_meta_group groups[] = { { DTC_GROUP_BEGIN, 0, 1, 0 }, { DTC_GROUP_FBT_PAIR, 2, 1, 0 }, { DTC_GROUP_FBT_ENTRY, 1, 1, 0 } };
	uint32_t fbt = sample_string(&b, "fbt"), vmlinux = sample_string(&b, "vmlinux"), vfs_read = sample_string(&b, "vfs_read");
	uint32_t entry = sample_string(&b, "entry");
	struct dtc_meta_probe probes[SAMPLE_PROBES] = {
		{ 1, sample_string(&b, "dtrace"), 0, 0, sample_string(&b, "BEGIN"), 0, 0, 0, 0, 0, 0 },
		{ 100, fbt, vmlinux, vfs_read, entry, DTC_PROBE_OPTIONAL, 0, 0, 0, 0, 0 },
		{ 101, fbt, vmlinux, vfs_read, sample_string(&b, "return"), 0, 0, 0, 0, 0, 0 },
		{ 102, fbt, sample_string(&b, "other"), sample_string(&b, "vfs_read"), entry, 0, 0, 0, 0, 0, 0 },
	};
	struct dtc_meta_clause clauses[] = { { 0, 1, 0, SAMPLE_BLOCKS, 1, 0 } };
	struct dtc_meta_block blocks[SAMPLE_BLOCKS];
	struct dtc_meta_field fields[] = {
		{ DTC_FIELD_INT, DTC_FIELD_F_SIGNED, 16, 4, 0, 0 },	/* 0: printf, trace */
		{ DTC_FIELD_STRING, 0, 24, 16, 0, 0 },
		{ DTC_FIELD_INT, DTC_FIELD_F_SIGNED, 40, 8, 0, 0 },
		{ DTC_FIELD_AGG, 0, 0, 0, 0, SAMPLE_A },		/* 3: printa */
		{ DTC_FIELD_AGG, 0, 0, 0, 0, SAMPLE_B },
		{ DTC_FIELD_STACK, 0, 16, 32, 0, 0 },			/* 5 */
		{ DTC_FIELD_INT, DTC_FIELD_F_SIGNED, 16, 4, 0, 0 },	/* 6: exit */
		{ DTC_FIELD_BYTES, 0, 16, 20, 0, 0 },			/* 7: tracemem */
		{ DTC_FIELD_STRING, 0, 0, 256, 0, 0 },			/* 8: key of A, B */
		{ DTC_FIELD_COMM, 0, 0, 16, 0, 0 },			/* 9: keys of F */
		{ DTC_FIELD_PROBE, DTC_PART_FUNCTION, 0, 8, 0, 0 },
		{ DTC_FIELD_INT, 0, 0, 8, 0, 0 },			/* 11: keys of M */
		{ DTC_FIELD_KSYM, DTC_SYM_MOD, 0, 8, 0, 0 },
	};
	struct dtc_meta_action actions[SAMPLE_BLOCKS] = {
		[SAMPLE_PRINTF] = { DTC_ACT_PRINTF, sample_string(&b, "%d %s\n"), 0, 2, 3, 1 },
		[SAMPLE_TRACE] = { DTC_ACT_TRACE, 0, 0, 3, 3, 1 },
		[SAMPLE_PRINTA] = { DTC_ACT_PRINTA, 0, 3, 1, 3, 1 },
		[SAMPLE_FORMAT] = { DTC_ACT_PRINTA, sample_string(&b, "%s %@d\n"), 3, 1, 3, 1 },
		[SAMPLE_STACK] = { DTC_ACT_STACK, 0, 5, 1, 3, 1 },
		[SAMPLE_EXIT] = { DTC_ACT_EXIT, 0, 6, 1, 3, 1 },
		[SAMPLE_BOTH] = { DTC_ACT_PRINTA, sample_string(&b, "%s %@d %@d\n"), 3, 2, 3, 1 },
		[SAMPLE_TRACEMEM] = { DTC_ACT_TRACEMEM, 0, 7, 1, 3, 1 },
	};
	struct dtc_meta_agg aggs[SAMPLE_AGGS] = {
		[SAMPLE_A] = { sample_string(&b, "a"), DTC_AGG_SUM, 2, 1, 8, DTC_FIELD_F_SIGNED, { 0 }, 0, 1 },
		[SAMPLE_B] = { sample_string(&b, "b"), DTC_AGG_COUNT, 1, 1, 8, 0, { 0 }, 0, 1 },
		[SAMPLE_Q] = { sample_string(&b, "q"), DTC_AGG_QUANTIZE, 1 + DTC_QUANTIZE_BUCKETS, 0, 0, 0, { 0 }, 8, 1 },
		[SAMPLE_L] = { sample_string(&b, "l"), DTC_AGG_LQUANTIZE, 8, 0, 0, 0, { 0, 50, 10 }, 2000, 1 },
		[SAMPLE_F] = { sample_string(&b, "f"), DTC_AGG_COUNT, 1, 2, 9, 0, { 0 }, 0, 1 },
		[SAMPLE_M] = { sample_string(&b, "m"), DTC_AGG_COUNT, 1, 2, 11, 0, { 0 }, 0, 1 },
		[SAMPLE_LL] = { sample_string(&b, "ll"), DTC_AGG_LLQUANTIZE, 4 + 2 * 9 * 3, 0, 0, 0, { 10, 0, 2, 10 }, 3000, 1 },
	};

	for (uint32_t i = 0; i < SAMPLE_BLOCKS; i++)
		blocks[i] = (struct dtc_meta_block){ 0, SAMPLE_RECORD, i, 1 };
	b.len = sizeof(struct dtc_meta_header) + 11 * sizeof(struct dtc_meta_chunk);
	sample_chunk(&b, 0, DTC_CHUNK_GENERAL, sizeof(general), &general, 1);
	sample_chunk(&b, 1, DTC_CHUNK_OPTIONS, sizeof(options[0]), options, ARRAY_SIZE(options));
	sample_chunk(&b, 2, DTC_CHUNK_FILES, sizeof(files[0]), files, ARRAY_SIZE(files));
	sample_chunk(&b, 3, DTC_CHUNK_GROUPS, sizeof(groups[0]), groups, ARRAY_SIZE(groups));
	sample_chunk(&b, 4, DTC_CHUNK_PROBES, sizeof(probes[0]), probes, ARRAY_SIZE(probes));
	sample_chunk(&b, 5, DTC_CHUNK_CLAUSES, sizeof(clauses[0]), clauses, ARRAY_SIZE(clauses));
	sample_chunk(&b, 6, DTC_CHUNK_BLOCKS, sizeof(blocks[0]), blocks, ARRAY_SIZE(blocks));
	sample_chunk(&b, 7, DTC_CHUNK_ACTIONS, sizeof(actions[0]), actions, ARRAY_SIZE(actions));
	sample_chunk(&b, 8, DTC_CHUNK_FIELDS, sizeof(fields[0]), fields, ARRAY_SIZE(fields));
	sample_chunk(&b, 9, DTC_CHUNK_AGGS, sizeof(aggs[0]), aggs, ARRAY_SIZE(aggs));
	sample_chunk(&b, 10, DTC_CHUNK_STRINGS, 1, b.strings, b.nstrings);
	*(struct dtc_meta_header *)b.data = (struct dtc_meta_header){ DTC_META_MAGIC, DTC_META_VERSION, 11, b.len };
	*size = b.len;
	return b.data;
}

#endif
