/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Addresses as text, elements of JSON texts. Pure, as str.h is.
 */
#ifndef DTC_TEXT_H
#define DTC_TEXT_H

#include "str.h"

#define TEXT_LINK_MAX 20

const char *text_inet4(struct dtc_scratch *s, const dtc_u8 *address);
/* The longest run of zeros becomes ::, an embedded IPv4 address is written as one (only_inet4: it alone). */
const char *text_inet6(struct dtc_scratch *s, const dtc_u8 *address, int only_inet4);
const char *text_link(struct dtc_scratch *s, const dtc_u8 *address, dtc_u32 n);

/*
 * The element of a JSON text at a path as "a.b[2].c": a string without its
 * quotes, anything else as it stands. NULL: not there.
 */
const char *json_find(const char *json, const char *path, dtc_u32 *len);

#endif
