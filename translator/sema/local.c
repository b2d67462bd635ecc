// SPDX-License-Identifier: GPL-2.0
/*
 * $name: the kernel's own variables at the probes of a clause, and args[n]
 * where a probe's arguments are such. Each probe's provider tells which there
 * are and where; here they become one NODE_LOCAL of one type. A probe that was
 * matched by a pattern and lacks the variable is one that the clause skips.
 */
#include <string.h>
#include "sema.h"
#include "../debuginfo/dwarf.h"

#define NAMES_SHOWN 12
#define OBJECT_MAX  256		/* bytes of what is put together on the stack of a firing */

const char *probe_text(const struct probe *p)
{
	return mem_printf("%s:%s:%s:%s", p->part[0], p->part[1], p->part[2], p->part[3]);
}

const char *place_text(struct sema *s, const struct probe *p)
{
	return p->site ? p->provider->place(s->dtc, p) : probe_text(p);
}

/* A pattern matched it: where it lacks a variable, the clause skips it. */
static bool may_be_skipped(const struct probe *p)
{
	return p->optional && p->site;
}

static size_t locals_of(struct sema *s, const struct probe *p, const struct probe_local **ret)
{
	return p->provider && p->provider->locals ? p->provider->locals(s->dtc, p, ret) : 0;
}

static const struct probe_local *local_find(struct sema *s, const struct probe *p, const char *name)
{
	const struct probe_local *l;
	size_t n = locals_of(s, p, &l), i;

	for (i = 0; i < n; i++)
		if (l[i].name && !strcmp(l[i].name, name))
			return &l[i];
	return NULL;
}

/* The parameter that args[index] is, where the provider says so. */
static const struct probe_local *local_parameter(struct sema *s, const struct probe *p, unsigned index)
{
	const struct probe_local *l;
	size_t n = locals_of(s, p, &l), i;

	for (i = 0; i < n; i++)
		if (l[i].kind == LOCAL_PARAMETER && l[i].index == index)
			return &l[i];
	return NULL;
}

/* --- what is said of one that is not there --- */

const char *type_hint(struct sema *s, const struct probe *p, unsigned index)
{
	const char *missing = p->provider->missing ? p->provider->missing(s->dtc, p) : NULL;

	return mem_printf("%s%sarg%u gives it as an integer", missing ? missing : "", missing ? "; " : "", index > 9 ? 9 : index);
}

/* One function of several that have a name can be meant by its line. */
const char *namesake_hint(struct sema *s, const struct probe *p, const char *otherwise)
{
	const struct probe_list *list = s->clause->probes;

	if (!p->is_namesake)
		return otherwise;
	for (size_t i = 0; i < list->count; i++)	/* a file that is compiled twice */
		if (list->probes[i] != p && list->probes[i]->is_namesake && list->probes[i]->site->line == p->site->line &&
		    !strcmp(list->probes[i]->site->source, p->site->source))
			return otherwise;
	if (p->kind != DTC_GROUP_FBT_ENTRY)
		return "they are functions of one name; arg1 is what each returns, as an integer";
	return mem_printf("line:%s:%s:%u is the entry of one of them alone", p->part[1], p->site->source, p->site->line);
}

static const char *names_hint(struct sema *s, const struct probe *p, const char *name)
{
	const struct probe_local *l;
	size_t n = locals_of(s, p, &l), i, shown = 0;
	const char *missing;
	struct nearest near;
	struct text t = { 0 };

	nearest_init(&near, name);
	for (i = 0; i < n; i++) {
		if (!l[i].name)
			continue;
		nearest_try(&near, l[i].name);
		if (shown++ < NAMES_SHOWN)
			text_add(&t, "%s$%s", t.len ? ", " : "", l[i].name);
	}
	if (!shown && p->provider && p->provider->missing && (missing = p->provider->missing(s->dtc, p)))
		return missing;
	if (!shown)
		return p->kind == DTC_GROUP_FBT_RETURN ? "the function returns nothing; keep what its entry has in a self-> variable" :
			"functions have their parameters at fbt entry, lines their variables, tracepoints their arguments";
	if (shown > NAMES_SHOWN)
		text_add(&t, " and %zu more", shown - NAMES_SHOWN);
	if (p->kind == DTC_GROUP_FBT_RETURN)
		return mem_printf("at a return there is %s; keep what the entry has in a self-> variable", t.data);
	return near.best ? mem_printf("did you mean '$%s'? There %s %s", near.best, shown == 1 ? "is" : "are", t.data) :
			   mem_printf("there %s %s", shown == 1 ? "is" : "are", t.data);
}

