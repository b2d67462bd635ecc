// SPDX-License-Identifier: GPL-2.0
/* Integers, characters and strings as D writes them. A wrong one is reported and has some value. */
#include "parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *text; u8 suffix; } suffixes[] = {
	{ "", 0 }, { "u", 1 }, { "l", 2 }, { "ul", 3 }, { "lu", 3 }, { "ll", 4 }, { "ull", 5 }, { "llu", 5 },
};

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return 99;
}

struct node *literal_int(struct parser *p, const struct loc *loc, const char *text, size_t len)
{
	struct node *n = node_new(NODE_INT, loc);
	const char *s = text, *end = text + len;
	unsigned base = 10;
	bool too_large = false;

	n->depth = 1;
	if (len > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		base = 16, s += 2;
	else if (len > 1 && s[0] == '0')
		base = 8, s++;
	for (; s < end && (base == 16 ? digit_value(*s) < 16 : digit_value(*s) < 10); s++) {
		u64 digit = (u64)digit_value(*s);

		if (digit >= base) {
			parse_error(p, loc, "D_INT_DIGIT", "an integer that begins with 0 is octal", "invalid digit '%c' in an octal integer", *s);
			return n;
		}
		too_large |= n->value > (UINT64_MAX - digit) / base;
		n->value = n->value * base + digit;
	}
	if (s == text + 2 && base == 16)
		s = text + 1;	/* no digit: the x is a wrong suffix */
	n->int_suffix = base == 10 ? 0 : 8;
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		if (strlen(suffixes[i].text) == (size_t)(end - s) && !strncasecmp(suffixes[i].text, s, (size_t)(end - s))) {
			n->int_suffix |= suffixes[i].suffix;
			if (too_large) {
				parse_error(p, loc, "D_INT_OFLOW", "the largest is 18446744073709551615", "integer is too large for 64 bits");
				n->value = 0;
			}
			return n;
		}
	}
	parse_error(p, loc, "D_SYNTAX", "suffixes are u, l, ll, ul and ull", "invalid digit or suffix '%.*s' in an integer",
		    (int)(end - s > 20 ? 20 : end - s), s);
	return n;
}

bool literal_is_digits(const char *text)
{
	char *end;

	if (*text == '-' || *text == '+')
		text++;
	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	strtoull(text, &end, 0);
	return !*end;
}

bool literal_is_int(const char *text)
{
	return literal_is_digits(text) && !errno;
}

/* One character of a literal, after its backslash; *s moves on. */
static char unescape(const char **s, const char *end)
{
	static const char names[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	char c = *(*s)++;
	const char *name = strchr(names, c);
	int n = 0;

	if (c && name)
		return values[name - names];
	if (c == 'x' && *s < end && digit_value(**s) < 16) {
		while (*s < end && digit_value(**s) < 16)
			n = (n * 16 + digit_value(*(*s)++)) & 0xff;
		return (char)n;
	}
	if (c >= '0' && c <= '7') {
		(*s)--;
		for (int i = 0; i < 3 && *s < end && **s >= '0' && **s <= '7'; i++)
			n = n * 8 + *(*s)++ - '0';
		return (char)n;
	}
	if (c == '\\' || c == '"' || c == '\'' || c == '?')
		return c;
	(*s)--;			/* no escape: the backslash stands for itself */
	return '\\';
}

static char *unescape_all(const char *text, size_t len, size_t *out_len)
{
	const char *s = text, *end = text + len;
	char *out = mem_alloc(len + 1);
	size_t n = 0;

	while (s < end) {
		if (*s == '\\' && s + 1 < end) {
			s++;
			out[n++] = unescape(&s, end);
		} else {
			out[n++] = *s++;
		}
	}
	*out_len = n;
	return out;
}

/* What follows a NUL in a string is not part of it. */
struct node *literal_string(struct parser *p, const struct loc *loc, const char *text, size_t len)
{
	struct node *n = node_new(NODE_STRING, loc);
	size_t out;

	(void)p;
	n->depth = 1;
	n->text = unescape_all(text, len, &out);
	n->text_len = strnlen(n->text, out);
	return n;
}

/* Several characters are the bytes of an integer, the first is the highest. */
struct node *literal_char(struct parser *p, const struct loc *loc, const char *text, size_t len)
{
	struct node *n = node_new(NODE_INT, loc);
	size_t out;
	const char *bytes = unescape_all(text, len, &out);

	n->depth = 1;
	n->int_suffix = 8;
	if (!out)
		parse_error(p, loc, "D_CHR_NULL", NULL, "character constant is empty");
	if (out > sizeof(n->value))
		parse_error(p, loc, "D_CHR_OFLOW", NULL, "character constant is too long: an integer holds %zu", sizeof(n->value));
	for (size_t i = 0; i < out && i < sizeof(n->value); i++)
		n->value = n->value << 8 | (u8)bytes[i];
	return n;
}
