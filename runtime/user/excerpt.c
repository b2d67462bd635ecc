// SPDX-License-Identifier: GPL-2.0
/* A script's line and a caret, for both programs. */
#include <dtc/excerpt.h>

#define EXCERPT_WIDTH	160	/* bytes of a source line shown around the caret */

void excerpt_put_text(FILE *f, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		putc((c < ' ' && c != '\t') || c == 0x7f ? '.' : c, f);
	}
}

static bool is_continuation(char c)	/* of a character in UTF-8 */
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

void excerpt_print(FILE *f, unsigned line, const char *text, size_t len, size_t from, size_t to, bool colour)
{
	size_t first = 0;

	if (len > EXCERPT_WIDTH) {	/* a window on a long line */
		first = from > EXCERPT_WIDTH / 2 ? from - EXCERPT_WIDTH / 2 : 0;
		while (first && first < len && is_continuation(text[first]))
			first--;
		if (len - first > EXCERPT_WIDTH)
			len = first + EXCERPT_WIDTH;
		if (to > len && from < len)
			to = len;
	}
	fprintf(f, "%5u | ", line);
	excerpt_put_text(f, text + first, len - first);
	fputs("\n      | ", f);
	for (size_t i = first; i < from; i++)
		if (i >= len || !is_continuation(text[i]))
			putc(i < len && text[i] == '\t' ? '\t' : ' ', f);
	fputs(colour ? "\033[1;31m^" : "^", f);
	for (size_t i = from + 1; i < to; i++)
		if (i >= len || !is_continuation(text[i]))
			putc('~', f);
	fputs(colour ? "\033[0m\n" : "\n", f);
}