static struct type *not_there(struct sema *s, struct node *n, const struct probe *p, const char *name, const struct probe *elsewhere)
{
	if (elsewhere)
		return sema_error(s, n, "D_MACRO_UNDEF", mem_printf("%s; %s", names_hint(s, p, name),
								      namesake_hint(s, elsewhere, "a clause of its own for the probes that have it helps")),
				  "%s has no variable '%s'", place_text(s, p), name);
	if (!p->provider || !p->provider->locals)
		return sema_error(s, n, "D_MACRO_UNDEF", names_hint(s, p, name), "macro $%s is not defined", name);
	return sema_error(s, n, "D_MACRO_UNDEF", names_hint(s, p, name), "macro $%s is not defined, nor is there a variable '%s' at %s", name, name,
			  place_text(s, p));
}

static const char *alive_text(struct sema *s, const struct probe *p, const struct probe_local *l)
{
	u32 line = p->provider->alive ? p->provider->alive(s->dtc, p, l) : 0;

	return line ? mem_printf("; it is alive on line %u", line) : "";
}

/* --- places --- */

/* NULL, or why the place is of no use. `partial` is set when that holds for some of its pieces only. */
static const char *loc_fault(const struct var_loc *loc, bool *partial)
{
	const char *why = NULL, *w;
	size_t i, bad = 0;

	switch (loc->kind) {
	case LOC_NONE:
		return "is optimized out";
	case LOC_CANNOT:
		return mem_printf("cannot be read: %s", loc->why);
	case LOC_POINTS:
		return loc->target ? loc_fault(loc->target, partial) : "is optimized out";
	case LOC_PIECES:
		for (i = 0; i < loc->npieces; i++) {
			w = loc_fault(loc->pieces[i].loc, partial);
			bad += w != NULL;
			why = w ? w : why;
		}
		*partial |= bad && bad < loc->npieces;
		return bad == loc->npieces ? why : NULL;
	default:
		return NULL;
	}
}

/* Is the whole of these bits of the object known? */
static bool loc_covers(const struct var_loc *loc, u64 bit, u64 bits)
{
	u64 at = 0;
	bool partial;

	if (loc->kind == LOC_POINTS)
		return loc_covers(loc->target, bit + loc->offset * 8, bits);
	if (loc->kind != LOC_PIECES)
		return true;
	for (size_t i = 0; i < loc->npieces && at < bit + bits; at += loc->pieces[i++].bits) {
		partial = false;
		if (at + loc->pieces[i].bits > bit && (loc_fault(loc->pieces[i].loc, &partial) || partial))
			return false;
	}
	return at >= bit + bits;
}

bool local_is_readable(const struct var_loc *loc)
{
	bool partial = false;

	return loc->kind != LOC_POINTS && !loc_fault(loc, &partial) && !partial;
}

static bool is_object(const struct var_loc *loc)
{
	return loc->kind == LOC_ADDRESS || (loc->kind == LOC_POINTS && loc->target->kind == LOC_ADDRESS);
}

/* --- $name --- */

static void clause_lacks(struct sema *s, size_t probe, const char *why)
{
	struct clause *c = s->clause;

	if (!c->lacks)
		c->lacks = mem_alloc(c->probes->count * sizeof(*c->lacks));
	if (!c->lacks[probe])
		c->lacks[probe] = why;
}

struct lookup {
	const char *name;	/* or NULL: parameter `index` */
	unsigned index;
	struct local *local;
	const struct probe *first;	/* that has it */
	bool points;		/* some place is a pointer without a value */
	bool is_lvalue;
};

static struct type *site_add(struct sema *s, struct node *n, struct lookup *lk, size_t at, const struct probe_local *l)
{
	const struct probe *p = s->clause->probes->probes[at];
	struct local *local = lk->local;
	struct var_loc *loc = mem_alloc(sizeof(*loc));
	const char *fault;

