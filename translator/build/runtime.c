// SPDX-License-Identifier: GPL-2.0
/*
 * The runtime of one kernel: runtime/kernel built by the kernel's own kbuild,
 * once, into a folder of the cache whose name tells the kernel's headers and
 * the runtime's sources. It is built beside and renamed when it is whole; a
 * lock makes a second dtc wait for the first.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "build.h"

#define KEEP_WORK (-2)	/* an error that the work folder explains */
#define RECIPE_FORM "2"		/* changes when dtc builds the same sources in another way */

/* What is copied: these folders of the data folder, side by side. */
static const char *const folders[] = { "runtime/kernel", "include/dtc" };

static bool is_source(const char *name)
{
	size_t n = strlen(name);
	return !strcmp(name, "Kbuild") || (n > 2 && name[0] != '.' && name[n - 2] == '.' && strchr("chS", name[n - 1]) && strcmp(name, "dtc-kernel.h") &&
					   !(n > 6 && !strcmp(name + n - 6, ".mod.c")));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sources in a folder, sorted. */
static struct args sources(const char *dir)
{
	struct args list = { 0 };
	DIR *d = opendir(dir);

	for (struct dirent *e; d && (e = readdir(d));)
		if (is_source(e->d_name))
			args_add(&list, mem_strdup(e->d_name));
	if (d)
		closedir(d);
	if (list.n)
		qsort(list.v, list.n, sizeof(*list.v), by_name);
	return list;
}

static int copy_or_hash(const char *from, const char *to, u64 *hash)
{
	struct file_data f;
	int err = file_read(from, &f);

	if (err)
		return err;
	if (to)
		err = file_replace(to, f.data, f.size);
	*hash = hash_bytes(hash_bytes(*hash, &f.size, sizeof(f.size)), f.data, f.size);
	file_data_deinit(&f);
	return err;
}

/* Copies all sources into `to` (NULL: only hashes them). */
static int copy_sources(const char *to, u64 *hash)
{
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		const char *dir = mem_printf("%s/%s", data_dir(), folders[i]);
		struct args files = sources(dir);
		int err = to ? dir_make(mem_printf("%s/%s", to, folders[i])) : 0;
		if (!files.n)
			return -ENOENT;
		for (size_t j = 0; j < files.n && !err; j++)
			err = copy_or_hash(mem_printf("%s/%s", dir, files.v[j]), to ? mem_printf("%s/%s/%s", to, folders[i], files.v[j]) : NULL, hash);
		if (err)
			return err;
	}
	return 0;
}

/* --- kbuild --- */

/* The sources that become objects of their own in the runtime's Kbuild, as one that includes them: a quarter of the time. */
static const char *one_source(const char *module_dir, struct args *files)
{
	struct text all = { 0 }, objects = { 0 };

	text_add(&objects, "dtc-objs=all.o");
	for (size_t i = 0; i < files->n; i++) {
		const char *name = files->v[i], *dot = strrchr(name, '.');
		if (dot && !strcmp(dot, ".S"))
			text_add(&objects, " %.*s.o", (int)(dot - name), name);
		else if (dot && !strcmp(dot, ".c") && strcmp(name, "blank.c") && strcmp(name, "constants.c"))
			text_add(&all, "#include \"%s\"\n", name);
	}
	text_write(&objects, "", 1);
	return file_replace(mem_printf("%s/all.c", module_dir), all.data ? all.data : "", all.len) ? NULL : objects.data;
}

/* The compiler that kbuild wanted and did not find, or NULL. */
static const char *missing_program(const char *log)
{
	for (const char *p = log; (p = strstr(p, ": not found")); p++) {
		const char *start = p;
		while (start > log && !strchr(" \n:", start[-1]))
			start--;
		return mem_strndup(start, p - start);
	}
	for (const char *p = strstr(log, ": No such file or directory"); p;) {
		const char *start = p;
		while (start > log && start[-1] != '\n')
			start--;
		if (!strncmp(start, "make", 4) && (start = strstr(start, "]: ")) && start < p)
			return mem_strndup(start + 3, p - start - 3);
		p = strstr(p + 1, ": No such file or directory");
	}
	return NULL;
}

/* Whether the kernel's modules find a symbol in it; also when that is not known. */
static bool kernel_exports(const struct kernel *k, const char *symbol)
{
	struct file_data f;
	bool found;

	if (file_read(mem_printf("%s/Module.symvers", k->build_dir), &f))
		return true;
	found = memmem(f.data, f.size, mem_printf("\t%s\t", symbol), strlen(symbol) + 2);
	file_data_deinit(&f);
	return found;
}

