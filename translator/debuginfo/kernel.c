// SPDX-License-Identifier: GPL-2.0
/*
 * Finding a kernel. Its headers suffice for scripts without kernel functions
 * and types; the image, the modules and BTF are opened by what needs them.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "index.h"

/* Headers can build a module when they have been configured. */
static const char *build_dir_find(struct dtc *dtc, struct kernel *k)
{
	const char *const paths[] = {
		mem_printf("/lib/modules/%s/build", k->release),
		mem_printf("/usr/lib/modules/%s/build", k->release),
		mem_printf("/usr/src/linux-headers-%s", k->release),
	};

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		const char *dir = root_path(k->root, paths[i]);

		if (dir && file_exists(mem_printf("%s/Makefile", dir)) &&
		    file_exists(mem_printf("%s/include/generated/autoconf.h", dir)))
			return dir;
	}
	return NULL;
}

/* What is built for a kernel is for these headers at this place. */
static const char *kernel_cache_dir(const struct kernel *k)
{
	static const char *const files[] = { "include/generated/autoconf.h", "include/generated/utsrelease.h", "Module.symvers" };
	u64 hash = hash_bytes(HASH_SEED, k->root, strlen(k->root) + 1);
	struct stat st;

	hash = hash_bytes(hash, k->build_dir, strlen(k->build_dir) + 1);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		if (stat(mem_printf("%s/%s", k->build_dir, files[i]), &st))
			continue;
		hash = hash_bytes(hash, &st.st_size, sizeof(st.st_size));
		hash = hash_bytes(hash, &st.st_mtim, sizeof(st.st_mtim));
	}
	return mem_printf("%s/runtime/%s-%016llx", cache_dir(), k->release, (unsigned long long)hash);
}

/* The release among those installed that is nearest, for the hint. */
static const char *release_hint(struct dtc *dtc, const char *root, const char *release)
{
	DIR *dir = opendir(mem_printf("%s/lib/modules", root));
	const char *list = NULL, *near;
	struct nearest n;

	nearest_init(&n, release);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		nearest_try(&n, mem_strdup(e->d_name));
		list = list ? mem_printf("%s, %s", list, e->d_name) : mem_strdup(e->d_name);
	}
	if (dir)
		closedir(dir);
	near = nearest_hint(&n);
	if (near)
		return near;
	if (list)
		return mem_printf("installed are: %s; or: apt-get install linux-image-%s linux-headers-%s", list, release, release);
	return mem_printf("apt-get install linux-image-%s linux-headers-%s", release, release);
}

struct kernel *kernel_get(struct dtc *dtc)
{
	struct kernel *k = dtc->kernel;
	struct utsname un;

	if (k)
		return k->failed ? NULL : k;
	uname(&un);
	k = mem_alloc(sizeof(*k));
	dtc->kernel = k;
	if (!dtc->release)
		dtc->release = mem_strdup(un.release);
	k->release = dtc->release;
	k->root = dtc->kernel_root && strcmp(dtc->kernel_root, "/") ? dtc->kernel_root : "";
	k->is_running = !*k->root && !strcmp(un.release, k->release);
	k->index = mem_alloc(sizeof(*k->index));
	if (!*k->release || strchr(k->release, '/') || k->release[0] == '.') {
		k->failed = true;
		diag_error(dtc, NULL, "D_UNKNOWN", "a release is what uname -r prints", "'%s' is not a kernel release", k->release);
		return NULL;
	}
	k->build_dir = build_dir_find(dtc, k);
	if (k->build_dir)
		k->cache_dir = kernel_cache_dir(k);
	if (!k->build_dir && !k->is_running && !root_path(k->root, mem_printf("/lib/modules/%s", k->release)) &&
	    !root_path(k->root, mem_printf("/boot/vmlinuz-%s", k->release))) {
		k->failed = true;
		diag_error(dtc, NULL, "D_UNKNOWN", release_hint(dtc, k->root, k->release), "kernel %s is not installed%s%s", k->release,
			   *k->root ? " in " : "", k->root);
		return NULL;
	}
	return k;
}

void kernel_close(struct dtc *dtc)
{
	struct kernel_index *x = dtc->kernel ? dtc->kernel->index : NULL;

	dtc->kernel = NULL;
	if (!x)
		return;
	btf_close(x);
	for (size_t i = 0; i < INDEX_KINDS; i++)
		if (x->slots[i].ready)
			file_data_deinit(&x->slots[i].file.file);
}