	p->provider->locate(s->dtc, p, l, loc);
	fault = loc_fault(loc, &local->is_partial);
	if (!fault && !is_object(loc) && type_strip(l->type)->size > OBJECT_MAX)
		fault = "is in too many pieces";
	if (fault) {
		if (may_be_skipped(p)) {
			clause_lacks(s, at, mem_printf("'%s' %s", l->name, fault));
			return NULL;
		}
		return sema_error(s, n, "D_SYM_BADREF", s->clause->probes->count > 1 && p->site ? "a probe named by a pattern leaves such places out" : NULL,
				  "'%s' %s at %s%s", l->name, fault, place_text(s, p), alive_text(s, p, l));
	}
	if (!local->type) {
		local->type = l->type;
		local->name = l->name ? l->name : mem_printf("arg%u", l->index);
		lk->first = p;
	} else if (!type_equal(local->type, l->type)) {
		return sema_error(s, n, "D_ARGS_MULTI", namesake_hint(s, p, "write a clause for each type, or cast argN"), "'%s' is %s at %s and %s at %s: its type must be one",
				  local->name, type_name(s->dtc, local->type, NULL), place_text(s, lk->first),
				  type_name(s->dtc, l->type, NULL), place_text(s, p));
	}
	lk->points |= loc->kind == LOC_POINTS;
	lk->is_lvalue &= loc->kind == LOC_ADDRESS;
	local->sites[local->nsites++] = (struct local_site){ p, loc };
	return NULL;
}

static struct type *sites_find(struct sema *s, struct node *n, struct lookup *lk)
{
	const struct probe_list *list = s->clause->probes;
	const struct probe *without = NULL, *with = NULL;
	const struct probe_local *l;
	struct type *error;
	size_t i;

	lk->local->sites = mem_alloc(list->count * sizeof(*lk->local->sites));
	for (i = 0; i < list->count; i++) {
		const struct probe *p = list->probes[i];

		l = lk->name ? local_find(s, p, lk->name) : local_parameter(s, p, lk->index);
		if (l) {
			with = p;
			error = l->type ? site_add(s, n, lk, i, l) :
				sema_error(s, n, "D_SYM_NOTYPES", NULL, "the type of '%s' at %s is not known", l->name, place_text(s, p));
			if (error)
				return error;
		} else if (may_be_skipped(p)) {
			clause_lacks(s, i, mem_printf("there is no variable '%s'", lk->name ? lk->name : "args[]"));
		} else if (!without) {
			without = p;
		}
	}
	if (without || !with)
		return lk->name ? not_there(s, n, without ? without : list->probes[0], lk->name, with) :
		       sema_error(s, n, "D_ARGS_IDX", NULL, "index %u is out of range for %s args[ ]", lk->index, probe_text(without ? without : list->probes[0]));
	if (!lk->local->nsites)
		return sema_error(s, n, "D_SYM_BADREF", mem_printf("at %s, %s", place_text(s, list->probes[0]), s->clause->lacks[0]),
				  "none of the %zu places has '%s'", list->count, lk->name ? lk->name : "that argument");
	return NULL;
}

static struct type *local_make(struct sema *s, struct node *n, struct lookup *lk)
{
	const struct node *wanted = s->wanted;
	struct type *error;

	lk->local = mem_alloc(sizeof(*lk->local));
	lk->is_lvalue = true;
	s->wanted = NULL;
	error = sites_find(s, n, lk);
	if (error)
		return error;
	if (lk->points && wanted != n)
		return sema_error(s, n, "D_SYM_BADREF", mem_printf("what it points to is known: *$%s", lk->local->name),
				  "the pointer '%s' itself is optimized out at %s", lk->local->name, place_text(s, lk->first));
	n->kind = NODE_LOCAL;
	n->name = lk->local->name;
	n->local = lk->local;
	n->list = NULL;
	n->left = NULL;
	n->is_lvalue = lk->is_lvalue;
	n->type = lk->local->type;
	if (lk->local->is_partial && wanted != n)
		return local_whole(s, n, n, 0, type_strip(n->type)->size * 8);
	return n->type;
}

/* The member at `bit` of a local, used as it is: all of it must be known. */
struct type *local_whole(struct sema *s, struct node *n, const struct node *local, u64 bit, u64 bits)
{
	for (size_t i = 0; i < local->local->nsites; i++) {
		const struct local_site *site = &local->local->sites[i];

		if (!loc_covers(site->loc, bit, bits))
			return sema_error(s, n, "D_SYM_BADREF", NULL, "%s '%s' is optimized out at %s", n == local ? "a part of" : "that part of",
					  local->local->name, place_text(s, site->probe));
	}
	return n->type;
}

struct type *check_pointed(struct sema *s, struct node *n)
{
	struct type *t;

	s->wanted = n;
	t = check_expr(s, n);
	if (n->kind == NODE_LOCAL && n->local->is_partial && !type_is_poison(t) && type_strip(t)->kind == TYPE_ARRAY)
		return local_whole(s, n, n, 0, type_strip(t)->size * 8);
	return t;
}

