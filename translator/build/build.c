// SPDX-License-Identifier: GPL-2.0
/*
 * The pass that turns emitted C into a module: from the cache where it is
 * there, else by one compiler run, one objtool and one link with the runtime
 * of the kernel. The metadata goes into the object as the compiler makes it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../emit/emitter.h"
#include "build.h"

static const char section[] =
	"\n__asm__(\".pushsection " DTC_META_SECTION ",\\\"\\\",%progbits\\n.balign 8\\n.incbin \\\"script.dtc\\\"\\n.popsection\");\n";

/* A tool failed on what we emitted: our mistake, unless the tool is missing or the disk is full. */
static int tool_failed(struct dtc *dtc, struct tool_result r, const char *tool, const char *what, const char *dir)
{
	const char *log = tool_log(mem_printf("%s/log", dir));

	if (r.error == ENOENT && strchr(tool, '/'))
		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("apt-get install --reinstall linux-headers-%s", dtc->kernel->release), "%s is missing", tool);
	else if (r.error == ENOENT)
		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("apt-get install %s", strcmp(tool, "ld") ? tool : "binutils"),
			   "%s '%s' is missing, which kernel %s was built with", what, tool, dtc->kernel->release);
	else if (r.error)
		return build_error_errno(dtc, r.error, "cannot run", tool);
	else if (no_space(log) || disk_is_full(dir, 1 << 20))
		return build_error_errno(dtc, ENOSPC, "cannot build in", dir);
	else {
		dtc->keep = true;
		diag_error(dtc, NULL, "D_UNKNOWN", mem_printf("please report this with the folder %s", dir),
			   "internal error: %s did not take the C that was made of the script", what);
	}
	return -1;
}

static int run(struct dtc *dtc, const char *dir, const char *name, const char *what, const struct args *args)
{
	struct tool_result r = tool_run(dtc, dir, mem_printf("%s/log", dir), name, args);

	return r.status ? tool_failed(dtc, r, args->v[0], what, dir) : 0;
}

static int compile(struct dtc *dtc, const char *dir, const struct recipe *r)
{
	struct args cc = { 0 };

	args_add_all(&cc, &r->cc);
	args_add(&cc, "-I");
	args_add(&cc, mem_printf("%s/include", r->dir));
	args_add(&cc, "-o");
	args_add(&cc, "script.o");
	args_add(&cc, "script.c");
	return run(dtc, dir, "cc", "the compiler", &cc);
}

static int check_object(struct dtc *dtc, const char *dir, const struct recipe *r)
{
	struct tool_result t = objtool_run(dtc, dir, r, "script.o", mem_printf("%s/log", dir));

	return t.status ? tool_failed(dtc, t, r->objtool.v[0], "objtool", dir) : 0;
}

static int link_module(struct dtc *dtc, const char *dir, const struct recipe *r)
{
	struct args ld = { 0 };

	args_add_all(&ld, &r->ld);
	args_add(&ld, "-o");
	args_add(&ld, "script.ko");
	args_add(&ld, "script.o");
	args_add(&ld, mem_printf("%s/runtime.o", r->dir));
	return run(dtc, dir, "ld", "the linker", &ld);
}

static int write_sources(struct dtc *dtc, const char *dir)
{
	struct text c = { 0 };
	int err;

	text_write(&c, dtc->emitted->c.data, dtc->emitted->c.len);
	text_write(&c, section, sizeof(section) - 1);
	err = file_replace(mem_printf("%s/script.c", dir), c.data, c.len);
	if (!err)
		err = file_replace(mem_printf("%s/script.dtc", dir), dtc->emitted->meta.data, dtc->emitted->meta.len);
	return err ? build_error_errno(dtc, err, "cannot write to", dir) : 0;
}

static int name_module(struct dtc *dtc, const char *dir)
{
	const char *why;

	if (!dtc->module_name || !module_name_set(mem_printf("%s/script.ko", dir), dtc->module_name, &why))
		return 0;
	diag_error(dtc, NULL, "D_UNKNOWN", NULL, "internal error: the module cannot be named: %s", why);
	return -1;
}

/* Copies the built module to where it is wanted. */
static int deliver(struct dtc *dtc, const char *dir, const char *cached)
{
	struct file_data f;
	int err = file_read(mem_printf("%s/script.ko", dir), &f);

	if (err)
		return build_error_errno(dtc, err, "cannot read the module in", dir);
	if (dtc->module_name) {
		dtc->module_path = mem_printf("%s.ko", dtc->module_name);
		err = file_replace(dtc->module_path, f.data, f.size);
	} else {
		dtc->module_path = mem_strdup(cached);
		err = cache_module_put(cached, f.data, f.size);
	}
	file_data_deinit(&f);
	if (dtc->module_name && (err == -EACCES || err == -EPERM || err == -EROFS)) {
		diag_error(dtc, NULL, "D_UNKNOWN", "-m makes it in the current folder: go to one that you may write to", "cannot write %s: %s",
			   dtc->module_path, strerror(-err));
		return -1;
	}
	return err ? build_error_errno(dtc, err, "cannot write", dtc->module_path) : 0;
}

static int build(struct dtc *dtc, const struct recipe *r, const char *cached)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = mem_printf("%s/dtc-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	int err;

	if (!mkdtemp(dir))
		return build_error_errno(dtc, errno, "cannot make the build folder", dir);
	err = write_sources(dtc, dir);
	if (!err)
		err = compile(dtc, dir, r);
	if (!err)
		err = check_object(dtc, dir, r);
	if (!err)
		err = link_module(dtc, dir, r);
	if (!err)
		err = name_module(dtc, dir);
	if (!err)
		err = deliver(dtc, dir, cached);
	if (!dtc->keep)
		dir_remove(dir);
	else if (!err)
		fprintf(stderr, "%s: build folder: %s\n", dtc->progname, dir);
	return err;
}

int pass_build(struct dtc *dtc)
{
	struct recipe r = { 0 };
	struct kernel *k;

	if (dtc->module_name && !module_name_good(dtc->module_name)) {
		diag_error(dtc, NULL, "D_UNKNOWN", "letters, digits and _, at most 55 of them", "'%s' cannot be the name of a module", dtc->module_name);
		return -1;
	}
	if (kernel_need_headers(dtc))
		return -1;
	k = kernel_get(dtc);
	if (!k || runtime_get(dtc, k, &r))
		return -1;
	u64 hash = hash_words(r.hash, &dtc->emitted->hash, sizeof(dtc->emitted->hash));
	char *cached = cache_module_path(hash);
	if (!dtc->module_name && !dtc->keep && cache_module_good(cached)) {
		dtc->module_path = cached;
		if (dtc->verbose)
			fprintf(stderr, "%s:   cached   %s\n", dtc->progname, cached);
		return 0;
	}
	return build(dtc, &r, cached);
}
