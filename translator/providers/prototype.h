/* SPDX-License-Identifier: GPL-2.0 */
/* Prototypes of functions that BTF does not know, from debug information. */
#ifndef DTC_PROTOTYPE_H
#define DTC_PROTOTYPE_H

#include "provider.h"

struct prototype {
	const struct probe_local *locals; size_t n;	/* the parameters, where they are at the entry: prototype_locate() */
	struct type *result;
};

/* Of the function of an fbt probe; NULL: not known. */
const struct prototype *prototype_of(struct dtc *dtc, const struct probe *p);
void prototype_locate(const struct probe_local *l, struct var_loc *ret);
/* What is missing where neither knows; NULL: nothing that could be had. */
const char *prototype_missing(struct dtc *dtc, const struct probe *p);

/*
 * The functions that an fbt probe stands for, where these are several that BTF cannot tell apart: a site for each that is there
 * once the kernel is up. 0: it is one function, or BTF tells, or there is no debug information.
 */
size_t namesakes(struct dtc *dtc, const char *module, const char *function, struct probe_site **ret);

#endif
