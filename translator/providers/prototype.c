// SPDX-License-Identifier: GPL-2.0
/*
 * Functions whose prototype BTF does not know: copies that the compiler makes
 * of a function, with parameters left out or known (foo.isra.0,
 * foo.constprop.0), parts of one (foo.part.0), and those of one name that
 * differ. Debug information says of each entry whose it is, and where the
 * parameters are, if they are anywhere.
 */
#include <string.h>

#include "prototype.h"
#include "../debuginfo/dwarf.h"
#include "../debuginfo/kernel.h"
#include "../sema/types.h"

#define NAMESAKES_MAX 64

struct parameter { struct debug_file *file; u64 entry; struct debug_var var; };

static struct debug_file *debug_of(struct dtc *dtc, const char *module)
{
	const char *why, *hint;

	return debug_file_get(dtc, module, &why, &hint);
}

/* The function's entry, if there is one of the name, or the probe is at one of them. */
static bool entry_of(const struct probe *p, struct debug_file *f, u64 *ret)
{
	if (!p->site)
		return debug_symbol(f, p->part[2], ret);
	*ret = p->site->addr;
	return true;
}

static bool prototype_read(struct dtc *dtc, const struct probe *p, struct prototype *ret)
{
	struct debug_file *f = debug_of(dtc, p->part[1]);
	struct probe_local *locals;
	struct debug_var *vars;
	size_t n;
	u64 entry;

	if (!f || !entry_of(p, f, &entry) || debug_vars_function(dtc, f, entry, &vars, &n))
		return false;
	ret->result = debug_function_result(dtc, f, entry);
	ret->locals = locals = mem_alloc((n + 1) * sizeof(*locals));
	for (size_t i = 0; i < n; i++) {
		struct parameter *param;

		if (vars[i].kind != DEBUG_PARAMETER)
			continue;
		param = mem_alloc(sizeof(*param));
		*param = (struct parameter){ f, entry, vars[i] };
		locals[ret->n] = (struct probe_local){ vars[i].name, LOCAL_PARAMETER, vars[i].type, ret->n, param, false };
		ret->n++;
	}
	return ret->result;
}

const struct prototype *prototype_of(struct dtc *dtc, const struct probe *p)
{
	struct names **known = &dtc->probes->prototypes;
	const char *name = mem_printf("%s:%s:%llx", p->part[1], p->part[2], p->site ? (unsigned long long)p->site->addr : 0);
	static const struct prototype none;
	const struct prototype *found;
	struct prototype *made;

	if (!*known)
		*known = mem_alloc(sizeof(**known));
	found = names_get(*known, name);
	if (!found) {
		made = mem_alloc(sizeof(*made));
		found = prototype_read(dtc, p, made) ? made : &none;
		names_put(*known, name, (void *)found);
	}
	return found == &none ? NULL : found;
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

void prototype_locate(const struct probe_local *l, struct var_loc *ret)
{
	const struct parameter *p = l->of;

	memset(ret, 0, sizeof(*ret));
	if (!debug_locate(p->file, &p->var, p->entry, ret) && !is_at_hand(ret))
		*ret = (struct var_loc){ .kind = LOC_CANNOT, .why = "it is in a register that a hook at the function's entry does not see" };
}

const char *prototype_missing(struct dtc *dtc, const struct probe *p)
{
	const char *why = NULL, *hint = NULL;

	if (kernel_function_type(dtc, p->part[1], p->part[2]) || debug_file_get(dtc, p->part[1], &why, &hint))
		return NULL;
	return mem_printf("%s; debug information tells%s%s",
			  strchr(p->part[2], '.') ? "BTF has no prototypes of copies that the compiler made" :
						    "BTF has no prototype of that name, or several that differ", hint ? ": " : "", hint ? hint : "");
}

/* --- functions of one name --- */

struct line_of { struct debug_file *f; u64 entry; struct probe_site *site; };

/* The line that the code of its entry is of: `line` probes it there. */
static void line_found(const struct debug_func *fn, void *arg)
{
	const struct line_of *of = arg;
	const struct debug_line *lines;
	u32 count;

	if (fn->low != of->entry)
		return;
	of->site->source = debug_file_name(of->f, fn->file);
	of->site->line = fn->line;
	lines = debug_lines(of->f, fn->file, &count);
	for (u32 i = 0; i < count; i++)
		if (lines[i].addr == of->entry)
			of->site->line = lines[i].line;
}

static bool site_make(struct debug_file *f, const char *function, u64 entry, struct probe_site *ret)
{
	struct line_of of = { f, entry, ret };

	if (debug_is_init(f, entry))
		return false;
	*ret = (struct probe_site){ .file = f, .addr = entry, .source = "?" };
	debug_functions(f, mem_strndup(function, strcspn(function, ".")), line_found, &of);
	ret->text = mem_printf("%s of %s:%u", function, ret->source, ret->line);
	return true;
}

size_t namesakes(struct dtc *dtc, const char *module, const char *function, struct probe_site **ret)
{
	struct debug_file *f = debug_of(dtc, module);
	u64 entries[NAMESAKES_MAX];
	size_t n = f ? debug_symbols(f, function, entries, ARRAY_SIZE(entries)) : 0, count = 0;

	if (n < 2 || kernel_function_type(dtc, module, function))
		return 0;
	*ret = mem_alloc(n * sizeof(**ret));
	for (size_t i = 0; i < n; i++)
		count += site_make(f, function, entries[i], *ret + count);
	return count;
}