static int kbuild_failed(struct dtc *dtc, const struct kernel *k, const char *log_path, const char *folder)
{
	const char *log = tool_log(log_path), *missing = missing_program(log);

	if (no_space(log) || disk_is_full(folder, 8 << 20))
		return build_error_errno(dtc, ENOSPC, "cannot build the runtime in", folder);
	if (missing && !strchr(missing, '/')) {
		const char *native = strstr(missing, "-gcc-");	/* x86_64-linux-gnu-gcc-12, of the package gcc-12 */

		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("apt-get install %s", native ? native + 1 : missing),
			   "the compiler '%s' that kernel %s was built with is missing", missing, k->release);
		return -1;
	}
	if (!kernel_exports(k, "ftrace_set_filter_ips")) {
		diag_error(dtc, NULL, "D_UNKNOWN", "Linux has it from 5.18 on; some distributions' older kernels have it too",
			   "kernel %s is too old: it does not export ftrace_set_filter_ips()", k->release);
		return -1;
	}
	diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("please report this with %s", log_path),
		   "internal error: the runtime cannot be built for kernel %s", k->release);
	return KEEP_WORK;
}

static int kbuild(struct dtc *dtc, const struct kernel *k, const char *module_dir, const char *log)
{
	struct args make = { 0 }, files = sources(module_dir);
	const char *objects = one_source(module_dir, &files);

	if (!objects)
		return build_error_errno(dtc, errno, "cannot write to", module_dir);
	args_add(&make, "make");
	args_add(&make, "-s");
	args_add(&make, mem_printf("-j%ld", sysconf(_SC_NPROCESSORS_ONLN)));
	args_add(&make, "-C");
	args_add(&make, k->build_dir);
	args_add(&make, mem_printf("M=%s", module_dir));
	args_add(&make, objects);
	args_add(&make, "CONFIG_DEBUG_INFO_BTF_MODULES=");	/* its own types are of no use, and pahole may be missing */
	args_add(&make, "modules");
	unsetenv("MAKEFLAGS");		/* of a make that we may run under */
	unsetenv("MAKELEVEL");
	struct tool_result r = tool_run(dtc, module_dir, log, "kbuild", &make);
	if (r.error == ENOENT || !tool_exists("make")) {
		diag_error(dtc, NULL, "D_UNKNOWN", "apt-get install make", "make is missing, which builds the runtime for kernel %s", k->release);
		return -1;
	}
	return r.status ? kbuild_failed(dtc, k, log, module_dir) : 0;
}

/* --- what is kept: headers, recipe, and in runtime.o all of the template module but blank.o --- */

static int link_runtime(struct dtc *dtc, const char *module_dir, const char *out, const struct recipe *r, const char *log)
{
	struct args ld = { 0 }, objects = { 0 };
	struct file_data f;

	if (file_read(mem_printf("%s/" DTC_TEMPLATE_NAME ".mod", module_dir), &f))
		return -1;
	words_split((const char *)f.data, &objects);
	file_data_deinit(&f);
	args_add(&ld, r->ld.v[0]);
	for (size_t i = 1; i < r->ld.n; i++) {	/* as kbuild links, but sections stay as they are, without debuginfo */
		if (!strcmp(r->ld.v[i], "-T"))
			i++;
		else if (strncmp(r->ld.v[i], "--build-id", 10))
			args_add(&ld, r->ld.v[i]);
	}
	args_add(&ld, "-S");
	args_add(&ld, "-o");
	args_add(&ld, out);
	args_add_all(&ld, &r->objects);
	for (size_t i = 0; i < objects.n; i++) {
		const char *slash = strrchr(objects.v[i], '/'), *name = slash ? slash + 1 : objects.v[i];
		if (strcmp(name, "blank.o"))
			args_add(&ld, mem_printf("%s/%s", module_dir, name));
	}
	struct tool_result t = tool_run(dtc, module_dir, log, "ld", &ld);
	return t.status || (r->check_linked && objtool_run(dtc, module_dir, r, out, log).status) ? -1 : 0;
}

