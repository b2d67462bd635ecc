// SPDX-License-Identifier: GPL-2.0
/*
 * Copies that the compiler makes of a function, with parameters left out or
 * known (foo.isra.0, foo.constprop.0), and parts of one (foo.part.0): BTF does
 * not know them. Debug information says where each of the parameters is at the
 * entry, if it is anywhere.
 */
#include <string.h>

#include "clone.h"
#include "../debuginfo/dwarf.h"
#include "../sema/types.h"

struct clone { struct probe_local *locals; size_t n; };
struct parameter { struct debug_file *file; u64 entry; struct debug_var var; };

static void clone_make(struct dtc *dtc, const char *module, const char *function, struct clone *ret)
{
	const char *why, *hint;
	struct debug_file *f = debug_file_get(dtc, module, &why, &hint);
	struct debug_var *vars;
	size_t n;
	u64 entry;

	if (!f || !debug_symbol(f, function, &entry) || debug_vars_function(dtc, f, entry, &vars, &n))
		return;
	ret->locals = mem_alloc((n + 1) * sizeof(*ret->locals));
	for (size_t i = 0; i < n; i++) {
		struct parameter *p;

		if (vars[i].kind != DEBUG_PARAMETER)
			continue;
		p = mem_alloc(sizeof(*p));
		*p = (struct parameter){ f, entry, vars[i] };
		ret->locals[ret->n] = (struct probe_local){ vars[i].name, LOCAL_PARAMETER, vars[i].type, ret->n, p, false };
		ret->n++;
	}
}

size_t clone_locals(struct dtc *dtc, const struct probe *p, const struct probe_local **ret)
{
	struct names **known = &dtc->probes->clones;
	const char *name = mem_printf("%s:%s", p->part[1], p->part[2]);
	struct clone *c;

	*ret = NULL;
	if (!strchr(p->part[2], '.'))
		return 0;
	if (!*known)
		*known = mem_alloc(sizeof(**known));
	c = names_get(*known, name);
	if (!c) {
		c = mem_alloc(sizeof(*c));
		clone_make(dtc, p->part[1], p->part[2], c);
		names_put(*known, name, c);
	}
	*ret = c->locals;
	return c->n;
}

/* ftrace hands on the registers that arguments come in, and the stack's. */
static bool is_handed_on(const struct loc_expr *x)
{
	static const bool saved[17] = { [0] = true, [1] = true, [2] = true, [4] = true, [5] = true, [7] = true, [8] = true, [9] = true };

	if (!x)
		return true;
	if (x->op == LOC_REG)
		return x->value < ARRAY_SIZE(saved) && saved[x->value];
	return is_handed_on(x->cond) && is_handed_on(x->left) && is_handed_on(x->right);
}

static bool is_at_hand(const struct var_loc *loc)
{
	for (size_t i = 0; i < loc->npieces; i++)
		if (!is_at_hand(loc->pieces[i].loc))
			return false;
	return is_handed_on(loc->expr) && (!loc->target || is_at_hand(loc->target));
}

void clone_locate(const struct probe_local *l, struct var_loc *ret)
{
	const struct parameter *p = l->of;

	memset(ret, 0, sizeof(*ret));
	if (!debug_locate(p->file, &p->var, p->entry, ret) && !is_at_hand(ret))
		*ret = (struct var_loc){ .kind = LOC_CANNOT, .why = "it is in a register that a hook at the function's entry does not see" };
}
