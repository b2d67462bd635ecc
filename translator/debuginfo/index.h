/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What dtc knows of a kernel's functions and tracepoints, kept in
 * CACHE/index/ and used by memory map. There are three files for a kernel, of
 * one form: vmlinux, which also holds its BTF; the modules that are loaded
 * where scripts run, where that is known; all its modules. Each is made when a
 * description first asks for it.
 */
#ifndef DTC_INDEX_H
#define DTC_INDEX_H

#include "blob.h"
#include "image.h"
#include "kernel.h"

struct index_func { u32 name, btf_id; };	/* sorted by name in a module; btf_id 0: prototype unknown */
struct index_tp { u32 name, group, btf_id; };	/* sorted by (group, name); btf_id of its btf_trace_NAME, 0: look for it */
/* sorted by name; id: its build-id as text; link: what its .gnu_debuglink names; has_debug: it holds debug information itself */
struct index_mod { u32 name, path, first_func, nfuncs, first_tp, ntps, id, link, has_debug, unused; };

/* An opened file: every offset in it has been checked. */
struct index_file {
	struct file_data file;
	const struct index_func *funcs; u32 nfuncs;
	const struct index_tp *tps; u32 ntps;
	const struct index_mod *mods; u32 nmods;
	const char *names; u64 names_size;
	const u8 *btf; u64 btf_size; u32 btf_crc;
	struct build_id image_id;	/* vmlinux: of the image; size 0: not known */
};

/* What goes into a file. */
struct index_build {
	struct index_func *funcs; size_t nfuncs, funcs_cap;
	struct index_tp *tps; size_t ntps, tps_cap;
	struct index_mod *mods; size_t nmods, mods_cap;
	struct names names;
	const u8 *btf; size_t btf_size;
	struct build_id image_id;
};
void index_build_module(struct index_build *b, const char *name, const char *path);	/* what is added next is its */
void index_build_debug(struct index_build *b, const char *id, const char *link, bool has_debug);
void index_build_func(struct index_build *b, const char *name, u32 btf_id);
void index_build_tp(struct index_build *b, const char *name, const char *group, u32 btf_id);
void index_build_deinit(struct index_build *b);
/* The bytes of the file. malloc()ed; NULL: no memory. */
u8 *index_build_finish(struct index_build *b, u64 key, size_t *size);

/* -1: not there, damaged or made from something else. Takes `file` over when it succeeds. */
int index_file_init(struct index_file *f, const struct file_data *file, u64 key);

enum index_kind { INDEX_VMLINUX, INDEX_LOADED, INDEX_ALL, INDEX_KINDS };

struct kernel_index {
	struct index_slot { struct index_file file; bool ready, failed; } slots[INDEX_KINDS];
	struct kernel_btf *btf;		/* btf.c: opened types */
	const char **loaded; size_t nloaded;	/* modules loaded where the script will run, sorted */
	bool sought_loaded, has_loaded;
	const char **syscalls; unsigned nsyscalls;
	bool failed_syscalls;
	const char *declarations;	/* of system calls; NULL: not read yet */
};

/* Opened or made on first use; NULL with an error reported. */
const struct index_file *index_vmlinux(struct dtc *dtc);
const struct index_file *index_modules(struct dtc *dtc);	/* those loaded, where that is known, else all */
const struct index_file *index_modules_all(struct dtc *dtc);
const struct index_file *index_vmlinux_remake(struct dtc *dtc);	/* its BTF turned out to be damaged */
bool index_image_id(struct dtc *dtc, struct build_id *ret);	/* of the kernel's image; reports nothing */
const char *index_name(const struct index_file *f, u32 offset);
const struct index_mod *index_mod_find(const struct index_file *f, const char *name);
/* Whether a module's debug information seems to be on this machine, for those that a pattern means: servers are not asked. */
bool index_mod_has_debug(struct dtc *dtc, const struct index_file *f, const struct index_mod *m);
const struct index_mod *index_tp_module(const struct index_file *f, u32 tp);	/* whose tracepoint it is */
bool index_has_vmlinux(struct dtc *dtc);	/* there is a BTF or an image to make it from; reports nothing */
u32 index_func_find(const struct index_file *f, const struct index_mod *m, const char *name);	/* row of funcs */
#define INDEX_NONE UINT32_MAX

void btf_close(struct kernel_index *x);		/* btf.c */
struct btf;
bool btf_same_prototype(const struct btf *btf, u32 a, u32 b);	/* but for the names of the parameters; 0 is none */

/* scan.c: what goes into the files. NULL, or what is wrong */
const char *scan_vmlinux(struct dtc *dtc, struct index_build *b, const char **hint);
const char *scan_modules(struct dtc *dtc, struct index_build *b, const char **hint);
const char *scan_modules_loaded(struct dtc *dtc, struct index_build *b, const char **hint);
const char *scan_image_open(struct dtc *dtc, struct file_data *ret);	/* the image of the kernel, unpacked */
bool scan_can(struct dtc *dtc);			/* scan_vmlinux() has something to read */

#endif
