/* SPDX-License-Identifier: GPL-2.0 */
/* What sdt and rawtp have in common: both are the kernel's tracepoints. */
#ifndef DTC_TRACEPOINT_H
#define DTC_TRACEPOINT_H

#include "provider.h"

int tracepoint_match(struct dtc *dtc, const struct probe_desc *d, const struct provider *v, probe_found_fn *found, void *arg);
bool tracepoint_by_index(struct dtc *dtc, const struct provider *v, u32 index, struct probe *ret);
void tracepoint_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n);
unsigned tracepoint_nargs(struct dtc *dtc, const struct probe *p);
u32 tracepoint_count(struct dtc *dtc);

#endif
