// SPDX-License-Identifier: GPL-2.0
/*
 * Finding the file with the debug information of vmlinux or of a module, at
 * the places where distributions put them under the kernel root. What is found
 * must be of the very kernel: its build-id is compared with the one that the
 * running kernel, its image or the module's own file tells.
 */
#include <stdlib.h>
#include <string.h>

#include "debugfile.h"
#include "module.h"

#define DEBUG_DIR "/usr/lib/debug"

/* What is looked for. */
struct wanted {
	struct dtc *dtc;
	struct kernel *kernel;
	const char *module;
	bool is_vmlinux;
	char *path;			/* module: its file, without the root and without what tells its packing */
	struct file_data file;		/* module: its file's bytes */
	struct build_id id;		/* size 0: not known */
	const char *id_of;		/* who says so */
	const char *link;		/* .gnu_debuglink */
	char *why;			/* the first thing wrong with a file that was there */
};

static const char *const vmlinux_paths[] = {
	DEBUG_DIR "/boot/vmlinux-%s", DEBUG_DIR "/lib/modules/%s/vmlinux", DEBUG_DIR "/usr/lib/modules/%s/vmlinux",
	DEBUG_DIR "/boot/vmlinux-%s.debug", DEBUG_DIR "/lib/modules/%s/vmlinux.debug",
	"/lib/modules/%s/vmlinux", "/lib/modules/%s/build/vmlinux", "/usr/lib/modules/%s/vmlinux", "/boot/vmlinux-%s",
};

/* Package that brings debug information, by the word that os-release has for the system. */
static const struct { const char *id, *command; } packages[] = {
	{ "debian", "apt-get install linux-image-%s-dbg" },
	{ "ubuntu", "apt-get install linux-image-%s-dbgsym, from ddebs.ubuntu.com" },
	{ "fedora", "dnf debuginfo-install kernel-core-%s" },
	{ "rhel", "dnf debuginfo-install kernel-core-%s" },
	{ "centos", "dnf debuginfo-install kernel-core-%s" },
	{ "suse", "zypper install kernel-default-debuginfo, of version %s" },
	{ "arch", "install linux-debug, of version %s" },
};

/* The value of NAME= in os-release, without quotes. */
static char *os_release(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		const char *v = p + len + 1;

		if (strncmp(p, name, len) || p[len] != '=')
			continue;
		v += *v == '"' || *v == '\'';
		return mem_strndup(v, strcspn(v, "\"'\n"));
	}
	return "";
}

static const char *package_hint(struct kernel *k)
{
	static const char *const files[] = { "/etc/os-release", "/usr/lib/os-release" };
	struct file_data f = {};
	const char *words = "debian";

	for (size_t i = 0; i < 2 * ARRAY_SIZE(files) && !f.data; i++) {
		const char *path = root_path(i < ARRAY_SIZE(files) ? k->root : "", files[i % ARRAY_SIZE(files)]);

		if (path && file_read(path, &f))
			f.data = NULL;
	}
	if (f.data)
		words = mem_printf("%s %s", os_release((char *)f.data, "ID"), os_release((char *)f.data, "ID_LIKE"));
	file_data_deinit(&f);
	for (const char *w = words; *w; w += strcspn(w, " "), w += strspn(w, " "))
		for (size_t i = 0; i < ARRAY_SIZE(packages); i++)
			if (strcspn(w, " ") == strlen(packages[i].id) && !strncmp(w, packages[i].id, strlen(packages[i].id)))
				return mem_printf(packages[i].command, k->release);
	return mem_printf("install the debug information of kernel %s", k->release);
}

/* "/lib/modules/REL/kernel/fs/ext4/ext4.ko.xz", by modules.dep. NULL: no such module. */
static char *module_path(struct kernel *k, const char *module)
{
	const char *dir = mem_printf("/lib/modules/%s", k->release), *path = root_path(k->root, mem_printf("%s/modules.dep", dir));
	struct file_data f;
	char *ret = NULL;

	if (!path || file_read(path, &f))
		return NULL;
	for (char *p = (char *)f.data; *p && !ret; p += strcspn(p, "\n"), p += *p == '\n') {
		char *file = mem_strndup(p, strcspn(p, ":\n"));

		if (!strcmp(module_name(file), module))
			ret = *file == '/' ? file : mem_printf("%s/%s", dir, file);
	}
	file_data_deinit(&f);
	return ret;
}

static void debuglink_read(struct wanted *w)
{
	struct elf_part p;

	if (elf_section(&w->file, ".gnu_debuglink", &p) && p.size && memchr(p.data, 0, p.size) && !strchr((char *)p.data, '/'))
		w->link = mem_strdup((char *)p.data);
}

static void file_build_id(const struct file_data *f, struct build_id *ret)
{
	struct elf_view v;
	struct elf_part p;

	if (!elf_view_init(&v, f))
		return;
	for (unsigned i = 1; i < v.count && !ret->size; i++)
		if (v.sections[i].sh_type == SHT_NOTE && elf_view_data(&v, i, &p))
			notes_build_id(p.data, p.size, ret);
}

