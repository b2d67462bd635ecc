// SPDX-License-Identifier: GPL-2.0
/*
 * D's string subroutines: see str.h. Calls nothing outside this file.
 */
#include "str.h"

void *scratch_alloc(struct dtc_scratch *s, dtc_u64 n)
{
	const dtc_u32 from = (s->top + 7) & ~7u;

	if (from > s->size || n > s->size - from)
		return 0;
	s->top = from + (dtc_u32)n;
	return s->base + from;
}

dtc_u32 str_len(const char *s)
{
	dtc_u32 n = 0;

	while (s[n])
		n++;
	return n;
}

int str_cmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (unsigned char)*a - (unsigned char)*b;
}

void str_cpy(char *dst, const char *src, dtc_u32 size)
{
	dtc_u32 i = 0;

	if (!size)
		return;
	for (; i + 1 < size && src[i]; i++)
		dst[i] = src[i];
	dst[i] = 0;
}

char *str_part(struct dtc_scratch *s, const char *from, dtc_u32 n)
{
	char *r;

	if (n > s->strsize - 1)
		n = s->strsize - 1;
	r = scratch_alloc(s, n + 1ull);
	if (!r)
		return 0;
	for (dtc_u32 i = 0; i < n; i++)
		r[i] = from[i];
	r[n] = 0;
	return r;
}

char *str_copy(struct dtc_scratch *s, const char *str)
{
	return str_part(s, str, str_len(str));
}

const char *str_join(struct dtc_scratch *s, const char *a, const char *b)
{
	const dtc_u32 alen = str_len(a), blen = str_len(b);
	const dtc_u64 both = (dtc_u64)alen + blen;
	const dtc_u32 n = both < s->strsize ? (dtc_u32)both : s->strsize - 1;
	char *r = scratch_alloc(s, n + 1ull);

	if (!r)
		return 0;
	for (dtc_u32 i = 0; i < n; i++)
		r[i] = i < alen ? a[i] : b[i - alen];
	r[n] = 0;
	return r;
}

/* Length of a path without the slashes at its end. */
static dtc_u32 path_len(const char *path)
{
	dtc_u32 n = str_len(path);

	while (n && path[n - 1] == '/')
		n--;
	return n;
}

const char *str_basename(struct dtc_scratch *s, const char *path)
{
	const dtc_u32 end = path_len(path);
	dtc_u32 from = end;

	if (!*path)
		return str_part(s, ".", 1);
	if (!end)
		return str_part(s, "/", 1);
	while (from && path[from - 1] != '/')
		from--;
	return str_part(s, path + from, end - from);
}

const char *str_dirname(struct dtc_scratch *s, const char *path)
{
	dtc_u32 end = path_len(path);

	if (!end)
		return str_part(s, *path ? "/" : ".", 1);
	while (end && path[end - 1] != '/')
		end--;
	if (!end)
		return str_part(s, ".", 1);
	while (end && path[end - 1] == '/')
		end--;
	return end ? str_part(s, path, end) : str_part(s, "/", 1);
}

/* The last part goes, as far as `floor`, where there is none to go. */
static dtc_u32 part_dropped(const char *r, dtc_u32 out, dtc_u32 floor)
{
	while (out > floor && r[--out] != '/')
		;
	return out;
}

/* "/", "." and ".." as a file system takes them, links aside; as DTrace for Linux, a single character stays. */
const char *str_cleanpath(struct dtc_scratch *s, const char *path)
{
	char *r = str_copy(s, path);
	const dtc_u32 root = r && *r == '/';
	dtc_u32 in = 0, out = root, floor = root, len;

	if (!r || !r[0] || !r[1])
		return r;
	for (; r[in]; in += len) {
		int is_up;

		len = 0;
		if (r[in] == '/') {
			in++;
			continue;
		}
		while (r[in + len] && r[in + len] != '/')
			len++;
		is_up = len == 2 && r[in] == '.' && r[in + 1] == '.';
		if ((len == 1 && r[in] == '.') || (is_up && root && out == floor))
			continue;
		if (is_up && out > floor) {
			out = part_dropped(r, out, floor);
			continue;
		}
		if (out > root)
			r[out++] = '/';
		for (dtc_u32 i = 0; i < len; i++)
			r[out++] = r[in + i];
		if (is_up)
			floor = out;
	}
	if (!out)
		r[out++] = '.';
	r[out] = 0;
	return r;
}

/*
 * A negative index counts from the end; what of the part lies before the
 * string is lost, and a part that ends there is empty. A negative length
 * leaves that much at the end.
 */
