// SPDX-License-Identifier: GPL-2.0
/*
 * Which variables are in scope at an address: those of the blocks around it, of
 * the inlined copies they belong to, and of the function they are all in.
 */
#include <dwarf.h>
#include <string.h>

#include "vars.h"

struct debug_scopes *debug_scopes(struct debug_file *f)
{
	if (!f->scopes)
		f->scopes = mem_alloc(sizeof(*f->scopes));
	return f->scopes;
}

/* --- the DIEs around an address --- */

static bool is_function(Dwarf_Die *die)
{
	int tag = dwarf_tag(die);

	return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

static bool is_scope(Dwarf_Die *die)
{
	return is_function(die) || dwarf_tag(die) == DW_TAG_lexical_block;
}

static void chain_add(struct scope_chain *c, const Dwarf_Die *die)
{
	c->dies = mem_grow(c->dies, &c->cap, c->ndies + 1, sizeof(*c->dies));
	c->dies[c->ndies++] = *die;
}

/* The child of `parent` whose code has the address. */
static bool child_with_code(Dwarf_Die *parent, u64 addr, Dwarf_Die *ret)
{
	if (dwarf_child(parent, ret))
		return false;
	do {
		if (is_scope(ret) && dwarf_haspc(ret, addr) > 0)
			return true;
	} while (!dwarf_siblingof(ret, ret));
	return false;
}

#define SCOPE_DEPTH	200

static void chain_make(struct scope_chain *c, u64 addr)
{
	Dwarf_Die die = c->cu, child;

	c->addr = addr;
	c->ndies = 0;
	while (c->ndies < SCOPE_DEPTH && child_with_code(&die, addr, &child)) {
		chain_add(c, &child);
		die = child;
	}
}

const struct scope_chain *scope_chain_at(struct debug_file *f, u64 addr)
{
	struct debug_scopes *s = debug_scopes(f);

	if (s->has_chain && s->chain.addr == addr)
		return s->chain.ndies ? &s->chain : NULL;
	s->chain.ndies = 0;
	s->chain.addr = addr;
	s->has_chain = true;
	if (debug_unit(f, addr, &s->chain.cu))
		chain_make(&s->chain, addr);
	return s->chain.ndies ? &s->chain : NULL;
}

Dwarf_Die *scope_function(const struct scope_chain *c)
{
	for (size_t i = c->ndies; i > 0; i--)
		if (dwarf_tag(&c->dies[i - 1]) == DW_TAG_subprogram)
			return &c->dies[i - 1];
	return NULL;
}

/* The way from the unit down to a DIE of it, by their places: a DIE's children stand between it and its sibling. */
static bool chain_to(struct scope_chain *c, u64 addr, u64 offset)
{
	Dwarf_Die die = c->cu, child, next;

	c->addr = addr;
	c->ndies = 0;
	while (c->ndies < SCOPE_DEPTH && !dwarf_child(&die, &child)) {
		while (dwarf_dieoffset(&child) < offset && !dwarf_siblingof(&child, &next) && dwarf_dieoffset(&next) <= offset)
			child = next;
		if (is_scope(&child))
			chain_add(c, &child);
		if (dwarf_dieoffset(&child) >= offset)
			return dwarf_dieoffset(&child) == offset;
		die = child;
	}
	return false;
}

/* --- their variables --- */

struct gather {
	struct dtc *dtc;
	struct debug_file *f;
	struct debug_var *vars;
	size_t count, cap;
	u64 scope_low;
};

static u32 decl_line(Dwarf_Die *die)
{
	int line = 0;

	return dwarf_decl_line(die, &line) ? 0 : line;
}

static void gather_variable(struct gather *g, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);

	if (!name || !*name)
		return;
	for (size_t i = 0; i < g->count; i++)
		if (!strcmp(g->vars[i].name, name))
			return;
	g->vars = mem_grow(g->vars, &g->cap, g->count + 1, sizeof(*g->vars));
	g->vars[g->count++] = (struct debug_var){
		.name = mem_strdup(name),
		.kind = dwarf_tag(die) == DW_TAG_formal_parameter ? DEBUG_PARAMETER : DEBUG_LOCAL,
		.type = dwarf_type_of(g->dtc, g->f, die),
		.line = decl_line(die),
		.die = *die,
		.scope_low = g->scope_low,
	};
}

static bool is_variable(Dwarf_Die *die)
{
	int tag = dwarf_tag(die);

	return tag == DW_TAG_formal_parameter || tag == DW_TAG_variable;
}

static bool origin_of(Dwarf_Die *die, Dwarf_Die *ret)
{
	Dwarf_Attribute a;

	return dwarf_attr(die, DW_AT_abstract_origin, &a) && dwarf_formref_die(&a, ret);
}

/* One of the copy's own variables stands for this one of the original. */
static bool is_copied(Dwarf_Die *scope, Dwarf_Die *original)
{
	Dwarf_Die die, origin;

	if (dwarf_child(scope, &die))
		return false;
	do {
		if (is_variable(&die) && origin_of(&die, &origin) && origin.addr == original->addr)
			return true;
	} while (!dwarf_siblingof(&die, &die));
	return false;
}