static void id_from_sysfs(struct wanted *w, const char *path)
{
	struct file_data f;

	if (!w->kernel->is_running || file_read(path, &f))
		return;
	if (notes_build_id(f.data, f.size, &w->id))
		w->id_of = w->is_vmlinux ? "the kernel that runs" : "the module that is loaded";
	file_data_deinit(&f);
}

/* What the kernel itself knows of the file. NULL, or what is wrong. */
static const char *wanted_init(struct wanted *w)
{
	char *path, *packed;

	if (w->is_vmlinux) {
		id_from_sysfs(w, "/sys/kernel/notes");
		return NULL;
	}
	w->path = module_path(w->kernel, w->module);
	if (!w->path)
		return mem_printf("kernel %s has no module %s", w->kernel->release, w->module);
	path = root_path(w->kernel->root, w->path);
	id_from_sysfs(w, mem_printf("/sys/module/%s/notes/.note.gnu.build-id", w->module));
	if (path && !module_open(path, &w->file)) {
		debuglink_read(w);
		if (!w->id.size) {
			file_build_id(&w->file, &w->id);
			w->id_of = path;
		}
	}
	packed = strstr(w->path, ".ko.");
	if (packed)
		packed[3] = 0;
	return NULL;
}

static void complain(struct wanted *w, const char *path, const char *what)
{
	if (!w->why)
		w->why = mem_printf("%s: %s", path, what);
}

/* Is it there, and what is wanted? Then *elf is it. */
static bool try_file(struct wanted *w, const char *path, struct debug_elf *elf)
{
	struct build_id id = {};
	struct file_data f;
	const char *err;

	if (!path || !file_exists(path))
		return false;
	if (module_open(path, &f)) {
		complain(w, path, "cannot be read");
		return false;
	}
	err = debug_elf_init(elf, &f);
	if (err) {
		complain(w, path, err);
		return false;
	}
	if (!debug_elf_section(elf, ".debug_info")) {
		debug_elf_deinit(elf);
		return false;
	}
	if (w->id.size && debug_elf_build_id(elf, &id) && !build_id_same(&id, &w->id)) {
		complain(w, path, mem_printf("it is of another build: its build-id is %s, that of %s is %s", build_id_text(&id), w->id_of,
					     build_id_text(&w->id)));
		debug_elf_deinit(elf);
		return false;
	}
	return true;
}

static char *try_vmlinux(struct wanted *w, struct debug_elf *elf)
{
	for (size_t i = 0; i < ARRAY_SIZE(vmlinux_paths); i++) {
		char *path = root_path(w->kernel->root, mem_printf(vmlinux_paths[i], w->kernel->release));

		if (try_file(w, path, elf))
			return path;
	}
	return NULL;
}

static char *try_module(struct wanted *w, struct debug_elf *elf)
{
	const char *usr = strncmp(w->path, "/usr/", 5) ? "/usr" : "", *slash = strrchr(w->path, '/');
	const char *dir = mem_strndup(w->path, slash ? slash - w->path : 0), *link = w->link;
	const char *const paths[] = {
		mem_printf(DEBUG_DIR "%s", w->path), mem_printf(DEBUG_DIR "%s.debug", w->path),
		mem_printf(DEBUG_DIR "%s%s", usr, w->path), mem_printf(DEBUG_DIR "%s%s.debug", usr, w->path),
		link ? mem_printf("%s/%s", dir, link) : NULL, link ? mem_printf("%s/.debug/%s", dir, link) : NULL,
		link ? mem_printf(DEBUG_DIR "%s/%s", dir, link) : NULL, w->path,
	};

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		char *path = paths[i] ? root_path(w->kernel->root, paths[i]) : NULL;

		if (try_file(w, path, elf))
			return path;
	}
	return NULL;
}

static char *try_build_id(struct wanted *w, struct debug_elf *elf)
{
	const char *hex = build_id_text(&w->id);
	char *path;

	if (w->id.size < 2)
		return NULL;
	path = root_path(w->kernel->root, mem_printf(DEBUG_DIR "/.build-id/%.2s/%s.debug", hex, hex + 2));
	return try_file(w, path, elf) ? path : NULL;
}

char *debug_find(struct dtc *dtc, const char *module, struct debug_elf *elf, const char **why, const char **hint)
{
	struct wanted w = { .dtc = dtc, .kernel = dtc->kernel, .module = module, .is_vmlinux = !strcmp(module, "vmlinux") };
	const char *err = wanted_init(&w);
	char *path = NULL;

	*hint = NULL;
	if (!err) {
		path = w.is_vmlinux ? try_vmlinux(&w, elf) : try_module(&w, elf);
		if (!path)
			path = try_build_id(&w, elf);
		*hint = package_hint(w.kernel);
		err = w.why ? w.why : mem_printf("the debug information of %s%s is missing", w.is_vmlinux ? "kernel " : "module ",
						 w.is_vmlinux ? w.kernel->release : module);
	}
	file_data_deinit(&w.file);
	if (!path)
		*why = err;
	return path;
}