const char *str_substr(struct dtc_scratch *s, const char *str, dtc_s64 index, dtc_s64 len, int has_len)
{
	const dtc_s64 n = str_len(str);

	if (!has_len)
		len = s->strsize;
	if (index < 0 && index >= -0x7fffffff) {
		index += n;
		if (index < 0 && len > -index) {
			len += index;
			index = 0;
		}
	}
	if (index >= n || index < 0)
		return str_part(s, "", 0);
	if (len < 0)
		len = len < index - n ? 0 : n - index + len;
	return str_part(s, str + index, (dtc_u32)(len < n - index ? len : n - index));
}

const char *str_from_int(struct dtc_scratch *s, dtc_s64 v, int base)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	const int negative = v < 0 && base == 10;
	dtc_u64 rest = negative ? -(dtc_u64)v : (dtc_u64)v;
	char text[68];
	dtc_u32 at = sizeof(text);

	do {
		text[--at] = digits[rest % (dtc_u32)base];
		rest /= (dtc_u32)base;
	} while (rest);
	if (base == 16)
		text[--at] = 'x';
	if (base == 16 || (base == 8 && text[at] != '0'))
		text[--at] = '0';
	if (negative)
		text[--at] = '-';
	return str_part(s, text + at, sizeof(text) - at);
}

const char *str_change_case(struct dtc_scratch *s, const char *str, int upper)
{
	char *r = str_copy(s, str);

	for (char *p = r; p && *p; p++) {
		if (upper && *p >= 'a' && *p <= 'z')
			*p -= 'a' - 'A';
		if (!upper && *p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	}
	return r;
}

const char *str_chr(const char *str, int ch)
{
	for (; *str != (char)ch; str++)
		if (!*str)
			return 0;
	return str;
}

const char *str_rchr(const char *str, int ch)
{
	const char *last = 0;

	do {
		if (*str == (char)ch)
			last = str;
	} while (*str++);
	return last;
}

static int starts_with(const char *str, const char *part)
{
	while (*part)
		if (*str++ != *part++)
			return 0;
	return 1;
}

const char *str_str(const char *str, const char *part)
{
	do {
		if (starts_with(str, part))
			return str;
	} while (*str++);
	return 0;
}

const char *str_token(char **rest, const char *separators)
{
	char *from = *rest, *end;

	while (*from && str_chr(separators, *from))
		from++;
	if (!*from) {
		*rest = 0;
		return 0;
	}
	for (end = from; *end && !str_chr(separators, *end);)
		end++;
	*rest = *end ? end + 1 : end;
	*end = 0;
	return from;
}

/* A start before the string counts as its beginning. */
dtc_s64 str_index(const char *str, const char *part, dtc_s64 start, int has_start)
{
	const dtc_s64 n = str_len(str);
	const char *at;

	if (!has_start || start < 0)
		start = 0;
	if (start > n)
		start = n;
	at = str_str(str + start, part);
	return at ? at - str : -1;
}

dtc_s64 str_rindex(const char *str, const char *part, dtc_s64 start, int has_start)
{
	const dtc_s64 last = (dtc_s64)str_len(str) - str_len(part);

	if (has_start && start < 0)
		return *part ? -1 : 0;
	if (!has_start || start > last)
		start = last;
	for (; start >= 0; start--)
		if (starts_with(str + start, part))
			return start;
	return -1;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

/* Blanks, a sign, with base 16 a prefix. Stops at the first character that is no digit. */
dtc_s64 str_to_int(const char *str, int base)
{
	int negative;
	dtc_u64 v = 0;

	while (*str == ' ' || *str == '\t')
		str++;
	negative = *str == '-';
	if (*str == '-' || *str == '+')
		str++;
	if (base == 16 && str[0] == '0' && (str[1] == 'x' || str[1] == 'X') && digit_of(str[2]) < 16)
		str += 2;
	for (; digit_of(*str) < base; str++)
		v = v * (dtc_u32)base + (dtc_u32)digit_of(*str);
	return (dtc_s64)(negative ? -v : v);
}

dtc_s32 str_to_key(dtc_u64 *key, const char *str, dtc_u32 room)
{
	const dtc_u32 n = str_len(str), words = (n + 7) / 8;
	char *bytes = (char *)(key + 1);

	if (words + 1 > room)
		return -1;
	key[0] = n;
	for (dtc_u32 i = 0; i < words * 8; i++)
		bytes[i] = i < n ? str[i] : 0;
	return (dtc_s32)words + 1;
}
