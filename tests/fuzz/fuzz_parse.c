// SPDX-License-Identifier: GPL-2.0
/* libFuzzer target: any bytes as a script, up to the C that is emitted for it. See tests/fuzz/run. */
#include "tests/fuzz/parse.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *null;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	null = fopen("/dev/null", "w");
	sample_kernel_make();
	atexit(sample_kernel_remove);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	parse_all((const char *)data, size, null);
	return 0;
}
