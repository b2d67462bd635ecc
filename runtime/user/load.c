// SPDX-License-Identifier: GPL-2.0
/*
 * Loads the module. Its image is given a name of this run first, so that two
 * runs of one module do not meet; a module that was named by its maker, or is
 * signed, keeps its bytes. What the kernel answers is turned into what to do.
 */
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "dtrun.h"

#define SIGNATURE "~Module signature appended~\n"
#define IMAGE_MAX (512u << 20)

int image_read(struct image *i, const char *path, struct error *e)
{
	struct stat st;
	size_t n = 0;
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*i = (struct image){ 0 };
	if (fd < 0 || fstat(fd, &st)) {
		error_set(e, "cannot open %s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > IMAGE_MAX || !st.st_size) {
		close(fd);
		return error_set(e, "%s: not a module: %s", path, st.st_size ? "no plain file" : "the file is empty");
	}
	/* Anonymous memory, not a mapping of the file: that could change or shrink under us. */
	i->size = st.st_size;
	i->data = mmap(NULL, i->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (i->data == MAP_FAILED) {
		i->data = NULL;
		close(fd);
		return error_set(e, "%s: out of memory", path);
	}
	while (n < i->size && (got = read(fd, i->data + n, i->size - n)) > 0)
		n += got;
	close(fd);
	if (n < i->size) {
		image_free(i);
		return error_set(e, "cannot read %s: it became shorter", path);
	}
	i->is_signed = n > sizeof(SIGNATURE) && !memcmp(i->data + n - strlen(SIGNATURE), SIGNATURE, strlen(SIGNATURE));
	return 0;
}

void image_free(struct image *i)
{
	if (i->data)
		munmap(i->data, i->size);
	*i = (struct image){ 0 };
}

/* A section's bytes in the image; NULL: there is none, or it lies outside. */
static char *image_section(struct image *i, const char *name, size_t *size)
{
	Elf *elf;
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;
	size_t names;
	char *ret = NULL;

	elf_version(EV_CURRENT);
	elf = elf_memory(i->data, i->size);
	if (elf && !elf_getshdrstrndx(elf, &names))
		while (!ret && (scn = elf_nextscn(elf, scn))) {
			const char *s = gelf_getshdr(scn, &sh) ? elf_strptr(elf, names, sh.sh_name) : NULL;

			if (!s || strcmp(s, name) || sh.sh_type == SHT_NOBITS || sh.sh_offset > i->size ||
			    sh.sh_size > i->size - sh.sh_offset)
				continue;
			ret = i->data + sh.sh_offset;
			*size = sh.sh_size;
		}
	elf_end(elf);
	return ret;
}

/* `name` of struct module: a field of DTC_NAME_MAX bytes in which the old name stands and nothing else. */
static bool this_module_rename(char *data, size_t size, const char *from, const char *to)
{
	size_t n = strlen(from);

	for (size_t at = 0; size >= DTC_NAME_MAX && at <= size - DTC_NAME_MAX; at += 8) {
		if (memcmp(data + at, from, n + 1))
			continue;
		memset(data + at, 0, DTC_NAME_MAX);
		memcpy(data + at, to, strlen(to));
		return true;
	}
	return false;
}

/* name= of .modinfo, where it has the room. The kernel takes it for early messages only. */
static void modinfo_rename(char *data, size_t size, const char *to)
{
	for (char *at = data; at < data + size;) {
		size_t left = data + size - at, n = strnlen(at, left);

		if (n == left)
			return;
		if (!strncmp(at, "name=", 5) && strlen(to) + 5 <= n) {
			memset(at + 5, 0, n - 5);
			memcpy(at + 5, to, strlen(to));
		}
		at += n + 1;
	}
}

int image_rename(struct image *i, const char *from, const char *to, struct error *e)
{
	size_t size = 0;
	char *data;

	if (!*from || strlen(from) >= DTC_NAME_MAX || strlen(to) >= DTC_NAME_MAX)
		return error_set(e, "the module is damaged: its name");
	data = image_section(i, ".gnu.linkonce.this_module", &size);
	if (!data || !this_module_rename(data, size, from, to))
		return error_set(e, "the module is damaged: it has no name '%s'", from);
	data = image_section(i, ".modinfo", &size);
	if (data)
		modinfo_rename(data, size, to);
	return 0;
}

int release_check(const struct meta *m, struct error *e)
{
	const char *built = meta_string(m, m->general->release);
	struct utsname u;

	if (uname(&u) || !strcmp(u.release, built))
		return 0;
	return error_set(e, "the module was built for kernel %s, but this is %s: make it anew with 'dtc -r %s'", built, u.release, u.release);
}

static long file_number(const char *path)
{
	FILE *f = fopen(path, "re");
	long n = -1;

	if (f && fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		fclose(f);
	return n;
}

static bool file_has(const char *path, const char *word)
{
	FILE *f = fopen(path, "re");
	char line[4096];
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f))
		found = strstr(line, word);
	if (f)
		fclose(f);
	return found;
}

static int permission_error(struct error *e)
{
	if (geteuid())
		return error_set(e, "cannot load the module: it takes root (CAP_SYS_MODULE); run this as root, for example with sudo");
	if (file_number("/proc/sys/kernel/modules_disabled") > 0)
		return error_set(e, "cannot load the module: this kernel takes no more modules until it is booted anew (kernel.modules_disabled is 1)");
	if (file_has("/sys/kernel/security/lockdown", "[integrity]") || file_has("/sys/kernel/security/lockdown", "[confidentiality]"))
		return error_set(e, "cannot load the module: the kernel is locked down and takes signed modules alone; "
				    "make one with 'dtc -m NAME' and sign it with a key the kernel trusts");
	return error_set(e, "cannot load the module: CAP_SYS_MODULE is missing; inside of a container, run this outside or grant it");
}

static int load_error(int err, const char *name, struct error *e)
{
	switch (err) {
	case EPERM:
		return permission_error(e);
	case EKEYREJECTED:
	case ENOKEY:
	case EBADMSG:
	case EKEYEXPIRED:
		return error_set(e, "cannot load the module: this kernel takes modules alone that are signed with a key it trusts; "
				    "make one with 'dtc -m NAME' and sign it (sign-file of the kernel's headers, mokutil --import)");
	case ENOEXEC:
		return error_set(e, "cannot load the module: the kernel refuses its format or the versions of its symbols; "
				    "it was built for another build of this release, or is damaged (see dmesg)");
	case ENOENT:
		return error_set(e, "cannot load the module: the kernel lacks a symbol that it needs "
				    "(CONFIG_KPROBES, CONFIG_FUNCTION_TRACER, CONFIG_RELAY; see dmesg)");
	case EEXIST:
		return error_set(e, "cannot load the module: a module named %s is loaded already", name);
	case ENOMEM:
		return error_set(e, "cannot load the module: the kernel has no memory for it");
	case ENOSYS:
		return error_set(e, "cannot load the module: this kernel was built without modules");
	case EOPNOTSUPP:
		return error_set(e, "cannot load the module: it does not run on this kind of machine (a paravirtual Xen guest?)");
	default:
		return error_set(e, "cannot load the module: %s (see dmesg)", strerror(err));
	}
}

static int try_load(struct image *i, const char *name, struct guardian *g)
{
	int err;

	guardian_name(g, name);
	if (!syscall(SYS_init_module, i->data, i->size, ""))
		return 0;
	err = errno;
	guardian_name(g, "");
	return err;
}

/* A module under the name it was built with: one that a dead run left there makes way. */
static int load_named(struct image *i, const char *name, struct guardian *g, struct error *e)
{
	int err = try_load(i, name, g);

	if (err == EEXIST) {
		usleep(300000);		/* another run may be just about to open it */
		if (!access("/proc/modules", R_OK) && !module_remove(name, 0))
			err = try_load(i, name, g);
		else
			return error_set(e, "the module %s is loaded already and in use: another run has it", name);
	}
	return err ? load_error(err, name, e) : 0;
}

int module_load(struct image *i, const struct meta *m, struct guardian *g, char name[DTC_NAME_MAX], struct error *e)
{
	const char *built = meta_string(m, m->general->template_name);
	char last[DTC_NAME_MAX];
	int err = EEXIST;

	if (strlen(built) >= DTC_NAME_MAX || !*built)
		return error_set(e, "the module is damaged: its name");
	if (m->general->flags & DTC_META_NAMED || i->is_signed) {
		strcpy(name, built);
		return load_named(i, name, g, e);
	}
	strcpy(last, built);
	for (unsigned n = 0; n < 100 && err == EEXIST; n++) {
		snprintf(name, DTC_NAME_MAX, DTC_MODULE_PREFIX "%d_%u", (int)getpid(), n);
		if (image_rename(i, last, name, e))
			return -1;
		strcpy(last, name);
		err = try_load(i, name, g);
	}
	return err ? load_error(err, name, e) : 0;
}