const struct node *local_is_kernels(const struct node *n)
{
	while ((n->kind == NODE_MEMBER && !n->is_arrow) || (n->kind == NODE_INDEX && n->left->type && type_strip(n->left->type)->kind == TYPE_ARRAY))
		n = n->left;
	return n->kind == NODE_LOCAL ? n : NULL;
}

const struct node *local_is_temporary(const struct node *n)
{
	n = local_is_kernels(n);
	return n && !n->is_lvalue ? n : NULL;
}

/* After all clauses: what becomes of the probes that some of theirs skip. */
void check_lacking(struct sema *s)
{
	for (struct clause *c = s->unit->clauses; c; c = c->next) {
		size_t lacking = 0, first = 0;

		for (size_t i = 0; c->lacks && i < c->probes->count; i++) {
			struct probe *p = c->probes->probes[i];

			if (!c->lacks[i])
				continue;
			first = lacking++ ? first : i;
			for (size_t k = 0; k < p->nclauses; k++)
				p->nlacking += p->clauses[k] == c->index;
			if (p->nlacking == p->nclauses && !p->skip)
				p->skip = c->lacks[i];
		}
		if (lacking && s->dtc->verbose)
			diag_warn(s->dtc, &c->loc, NULL, mem_printf("the first is %s: %s", place_text(s, c->probes->probes[first]), c->lacks[first]),
				  "the clause leaves out %zu of %zu places, where a variable is missing", lacking, c->probes->count);
	}
}

struct type *check_local(struct sema *s, struct node *n)
{
	struct lookup lk = { .name = n->name };

	if (!s->clause)
		return sema_error(s, n, "D_MACRO_UNDEF", macro_is_known(n->name) ? NULL : "variables of the kernel exist in clauses alone",
				  "macro %s%s is not defined", n->as_string ? "$$" : "$", n->name);
	if (is_vars_macro(n))
		return sema_error(s, n, "D_MACRO_UNDEF", NULL, "$$%s is an argument of print( ), trace( ) or printf( )'s %%s alone", n->name);
	if (n->as_string)
		return sema_error(s, n, "D_MACRO_UNDEF", mem_printf("a variable of the kernel is written $%s", n->name), "macro $$%s is not defined", n->name);
	if (!s->clause->probes || !s->clause->probes->count) {
		if (!s->dtc->opt.zdefs && diag_errors(s->dtc))
			return poison(s, n);	/* the probe is at fault */
		return sema_error(s, n, "D_MACRO_UNDEF", NULL, "macro $%s is not defined: no probe matches that could have such a variable", n->name);
	}
	return local_make(s, n, &lk);
}

/* Do all probes of the clause have variables for arguments? */
bool locals_are_args(struct sema *s)
{
	const struct probe_list *list = s->clause->probes;

	for (size_t i = 0; i < list->count; i++) {
		const struct probe *p = list->probes[i];

		if (!p->provider || !p->provider->locals || p->kind == DTC_GROUP_FBT_RETURN)
			return false;
	}
	return true;
}

struct type *check_local_arg(struct sema *s, struct node *n, unsigned index)
{
	struct lookup lk = { .index = index };

	return local_make(s, n, &lk);
}

bool locals_are_at_places(struct sema *s)
{
	const struct probe_list *list = s->clause ? s->clause->probes : NULL;

	for (size_t i = 0; list && i < list->count; i++)
		if (list->probes[i]->site && list->probes[i]->kind == DTC_GROUP_KPROBE)
			return true;
	return false;
}

/* argN in the middle of a function is what its parameter is there, as an integer. */
struct type *check_local_integer(struct sema *s, struct node *n, unsigned index)
{
	struct node *value = node_new(NODE_LOCAL, &n->loc);
	struct type *t;

	if (!locals_are_args(s))
		return sema_error(s, n, "D_ARGS_MULTI", "write a clause for the lines alone", "arg%u is a variable at some of the clause's probes, at others a register", index);
	t = check_local_arg(s, value, index);
	if (type_is_poison(t))
		return poison(s, n);
	if (!type_is_scalar(t) || type_strip(t)->kind == TYPE_ARRAY)
		return sema_error(s, n, "D_ARGS_TYPE", mem_printf("it is $%s", value->name), "arg%u is no integer but %s", index, type_name(s->dtc, t, NULL));
	n->kind = NODE_CAST;
	n->left = value;
	return n->type = type_int(s->dtc, 8, true);
}
