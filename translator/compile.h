/* SPDX-License-Identifier: GPL-2.0 */
/* The pipeline, from the command line to a run. */
#ifndef DTC_COMPILE_H
#define DTC_COMPILE_H

#include "dtc.h"

/* Runs the passes in order, up to dtc->stop_after. 0, or -1 with errors reported. */
int compile(struct dtc *dtc);
/* What is parsed has no mistakes; without code there is nothing to look for. 0, or -1 with errors reported. */
int compile_check(struct dtc *dtc);
/* The pass of that name, PASS_NR: none. */
enum pass pass_find(const char *name);
const char *pass_name(enum pass pass);

/* Where -l and -v print: the file of -o, where there is one; NULL: it cannot be opened, which was reported. */
FILE *report_open(struct dtc *dtc);
int report_close(struct dtc *dtc, FILE *f);

#endif
