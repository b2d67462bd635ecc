// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer target: a file with debug information, packed or not. It is
 * opened and indexed, and the variables of some of its functions are located.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "translator/debuginfo/index.h"
#include "translator/debuginfo/lineindex.h"
#include "translator/debuginfo/vars.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUNCTIONS_MAX 20

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	setenv("DTC_CACHE", "/proc/nowhere", 1);
	return 0;
}

struct seen { struct debug_file *f; unsigned count; };

static void see(const struct debug_func *fn, void *arg)
{
	struct seen *s = arg;
	struct debug_place p;
	struct debug_var *vars;
	struct loc_expr *cfa;
	struct var_loc loc;
	size_t n;

	if (s->count++ >= FUNCTIONS_MAX)
		return;
	debug_place(s->f, fn->low, &p);
	if (debug_vars(s->f->impl->dtc, s->f, fn->low + 1, 0, &vars, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		debug_locate(s->f, &vars[i], fn->low + 1, &loc);
		type_strip(vars[i].type);
		if (loc.kind == LOC_NONE)
			debug_nearest_alive(s->f, &vars[i], fn->low + 1);
	}
	debug_cfa(s->f, fn->low + 1, &cfa);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kernel_index index = {};
	struct kernel kernel = { .release = "1.2.3-test", .root = "/nonexistent", .index = &index };
	struct dtc dtc = { .progname = "dtc", .release = kernel.release, .kernel_root = kernel.root, .kernel = &kernel };
	struct debug_impl impl = { .dtc = &dtc };
	struct debug_file f = { "mod", "mod.ko", NULL, NULL, &impl };
	struct seen seen = { &f, 0 };
	struct file_data file;
	int fd = memfd_create("debug", 0);
	const char *err, *hint;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	err = debug_open(&dtc, mem_printf("/proc/self/fd/%d", fd), &file);
	close(fd);
	if (!err)
		err = debug_elf_init(&impl.elf, &file);
	if (!err)
		err = debug_index_open(&f, &hint);
	if (!err) {
		debug_functions(&f, NULL, see, &seen);
		debug_inlines(&f, NULL, see, &seen);
	}
	debug_scopes_end(&f);
	if (f.dwarf)
		debug_dwarf_end(f.dwarf, &impl.elf);
	if (f.index)
		line_index_deinit(f.index);
	debug_elf_deinit(&impl.elf);
	mem_release();
	return 0;
}
