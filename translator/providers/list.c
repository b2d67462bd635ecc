// SPDX-License-Identifier: GPL-2.0
/*
 * `dtc -l`: the probes that the command line's descriptions match, or all.
 * With -v the stability of their names and arguments, and the types of these.
 */
#include <stdlib.h>
#include <string.h>

#include "provider.h"
#include "../debuginfo/dwarf.h"
#include "../sema/stability.h"
#include "../sema/type.h"

/* There may be a million: of a probe no more than its row shows, the rest with -v. */
struct listed {
	u32 id;
	bool is_place;
	const char *part[4];
	const struct probe *probe;	/* NULL without -v */
};
struct listing {
	struct listed *rows;		/* malloc()ed: it grows where it is */
	size_t count, cap;
	bool with_probes;
};

static void list_found(struct dtc *dtc, const struct probe *p, void *arg)
{
	struct listing *l = arg;
	struct probe *copy = NULL;

	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 256;
		l->rows = realloc(l->rows, l->cap * sizeof(*l->rows));
		if (!l->rows)
			abort();	/* as mem_alloc() does */
	}
	if (l->with_probes) {
		copy = mem_alloc(sizeof(*copy));
		*copy = *p;
	}
	l->rows[l->count++] = (struct listed){ p->id, p->site, { p->part[0], p->part[1], p->part[2], p->part[3] }, copy };
}

