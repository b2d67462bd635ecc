// SPDX-License-Identifier: GPL-2.0
/* The files with debug information that a compilation uses, each found and opened once. */
#include <string.h>
#include <sys/mman.h>

#include "debugfile.h"

#define UNITS_STEP 64
#define PAGE 4096ul	/* of x86-64 */

static struct debug_file *file_new(struct dtc *dtc, struct kernel *k, const char *module)
{
	struct debug_file *f = mem_alloc(sizeof(*f));
	const char *err;

	f->module = mem_strdup(module);
	f->impl = mem_alloc(sizeof(*f->impl));
	f->impl->dtc = dtc;
	f->impl->is_vmlinux = !strcmp(module, "vmlinux");
	f->path = debug_find(dtc, module, &f->impl->elf, &f->impl->why, &f->impl->hint);
	err = f->path ? debug_index_open(f, &f->impl->hint) : NULL;
	if (err) {
		f->impl->why = mem_printf("%s: %s", f->path, err);
		debug_open_forget(f->path);
		f->path = NULL;
	}
	f->impl->next = k->debug_files;
	k->debug_files = f;
	return f;
}

struct debug_file *debug_file_get(struct dtc *dtc, const char *module, const char **why, const char **hint)
{
	struct kernel *k = kernel_get(dtc);
	struct debug_file *f;

	*why = *hint = NULL;
	if (!k) {
		*why = "there is no kernel to look at";
		return NULL;
	}
	for (f = k->debug_files; f && strcmp(f->module, module); f = f->impl->next)
		;
	if (!f)
		f = file_new(dtc, k, module);
	if (f->path)
		return f;
	*why = f->impl->why;
	*hint = f->impl->hint;
	return NULL;
}

Dwarf *debug_dwarf_begin(struct debug_elf *e)
{
	Elf *elf;
	Dwarf *d;

	for (unsigned i = 1; i < e->view.count && !e->is_relocated; i++)
		if (!strncmp(elf_view_name(&e->view, i), ".debug_", 7) || !strcmp(elf_view_name(&e->view, i), ".eh_frame"))
			debug_elf_relocate(e, i);
	e->is_relocated = true;
	elf_version(EV_CURRENT);
	elf = elf_memory((char *)e->file.data, e->file.size);
	d = elf ? dwarf_begin_elf(elf, DWARF_C_READ, NULL) : NULL;
	if (!d) {
		elf_end(elf);
	} else if (e->alt) {
		Dwarf *alt = debug_dwarf_begin(e->alt);

		if (!alt) {
			debug_dwarf_end(d, NULL);
			return NULL;
		}
		dwarf_setalt(d, alt);
	}
	return d;
}

void debug_dwarf_end(Dwarf *d, const struct debug_elf *e)
{
	Elf *elf = d ? dwarf_getelf(d) : NULL;

	if (d && e && e->alt)
		debug_dwarf_end(dwarf_getalt(d), e->alt);
	dwarf_end(d);
	elf_end(elf);
}

/*
 * libdw reads the heads of all units up to the one that is asked for; the kernel maps what lies around each. Done here, step
 * by step, no more of a large file than a few MB is mapped at a time.
 */
static void units_read(struct debug_file *f)
{
	struct debug_elf *e = &f->impl->elf;
	struct elf_part info;
	Dwarf_CU *cu = NULL;
	unsigned n = 0;

	if (!elf_view_data(&e->view, debug_elf_section(e, ".debug_info"), &info))
		return;
	while (!dwarf_get_units(f->dwarf, cu, &cu, NULL, NULL, NULL, NULL))
		if (++n % UNITS_STEP == 0 && e->file.is_mapped && !e->is_relocatable)
			madvise((void *)((uintptr_t)info.data & -PAGE), info.size, MADV_DONTNEED);
}

Dwarf *debug_dwarf(struct debug_file *f)
{
	if (!f->dwarf && !f->impl->dwarf_failed) {
		f->dwarf = debug_dwarf_begin(&f->impl->elf);
		f->impl->dwarf_failed = !f->dwarf;
		if (f->dwarf)
			units_read(f);
	}
	return f->dwarf;
}
