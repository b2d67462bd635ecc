/* SPDX-License-Identifier: GPL-2.0 */
/* What a kernel module's file says of its functions and tracepoints. */
#ifndef DTC_MODULE_H
#define DTC_MODULE_H

#include "image.h"

struct module_syms {
	const char **funcs; size_t nfuncs;	/* that ftrace can hook: sorted, each once */
	struct module_tp { const char *name, *group; } *tps; size_t ntps;	/* sorted by group and name */
};

/* The ELF file, unpacked; the names below point into it. NULL is success. */
const char *module_open(const char *path, struct file_data *ret);
void module_syms_init(struct module_syms *m, const struct file_data *file);	/* a damaged file has none */
void module_syms_deinit(struct module_syms *m);
char *module_name(const char *path);		/* "a/b-c.ko.xz" -> "b_c" */
bool tp_group_valid(const char *s, u64 room);

#endif