/* From the folder of kbuild to the one that is kept: headers, objects, recipe. */
static int keep(struct dtc *dtc, const struct kernel *k, const char *work, const char *dir, const char *log)
{
	const char *module_dir = mem_printf("%s/runtime/kernel", work), *include = mem_printf("%s/include", dir);
	struct args headers = sources(module_dir), shared = sources(mem_printf("%s/include/dtc", work));
	struct recipe r = { 0 };
	int err = dir_make(mem_printf("%s/dtc", include));

	if (recipe_make(dtc, k->build_dir, module_dir, &r))
		return KEEP_WORK;
	args_add(&headers, "dtc-kernel.h");
	for (size_t i = 0; i < headers.n && !err; i++)
		if (strstr(headers.v[i], ".h"))
			err = file_copy(mem_printf("%s/%s", module_dir, headers.v[i]), mem_printf("%s/%s", include, headers.v[i]));
	for (size_t i = 0; i < shared.n && !err; i++)
		err = file_copy(mem_printf("%s/include/dtc/%s", work, shared.v[i]), mem_printf("%s/dtc/%s", include, shared.v[i]));
	if (!err && link_runtime(dtc, module_dir, mem_printf("%s/runtime.o", dir), &r, log)) {
		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("please report this with %s", log), "internal error: the runtime cannot be linked for kernel %s",
			   k->release);
		return KEEP_WORK;
	}
	if (!err)
		err = recipe_write(&r, mem_printf("%s/recipe", dir));
	return err ? build_error_errno(dtc, err, "cannot write", dir) : 0;
}

/* What a folder's name may have in it for make and the shell that it runs. */
#define MAKE_TAKES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=@,"

static int build(struct dtc *dtc, const struct kernel *k, const char *final)
{
	const char *work = mem_printf("%s.work", final), *dir = mem_printf("%s.new", final);
	const char *log = mem_printf("%s/log", work);
	u64 hash = 0;
	int err;

	if (work[strspn(work, MAKE_TAKES)]) {
		diag_error(dtc, NULL, "D_UNKNOWN", "set DTC_CACHE to a folder with letters, digits and . _ - + = @ , in its name",
			   "the kernel's make cannot work in the cache's folder '%s': it has blanks, quotes or the like in its name", cache_dir());
		return -1;
	}
	fprintf(stderr, "%s: building the runtime for kernel %s (once)\n", dtc->progname, k->release);
	dir_remove(work);	/* what an interrupted dtc left; the lock says that none is at it now */
	dir_remove(dir);
	err = copy_sources(work, &hash);
	if (err) {
		dir_remove(work);
		return build_error_errno(dtc, err, "cannot copy the runtime's sources to", work);
	}
	err = kbuild(dtc, k, mem_printf("%s/runtime/kernel", work), log);
	if (!err)
		err = keep(dtc, k, work, dir, log);
	if (!err) {
		dir_remove(final);	/* without a recipe that can be read */
		if (rename(dir, final))
			err = build_error_errno(dtc, errno, "cannot make", final);
	}
	if (err != KEEP_WORK)
		dir_remove(work);
	dir_remove(dir);
	return err;
}

int runtime_get(struct dtc *dtc, struct kernel *k, struct recipe *ret)
{
	u64 hash = hash_bytes(HASH_SEED, RECIPE_FORM, strlen(RECIPE_FORM));
	int lock, err;

	err = copy_sources(NULL, &hash);
	if (err)
		return build_error_errno(dtc, err, "cannot read the runtime's sources in", data_dir());
	if (getenv("DTC_DEBUG"))	/* make passes it on to Kbuild */
		hash = hash_bytes(hash, "debug", 5);
	ret->dir = mem_printf("%s-%016llx", k->cache_dir, (unsigned long long)hash);
	ret->hash = hash_bytes(hash, ret->dir, strlen(ret->dir));
	const char *recipe = mem_printf("%s/recipe", ret->dir);
	if (!recipe_read(recipe, ret))
		return 0;
	err = dir_make(mem_printf("%s/runtime", cache_dir()));
	if (err)
		return build_error_errno(dtc, err, "cannot make the cache folder", cache_dir());
	lock = open(mem_printf("%s.lock", ret->dir), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (lock < 0)
		return build_error_errno(dtc, errno, "cannot lock", ret->dir);
	while (flock(lock, LOCK_EX) && errno == EINTR)
		;
	err = recipe_read(recipe, ret);		/* another dtc may have built it meanwhile */
	if (err) {
		err = build(dtc, k, ret->dir);
		if (!err && recipe_read(recipe, ret)) {
			diag_error(dtc, NULL, "D_UNKNOWN", NULL, "internal error: no recipe in %s", ret->dir);
			err = -1;
		}
	}
	close(lock);
	return err;
}
