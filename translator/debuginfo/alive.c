// SPDX-License-Identifier: GPL-2.0
/*
 * Where a variable that is optimized out at one place can be had: the nearest
 * line of the same function, in its scope, at whose code it is somewhere.
 */
#include <dwarf.h>
#include <string.h>

#include "vars.h"

struct search {
	struct debug_file *f;
	const struct debug_var *v;
	const char *file;		/* that declares the variable */
	int line, best;
	u64 best_distance;
};

/* The scope of the chain that declares the variable, at any address of the function. */
static bool is_in_scope(struct search *s, u64 addr)
{
	const struct scope_chain *c = scope_chain_at(s->f, addr);
	Dwarf_Die var = s->v->die, die, original;
	Dwarf_Attribute a;

	for (size_t i = c ? c->ndies : 0; i > 0; i--) {
		Dwarf_Die *scope = &c->dies[i - 1];

		if (!dwarf_child(scope, &die))
			do {
				if (die.addr == var.addr)
					return true;
			} while (!dwarf_siblingof(&die, &die));
		/* one that the copy left out has no location anywhere */
		if (dwarf_attr(scope, DW_AT_abstract_origin, &a) && dwarf_formref_die(&a, &original) && original.addr == var.addr)
			return false;
	}
	return false;
}

/* The line of that file at the address, of the several that may begin there. */
static void line_at(struct search *s, Dwarf_Line *row)
{
	const char *file = dwarf_linesrc(row, NULL, NULL);
	int line;

	if (file && !strcmp(file, s->file) && !dwarf_lineno(row, &line) && line)
		s->line = line;
}

static void try_line(struct search *s, Dwarf_Line *row)
{
	u64 distance;
	struct var_loc l;
	Dwarf_Addr addr;
	const char *file;
	int line;
	bool is_stmt, ends;

	if (dwarf_linebeginstatement(row, &is_stmt) || !is_stmt || dwarf_lineendsequence(row, &ends) || ends ||
	    dwarf_lineno(row, &line) || !line || dwarf_lineaddr(row, &addr))
		return;
	distance = line > s->line ? line - s->line : s->line - line;
	file = distance < s->best_distance ? dwarf_linesrc(row, NULL, NULL) : NULL;
	if (!file || strcmp(file, s->file))
		return;
	if (debug_locate(s->f, s->v, addr, &l) || l.kind == LOC_NONE || !is_in_scope(s, addr))
		return;
	s->best = line;
	s->best_distance = distance;
}

u32 debug_nearest_alive(struct debug_file *f, const struct debug_var *v, u64 addr)
{
	const struct scope_chain *c = scope_chain_at(f, addr);
	struct search s = { .f = f, .v = v, .best_distance = UINT64_MAX, .line = v->line };
	Dwarf_Die cu, fn, var = v->die, *at = c ? scope_function(c) : NULL;
	Dwarf_Lines *lines;
	Dwarf_Addr a;
	size_t n;

	if (!at)
		return 0;
	cu = c->cu;
	fn = *at;
	s.file = dwarf_decl_file(&var);
	if (!s.file || dwarf_getsrclines(&cu, &lines, &n))
		return 0;
	for (size_t i = 0; i < n; i++) {
		Dwarf_Line *row = dwarf_onesrcline(lines, i);

		if (row && !dwarf_lineaddr(row, &a) && a == addr)
			line_at(&s, row);
	}
	for (size_t i = 0; i < n; i++) {
		Dwarf_Line *row = dwarf_onesrcline(lines, i);

		if (row && !dwarf_lineaddr(row, &a) && dwarf_haspc(&fn, a) > 0)
			try_line(&s, row);
	}
	return s.best;
}
