// SPDX-License-Identifier: GPL-2.0
/*
 * Variables of the script: made by a declaration or by the first assignment,
 * which gives the type; arrays get the types of their keys from the first use.
 */
#include <string.h>
#include "sema.h"
#include <dtc/limits.h>

const char *var_text(const struct var *v)
{
	static const char *const prefix[] = { "", "self->", "this->" };

	return mem_printf("%s%s", prefix[v->scope], v->name);
}

struct var *var_find(struct sema *s, enum scope scope, const char *name)
{
	return names_get(&s->vars[scope], name);
}

struct var *var_new(struct sema *s, enum scope scope, const char *name, const struct loc *loc)
{
	struct var *v = mem_alloc(sizeof(*v));

	v->name = name;
	v->scope = scope;
	v->loc = *loc;
	names_put(&s->vars[scope], name, v);
	*s->last_var = v;
	s->last_var = &v->next;
	s->unit->nvars++;
	return v;
}

/* When it is known whether it is an array. */
void var_number(struct sema *s, struct var *v)
{
	v->id = v->is_assoc ? s->nassocs++ : s->nvars[v->scope]++;
}

/* Whether the name is free for a variable that an assignment makes. */
static bool is_free(struct sema *s, const struct node *n)
{
	struct binding *bind;

	if (n->kind == NODE_SCOPED)
		return !names_get(&s->vars[n->scope], n->name);
	if (n->kind != NODE_IDENT)
		return false;
	for (bind = s->bindings; bind; bind = bind->next)
		if (!strcmp(bind->name, n->name))
			return false;
	return !names_get(&s->vars[SCOPE_GLOBAL], n->name) && !names_get(&s->inlines, n->name) &&
	       !names_get(&s->enumerators, n->name) && !is_builtin(s->dtc, n->name);
}

static struct var *var_make(struct sema *s, struct node *n, bool is_assoc)
{
	struct var *v = var_new(s, n->kind == NODE_SCOPED ? n->scope : SCOPE_GLOBAL, n->name, &n->loc);

	v->type = s->ts->poison;
	v->is_assoc = is_assoc;
	v->is_assigned = true;
	var_number(s, v);
	n->kind = NODE_VAR;
	n->scope = v->scope;
	n->var = v;
	n->is_lvalue = true;
	return v;
}

struct type *local_array(struct sema *s, struct node *n)
{
	return sema_error(s, n, "D_ARR_LOCAL", "use self-> or a global array", "this->%s may not be an associative array", n->left->name);
}

struct var *var_for_write(struct sema *s, struct node *n)
{
	struct var *v;

	if (n->kind == NODE_INDEX) {
		if (!is_free(s, n->left))
			return NULL;
		if (n->left->kind == NODE_SCOPED && n->left->scope == SCOPE_THIS) {
			local_array(s, n);
			return NULL;
		}
		v = var_make(s, n->left, true);
		n->var = v;
		n->is_lvalue = true;
		check_assoc(s, n, v, true);
		return v;
	}
	return is_free(s, n) ? var_make(s, n, false) : NULL;
}

/* --- keys --- */

static bool key_fits(struct type *t)
{
	return !type_is_poison(t) && (type_is_string(t) || (type_is_scalar(t) && !type_is_symbol(t) && !type_is_function(t)));
}

/* Checks the key expressions; `what` names the thing: "array a[ ]". */
bool check_keys(struct sema *s, struct node *keys, const char *what)
{
	struct node *k;
	unsigned i = 1;
	bool ok = true;

	for (k = keys; k; k = k->next, i++) {
		check_expr(s, k);
		if (node_is_poison(k))
			ok = false;
		else if (!key_fits(k->type)) {
			sema_error(s, k, "D_KEY_TYPE", NULL, "a value of type %s may not be used as key #%u of %s",
				   sema_type_name(s, k), i, what);
			ok = false;
		}
	}
	if (i - 1 > DTC_MAX_KEYS) {
		sema_error(s, keys, "D_PROTO_LEN", NULL, "%s has %u keys; at most %u are possible", what, i - 1, DTC_MAX_KEYS);
		ok = false;
	}
	return ok;
}

/* The type a key has in the array: strings of all kinds are one. */
static struct type *key_type(struct sema *s, struct type *t)
{
	return type_is_string(t) ? s->ts->string : t;
}

static const char *key_list(struct sema *s, const struct var *v)
{
	struct text out = { 0 };
	size_t i;

	for (i = 0; i < v->nkeys; i++)
		text_add(&out, "%s%s", i ? ", " : "", type_name(s->dtc, v->key_types[i], NULL));
	return mem_printf("prototype: %s %s[%s]", type_name(s->dtc, v->type, NULL), var_text(v), out.len ? out.data : "");
}

static bool keys_match(struct sema *s, struct node *n, struct var *v)
{
	struct node *k = n->list;
	unsigned count = node_count(k);
	size_t i;

	if (count != v->nkeys) {
		sema_error(s, n, "D_PROTO_LEN", key_list(s, v), "%s[ ] prototype mismatch: %u key%s passed, %zu expected",
			   var_text(v), count, count == 1 ? "" : "s", v->nkeys);
		return false;
	}
	for (i = 0; i < v->nkeys; i++, k = k->next)
		if (!type_assignable(v->key_types[i], k)) {
			sema_error(s, k, "D_PROTO_ARG", key_list(s, v), "%s[ ] key #%zu is incompatible with prototype: %s instead of %s",
				   var_text(v), i + 1, sema_type_name(s, k), type_name(s->dtc, v->key_types[i], NULL));
			return false;
		}
	return true;
}

static void keys_learn(struct sema *s, struct node *n, struct var *v)
{
	struct node *k;

	v->nkeys = node_count(n->list);
	v->key_types = mem_alloc((v->nkeys + 1) * sizeof(*v->key_types));
	v->nkeys = 0;
	for (k = n->list; k; k = k->next)
		v->key_types[v->nkeys++] = node_is_poison(k) ? s->ts->poison : key_type(s, k->type);
}

/* NODE_INDEX on an associative array. */
struct type *check_assoc(struct sema *s, struct node *n, struct var *v, bool is_new)
{
	bool ok = check_keys(s, n->list, mem_printf("array %s[ ]", var_text(v)));

	n->var = v;
	n->is_lvalue = true;
	if (is_new || (!v->key_types && !v->is_declared)) {
		keys_learn(s, n, v);
		return n->type = v->type;
	}
	if (!ok || !keys_match(s, n, v))
		return poison(s, n);
	return n->type = v->type;
}
