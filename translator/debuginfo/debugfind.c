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
#include "index.h"
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
	const char *link;		/* .gnu_debuglink; or empty */
	const char *why;		/* the first thing wrong with a file that was there */
	const char *plain;		/* a file that was there, without debug information */
	const char *server_why;
};

const char *const debug_suffixes[] = { "", ".xz", ".zst", ".gz", NULL };
static const char *const vmlinux_paths[] = {
	DEBUG_DIR "/boot/vmlinux-%s", DEBUG_DIR "/lib/modules/%s/vmlinux", DEBUG_DIR "/usr/lib/modules/%s/vmlinux",
	DEBUG_DIR "/boot/vmlinux-%s.debug", DEBUG_DIR "/lib/modules/%s/vmlinux.debug", DEBUG_DIR "/usr/lib/modules/%s/vmlinux.debug",
	"/lib/modules/%s/vmlinux", "/lib/modules/%s/build/vmlinux", "/usr/lib/modules/%s/vmlinux", "/boot/vmlinux-%s",
};

/* Package that brings debug information, by the word that os-release has for the system. */
static const struct { const char *id, *command; } packages[] = {
	{ "debian", "apt-get install linux-image-%s-dbg" },
	{ "ubuntu", "apt-get install linux-image-%s-dbgsym, from ddebs.ubuntu.com" },
	{ "fedora", "dnf debuginfo-install kernel-core-%s, for the package kernel-debuginfo" },
	{ "rhel", "dnf debuginfo-install kernel-core-%s, for the package kernel-debuginfo" },
	{ "centos", "dnf debuginfo-install kernel-core-%s, for the package kernel-debuginfo" },
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

const char *debug_link(const struct file_data *file)
{
	struct elf_part p;

	if (elf_section(file, ".gnu_debuglink", &p) && p.size && memchr(p.data, 0, p.size) && !strchr((char *)p.data, '/'))
		return mem_strdup((char *)p.data);
	return "";
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
		if (!w->id.size && index_image_id(w->dtc, &w->id))
			w->id_of = mem_printf("the image of kernel %s", w->kernel->release);
		return NULL;
	}
	w->path = module_path(w->kernel, w->module);
	if (!w->path)
		return mem_printf("kernel %s has no module %s", w->kernel->release, w->module);
	path = root_path(w->kernel->root, w->path);
	id_from_sysfs(w, mem_printf("/sys/module/%s/notes/.note.gnu.build-id", w->module));
	if (path && !module_open(path, &w->file)) {
		w->link = debug_link(&w->file);
		if (!w->id.size) {
			elf_build_id(&w->file, &w->id);
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

static bool is_wanted(struct wanted *w, const char *path, const struct debug_elf *elf)
{
	struct build_id id = {};

	if (!w->id.size || !elf_build_id(&elf->file, &id) || build_id_same(&id, &w->id))
		return true;
	complain(w, path, mem_printf("it is of another build: its build-id is %s, that of %s is %s", build_id_text(&id), w->id_of,
				     build_id_text(&w->id)));
	return false;
}

static bool alt_try(struct wanted *w, const char *path, const struct build_id *id, struct debug_elf *elf)
{
	struct debug_elf *alt = mem_alloc(sizeof(*alt));
	struct build_id its = {};
	struct file_data f;

	if (!file_exists(path) || debug_open(w->dtc, path, &f) || debug_elf_init(alt, &f))
		return false;
	if (elf_build_id(&alt->file, &its) && build_id_same(&its, id)) {
		elf->alt = alt;
		return true;
	}
	debug_elf_deinit(alt);
	return false;
}

/*
 * dwz moves what several files have in common to one that they all name: by its path, which may be relative, and its
 * build-id. NULL: there is none, or *elf has it.
 */
static const char *alt_open(struct wanted *w, const char *path, struct debug_elf *elf)
{
	const char *slash = strrchr(path, '/'), *name, *hex, *base, *why;
	struct build_id id = {};
	struct elf_part link;
	const char *paths[5] = {};

	if (!elf_section(&elf->file, ".gnu_debugaltlink", &link))
		return NULL;
	name = (const char *)link.data;
	if (!memchr(name, 0, link.size) || link.size - strlen(name) - 1 > sizeof(id.bytes) || link.size - strlen(name) < 3)
		return "its link to what dwz moved elsewhere is damaged";
	id.size = link.size - strlen(name) - 1;
	memcpy(id.bytes, name + strlen(name) + 1, id.size);
	hex = build_id_text(&id);
	base = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
	paths[0] = *name == '/' ? root_path(w->kernel->root, name) : mem_printf("%.*s/%s", slash ? (int)(slash - path) : 1, slash ? path : ".", name);
	paths[1] = root_path(w->kernel->root, mem_printf(DEBUG_DIR "/.dwz/%s", base));
	paths[2] = root_path(w->kernel->root, mem_printf(DEBUG_DIR "/.dwz/x86_64-linux-gnu/%s", base));
	paths[3] = root_path(w->kernel->root, mem_printf(DEBUG_DIR "/.build-id/%.2s/%s.debug", hex, hex + 2));
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		if (i == ARRAY_SIZE(paths) - 1)
			paths[i] = debug_fetch(w->dtc, &id, base, &why);
		if (paths[i] && alt_try(w, paths[i], &id, elf))
			return NULL;
	}
	return mem_printf("the file that it shares with others, %s (build-id %s), is missing", name, hex);
}

/* Is it there, and what is wanted? Then *elf is it. */
static bool try_file(struct wanted *w, const char *path, struct debug_elf *elf)
{
	struct file_data f;
	const char *err;

	if (!path || !file_exists(path))
		return false;
	err = debug_open(w->dtc, path, &f);
	if (!err)
		err = debug_elf_init(elf, &f);
	if (err) {
		complain(w, path, err);
		return false;
	}
	if (debug_elf_section(elf, ".debug_info.dwo")) {
		complain(w, path, "it is one part of split debug information (.dwo, .dwp), which is not read");
	} else if (!debug_elf_section(elf, ".debug_info")) {
		w->plain = path;
	} else if (!elf->nsyms) {
		complain(w, path, "it has no symbol table");
	} else if (is_wanted(w, path, elf)) {
		err = alt_open(w, path, elf);
		if (!err)
			return true;
		complain(w, path, err);
	}
	debug_elf_deinit(elf);
	return false;
}

/* The file, or the same packed. */
static char *try_packed(struct wanted *w, const char *path, struct debug_elf *elf)
{
	for (size_t i = 0; debug_suffixes[i]; i++) {
		char *file = root_path(w->kernel->root, mem_printf("%s%s", path, debug_suffixes[i]));

		if (try_file(w, file, elf))
			return file;
	}
	return NULL;
}

static char *try_vmlinux(struct wanted *w, struct debug_elf *elf)
{
	char *path = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(vmlinux_paths) && !path; i++)
		path = try_packed(w, mem_printf(vmlinux_paths[i], w->kernel->release), elf);
	return path;
}

size_t debug_module_paths(const char *path, const char *link, const char *ret[DEBUG_PATHS])
{
	const char *usr = strncmp(path, "/usr/", 5) ? "/usr" : "", *slash = strrchr(path, '/');
	const char *dir = mem_strndup(path, slash ? slash - path : 0);
	size_t n = 0;

	ret[n++] = mem_printf(DEBUG_DIR "%s", path);
	ret[n++] = mem_printf(DEBUG_DIR "%s.debug", path);
	if (*usr) {
		ret[n++] = mem_printf(DEBUG_DIR "/usr%s", path);
		ret[n++] = mem_printf(DEBUG_DIR "/usr%s.debug", path);
	}
	if (*link) {
		ret[n++] = mem_printf("%s/%s", dir, link);
		ret[n++] = mem_printf("%s/.debug/%s", dir, link);
		ret[n++] = mem_printf(DEBUG_DIR "%s/%s", dir, link);
	}
	return n;
}

static char *try_module(struct wanted *w, struct debug_elf *elf)
{
	const char *paths[DEBUG_PATHS];
	size_t n = debug_module_paths(w->path, w->link, paths);
	char *path = NULL;

	for (size_t i = 0; i < n && !path; i++)
		path = try_packed(w, paths[i], elf);
	return path ? path : try_packed(w, w->path, elf);
}

const char *debug_id_path(const char *hex)
{
	return mem_printf(DEBUG_DIR "/.build-id/%.2s/%s.debug", hex, hex + 2);
}

static char *try_build_id(struct wanted *w, struct debug_elf *elf)
{
	const char *hex = build_id_text(&w->id);

	if (w->id.size < 2)
		return NULL;
	return try_packed(w, debug_id_path(hex), elf);
}

static char *try_servers(struct wanted *w, struct debug_elf *elf)
{
	char *path = debug_fetch(w->dtc, &w->id, w->is_vmlinux ? mem_printf("kernel %s", w->kernel->release) : w->module, &w->server_why);

	return path && try_file(w, path, elf) ? path : NULL;
}

/* --vmlinux is taken or refused: nothing else is looked for. */
static char *try_given(struct wanted *w, struct debug_elf *elf)
{
	const char *path = w->dtc->vmlinux;

	if (!file_exists(path))
		complain(w, path, "there is no such file");
	else if (try_file(w, path, elf))
		return mem_strdup(path);
	else if (w->plain)
		complain(w, path, "it has no debug information");
	return NULL;
}

static char *try_all(struct wanted *w, struct debug_elf *elf)
{
	char *path;

	if (w->is_vmlinux && w->dtc->vmlinux)
		return try_given(w, elf);
	path = w->is_vmlinux ? try_vmlinux(w, elf) : try_module(w, elf);
	if (!path)
		path = try_build_id(w, elf);
	return path ? path : try_servers(w, elf);
}

/* Nothing was found. */
static void explain(struct wanted *w, const char **why, const char **hint)
{
	bool is_given = w->is_vmlinux && w->dtc->vmlinux;

	*why = w->why ? w->why : mem_printf("the debug information of %s%s is missing%s%s", w->is_vmlinux ? "kernel " : "module ",
					    w->is_vmlinux ? w->kernel->release : w->module, w->server_why ? ": " : "",
					    w->server_why ? w->server_why : "");
	*hint = is_given ? mem_printf("--vmlinux names the file that vmlinux-%s is with its debug information", w->kernel->release) :
		package_hint(w->kernel);
}

char *debug_find(struct dtc *dtc, const char *module, struct debug_elf *elf, const char **why, const char **hint)
{
	struct wanted w = { .dtc = dtc, .kernel = dtc->kernel, .module = module, .link = "", .is_vmlinux = !strcmp(module, "vmlinux") };
	char *path = NULL;

	*hint = NULL;
	*why = wanted_init(&w);
	if (!*why) {
		path = try_all(&w, elf);
		if (!path)
			explain(&w, why, hint);
	}
	file_data_deinit(&w.file);
	return path;
}

bool debug_code_open(struct dtc *dtc, const char *module, const struct debug_elf *like, struct debug_elf *ret)
{
	char *path = strcmp(module, "vmlinux") ? module_path(dtc->kernel, module) : NULL;
	struct file_data f;

	path = path ? root_path(dtc->kernel->root, path) : NULL;
	if (strcmp(module, "vmlinux") ? !path || module_open(path, &f) : scan_image_open(dtc, &f) != NULL)
		return false;
	if (debug_elf_init(ret, &f))
		return false;
	debug_elf_layout_like(ret, like);
	return true;
}
