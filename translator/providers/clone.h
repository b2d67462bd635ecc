/* SPDX-License-Identifier: GPL-2.0 */
/* Parameters of functions that BTF does not know, from debug information. */
#ifndef DTC_CLONE_H
#define DTC_CLONE_H

#include "provider.h"

/* At an fbt entry; none where the function is no copy or part of another, or there is no debug information. */
size_t clone_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret);
void clone_locate(const struct probe_local *l, struct var_loc *ret);

#endif
