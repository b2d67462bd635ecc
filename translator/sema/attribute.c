// SPDX-License-Identifier: GPL-2.0
/*
 * What a program relies on: the least attributes of its probe descriptions and
 * of the names that its statements use, and whether they reach -x amin. Each
 * place of the checker that gives a name its meaning calls attribute_use().
 */
#include <string.h>
#include "sema.h"

/* #pragma D attributes holds wherever it stands; of two for a name the last. */
void attributes_begin(struct sema *s)
{
	const struct options *o = &s->dtc->opt;
	const struct top *t;
	size_t i;

	for (t = s->unit->tops; t; t = t->next) {
		struct attributes *a;

		if (t->kind != TOP_PRAGMA || t->pragma->kind != PRAGMA_ATTRIBUTES)
			continue;
		a = mem_alloc(sizeof(*a));
		if (attributes_parse(t->pragma->word[0], a))
			names_put(&s->attributes, t->pragma->word[1], a);
	}
	for (i = 0; i < o->nset; i++) {
		struct attributes *a;

		if (strcmp(o->set[i].name, "amin"))
			continue;
		a = mem_alloc(sizeof(*a));
		s->amin = attributes_parse(o->set[i].value, a) ? a : NULL;
	}
}

static void check_least(struct sema *s, const struct loc *loc, const char *what, struct attributes a)
{
	if (s->amin && attributes_less(a, *s->amin))
		diag_error(s->dtc, loc, "D_ATTR_MIN", NULL, "attributes for %s (%s) are less than the minimum, %s", what, attributes_text(a),
			   attributes_text(*s->amin));
}

/* Libraries stand for what they are written for: what they use themselves does not count. */
void attribute_use(struct sema *s, const struct node *n, const char *name, struct attributes a)
{
	if (s->muted || !s->clause || (n->loc.src && n->loc.src->is_library))
		return;
	s->statement = attributes_min(s->statement, a);
	check_least(s, &n->loc, name, a);
}

const struct attributes *attributes_given(struct sema *s, const char *name)
{
	return names_get(&s->attributes, name);
}

static struct attributes description(struct sema *s, struct clause *c, struct probe_desc *d)
{
	struct attributes a = attributes_most;
	const struct provider *last = NULL;
	size_t i;

	for (i = 0; c->probes && i < c->probes->count; i++) {
		const struct probe *p = c->probes->probes[i];

		if ((c->descs->next && p->desc != d) || p->provider == last)
			continue;
		last = p->provider;
		a = attributes_min(a, attributes_of_probe(p, d->part));
	}
	check_least(s, &d->loc, mem_printf("probe description %s", d->text), a);
	return a;
}

void clause_begin(struct sema *s)
{
	s->statement = attributes_stable;
}

void clause_end(struct sema *s, struct clause *c)
{
	struct attributes *least;
	struct probe_desc *d;

	if (!c->input)
		return;
	if (!c->input->attributes) {
		least = c->input->attributes = mem_alloc(2 * sizeof(*least));
		least[0] = least[1] = attributes_most;
	}
	least = c->input->attributes;
	for (d = c->descs; d; d = d->next)
		least[0] = attributes_min(least[0], description(s, c, d));
	least[1] = attributes_min(least[1], s->statement);
}
