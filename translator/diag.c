// SPDX-License-Identifier: GPL-2.0
/*
 * Diagnostics: collected while the passes run, printed together, in the order
 * of the script:
 *
 *	dtc: failed to compile script x.d: [D_IDENT_UNDEF] line 3: unknown variable 'execnam'
 *	    3 | { trace(execnam); }
 *	      |         ^~~~~~~
 *	      = did you mean 'execname'?
 *
 * The tag is shown with -xerrtags. For a one-liner the first line begins
 * `dtc: invalid probe specifier TEXT: `; an error without a place (no headers,
 * a wrong option) is `dtc: message`.
 */
#include "dtc.h"

#include <dtc/excerpt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DIAG_MAX	200	/* errors shown; more are only counted */

struct diag {
	struct loc loc;		/* src NULL: no place */
	const char *tag, *hint, *message;
	bool is_error;
	const char *label;	/* before the message */
	size_t order;
};
struct diags {
	struct diag *list;
	size_t count, cap;
	size_t nerrors;
	bool is_lacking;	/* something outside the script: an error without a place */
};

static bool same_place(const struct diag *d, const struct loc *loc)
{
	return loc && d->loc.src == loc->src && d->loc.line == loc->line && d->loc.column == loc->column;
}

static void diag_add(struct dtc *dtc, const struct loc *loc, const char *tag, const char *hint, const char *label, bool is_error, const char *message)
{
	struct diags *ds = dtc->diags;
	struct diag *d;

	if (!ds)
		ds = dtc->diags = mem_alloc(sizeof(*ds));
	for (size_t i = 0; i < ds->count; i++) {
		d = &ds->list[i];
		if (d->is_error == is_error && (loc && loc->src ? same_place(d, loc) : !d->loc.src && !strcmp(d->message, message)))
			return;
	}
	if (is_error)
		ds->nerrors++;
	/* what is found in the script without the kernel or the tool that it needs may be no mistake of its author */
	if (ds->count >= DIAG_MAX || (is_error && ds->is_lacking && loc && loc->src))
		return;
	ds->is_lacking |= is_error && !(loc && loc->src);
	ds->list = mem_grow(ds->list, &ds->cap, ds->count, sizeof(*ds->list));
	d = &ds->list[ds->count];
	*d = (struct diag){ .tag = tag, .message = message, .is_error = is_error, .label = label, .order = ds->count++ };
	if (loc)
		d->loc = *loc;
	if (hint)
		d->hint = mem_strdup(hint);
}

void diag_error(struct dtc *dtc, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add(dtc, loc, tag, hint, "", true, mem_vprintf(fmt, ap));
	va_end(ap);
}

void diag_warn(struct dtc *dtc, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add(dtc, loc, tag, hint, "warning: ", false, mem_vprintf(fmt, ap));
	va_end(ap);
}

void diag_note(struct dtc *dtc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add(dtc, NULL, NULL, NULL, "", false, mem_vprintf(fmt, ap));
	va_end(ap);
}

size_t diag_errors(const struct dtc *dtc)
{
	return dtc->diags ? dtc->diags->nerrors : 0;
}

static int diag_compare(const void *left, const void *right)
{
	const struct diag *a = left, *b = right;

	if (!a->loc.src != !b->loc.src)
		return a->loc.src ? -1 : 1;	/* without a place: last */
	if (a->loc.src && a->loc.src->index != b->loc.src->index)
		return a->loc.src->index < b->loc.src->index ? -1 : 1;
	if (a->loc.line != b->loc.line)
		return a->loc.line < b->loc.line ? -1 : 1;
	if (a->loc.column != b->loc.column)
		return a->loc.column < b->loc.column ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Text of a line without its end; NULL where the source has no such line. */
static const char *source_line(const struct source *src, u32 line, size_t *len)
{
	const char *p = src->text, *end = src->text + src->len, *eol;
	u32 n = src->first_line ? src->first_line : 1;

	if (!p || line < n)
		return NULL;
	for (;; n++) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (n == line)
			break;
		if (!eol)
			return NULL;
		p = eol + 1;
	}
	*len = (size_t)((eol ? eol : end) - p);
	if (*len && p[*len - 1] == '\r')
		--*len;
	return p;
}

static void show_excerpt(FILE *f, const struct diag *d, bool colour)
{
	const char *text;
	size_t len = 0, from, to;

	/* no column: the place is the source as a whole */
	text = d->loc.column ? source_line(d->loc.src, d->loc.line, &len) : NULL;
	if (!text)
		return;
	from = d->loc.column - 1;
	if (from > len)
		from = len;
	to = d->loc.end_line == d->loc.line ? (d->loc.end_column ? d->loc.end_column - 1 : 0) : len;
	if (to > len)
		to = len;
	if (to <= from)
		to = from + 1;
	excerpt_print(f, d->loc.line, text, len, from, to, colour);
}

