/* SPDX-License-Identifier: GPL-2.0 */
/* A line of a script with a caret under a place in it, as dtc shows errors and dtrun faults. Depends on libc alone. */
#ifndef DTC_EXCERPT_H
#define DTC_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Bytes as a terminal may have them: control characters become dots. */
void excerpt_put_text(FILE *f, const char *s, size_t len);

/*
 * The line `text` of `len` bytes, whose number is `line`; below it a caret under byte `from` and tildes up to byte `to`, both
 * counted from 0 and len at most, `to` past `from`. A long line is shown by a window around the caret.
 */
void excerpt_print(FILE *f, unsigned line, const char *text, size_t len, size_t from, size_t to, bool colour);

#endif
