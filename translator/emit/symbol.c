/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's symbols that a script names: a table that the runtime fills with their addresses. And the functions whose
 * arguments the runtime keeps of each call, for variables that are known by them alone.
 */
#include <string.h>
#include "emitter.h"
#include "../debuginfo/dwarf.h"

static size_t symbol_row(struct emitter *e, const char *module, const char *name)
{
	struct symbol *s = e->symbols.data;

	for (size_t i = 0; i < e->symbols.n; i++)
		if (!strcmp(s[i].name, name) && !strcmp(s[i].module, module))
			return i;
	s = rows_add(&e->symbols);
	*s = (struct symbol){ module, name };
	return e->symbols.n - 1;
}

const char *symbol_named(struct emitter *e, const char *module, const char *name)
{
	return mem_printf("dtc_symbols[%zu]", symbol_row(e, module ? module : "vmlinux", name));
}

const char *symbol_address(struct emitter *e, const struct node *n)
{
	const char *text = symbol_named(e, n->module, n->name);

	return n->is_percpu ? mem_printf("(%s + dtc_percpu())", text) : text;
}

/* Before the clauses, whose text is known by then. */
void emit_symbols(struct emitter *e, struct text *c)
{
	const struct symbol *s = e->symbols.data;

	if (!e->symbols.n)
		return;
	text_add(c, "static dtc_u64 dtc_symbols[%zu];\n", e->symbols.n);
	text_add(c, "static const struct dtc_symbol dtc_symbol_names[] = {\n");
	for (size_t i = 0; i < e->symbols.n; i++)
		text_add(c, "\t{ %s, %s },\n", quoted(s[i].name, strlen(s[i].name)), quoted(s[i].module, strlen(s[i].module)));
	text_add(c, "};\n");
}

size_t entry_row(struct emitter *e, const struct loc_expr *x)
{
	const struct loc_expr *at = x->right;
	const char *module = at->module ? at->module : "vmlinux";
	struct call_entry *rows = e->entries.data, *row;

	e->cur->uses_kept = true;
	for (size_t i = 0; i < e->entries.n; i++)
		if (rows[i].offset == at->value && !strcmp(rows[i].symbol, at->symbol) && !strcmp(rows[i].module, module))
			return i;
	row = rows_add(&e->entries);
	*row = (struct call_entry){ module, at->symbol, x->symbol, at->value };
	return e->entries.n - 1;
}

void emit_entries(struct emitter *e, struct text *c)
{
	const struct call_entry *rows = e->entries.data;

	if (!e->entries.n)
		return;
	text_add(c, "static const struct dtc_entry dtc_entry_rows[] = {\n");
	for (size_t i = 0; i < e->entries.n; i++)
		text_add(c, "\t{ %s, %s, %lluull },\n", quoted(rows[i].symbol, strlen(rows[i].symbol)), quoted(rows[i].module, strlen(rows[i].module)),
			 (unsigned long long)rows[i].offset);
	text_add(c, "};\n");
}