int kernel_need_headers(struct dtc *dtc)
{
	struct kernel *k = kernel_get(dtc);

	if (!k)
		return -1;
	if (k->build_dir)
		return 0;
	diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("apt-get install linux-headers-%s", k->release),
		   "the headers of kernel %s are missing: %s/lib/modules/%s/build", k->release, k->root, k->release);
	return -1;
}

/*
 * Functions: vmlinux's rows, then those of the modules in question, by module and name; where these are the loaded ones,
 * those of all modules follow, so that one which is not loaded can be named.
 */

size_t kernel_nfunctions_vmlinux(struct dtc *dtc)
{
	const struct index_file *v = index_vmlinux(dtc);

	return v ? v->nfuncs : 0;
}

bool kernel_has_modules(struct dtc *dtc)
{
	struct kernel *k = kernel_get(dtc);

	if (k && !k->sought_modules) {
		k->sought_modules = true;
		k->has_modules = file_exists(mem_printf("%s/lib/modules/%s/modules.dep", k->root, k->release));
	}
	return k && k->has_modules;
}

size_t kernel_nfunctions(struct dtc *dtc)
{
	const struct index_file *v = index_vmlinux(dtc), *m = v && kernel_has_modules(dtc) ? index_modules(dtc) : NULL;

	return (v ? v->nfuncs : 0) + (m ? m->nfuncs : 0);
}

static const struct index_mod *module_of(const struct index_file *f, u32 func)
{
	u32 lo = 0, hi = f->nmods;

	while (hi - lo > 1) {
		u32 mid = (lo + hi) / 2;

		if (f->mods[mid].first_func <= func)
			lo = mid;
		else
			hi = mid;
	}
	return &f->mods[lo];
}

const char *kernel_function(struct dtc *dtc, size_t i, const char **module)
{
	const struct index_file *f = index_vmlinux(dtc);

	if (f && i >= f->nfuncs) {
		i -= f->nfuncs;
		f = index_modules(dtc);
	}
	if (f && i >= f->nfuncs && f != index_modules_all(dtc)) {
		i -= f->nfuncs;
		f = index_modules_all(dtc);
	}
	if (!f || i >= f->nfuncs)
		return NULL;
	if (module)
		*module = index_name(f, module_of(f, i)->name);
	return index_name(f, f->funcs[i].name);
}

static size_t find_in(const struct index_file *f, const char *module, const char *name)
{
	for (const struct index_mod *m = f->mods; m < f->mods + f->nmods; m++) {
		u32 i;

		if (module && strcmp(index_name(f, m->name), module))
			continue;
		i = index_func_find(f, m, name);
		if (i != INDEX_NONE)
			return i;
	}
	return SIZE_MAX;
}

size_t kernel_function_find(struct dtc *dtc, const char *module, const char *name)
{
	const struct index_file *f = index_vmlinux(dtc), *m;
	bool is_vmlinux = module && !strcmp(module, "vmlinux");
	size_t i = f && (!module || is_vmlinux) ? find_in(f, NULL, name) : SIZE_MAX, base;

	if (!f || i != SIZE_MAX || is_vmlinux || !kernel_has_modules(dtc))
		return i;
	base = f->nfuncs;
	m = index_modules(dtc);
	i = m ? find_in(m, module, name) : SIZE_MAX;
	if (m && i == SIZE_MAX && module && m != index_modules_all(dtc)) {
		base += m->nfuncs;
		m = index_modules_all(dtc);
		i = m ? find_in(m, module, name) : SIZE_MAX;
	}
	return i == SIZE_MAX ? i : base + i;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool kernel_modules_loaded(struct dtc *dtc, const char ***names, size_t *count)
{
	struct kernel *k = kernel_get(dtc);
	struct kernel_index *x = k ? k->index : NULL;
	struct file_data f;
	size_t cap = 0;

	if (!x)
		return false;
	if (!x->sought_loaded && (k->is_running || *k->root) && !file_read(mem_printf("%s/proc/modules", k->root), &f)) {
		for (char *p = (char *)f.data; *p; p += strcspn(p, "\n"), p += *p == '\n') {
			x->loaded = mem_grow(x->loaded, &cap, x->nloaded + 1, sizeof(*x->loaded));
			x->loaded[x->nloaded++] = mem_strndup(p, strcspn(p, " \n"));
		}
		file_data_deinit(&f);
		if (x->nloaded)
			qsort(x->loaded, x->nloaded, sizeof(*x->loaded), compare_strings);
		x->has_loaded = true;
	}
	x->sought_loaded = true;
	*names = x->loaded;
	*count = x->nloaded;
	return x->has_loaded;
}
