/* SPDX-License-Identifier: GPL-2.0 */
/* Lines of emitted C, names for temporaries, C string literals, tables of rows. */
#include <stdlib.h>
#include <string.h>
#include "emitter.h"

void *rows_add(struct rows *r)
{
	r->data = mem_grow(r->data, &r->cap, r->n + 1, r->size);
	void *row = (char *)r->data + r->n++ * r->size;
	memset(row, 0, r->size);
	return row;
}

void emit_line(struct emitter *e, const char *fmt, ...)
{
	static const char tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t";
	char small[512], *line = small;
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(small, sizeof(small), fmt, ap);
	if (n >= (int)sizeof(small)) {
		line = mem_alloc(n + 1);
		vsnprintf(line, n + 1, fmt, again);
	}
	va_end(again);
	va_end(ap);
	unsigned indent = e->indent < sizeof(tabs) - 1 ? e->indent : sizeof(tabs) - 1;
	text_write(e->out, tabs, indent);
	text_write(e->out, line, n);
	text_write(e->out, "\n", 1);
}

const char *emit_temp(struct emitter *e)
{
	return mem_printf("t%u", e->ntemps++);
}

struct text *emit_to(struct emitter *e, struct text *sub)
{
	struct text *was = e->out;
	e->out = sub;
	return was;
}

void text_add_quoted(struct text *t, const char *s, size_t n)
{
	text_write(t, "\"", 1);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = s[i];
		if (c == '"' || c == '\\')
			text_add(t, "\\%c", c);
		else if (c < ' ' || c >= 0x7f || c == '?')	/* ?: no trigraphs */
			text_add(t, "\\%03o", c);
		else
			text_write(t, &s[i], 1);
	}
	text_write(t, "\"", 1);
}

const char *quoted(const char *s, size_t n)
{
	struct text t = { 0 };
	text_add_quoted(&t, s, n);
	text_write(&t, "", 1);
	return t.data;
}
