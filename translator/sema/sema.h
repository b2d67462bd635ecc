/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the checker share. Each check_* sets n->type and returns
 * it; after an error the type is `poison`, which fits everywhere, so that one
 * mistake is reported once.
 */
#ifndef DTC_SEMA_H
#define DTC_SEMA_H

#include "../dtc.h"
#include "../syntax/tree.h"
#include "../syntax/parse.h"
#include "../providers/provider.h"
#include "stability.h"
#include "types.h"

/* A name bound to an expression: parameters of inline functions and translators. */
struct binding {
	const char *name;
	struct node *value;		/* checked; cloned at each use */
	struct binding *next;
};

struct sema {
	struct dtc *dtc;
	struct types *ts;
	struct tree_unit *unit;
	struct names vars[3];		/* by enum scope: struct var */
	struct names aggs;		/* struct agg */
	struct agg *bad_agg;		/* stands in aggs after an error in a definition: its uses are not errors too */
	struct names inlines;		/* struct inline_def */
	struct names enumerators;	/* struct constant */
	struct names externs;		/* struct type of what was declared extern */
	struct names specs;		/* struct type by the address of the specifiers, as text */
	struct names undefined;		/* names that were reported once */
	struct translator *translators;
	struct names providers;		/* struct provider_def of the script */
	u32 nvars[3], nassocs;
	struct var **last_var;
	struct agg **last_agg;

	struct clause *clause;		/* being checked, or NULL */
	struct binding *bindings;
	const struct node *wanted;	/* a local that the node above goes into: a part of it, or what it points to, will do */
	unsigned depth;			/* of inlines being expanded */
	bool too_large;			/* their expansion, reported once */
	bool has_translated;		/* a translated value was seen in this clause */
	/* stability */
	struct names attributes;	/* by #pragma D attributes: struct attributes */
	const struct attributes *amin;
	struct attributes statement;	/* the least of what the clause uses */
	unsigned muted;			/* in a definition that has attributes of its own */
	/* the order of actions in a clause */
	const char *records, *commit, *speculate;	/* what was seen, for messages */
	const struct node *destructive;	/* the first one */
};

struct constant { s64 value; struct type *type; };

