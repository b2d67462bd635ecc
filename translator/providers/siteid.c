// SPDX-License-Identifier: GPL-2.0
/* The ids of probes that have places: a range for each file with debug information. */
#include <string.h>

#include "site.h"
#include "../debuginfo/index.h"

#define MODULES_FIRST_ID 20000000u	/* each has a range of MODULE_IDS */
#define MODULE_IDS	 1000000u
#define MODULES_MAX	 ((SITE_DEMAND_ID - MODULES_FIRST_ID) / MODULE_IDS)

struct id_range { u32 first, count; };
static const struct id_range of_vmlinux[] = { [SITE_LINE] = { 800000, 9200000 }, [SITE_INLINE] = { 10000000, 10000000 } };
static const struct id_range of_module[] = { [SITE_LINE] = { 0, 800000 }, [SITE_INLINE] = { 800000, 200000 } };

u32 site_id(struct dtc *dtc, const struct debug_file *f, enum site_kind kind, u32 row)
{
	const struct index_file *all;
	const struct index_mod *m;

	if (!strcmp(f->module, "vmlinux"))
		return row < of_vmlinux[kind].count ? of_vmlinux[kind].first + row : 0;
	all = index_modules_all(dtc);
	m = all ? index_mod_find(all, f->module) : NULL;
	if (!m || m - all->mods >= MODULES_MAX || row >= of_module[kind].count)
		return 0;
	return MODULES_FIRST_ID + (m - all->mods) * MODULE_IDS + of_module[kind].first + row;
}

struct debug_file *site_of_id(struct dtc *dtc, enum site_kind kind, u32 id, u32 *row)
{
	const struct id_range *range = id < MODULES_FIRST_ID ? &of_vmlinux[kind] : &of_module[kind];
	const char *module = "vmlinux", *why, *hint;
	u32 ordinal = (id - MODULES_FIRST_ID) / MODULE_IDS;
	const struct index_file *all;

	if (id >= SITE_DEMAND_ID)
		return NULL;
	*row = (id < MODULES_FIRST_ID ? id : (id - MODULES_FIRST_ID) % MODULE_IDS) - range->first;
	if (*row >= range->count)
		return NULL;
	if (id >= MODULES_FIRST_ID) {
		all = kernel_has_modules(dtc) ? index_modules_all(dtc) : NULL;
		if (!all || ordinal >= all->nmods)
			return NULL;
		module = index_name(all, all->mods[ordinal].name);
	}
	return debug_file_get(dtc, module, &why, &hint);
}
