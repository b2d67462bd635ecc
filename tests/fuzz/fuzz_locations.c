// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer target: the bytes of a location expression, at an address in a
 * function of the file $FUZZ_FILE, as that of a variable and as that of CFI. The
 * first byte says how far into the function.
 */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "translator/debuginfo/index.h"
#include "translator/debuginfo/lineindex.h"
#include "translator/debuginfo/vars.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	setenv("DTC_CACHE", "/proc/nowhere", 1);
	return 0;
}

/* What is returned has the form that it says. */
static void look(const struct var_loc *l, unsigned depth)
{
	if (depth > 100 || (l->kind == LOC_CANNOT) != (l->why != NULL) ||
	    (l->kind == LOC_ADDRESS || l->kind == LOC_VALUE) != (l->expr != NULL) ||
	    (l->kind == LOC_PIECES) != (l->npieces != 0) || (l->kind == LOC_POINTS) != (l->target != NULL))
		abort();
	for (size_t i = 0; i < l->npieces; i++)
		look(l->pieces[i].loc, depth + 1);
	if (l->target)
		look(l->target, depth + 1);
}

static void last(const struct debug_func *fn, void *arg)
{
	*(u64 *)arg = fn->low;
}

/* With its length in front, as a form has it. */
static u8 *block_make(const uint8_t *data, size_t size)
{
	u8 *block = mem_alloc(size + 2);

	block[0] = (size & 0x7f) | 0x80;
	block[1] = size >> 7 & 0x7f;
	memcpy(block + 2, data, size);
	return block;
}

static void evaluate(struct debug_file *f, u64 addr, const uint8_t *data, size_t size)
{
	struct loc_context c = { .f = f, .addr = addr }, frame = c;
	const struct scope_chain *chain = scope_chain_at(f, addr);
	Dwarf_Attribute a = { .code = DW_AT_location, .form = DW_FORM_exprloc };
	struct var_loc l;
	Dwarf_Op *ops;
	size_t n;

	if (!chain)
		return;
	a.cu = chain->cu.cu;
	a.valp = block_make(data, size);
	if (dwarf_getlocation(&a, &ops, &n))
		return;
	loc_evaluate(&c, &a, ops, n, &l);
	look(&l, 0);
	loc_evaluate(&frame, NULL, ops, n, &l);
	look(&l, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kernel_index index = {};
	struct kernel kernel = { .release = "1.2.3-test", .root = "/nonexistent", .index = &index };
	struct dtc dtc = { .progname = "dtc", .release = kernel.release, .kernel_root = kernel.root, .kernel = &kernel };
	struct debug_impl impl = { .dtc = &dtc };
	struct debug_file f = { "mod", "mod.ko", NULL, NULL, &impl };
	struct file_data file;
	const char *hint;
	u64 addr = 0;

	if (!size || size > 1000)
		return 0;
	if (debug_open(&dtc, getenv("FUZZ_FILE"), &file) || debug_elf_init(&impl.elf, &file) || debug_index_open(&f, &hint))
		abort();
	debug_functions(&f, NULL, last, &addr);
	evaluate(&f, addr + data[0] % 16, data + 1, size - 1);
	debug_scopes_end(&f);
	if (f.dwarf)
		debug_dwarf_end(f.dwarf, &impl.elf);
	line_index_deinit(f.index);
	debug_elf_deinit(&impl.elf);
	mem_release();
	return 0;
}