/* A copy leaves out the variables that it has no trace of: they are in scope, and optimized out. */
static void gather_scope(struct gather *g, Dwarf_Die *scope)
{
	Dwarf_Die die, original;

	if (!dwarf_child(scope, &die))
		do {
			if (is_variable(&die))
				gather_variable(g, &die);
		} while (!dwarf_siblingof(&die, &die));
	if (!origin_of(scope, &original) || dwarf_child(&original, &die))
		return;
	do {
		if (is_variable(&die) && !is_copied(scope, &die))
			gather_variable(g, &die);
	} while (!dwarf_siblingof(&die, &die));
}

/* Of a function in two parts the first range is the one that is called. */
bool scope_entry(Dwarf_Die *function, u64 *ret)
{
	Dwarf_Addr base, end;

	return !dwarf_entrypc(function, ret) || dwarf_ranges(function, 0, &base, ret, &end) > 0;
}

/* The entry of the function or copy that a scope of the chain belongs to. */
static u64 entry_of(const struct scope_chain *c, size_t scope)
{
	u64 low;

	while (scope > 0 && !is_function(&c->dies[scope]))
		scope--;
	return scope_entry(&c->dies[scope], &low) ? low : 0;
}

static void gather_chain(struct gather *g, const struct scope_chain *c, size_t ndies)
{
	for (size_t i = ndies; i > 0; i--) {
		g->scope_low = entry_of(c, i - 1);
		gather_scope(g, &c->dies[i - 1]);
	}
}

int debug_vars(struct dtc *dtc, struct debug_file *f, u64 addr, u64 inline_die, struct debug_var **vars, size_t *count)
{
	const struct scope_chain *at = scope_chain_at(f, addr);
	struct gather g = { .dtc = dtc, .f = f };
	struct scope_chain chain = { 0 };

	*vars = NULL;
	*count = 0;
	if (!at)
		return -1;
	if (inline_die) {
		chain.cu = at->cu;
		if (!chain_to(&chain, addr, inline_die))
			return -1;
		at = &chain;
	}
	gather_chain(&g, at, at->ndies);
	*vars = g.vars;
	*count = g.count;
	return 0;
}

int debug_vars_function(struct dtc *dtc, struct debug_file *f, u64 entry, struct debug_var **vars, size_t *count)
{
	const struct scope_chain *at = scope_chain_at(f, entry);
	Dwarf_Die *fn = at ? scope_function(at) : NULL;

	*vars = NULL;
	*count = 0;
	return fn ? debug_vars(dtc, f, entry, dwarf_dieoffset(fn), vars, count) : -1;
}

struct type *debug_function_result(struct dtc *dtc, struct debug_file *f, u64 entry)
{
	const struct scope_chain *at = scope_chain_at(f, entry);
	Dwarf_Die *fn = at ? scope_function(at) : NULL;

	return fn ? dwarf_type_of(dtc, f, fn) : NULL;
}

/* --- the scopes of a line --- */

/* Both name a file; the one may have folders before it that the other has not. */
static bool is_same_file(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b), n = na < nb ? na : nb;

	if (!n || strcmp(a + na - n, b + nb - n))
		return false;
	return na == nb || (na > nb ? a[na - n - 1] : b[nb - n - 1]) == '/' || (na > nb ? b : a)[0] == '/';
}

/*
 * How much of the chain belongs to a line: C's functions do not nest in the source, so the line is of the function that
 * begins last before it. SIZE_MAX: the line is of none of them (a macro's), all count.
 */
static size_t chain_of_line(const struct scope_chain *c, const char *file, u32 line)
{
	size_t owner = SIZE_MAX, i;
	u32 best = 0;

	for (i = 0; i < c->ndies; i++) {
		const char *its = is_function(&c->dies[i]) ? dwarf_decl_file(&c->dies[i]) : NULL;
		u32 begin = its && is_same_file(its, file) ? decl_line(&c->dies[i]) : 0;

		/* recursion inlined: the inner one */
		if (begin && begin <= line && begin >= best) {
			best = begin;
			owner = i;
		}
	}
	if (owner == SIZE_MAX)
		return c->ndies;
	for (i = owner + 1; i < c->ndies && !is_function(&c->dies[i]); i++)
		;
	return i;
}

int debug_vars_line(struct dtc *dtc, struct debug_file *f, u64 addr, const char *file, u32 line, struct debug_var **vars, size_t *count)
{
	const struct scope_chain *at = scope_chain_at(f, addr);
	struct gather g = { .dtc = dtc, .f = f };

	*vars = NULL;
	*count = 0;
	if (!at)
		return -1;
	gather_chain(&g, at, chain_of_line(at, file, line));
	*vars = g.vars;
	*count = g.count;
	return 0;
}

int debug_owner(struct debug_file *f, u64 addr, const char *file, u32 line, struct debug_func *ret)
{
	const struct scope_chain *at = scope_chain_at(f, addr);
	size_t i = at ? chain_of_line(at, file, line) : 0;

	while (i > 0 && !is_function(&at->dies[i - 1]))
		i--;
	if (!i)
		return -1;
	*ret = (struct debug_func){
		.name = dwarf_diename(&at->dies[i - 1]), .die = dwarf_dieoffset(&at->dies[i - 1]), .low = entry_of(at, i - 1),
		.line = decl_line(&at->dies[i - 1]),
	};
	return 0;
}
