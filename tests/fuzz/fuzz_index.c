// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer target: the index of a file with debug information. All that it
 * tells is asked for; what is found damaged is made anew from the file itself,
 * which $FUZZ_FILE names. Checksums are not looked at in this build.
 */
#include <stdlib.h>
#include <string.h>

#include "translator/debuginfo/lineindex.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KEY_AT 16	/* in the header */

static struct dtc dtc = { .progname = "dtc", .release = "1.2.3-test", .kernel_root = "/nonexistent" };
static struct debug_elf elf;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct file_data f;

	setenv("DTC_CACHE", "/proc/nowhere", 1);
	if (file_map(getenv("FUZZ_FILE"), &f) || debug_elf_init(&elf, &f))
		abort();
	return 0;
}

static void see(const struct debug_func *fn, void *arg)
{
	struct debug_file *f = arg;
	struct debug_place p;

	(void)!strlen(fn->name);
	debug_file_name(f, fn->file);
	if (!debug_place(f, fn->low, &p))
		(void)!(strlen(p.function) + strlen(p.anchor) + (p.forbidden ? strlen(p.forbidden) : 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct debug_impl impl = { .dtc = &dtc, .elf = elf, .is_vmlinux = size & 1 };
	struct debug_file f = { "mod", "mod.ko", NULL, NULL, &impl };
	struct file_data file = { malloc(size + 1), size, false };
	struct debug_index x;
	Dwarf_Die die;
	u64 key = 0;
	u32 n;

	memcpy((void *)file.data, data, size);
	if (size >= KEY_AT + 8)
		memcpy(&key, data + KEY_AT, 8);
	if (line_index_init(&x, &file, key)) {
		file_data_deinit(&file);
		return 0;
	}
	f.index = &x;
	for (u32 i = 0; i < debug_nfiles(&f) && i < 50; i++) {
		(void)!strlen(debug_file_name(&f, i));
		debug_lines(&f, i, &n);
	}
	debug_functions(&f, NULL, see, &f);
	debug_inlines(&f, "t*", see, &f);
	debug_unit(&f, line_index_base(f.index) + 5, &die);
	if (f.index != &x)
		line_index_deinit(f.index);
	debug_dwarf_end(f.dwarf, &elf);
	line_index_deinit(&x);
	mem_release();
	return 0;
}
