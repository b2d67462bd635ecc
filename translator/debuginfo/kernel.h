/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel that scripts are compiled for: its release, its headers, its BTF,
 * its functions and system calls. Found under kernel_root (default /), opened on
 * first use; what costs time to extract is kept in the cache by build-id and
 * used by memory map.
 */
#ifndef DTC_KERNEL_H_
#define DTC_KERNEL_H_

#include "../dtc.h"
#include "../sema/type.h"

struct kernel {
	const char *release;
	const char *root;		/* "" or the kernel root */
	const char *build_dir;		/* ROOT/lib/modules/RELEASE/build, or NULL: headers are missing */
	const char *cache_dir;		/* CACHE/runtime/RELEASE-HASH: what is built once for this kernel */
	bool is_running;		/* the kernel of this host */
	bool sought_modules, has_modules;	/* their files are installed */
	bool failed;			/* reported; kernel_get() gives NULL */
	struct kernel_index *index;
	struct debug_file *debug_files;	/* dwarf.h: those asked for so far */
	struct names *debug_folders;	/* debughere.c */
};
struct kernel *kernel_get(struct dtc *dtc);		/* NULL with an error reported: which package is missing */
void kernel_close(struct dtc *dtc);		/* what is mapped and opened; for those who make many compilations */
int kernel_need_headers(struct dtc *dtc);		/* 0: build_dir and cache_dir are set; else -1 with an error reported */

/* functions that fbt may probe: sorted by (module, name); vmlinux first. The modules are read only by what asks for them */
size_t kernel_nfunctions_vmlinux(struct dtc *dtc);
size_t kernel_nfunctions(struct dtc *dtc);
const char *kernel_function(struct dtc *dtc, size_t i, const char **module);
size_t kernel_function_find(struct dtc *dtc, const char *module_or_null, const char *name);	/* SIZE_MAX: none */
bool kernel_has_modules(struct dtc *dtc);		/* their files are installed */
/*
 * The names, sorted, of the modules that are loaded where scripts will run: the host's where it runs this kernel,
 * else those that ROOT/proc/modules lists. false: not known.
 */
bool kernel_modules_loaded(struct dtc *dtc, const char ***names, size_t *count);
/* In vmlinux; true where it is not known. An image that has to be unpacked for it takes most of a second: not when `quick`. */
bool kernel_symbol_exists(struct dtc *dtc, const char *name, bool quick);
/* system calls by number; NULL: a hole */
unsigned kernel_nsyscalls(struct dtc *dtc);
const char *kernel_syscall(struct dtc *dtc, unsigned nr);
/* the types of its arguments, and how many; six of int64_t where they are not known */
#define SYSCALL_ARGS 6
unsigned kernel_syscall_types(struct dtc *dtc, const char *call, struct type *ret[SYSCALL_ARGS]);
/* types, by BTF */
struct type *kernel_type(struct dtc *dtc, enum type_kind kind, const char *name, const char *module);
bool kernel_function_exists(struct dtc *dtc, const char *name);	/* in vmlinux, whether it can be traced or not */
struct type *kernel_function_type(struct dtc *dtc, const char *module, const char *name);
/* of a tracepoint, by its place among those of vmlinux and the modules: the prototype of its handlers */
struct type *kernel_tracepoint_type(struct dtc *dtc, u32 index);
/* NULL, or what to do so that kernel types and functions are known (the image is not installed); nothing is reported then */
const char *kernel_types_missing(struct dtc *dtc);
/* is_percpu: each CPU has one of its own */
struct type *kernel_variable_type(struct dtc *dtc, const char *module, const char *name, bool *is_percpu);

/* the user's cache: $DTC_CACHE, else $XDG_CACHE_HOME/dtc, else ~/.cache/dtc, else /var/cache/dtc */
const char *cache_dir(void);
/* DIR/runtime and DIR/include of the installed or the build tree: $DTC_DATADIR, else beside the program, else PKGDATADIR */
const char *data_dir(void);

#endif
