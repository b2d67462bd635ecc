// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses as text, elements of JSON texts: see text.h. Calls str.c only.
 */
#include "text.h"

static const char hex[] = "0123456789abcdef";

static char *put_decimal(char *p, dtc_u32 v)
{
	if (v >= 100)
		*p++ = (char)('0' + v / 100);
	if (v >= 10)
		*p++ = (char)('0' + v / 10 % 10);
	*p++ = (char)('0' + v % 10);
	return p;
}

static char *put_inet4(char *p, const dtc_u8 *a)
{
	for (int i = 0; i < 4; i++) {
		if (i)
			*p++ = '.';
		p = put_decimal(p, a[i]);
	}
	return p;
}

const char *text_inet4(struct dtc_scratch *s, const dtc_u8 *address)
{
	char text[16];

	return str_part(s, text, (dtc_u32)(put_inet4(text, address) - text));
}

static dtc_u32 group(const dtc_u8 *a, int i)
{
	return (dtc_u32)a[2 * i] << 8 | a[2 * i + 1];
}

/* The first of the longest runs of zero groups: where, and how many. One group alone is none. */
static int zero_run(const dtc_u8 *a, int groups, int *count)
{
	int at = -1;

	*count = 0;
	for (int i = 0; i < groups; i++) {
		int n = 0;

		while (i + n < groups && !group(a, i + n))
			n++;
		if (n > 1 && n > *count) {
			*count = n;
			at = i;
		}
	}
	return at;
}

static char *put_group(char *p, dtc_u32 v)
{
	int shift = 12;

	while (shift && !(v >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*p++ = hex[v >> shift & 15];
	return p;
}

/* Groups before an embedded IPv4 address (::ffff:1.2.3.4, ::1.2.3.4), or all 8. */
static int hex_groups(const dtc_u8 *a)
{
	int n;

	zero_run(a, 5, &n);
	if (n == 5 && (group(a, 5) == 0xffff || (!group(a, 5) && (group(a, 6) || group(a, 7) > 1))))
		return 6;
	return 8;
}

const char *text_inet6(struct dtc_scratch *s, const dtc_u8 *a, int only_inet4)
{
	const int groups = hex_groups(a);
	char text[48], *p = text;
	int count, zeros = zero_run(a, groups, &count);

	if (groups == 6 && only_inet4)
		return text_inet4(s, a + 12);
	for (int i = 0; i < groups; i++) {
		if (i == zeros) {
			*p++ = ':';
			*p++ = ':';
			i += count - 1;
			continue;
		}
		if (i && p[-1] != ':')
			*p++ = ':';
		p = put_group(p, group(a, i));
	}
	if (groups == 6) {
		if (p[-1] != ':')
			*p++ = ':';
		p = put_inet4(p, a + 12);
	}
	return str_part(s, text, (dtc_u32)(p - text));
}

const char *text_link(struct dtc_scratch *s, const dtc_u8 *address, dtc_u32 n)
{
	char text[3 * TEXT_LINK_MAX], *p = text;

	for (dtc_u32 i = 0; i < n && i < TEXT_LINK_MAX; i++) {
		if (i)
			*p++ = ':';
		*p++ = hex[address[i] >> 4];
		*p++ = hex[address[i] & 15];
	}
	return str_part(s, text, (dtc_u32)(p - text));
}

/* --- JSON --- */

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || (*p >= '\t' && *p <= '\r'))
		p++;
	return p;
}

/* Past the string that begins at p, or NULL. */
static const char *skip_string(const char *p)
{
	if (*p != '"')
		return 0;
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && !*++p)
			return 0;
	return *p ? p + 1 : 0;
}

static int is_scalar(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
}

/* Past the value that begins at p, or NULL. */
static const char *skip_value(const char *p)
{
	const char *from = p;
	dtc_u32 depth = 0;

	if (*p != '{' && *p != '[' && *p != '"') {
		while (is_scalar(*p))
			p++;
		return p > from ? p : 0;
	}
	do {
		if (*p == '"') {
			p = skip_string(p);
			if (!p)
				return 0;
			continue;
		}
		if (!*p)
			return 0;
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		p++;
	} while (depth);
	return p;
}

/* The value after this one in an object or an array, or NULL. */
static const char *next_value(const char *p)
{
	p = skip_value(p);
	if (!p)
		return 0;
	p = skip_blanks(p);
	return *p == ',' ? skip_blanks(p + 1) : 0;
}

/* Element n of the array at p, or NULL. */
static const char *array_element(const char *p, dtc_s64 n)
{
	if (*p != '[' || n < 0)
		return 0;
	p = skip_blanks(p + 1);
	while (n-- && p)
		p = next_value(p);
	return p && *p != ']' ? p : 0;
}

/* The value of a key in the object at p, or NULL. */
static const char *object_member(const char *p, const char *key, dtc_u32 len)
{
	if (*p != '{')
		return 0;
	for (p = skip_blanks(p + 1); p; p = next_value(p)) {
		const char *name = p + 1, *end = skip_string(p);
		dtc_u32 i = 0;

		if (!end)
			return 0;
		p = skip_blanks(end);
		if (*p != ':')
			return 0;
		p = skip_blanks(p + 1);
		while (i < len && name[i] == key[i])
			i++;
		if (i == len && name + len == end - 1)
			return p;
	}
	return 0;
}

const char *json_find(const char *json, const char *path, dtc_u32 *len)
{
	const char *p = skip_blanks(json), *end;

	while (p && *path) {
		dtc_u32 n = 0;

		if (*path == '[') {
			p = array_element(p, str_to_int(path + 1, 10));
			while (*path && *path++ != ']')
				;
		} else {
			while (path[n] && path[n] != '.' && path[n] != '[')
				n++;
			p = object_member(p, path, n);
			path += n;
		}
		path += *path == '.';
	}
	end = p ? skip_value(p) : 0;
	if (!end)
		return 0;
	if (*p == '"') {
		p++;
		end--;
	}
	*len = (dtc_u32)(end - p);
	return p;
}
