/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Before anything is emitted: what each clause uses, how each aggregation's
 * keys are encoded (all its uses must agree), numbers of associative arrays.
 */
#include <stdlib.h>
#include "emitter.h"

/* Uses of one key that are encoded alike keep that encoding; else strings are strings. */
static void merge_form(struct emitter *e, struct key_form *to, struct key_form f)
{
	if (!to->seen) {
		*to = f;
		to->seen = true;
		return;
	}
	if (to->kind == f.kind && (to->kind != DTC_FIELD_PROBE || to->flags == f.flags)) {
		if (f.size > to->size)
			to->size = f.size;
		if (f.frames > to->frames)
			to->frames = f.frames;
		return;
	}
	to->kind = DTC_FIELD_STRING;
	to->flags = 0;
	to->size = e->strsize;
}

static void scan_agg(struct emitter *e, struct node *n)
{
	struct agg_info *ai = &e->ai[n->agg->row];
	u32 i = 0;

	for (struct node *k = n->list; k && i < DTC_MAX_KEYS; k = k->next, i++)
		merge_form(e, &ai->keys[i], key_form(e, k));
}

static bool takes_scratch(const struct node *n)
{
	switch (n->kind) {
	case NODE_CALL: case NODE_INDEX: case NODE_STRINGOF: case NODE_CAST: case NODE_ASSIGN: case NODE_MEMBER: case NODE_MACRO: case NODE_LOCAL: case NODE_UNARY:
		return n->type && type_is_string(n->type);
	default:
		return false;
	}
}

static bool node_calls(const struct node *n, enum func_id id)
{
	return n->kind == NODE_CALL && n->func && n->func->id == id;
}

/* $N, less than DTC_MAX_PARAMS, that dtrun takes. */
static void scan_param(struct emitter *e, const struct node *n)
{
	u32 number = (u32)atoi(n->name);

	if (number >= e->nparams)
		e->nparams = number + 1;
	if (!n->as_string)
		e->int_params |= 1u << number;
}

static void scan_node(struct emitter *e, struct node *n)
{
	if (!n || n->is_const)
		return;
	if (n->kind == NODE_VAR && n->var && !n->var->is_assoc) {
		e->cur->uses_self |= n->var->scope == SCOPE_SELF;
		e->cur->uses_this |= n->var->scope == SCOPE_THIS;
	}
	if (n->kind == NODE_AGG && n->agg)
		scan_agg(e, n);
	if (n->kind == NODE_MACRO && n->name[0] >= '0' && n->name[0] <= '9')
		scan_param(e, n);
	if (takes_scratch(n))
		e->cur->scratch += e->strsize + 16;
	if (n->kind == NODE_INDEX && n->left->kind == NODE_VAR && n->left->var->is_assoc && (type_is_sou(n->type) || type_strip(n->type)->kind == TYPE_ARRAY))
		e->cur->scratch += type_strip(n->type)->size + 16;
	if (n->kind == NODE_XLATE && n->right)
		e->cur->scratch += type_strip(n->right->type)->size + 16;
	if ((n->kind == NODE_IF && statement_records(n)) || node_calls(n, FN_SPECULATE) || node_calls(n, FN_COMMIT) || node_calls(n, FN_DISCARD))
		e->cur->has_if_records = true;
	if (node_calls(n, FN_SPECULATE))
		e->cur->speculates = true;
	e->has_scratch |= node_calls(n, FN_ALLOCA) || node_calls(n, FN_COPYIN);
	if (n->third && n->kind == NODE_CALL) {		/* expanded */
		scan_node(e, n->third);
		return;
	}
	scan_node(e, n->left);
	scan_node(e, n->right);
	scan_node(e, n->third);
	for (struct node *s = n->list; s; s = s->next)
		scan_node(e, s);
}

static u32 form_words(const struct key_form *f)
{
	switch (f->kind) {
	case DTC_FIELD_STRING: return 1 + (f->size + 7) / 8;
	case DTC_FIELD_STACK:  return 1 + f->frames;
	case DTC_FIELD_USTACK: return 2 + f->frames;
	case DTC_FIELD_USYM:
	case DTC_FIELD_COMM:   return 2;
	default:	       return 1;
	}
}

static void place_aggs(struct emitter *e)
{
	u32 at = sizeof(struct dtc_agg_entry);	/* offset 0 means: none */

	for (struct agg *a = e->unit->aggs; a; a = a->next) {
		struct agg_info *ai = &e->ai[a->row];
		u32 words = 0, least = 0;	/* strings may be shorter than they can be: a tuple that does not fit is a drop */

		ai->data_words = agg_data_words(a);
		ai->is_signed = agg_value_signed(a);
		for (size_t i = 0; i < a->nkeys && i < DTC_MAX_KEYS; i++)
			words += form_words(&ai->keys[i]), least += ai->keys[i].kind == DTC_FIELD_STRING ? 1 : form_words(&ai->keys[i]);
		words = words < DTC_MAX_KEY_WORDS ? words : DTC_MAX_KEY_WORDS;
		u32 size = sizeof(struct dtc_agg_entry) + (words + ai->data_words) * 8;
		if (size > e->max_agg_entry)
			e->max_agg_entry = size;
		if (least > DTC_MAX_KEY_WORDS)
			diag_error(e->dtc, &a->loc, "D_KEY_TYPE", "use fewer or shorter keys", "the keys of '@%s' take %u bytes, the limit is %u",
				   a->name, least * 8, DTC_MAX_KEY_WORDS * 8);
		if (!a->nkeys && a->func) {
			ai->fixed_offset = at;
			at += size;
		}
	}
	e->agg_fixed_size = at > sizeof(struct dtc_agg_entry) ? at : 0;
}

static void scan_vars(struct emitter *e)
{
	for (struct var *v = e->unit->vars; v; v = v->next) {
		bool string = type_strip(v->type)->kind == TYPE_STRING;
		u32 size = string ? e->strsize : type_is_scalar(v->type) && type_strip(v->type)->kind != TYPE_ARRAY ? type_bytes(v->type) : type_strip(v->type)->size;

		if (v->is_assoc) {
			v->offset = e->ndynvars++;
			if (size > e->max_dyn_value)
				e->max_dyn_value = size;
		} else if (v->scope == SCOPE_THIS) {
			e->this_strings += string;
		}
	}
}

void scan_unit(struct emitter *e)
{
	for (u32 i = 0; i < e->unit->nclauses; i++) {
		struct clause *c = e->clauses[i];
		e->cur = &e->ci[i];
		scan_node(e, c->predicate);
		scan_node(e, c->body);
	}
	for (size_t g = 0; g < e->ps->ngroups; g++) {
		const struct probe_group *p = &e->ps->groups[g];
		for (size_t i = 0; i < p->nclauses; i++)
			e->ci[p->clauses[i]].ngroups++;
		for (size_t i = 0; i < p->nentry_clauses; i++)
			e->ci[p->entry_clauses[i]].ngroups++;
	}
	scan_vars(e);
	place_aggs(e);
}
