// SPDX-License-Identifier: GPL-2.0
/*
 * -G: an object file without content. Programs get their probes from
 * <sys/sdt.h>; but a build that was made for DTrace links such an object.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "build.h"

static const char names[] = "\0.shstrtab\0.note.GNU-stack";

/* The name of the second section: its size is 0, and it says that the stack need not be executable. */
#define STACK_NAME (1 + sizeof(".shstrtab"))

int object_make(struct dtc *dtc)
{
	const Elf64_Ehdr header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT }, .e_type = ET_REL, .e_machine = EM_X86_64,
		.e_version = EV_CURRENT, .e_ehsize = sizeof(header), .e_shoff = sizeof(header), .e_shentsize = sizeof(Elf64_Shdr), .e_shnum = 3,
		.e_shstrndx = 1,
	};
	const Elf64_Shdr sections[3] = {
		[1] = { .sh_name = 1, .sh_type = SHT_STRTAB, .sh_offset = sizeof(header) + sizeof(sections), .sh_size = sizeof(names), .sh_addralign = 1 },
		[2] = { .sh_name = STACK_NAME, .sh_type = SHT_PROGBITS, .sh_offset = sizeof(header) + sizeof(sections), .sh_addralign = 1 },
	};
	struct text t = { 0 };
	int err;

	text_write(&t, &header, sizeof(header));
	text_write(&t, sections, sizeof(sections));
	text_write(&t, names, sizeof(names));
	err = file_replace(dtc->output_file, t.data, t.len);
	if (!err)
		return 0;
	diag_error(dtc, NULL, NULL, NULL, "cannot write %s: %s", dtc->output_file, strerror(-err));
	return -1;
}