static int compare_id(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* The type of an argument; at places that differ there is none. */
static const char *argument_text(struct dtc *dtc, const struct listed *row, size_t places, unsigned n)
{
	const struct probe *p = row->probe;
	struct type *t = p->provider->arg_type(dtc, p, n), *other;

	for (size_t i = 1; i < places && t; i++) {
		other = p->provider->arg_type(dtc, row[i].probe, n);
		if (!other || !type_equal(t, other))
			return "(differs by place)";
	}
	return t ? type_name(dtc, t, NULL) : "(unknown)";
}

/* Whether the compiler left an argument out, which debug information tells of copies of functions. */
static bool argument_is_gone(struct dtc *dtc, const struct probe *p, unsigned n)
{
	const struct probe_local *l;
	size_t count = p->provider->locals && !p->site ? p->provider->locals(dtc, p, &l) : 0;

	for (size_t i = 0; i < count; i++) {
		struct var_loc loc;

		if (l[i].kind != LOCAL_PARAMETER || l[i].index != n || !l[i].of)
			continue;
		p->provider->locate(dtc, p, &l[i], &loc);
		return loc.kind == LOC_NONE;
	}
	return false;
}

static void list_arguments(struct dtc *dtc, FILE *out, const struct listed *row, size_t places)
{
	const struct probe *p = row->probe;
	unsigned n = p->provider->nargs(dtc, p);

	fprintf(out, "\n\tProbe Description Attributes\n");
	attributes_print(out, attributes_of_probe(p, p->part));
	fprintf(out, "\n\tArgument Attributes\n");
	attributes_print(out, attributes_of_args(p));
	fprintf(out, "\n\tArgument Types\n");
	if (!n)
		fprintf(out, "\t\tNone\n");
	for (unsigned i = 0; i < n; i++)
		fprintf(out, "\t\targs[%u]: %s%s\n", i, argument_text(dtc, row, places, i), argument_is_gone(dtc, p, i) ? " <optimized out>" : "");
	fputc('\n', out);
}

/* At a place in a function: the variables in scope. */
static void list_variables(struct dtc *dtc, FILE *out, const struct probe *p)
{
	const struct probe_local *l;
	size_t n = p->site ? p->provider->locals(dtc, p, &l) : 0;

	if (!n)
		return;
	fprintf(out, "\tVariables at %s\n", p->site->text);
	for (size_t i = 0; i < n; i++) {
		struct var_loc loc;

		p->provider->locate(dtc, p, &l[i], &loc);
		fprintf(out, "\t\t$%s: %s%s\n", l[i].name, l[i].type ? type_name(dtc, l[i].type, NULL) : "(unknown)",
			loc.kind == LOC_NONE ? " <optimized out>" : "");
	}
	fputc('\n', out);
}

/* Of a function that is one of several of its name; a line's variables are listed for each place. */
static size_t places_count(const struct listing *l, size_t first)
{
	size_t n = 1;

	while (l->rows[first].probe->is_namesake && first + n < l->count && l->rows[first + n].id == l->rows[first].id)
		n++;
	return n;
}

/* Text on the right of `width` characters, as %*s; without the cost of a format, of which there may be millions. */
static char *put_right(char *at, const char *text, size_t len, size_t width)
{
	const size_t pad = len < width ? width - len : 0;

	memset(at, ' ', pad);
	memcpy(at + pad, text, len);
	return at + pad + len;
}

/* "%5u %10s %17s %33s %s\n" */
static void list_row(FILE *out, const struct listed *row)
{
	static const u8 widths[4] = { 10, 17, 33, 0 };
	size_t len[4], size = 64;
	char id[11], buffer[256], *line = buffer, *at = id + sizeof(id);

	for (u32 n = row->id, i = 0; n || !i; n /= 10, i++)
		*--at = (char)('0' + n % 10);
	for (int i = 0; i < 4; i++) {
		len[i] = strlen(row->part[i]);
		size += len[i] + widths[i];
	}
	if (size > sizeof(buffer))
		line = mem_alloc(size);
	at = put_right(line, at, id + sizeof(id) - at, 5);
	for (int i = 0; i < 4; i++) {
		*at++ = ' ';
		at = put_right(at, row->part[i], len[i], widths[i]);
	}
	*at++ = '\n';
	fwrite(line, 1, at - line, out);
}

/* The probes of one description after the other; each one's by id. */
static void list_print(struct dtc *dtc, FILE *out, struct listing *l)
{
	fprintf(out, "%5s %10s %17s %33s %s\n", "ID", "PROVIDER", "MODULE", "FUNCTION", "NAME");
	for (size_t i = 0; i < l->count; i++) {
		const struct listed *row = &l->rows[i];

		if (i && row->id == row[-1].id && row->is_place) {	/* another place of it */
			if (dtc->verbose)
				list_variables(dtc, out, row->probe);
			continue;
		}
		list_row(out, row);
		if (!dtc->verbose)
			continue;
		list_arguments(dtc, out, row, places_count(l, i));
		list_variables(dtc, out, row->probe);
	}
}

/* All probes that there are, those of modules that are not loaded too. */
static void list_everything(struct dtc *dtc, struct listing *l)
{
	for (const struct provider *const *v = providers; *v; v++) {
		u32 n = (*v)->count(dtc);
		struct probe p;

		for (u32 i = 0; i < n; i++)
			if ((*v)->by_index(dtc, i, &p))
				list_found(dtc, &p, l);
	}
}

/* What comes in order, as most does, is left alone. */
static void list_sort(struct listing *l, size_t from)
{
	size_t i = from + 1;

	while (i < l->count && l->rows[i - 1].id <= l->rows[i].id)
		i++;
	if (i < l->count)
		qsort(l->rows + from, l->count - from, sizeof(*l->rows), compare_id);
}

static int list_matches(struct dtc *dtc, struct listing *l, struct probe_desc *d)
{
	int err = 0;

	if (d->is_id)
		return provider_match_id(dtc, d, list_found, l) < 0 ? -1 : 0;
	for (const struct provider *const *v = providers; *v && !err; v++)
		if (glob_match(d->part[0], (*v)->name))
			err = (*v)->match(dtc, d, list_found, l);
	return err;
}

static int list_description(struct dtc *dtc, struct listing *l, struct probe_desc *d)
{
	size_t before = l->count;

	if (list_matches(dtc, l, d))
		return -1;
	list_sort(l, before);
	if (l->count > before)
		return 0;
	if (d->is_id) {
		diag_error(dtc, &d->loc, "D_PDESC_INVAL", "dtc -l lists the probes with their ids", "there is no probe with id %u", d->id);
		return -1;
	}
	diag_note(dtc, "failed to match %s:%s:%s:%s: No probe matches description", d->part[0], d->part[1], d->part[2], d->part[3]);
	return 0;
}

void probes_explain(struct dtc *dtc, const struct input *in, FILE *out)
{
	for (struct clause *c = dtc->unit->clauses; c; c = c->next)
		for (struct probe_desc *d = c->input == in ? c->descs : NULL; d; d = d->next) {
			struct listing l = { .with_probes = true };
			const char *const *part = d->part;

			if (list_matches(dtc, &l, d)) {
				free(l.rows);
				return;
			}
			list_sort(&l, 0);
			if (d->is_id && l.count)
				part = l.rows[0].part;
			if (part[0])
				fprintf(out, "\n%s:%s:%s:%s\n", part[0], part[1], part[2], part[3]);
			if (l.count)
				list_arguments(dtc, out, &l.rows[0], places_count(&l, 0));
			free(l.rows);
		}
}

int probes_list(struct dtc *dtc, FILE *out)
{
	struct listing l = { .with_probes = dtc->verbose };
	int err = 0;

	if (!dtc->probes)
		dtc->probes = mem_alloc(sizeof(*dtc->probes));
	if (!dtc->unit || !dtc->unit->clauses) {
		list_everything(dtc, &l);
		list_sort(&l, 0);
	} else {
		for (struct clause *c = dtc->unit->clauses; c; c = c->next)
			for (struct probe_desc *d = c->descs; d; d = d->next)
				if (probe_desc_expand(dtc, d, c->input ? c->input->kind : INPUT_SCRIPT) ||
				    list_description(dtc, &l, d))
					err = -1;
	}
	if (!err && !diag_errors(dtc))
		list_print(dtc, out, &l);
	free(l.rows);
	return diag_errors(dtc) ? -1 : err;
}
