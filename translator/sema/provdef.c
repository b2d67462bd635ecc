// SPDX-License-Identifier: GPL-2.0
/* Provider definitions: names, arguments, the translators that mapped arguments need. */
#include <ctype.h>
#include <string.h>
#include "sema.h"

#define PROVIDER_NAME_MAX 64
#define PROBE_ARGS_MAX 255

static struct declared *declared_find(struct declared *list, const char *name)
{
	while (list && !(list->name && name && !strcmp(list->name, name)))
		list = list->next;
	return list;
}

static unsigned declared_check(struct sema *s, struct declared *list)
{
	unsigned n = 0;

	for (; list; list = list->next, n++)
		check_decl_type(s, list->type);
	return n;
}

/* A mapped argument comes from the argument of its name, as it is or by a translator. */
static void check_mapped(struct sema *s, struct provider_probe *p)
{
	struct declared *m, *from;
	struct type *to;

	for (m = p->mapped; m; m = m->next) {
		from = declared_find(p->args, m->name);
		to = check_decl_type(s, m->type);
		if (!from) {
			diag_error(s->dtc, &m->loc, m->name ? "D_DECL_PROTO_FORM" : "D_DECL_PROTO_NAME", NULL, "probe %s has no argument '%s' to take this one from", p->name,
				   m->name ? m->name : "");
			continue;
		}
		if (type_is_poison(to) || type_is_poison(from->type->type))
			continue;
		if (!type_equal(to, from->type->type) && !(type_is_arith(to) && type_is_arith(from->type->type)) &&
		    !translator_exists(s, to, from->type->type))
			diag_error(s->dtc, &m->loc, "D_PROV_PRXLATOR", NULL, "translator for %s from %s to %s is not defined", m->name,
				   type_name(s->dtc, from->type->type, NULL), type_name(s->dtc, to, NULL));
	}
}

static void check_probe(struct sema *s, struct provider_def *def, struct provider_probe *p)
{
	struct provider_probe *q;

	for (q = def->probes; q != p; q = q->next)
		if (!strcmp(q->name, p->name)) {
			diag_error(s->dtc, &p->loc, "D_PROV_PRDUP", NULL, "probe redeclared: %s", p->name);
			return;
		}
	if (declared_check(s, p->args) > PROBE_ARGS_MAX || declared_check(s, p->mapped) > PROBE_ARGS_MAX) {
		diag_error(s->dtc, &p->loc, "D_PROV_PRARGLEN", NULL, "probe %s has more than %d arguments", p->name, PROBE_ARGS_MAX);
		return;
	}
	if (p->has_mapped)
		check_mapped(s, p);
}

static bool same_args(struct sema *s, struct declared *a, struct declared *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (!type_equal(check_decl_type(s, a->type), check_decl_type(s, b->type)))
			return false;
	return a == b;
}

/* A provider may be defined again, as a script and a library may both have it: alike. */
static void check_again(struct sema *s, struct provider_def *def, struct provider_def *old)
{
	struct provider_probe *p, *q;

	for (p = def->probes; p; p = p->next) {
		for (q = old->probes; q && strcmp(q->name, p->name); q = q->next)
			;
		if (q && same_args(s, p->args, q->args) && same_args(s, p->mapped, q->mapped))
			continue;
		diag_error(s->dtc, &p->loc, "D_PROV_INCOMPAT", mem_printf("its first definition is on line %u", old->loc.line),
			   q ? "provider %s redeclared: probe %s has other arguments" : "provider %s redeclared: there was no probe %s", def->name, p->name);
		return;
	}
}

void check_provider(struct sema *s, struct provider_def *def)
{
	struct provider_def *old = names_get(&s->providers, def->name);
	size_t len = strlen(def->name);
	struct provider_probe *p;

	if (len > PROVIDER_NAME_MAX || isdigit((unsigned char)def->name[len - 1])) {
		diag_error(s->dtc, &def->loc, "D_PROV_BADNAME", "the number of a process is put behind it", "provider name '%s' %s", def->name,
			   len > PROVIDER_NAME_MAX ? "is too long" : "may not end with a digit");
		names_put(&s->providers, def->name, def);	/* what names it is no error too */
		return;
	}
	if (old) {
		check_again(s, def, old);
		return;
	}
	names_put(&s->providers, def->name, def);
	for (p = def->probes; p; p = p->next)
		check_probe(s, def, p);
}