/* --- check.c --- */
void check_statements(struct sema *s, struct node *list);
/* Reports at n, gives poison. */
struct type *sema_error(struct sema *s, struct node *n, const char *tag, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
const char *aggregation_hint(const struct node *n);	/* or NULL */
const char *sema_type_name(struct sema *s, const struct node *n);	/* of the node's type, for messages */
struct type *poison(struct sema *s, struct node *n);

/* --- attribute.c --- */
void attributes_begin(struct sema *s);
void attribute_use(struct sema *s, const struct node *n, const char *name, struct attributes a);
const struct attributes *attributes_given(struct sema *s, const char *name);	/* by a pragma, or NULL */
void clause_begin(struct sema *s);
void clause_end(struct sema *s, struct clause *c);

/* --- expr.c --- */
struct type *check_expr(struct sema *s, struct node *n);
struct type *check_condition(struct sema *s, struct node *n, const char *tag, const char *what);
bool node_is_poison(const struct node *n);
bool node_is_zero(const struct node *n);
bool node_is_null(const struct node *n);
struct type *set_const(struct node *n, struct type *t, u64 value);
struct type *binary_type(struct sema *s, struct node *n, enum op op, struct node *l, struct node *r);

bool action_misplaced(struct sema *s, struct node *n);	/* an action as an operand: reported */

/* --- symbol.c: the kernel's variables and functions --- */
struct type *check_symbol(struct sema *s, struct node *n);
struct type *check_symbol_as(struct sema *s, struct node *n, struct type *as);

/* --- version.c: what -x version hides --- */
bool version_knows(const struct dtc *dtc, const char *name);	/* a word of D that is not newer, or none */
bool is_builtin(const struct dtc *dtc, const char *name);
const char *version_hint(const struct dtc *dtc, const char *name);	/* NULL: it is known */

/* --- name.c: identifiers, macros --- */
struct type *check_ident(struct sema *s, struct node *n);
struct type *check_scoped(struct sema *s, struct node *n);
struct type *check_macro(struct sema *s, struct node *n);
struct type *undefined_name(struct sema *s, struct node *n, const char *tag);
bool name_is_known(struct sema *s, const char *name);
/* The type of what must be a constant; an unknown name is no constant: reported with the tag, poison. */
struct type *check_constant(struct sema *s, struct node *n, const char *tag, const char *what);
const char *foreign_word(const char *name);	/* hint for words of C and other tracers, or NULL */

/* --- var.c --- */
struct var *var_find(struct sema *s, enum scope scope, const char *name);
struct var *var_new(struct sema *s, enum scope scope, const char *name, const struct loc *loc);
void var_number(struct sema *s, struct var *v);
const char *var_text(const struct var *v);		/* "self->x" */
/* Turns IDENT or SCOPED, alone or indexed, into a variable that is about to be written: made when it is new (type NULL until known). */
struct var *var_for_write(struct sema *s, struct node *n);
struct type *local_array(struct sema *s, struct node *n);	/* the error of this->name[...] */
struct type *check_assoc(struct sema *s, struct node *n, struct var *v, bool is_new);
bool check_keys(struct sema *s, struct node *keys, const char *what);

/* --- assign.c --- */
struct type *check_assign(struct sema *s, struct node *n);
struct type *check_incdec(struct sema *s, struct node *n);
bool type_assignable(struct type *to, const struct node *from);

/* Where a pointer comes from: scratch memory or elsewhere; no variable may hold both. */
enum alloca_kind { ALLOCA_ANY, ALLOCA_YES, ALLOCA_NO };
enum alloca_kind alloca_of(const struct node *n);
bool alloca_agree(struct sema *s, struct node *n, enum alloca_kind a, enum alloca_kind b);

/* --- fold.c --- */
bool fold_binary(struct sema *s, struct node *n);	/* false: an error was reported */
void fold_unary(struct node *n);
void fold_cond(struct node *n);

/* --- member.c: what reaches into things --- */
struct type *check_member(struct sema *s, struct node *n);
struct type *check_index(struct sema *s, struct node *n);
struct type *check_sizeof(struct sema *s, struct node *n);
struct type *check_offsetof(struct sema *s, struct node *n);
struct type *check_stringof(struct sema *s, struct node *n);
struct type *check_cast(struct sema *s, struct node *n);

/* --- args.c: args[] --- */
struct type *check_args(struct sema *s, struct node *n);
struct type *check_uregs(struct sema *s, struct node *n);

/* --- local.c: variables of the kernel at the probes --- */
struct type *check_local(struct sema *s, struct node *n);
bool locals_are_at_places(struct sema *s);	/* some probe of the clause is a line or an inlined copy */
struct type *check_local_integer(struct sema *s, struct node *n, unsigned index);	/* argN there */
bool locals_are_args(struct sema *s);
struct type *check_local_arg(struct sema *s, struct node *n, unsigned index);
struct type *local_whole(struct sema *s, struct node *n, const struct node *local, u64 bit, u64 bits);	/* poison: a part is optimized out */
void check_lacking(struct sema *s);
bool local_is_readable(const struct var_loc *loc);	/* all of it, here */
struct type *check_pointed(struct sema *s, struct node *n);	/* what it points to is of interest, not itself */
const struct node *local_is_kernels(const struct node *n);	/* the kernel's variable that n is a part of, or NULL */
const struct node *local_is_temporary(const struct node *n);	/* the same, when it has no address */
const char *probe_text(const struct probe *p);
const char *place_text(struct sema *s, const struct probe *p);	/* the same with its place in the source, where it has one */
const char *type_hint(struct sema *s, const struct probe *p, unsigned index);	/* what to do about the unknown type of an argument */
const char *namesake_hint(struct sema *s, const struct probe *p, const char *otherwise);	/* how to mean one function of several of its name */

/* --- vars.c: $$vars --- */
bool is_vars_macro(const struct node *n);
struct type *check_vars(struct sema *s, struct node *n);

/* --- call.c --- */
struct type *check_call(struct sema *s, struct node *n);
bool check_prototype(struct sema *s, struct node *n);	/* arguments have been checked */
unsigned node_count(const struct node *list);

/* --- action.c --- */
struct type *check_function(struct sema *s, struct node *n);	/* func is set, arguments are checked */

/* --- order.c: what may follow what in a clause --- */
void check_order(struct sema *s, struct node *n);
void order_begin(struct sema *s);
void check_aggregating_order(struct sema *s, struct node *n);

/* --- printf.c --- */
bool check_printf(struct sema *s, struct node *n);
bool check_printa(struct sema *s, struct node *n);

/* --- agg.c --- */
void check_aggregation(struct sema *s, struct node *assign);
struct type *check_agg_use(struct sema *s, struct node *n);
struct agg *agg_argument(struct sema *s, struct node *call, struct node *arg, const char *tag, const char *tag_undef);
bool agg_check_keys(struct sema *s, struct agg *a, struct node *n);

/* --- decl.c, declarator.c --- */
void check_decl(struct sema *s, struct top *top);
struct type *check_decl_type(struct sema *s, struct decl_type *dt);	/* poison after an error */
struct type *check_spec(struct sema *s, struct decl_spec *spec);
struct declarator *declarator_assoc(struct decl_type *dt);	/* the keys of an associative array, or NULL */
void declare_var(struct sema *s, struct declared *d, enum scope scope);

/* --- inline.c --- */
void check_inline(struct sema *s, struct inline_def *def);
struct type *expand_inline(struct sema *s, struct node *n, struct inline_def *def);
void clones_begin(void);
struct node *node_clone(const struct node *n);
bool expansion_fits(struct sema *s, struct node *n, const struct node *expanded);	/* else reports at n */
void node_replace(struct node *n, const struct node *with);	/* keeps the place in the list */

/* --- xlate.c --- */
void check_translator(struct sema *s, struct translator *x);
struct type *check_xlate(struct sema *s, struct node *n);
void fill_translated(struct sema *s, struct node *n);	/* after the clause has been checked */
bool translator_exists(struct sema *s, struct type *to, struct type *from);	/* of structures or pointers to them */

/* --- provdef.c --- */
void check_provider(struct sema *s, struct provider_def *def);

#endif
