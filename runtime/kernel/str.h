/* SPDX-License-Identifier: GPL-2.0 */
/*
 * D's string subroutines. Pure: no kernel header, so the unit tests compile
 * them in user space. Arguments are NUL-terminated; results are in scratch and
 * cut to strsize. NULL: no scratch left, unless a comment says more.
 */
#ifndef DTC_STR_H
#define DTC_STR_H

#include "emit-types.h"

void *scratch_alloc(struct dtc_scratch *s, dtc_u64 n);	/* 8-aligned */

dtc_u32 str_len(const char *s);
int str_cmp(const char *a, const char *b);
void str_cpy(char *dst, const char *src, dtc_u32 size);	/* cut to size, always terminated */

char *str_part(struct dtc_scratch *s, const char *from, dtc_u32 n);	/* n bytes as a new string */
char *str_copy(struct dtc_scratch *s, const char *str);
const char *str_join(struct dtc_scratch *s, const char *a, const char *b);
const char *str_basename(struct dtc_scratch *s, const char *path);
const char *str_dirname(struct dtc_scratch *s, const char *path);
const char *str_cleanpath(struct dtc_scratch *s, const char *path);
const char *str_substr(struct dtc_scratch *s, const char *str, dtc_s64 index, dtc_s64 len, int has_len);
const char *str_from_int(struct dtc_scratch *s, dtc_s64 v, int base);
const char *str_change_case(struct dtc_scratch *s, const char *str, int upper);

/* Parts of `str`, or NULL: not there. */
const char *str_chr(const char *str, int ch);
const char *str_rchr(const char *str, int ch);
const char *str_str(const char *str, const char *part);
/* The next token of *rest, which is cut up; NULL, and *rest becomes NULL: none left. */
const char *str_token(char **rest, const char *separators);

/* Numbers have a base from 2 to 36. */
#define STR_IS_BASE(base) ((base) >= 2 && (base) <= 36)

/* Position, or -1. */
dtc_s64 str_index(const char *str, const char *part, dtc_s64 start, int has_start);
dtc_s64 str_rindex(const char *str, const char *part, dtc_s64 start, int has_start);
dtc_s64 str_to_int(const char *str, int base);

/* A string as part of a tuple: its length, then its bytes. The words written, or -1: more than `room`. */
dtc_s32 str_to_key(dtc_u64 *key, const char *str, dtc_u32 room);

#endif
