/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the build share: running tools, the recipe that a kernel's
 * own build leaves for emitted C, the cache of modules.
 */
#ifndef DTC_BUILD_H
#define DTC_BUILD_H

#include "../dtc.h"
#include "../debuginfo/files.h"
#include "../debuginfo/kernel.h"
#include "../emit/emitted.h"

/* A growing list of arguments, ended by NULL. */
struct args { const char **v; size_t n, cap; };
void args_add(struct args *a, const char *arg);
void args_add_all(struct args *a, const struct args *from);

/*
 * How to make a module for one kernel, taken from the command lines that kbuild
 * recorded (runtime.c). Kept as DIR/recipe; paths in it are absolute.
 */
struct recipe {
	const char *dir;	/* of the built runtime: include/, runtime.o */
	struct args cc;		/* the compiler and its flags, without files */
	struct args objtool;	/* or none */
	bool check_linked;	/* recipe_make(): kbuild runs it after the first link, not on each object */
	struct args ld;		/* with the flags and the script of a module's last link, without files */
	struct args objects;	/* recipe_make(): what kbuild links beside the module's own objects */
	u64 hash;		/* of all that went into it */
};

/* --- tool.c --- */
struct tool_result {
	int status;		/* exit status; -1: could not be run, or died by a signal */
	int error;		/* errno when it could not be run */
	double cpu;		/* seconds */
};
/* Runs a program in `dir`, its output appended to `log`. With -v a line tells its CPU time. */
struct tool_result tool_run(struct dtc *dtc, const char *dir, const char *log, const char *what, const struct args *args);
/* The kernel's objtool on an object; a kernel without one is content. */
struct tool_result objtool_run(struct dtc *dtc, const char *dir, const struct recipe *r, const char *object, const char *log);
char *tool_log(const char *log);	/* its text */
bool tool_exists(const char *name);	/* in PATH */
bool no_space(const char *log);		/* does the output complain of a full disk? */
bool disk_is_full(const char *dir, size_t size);	/* so many bytes cannot be written there */
int dir_remove(const char *path);	/* with all that is in it */
int file_copy(const char *from, const char *to);	/* 0 or -errno */
int build_error_errno(struct dtc *dtc, int err, const char *doing, const char *path);	/* reports; -1 */

/* --- recipe.c --- */
/* Splits a recorded command line into words, as a shell does. */
void words_split(const char *text, struct args *ret);
int recipe_make(struct dtc *dtc, const char *kbuild_dir, const char *module_dir, struct recipe *ret);
int recipe_write(const struct recipe *r, const char *path);
int recipe_read(const char *path, struct recipe *ret);

/* --- runtime.c --- */
/* The runtime of this kernel, built when it is not there yet. */
int runtime_get(struct dtc *dtc, struct kernel *k, struct recipe *ret);

/* --- cache.c --- */
char *cache_module_path(u64 hash);
bool cache_module_good(const char *path);	/* it is there and whole; marks it as used */
int cache_module_put(const char *path, const void *module, size_t size);	/* 0 or -errno */

/* --- name.c --- */
bool module_name_good(const char *name);
/* Gives the module in a file its name: in struct module and in modinfo. 0, or -1 with what is wrong in *why. */
int module_name_set(const char *path, const char *name, const char **why);

#endif
