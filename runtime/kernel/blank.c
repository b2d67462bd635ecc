// SPDX-License-Identifier: GPL-2.0
/*
 * A script without probes. It stands where emitted C will stand: the command
 * that compiles it is the one for emitted C, and the kernel functions that the
 * compiler may call by itself, or emit.h and not the runtime, are named here so
 * that the template module has their versions.
 */
#include "emit.h"

void *memcpy(void *dst, const void *src, unsigned long n);
void *memmove(void *dst, const void *src, unsigned long n);
void *memset(void *dst, int c, unsigned long n);
int memcmp(const void *a, const void *b, unsigned long n);

const void *const dtc_kernel_calls[] = { memcpy, memmove, memset, memcmp, dtc_kernel_mono, dtc_kernel_real };
const struct dtc_group dtc_groups[1];
const struct dtc_position dtc_positions[1];
const struct dtc_program dtc_program = { .version = DTC_PROGRAM_VERSION };
