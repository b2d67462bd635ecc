// SPDX-License-Identifier: GPL-2.0
/*
 * Giving a built module another name: in its struct module, whose name is the
 * only text in .gnu.linkonce.this_module, and in .modinfo, where the old entry
 * is blanked (the kernel skips NULs) and the new one added at the end.
 */
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>
#include <unistd.h>

#include <dtc/limits.h>
#include "build.h"

bool module_name_good(const char *name)
{
	return *name && strlen(name) < DTC_NAME_MAX &&
	       !name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")];
}

static Elf_Data *section_data(Elf *elf, const char *want)
{
	size_t strings;

	if (elf_getshdrstrndx(elf, &strings))
		return NULL;
	for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s));) {
		GElf_Shdr sh;
		const char *name = gelf_getshdr(s, &sh) ? elf_strptr(elf, strings, sh.sh_name) : NULL;
		if (name && !strcmp(name, want))
			return elf_getdata(s, NULL);
	}
	return NULL;
}

static bool name_struct(Elf *elf, const char *name)
{
	Elf_Data *d = section_data(elf, ".gnu.linkonce.this_module");
	char *old = d && d->d_buf ? memmem(d->d_buf, d->d_size, DTC_TEMPLATE_NAME, sizeof(DTC_TEMPLATE_NAME)) : NULL;

	if (!old || (char *)d->d_buf + d->d_size - old < DTC_NAME_MAX)
		return false;
	memset(old, 0, DTC_NAME_MAX);
	memcpy(old, name, strlen(name));
	elf_flagdata(d, ELF_C_SET, ELF_F_DIRTY);
	return true;
}

static bool name_modinfo(Elf *elf, const char *name)
{
	static const char old_entry[] = "name=" DTC_TEMPLATE_NAME;
	Elf_Data *d = section_data(elf, ".modinfo");
	char *old = d && d->d_buf ? memmem(d->d_buf, d->d_size, old_entry, sizeof(old_entry)) : NULL;

	if (!old)
		return false;
	size_t add = strlen("name=") + strlen(name) + 1;
	char *all = mem_alloc(d->d_size + add);
	memcpy(all, d->d_buf, d->d_size);
	memset(all + (old - (char *)d->d_buf), 0, sizeof(old_entry));
	sprintf(all + d->d_size, "name=%s", name);
	d->d_buf = all;
	d->d_size += add;
	elf_flagdata(d, ELF_C_SET, ELF_F_DIRTY);
	return true;
}

int module_name_set(const char *path, const char *name, const char **why)
{
	int fd = open(path, O_RDWR | O_CLOEXEC), err = -1;

	elf_version(EV_CURRENT);
	Elf *elf = fd >= 0 ? elf_begin(fd, ELF_C_RDWR, NULL) : NULL;
	if (!elf)
		*why = "not an ELF file";
	else if (!name_struct(elf, name) || !name_modinfo(elf, name))
		*why = "its name is not where modules have it";
	else if (elf_update(elf, ELF_C_WRITE) < 0)
		*why = elf_errmsg(-1);
	else
		err = 0;
	if (elf)
		elf_end(elf);
	if (fd >= 0)
		close(fd);
	return err;
}
