// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer target: the .dtc section of a module. What is accepted is also
 * shown as --inspect does, which follows every reference in it.
 *
 *	clang -g -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iinclude -I. tests/fuzz/fuzz_meta.c LIBDTRUN.c... -lelf -lkmod
 */
#include "tests/fuzz/sample-meta.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

static FILE *null;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	null = fopen("/dev/null", "w");
	return 0;
}

/* Starts from a good section: one made of noise is refused at its magic. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	size_t n;
	char *good;

	if (size < sizeof(struct dtc_meta_header)) {
		good = sample_section(&n);
		size = n < max ? n : max;
		memcpy(data, good, size);
		free(good);
	}
	return LLVMFuzzerMutate(data, size, max);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *section = malloc(size + 1);
	struct meta m;
	struct error e;

	memcpy(section, data, size);
	if (size >= sizeof(struct dtc_meta_header))	/* so that longer and shorter ones get past the header */
		((struct dtc_meta_header *)section)->size = size;
	if (!meta_parse(&m, section, size, &e)) {
		meta_inspect(null, &m);
		meta_free(&m);
	}
	return 0;
}
