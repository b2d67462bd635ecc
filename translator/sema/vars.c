// SPDX-License-Identifier: GPL-2.0
/*
 * $$vars, $$parms, $$locals: all variables at the probes of a clause, as what
 * print(), trace() and printf() show. They become a NODE_VARS whose type is a
 * structure of them, of all probes together: a record says of each whether the
 * place has it. emit/local.c records them.
 */
#include <string.h>
#include "sema.h"
#include "../debuginfo/dwarf.h"

#define VARS_MAX   256
#define VALUE_MAX  1024		/* bytes of one value */

static bool is_wanted(const struct probe_local *l, const char *name)
{
	bool is_param = l->kind == LOCAL_PARAMETER;

	if (!l->name || !l->type || l->is_outer)
		return false;
	return !strcmp(name, "vars") || (!strcmp(name, "parms") ? is_param : l->kind == LOCAL_VARIABLE);
}

bool is_vars_macro(const struct node *n)
{
	return n->kind == NODE_MACRO && n->as_string && (!strcmp(n->name, "vars") || !strcmp(n->name, "parms") || !strcmp(n->name, "locals"));
}

static struct local *slot_for(struct vars *v, const struct probe_local *l, size_t nprobes)
{
	struct local *local;

	for (size_t i = 0; i < v->n; i++)
		if (!strcmp(v->locals[i].name, l->name) && type_equal(v->locals[i].type, l->type))
			return &v->locals[i];
	if (v->n == VARS_MAX)
		return NULL;
	local = &v->locals[v->n++];
	*local = (struct local){ .name = l->name, .type = l->type };
	local->sites = mem_alloc(nprobes * sizeof(*local->sites));
	return local;
}

static void probe_vars(struct sema *s, const struct probe *p, struct vars *v, const char *name)
{
	const struct probe_local *l;
	size_t n = p->provider && p->provider->locals ? p->provider->locals(s->dtc, p, &l) : 0;

	for (size_t i = 0; i < n; i++) {
		struct local *local = is_wanted(&l[i], name) ? slot_for(v, &l[i], s->clause->probes->count) : NULL;
		struct var_loc *loc;

		if (!local || (local->nsites && local->sites[local->nsites - 1].probe == p))
			continue;
		loc = mem_alloc(sizeof(*loc));
		p->provider->locate(s->dtc, p, &l[i], loc);
		local->sites[local->nsites++] = (struct local_site){ p, local_is_readable(loc) ? loc : NULL };
	}
}

static u64 align(u64 n, u64 to)
{
	return (n + to - 1) / to * to;
}

/* Each value at a multiple of 8 bytes, a byte for the state of each at the end. */
static struct type *vars_type(struct vars *v, const char *name)
{
	struct type *t = type_new(TYPE_STRUCT, mem_printf("$$%s", name), 0);

	t->nmembers = v->n;
	t->members = mem_alloc((v->n + 1) * sizeof(*t->members));
	for (size_t i = 0; i < v->n; i++) {
		u64 size = type_strip(v->locals[i].type)->size;

		t->members[i] = (struct member){ v->locals[i].name, v->locals[i].type, t->size * 8, 0 };
		if (size <= VALUE_MAX)
			t->size = align(t->size + size, 8);
		else
			v->locals[i].is_large = true;
	}
	t->size = align(t->size + v->n, 8);
	return t;
}

struct type *check_vars(struct sema *s, struct node *n)
{
	const struct probe_list *list = s->clause ? s->clause->probes : NULL;
	struct vars *v = mem_alloc(sizeof(*v));

	v->locals = mem_alloc(VARS_MAX * sizeof(*v->locals));
	for (size_t i = 0; list && i < list->count; i++)
		probe_vars(s, list->probes[i], v, n->name);
	if (!v->n)
		return sema_error(s, n, "D_MACRO_UNDEF", "functions have their parameters at fbt entry, lines their variables, tracepoints their arguments",
				  "$$%s: no variable of the kernel is in scope%s%s", n->name, list && list->count ? " at " : "",
				  list && list->count ? probe_text(list->probes[0]) : "");
	n->kind = NODE_VARS;
	n->vars = v;
	return n->type = vars_type(v, n->name);
}