/* What is being compiled, as DTrace names it. */
static const struct source *main_source(const struct dtc *dtc, const struct diag *d)
{
	if (d->loc.src->is_oneliner || d->loc.src->is_library)
		return d->loc.src;
	for (size_t i = 0; i < dtc->ninputs; i++) {
		const struct source *s = dtc->inputs[i].src;

		if (s && !s->is_oneliner && (s == d->loc.src || (d->loc.src->text >= s->text && d->loc.src->text <= s->text + s->len)))
			return s;
	}
	return d->loc.src;
}

static void show_one(FILE *f, const struct dtc *dtc, const struct diag *d, bool colour)
{
	const char *name = dtc->progname ? dtc->progname : "dtc";

	fputs(colour ? "\033[1m" : "", f);
	fprintf(f, "%s: %s", name, d->label);
	if (d->loc.src) {
		const struct source *s = main_source(dtc, d);

		if (s->is_oneliner) {
			fputs("invalid probe specifier ", f);
			excerpt_put_text(f, s->text, s->len);
			fputs(": ", f);
		} else {
			fprintf(f, "failed to compile %s ", s->is_library ? "library" : "script");
			excerpt_put_text(f, s->name, strlen(s->name));
			fputs(": ", f);
		}
		if (d->tag && dtc->opt.errtags)
			fprintf(f, "[%s] ", d->tag);
		if (s != d->loc.src && strcmp(s->name, d->loc.src->name))
			fprintf(f, "\"%s\", ", d->loc.src->name);
		if (!s->is_oneliner || d->loc.line > 1)
			fprintf(f, "line %u: ", d->loc.line);
	} else if (d->tag && dtc->opt.errtags) {
		fprintf(f, "[%s] ", d->tag);
	}
	excerpt_put_text(f, d->message, strlen(d->message));
	fputs(colour ? "\033[0m\n" : "\n", f);
	if (d->loc.src)
		show_excerpt(f, d, colour);
	if (d->hint)
		fprintf(f, "%s%s\n", d->loc.src ? "      = " : "  ", d->hint);
}

static bool wants_colour(FILE *f)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(f)) && !(no && *no) && term && strcmp(term, "dumb");
}

/* Prints to `f` what has come since the last time. */
void diag_show(struct dtc *dtc, FILE *f)
{
	struct diags *ds = dtc->diags;
	bool colour = wants_colour(f);

	if (!ds)
		return;
	qsort(ds->list, ds->count, sizeof(*ds->list), diag_compare);
	for (size_t i = 0; i < ds->count; i++)
		show_one(f, dtc, &ds->list[i], colour);
	if (ds->count == DIAG_MAX && ds->nerrors > ds->count)
		fprintf(f, "%s: and %zu more errors\n", dtc->progname, ds->nerrors - ds->count);
	ds->count = 0;
	ds->is_lacking = false;
}

void diag_flush(struct dtc *dtc)
{
	diag_show(dtc, stderr);
}

/* --- nearest names --- */

#define NEAR_MAX 64	/* longer names are not compared */

/* Edit distance with transpositions; at least `limit` when it is not less. */
static unsigned edit_distance(const char *a, const char *b, unsigned limit)
{
	size_t la = strlen(a), lb = strlen(b);
	unsigned row[3][NEAR_MAX + 1];

	if (la > NEAR_MAX || lb > NEAR_MAX || (la > lb ? la - lb : lb - la) >= limit)
		return limit;
	for (size_t j = 0; j <= lb; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= la; i++) {
		unsigned *cur = row[i % 3], *up = row[(i - 1) % 3], *up2 = row[(i + 1) % 3];
		unsigned least = cur[0] = (unsigned)i;

		for (size_t j = 1; j <= lb; j++) {
			unsigned best = up[j - 1] + (a[i - 1] != b[j - 1]);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (cur[j - 1] + 1 < best)
				best = cur[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			cur[j] = best;
			if (best < least)
				least = best;
		}
		if (least > limit)
			return limit;
	}
	return row[la % 3][lb] < limit ? row[la % 3][lb] : limit;
}

void nearest_init(struct nearest *n, const char *name)
{
	size_t len = strlen(name);

	n->name = name;
	n->best = NULL;
	/* one mistake in a short name, a third of a long one */
	n->distance = len < 3 ? 2 : 2 + (unsigned)(len > 24 ? 8 : len / 3);
	if (len >= 3 && len < 5)
		n->distance = 3;
}

void nearest_try(struct nearest *n, const char *candidate)
{
	unsigned d;

	if (!candidate || !*candidate || !*n->name)
		return;
	d = strcasecmp(n->name, candidate) ? edit_distance(n->name, candidate, n->distance) : strcmp(n->name, candidate) != 0;
	if (d >= n->distance || d >= strlen(n->name))
		return;
	n->distance = d;
	n->best = candidate;
}

const char *nearest_hint(const struct nearest *n)
{
	return n->best ? mem_printf("did you mean '%s'?", n->best) : NULL;
}
