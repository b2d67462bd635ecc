// SPDX-License-Identifier: GPL-2.0
/* Patterns of probe descriptions: the shell's, on whole names. */
#include <string.h>

#include "provider.h"

bool glob_is_pattern(const char *s)
{
	return s[strcspn(s, "*?[\\")] != 0;
}

/* One [...] at *glob, which moves past it: does it hold c? A set that is not closed is a plain '['. */
static bool set_match(const char **glob, char c)
{
	const char *p = *glob + 1;
	bool negated = *p == '!' || *p == '^', found = false;

	if (negated)
		p++;
	do {
		unsigned char lo, hi;

		if (*p == '\\' && p[1])
			p++;
		if (!*p) {
			(*glob)++;
			return c == '[';
		}
		lo = hi = *p++;
		if (*p == '-' && p[1] && p[1] != ']') {
			p += p[1] == '\\' && p[2] ? 2 : 1;
			hi = *p++;
		}
		if ((unsigned char)c >= lo && (unsigned char)c <= hi)
			found = true;
	} while (*p != ']');
	*glob = p + 1;
	return found != negated;
}

/* Without recursion: after a mismatch, the last star takes one character more. */
bool glob_match(const char *glob, const char *s)
{
	const char *star = NULL, *star_s = NULL;

	if (!*glob)
		return true;
	while (*s || *glob == '*') {
		const char *next = glob;
		bool ok;

		if (*glob == '*') {
			while (*glob == '*')
				glob++;
			if (!*glob)
				return true;
			star = glob;
			star_s = s;
			continue;
		}
		if (*glob == '?') {
			next++;
			ok = true;
		} else if (*glob == '[') {
			ok = set_match(&next, *s);
		} else {
			if (*next == '\\' && next[1])
				next++;
			ok = *next && *next == *s;
			next += ok;
		}
		if (ok) {
			glob = next;
			s++;
		} else if (star) {
			glob = star;
			s = ++star_s;
		} else {
			return false;
		}
	}
	return !*glob;
}
