/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tree of a D program. The parser makes it with places on every node; the
 * checker fills what stands under "checked"; the emitter only reads it.
 */
#ifndef DTC_TREE_H
#define DTC_TREE_H

#include "../dtc.h"
#include "../sema/type.h"
#include "../sema/builtin.h"

struct probe;
struct var_loc;

enum node_kind {
	/* expressions */
	NODE_INT,		/* value; suffix in type_hint */
	NODE_STRING,		/* text, text_len */
	NODE_IDENT,		/* name: a D identifier not yet resolved */
	NODE_SYMBOL,		/* `name, module`name, ``name: kernel or user symbol */
	NODE_MACRO,		/* $name, $1; $$name: as_string */
	NODE_VARS,		/* checked: $$vars and its like; vars */
	NODE_LOCAL,		/* checked: a variable at the probes, from MACRO, args[n]; local */
	NODE_VAR,		/* checked: a variable (var), from IDENT, self->x, this->x */
	NODE_SCOPED,		/* self->name, this->name before checking; scope */
	NODE_BUILTIN,		/* checked: builtin, from IDENT */
	NODE_AGG,		/* @name[keys]; keys in list */
	NODE_CALL,		/* name(list) */
	NODE_INDEX,		/* left[list] */
	NODE_MEMBER,		/* left.name, left->name (is_arrow) */
	NODE_UNARY,		/* op left: - + ~ ! * & sizeof-less; ++ -- prefix; is_postfix */
	NODE_BINARY,		/* left op right, comma included */
	NODE_ASSIGN,		/* left op right: op TOK_ASSIGN or the arithmetic op of += ... in assign_op */
	NODE_COND,		/* left ? right : third */
	NODE_CAST,		/* (decl_type) left */
	NODE_SIZEOF,		/* sizeof left, or sizeof(decl_type) */
	NODE_OFFSETOF,		/* offsetof(decl_type, name) */
	NODE_STRINGOF,		/* stringof left */
	NODE_XLATE,		/* xlate<decl_type>(left) */
	/* statements */
	NODE_EXPR_STMT,		/* left */
	NODE_IF,		/* left: condition; right, third: blocks */
	NODE_BLOCK,		/* list */
};

/* op: C's spelling as an enum, one table in tree.c gives the text */
enum op {
	OP_NONE, OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD, OP_BAND, OP_BOR, OP_BXOR, OP_SHL, OP_SHR,
	OP_LAND, OP_LOR, OP_LXOR, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_COMMA,
	OP_NEG, OP_PLUS, OP_BNOT, OP_LNOT, OP_DEREF, OP_ADDROF, OP_INC, OP_DEC, OP_NR
};
struct op_desc { const char *text, *help; };
extern const struct op_desc op_descs[OP_NR];
const char *op_text(enum op op);

enum scope { SCOPE_GLOBAL, SCOPE_SELF, SCOPE_THIS };

/* A type as written: resolved to a struct type by the checker. */
struct decl_type {
	struct loc loc;
	struct decl_spec *spec;		/* specifiers: parse.h */
	struct declarator *declarator;	/* stars, arrays, function parameters, innermost first; NULL: none */
	struct type *type;		/* checked */
};

/* A variable of the script. */
struct var {
	const char *name;
	enum scope scope;
	struct type *type;		/* of a value; for an associative array of an element */
	bool is_assoc;			/* has keys */
	struct type **key_types; size_t nkeys;
	bool is_declared;		/* explicitly */
	bool is_assigned, is_read;
	u8 alloca;			/* enum alloca_kind: of what was assigned to it */
	struct loc loc;			/* declaration or first use */
	u32 id;				/* within its scope, from 0; associative arrays have ids of their own */
	u32 offset;			/* SCOPE_SELF scalars: in the thread's block; emitter */
	struct clause *clause;		/* SCOPE_THIS: variables live per probe firing, NULL */
	struct var *next;
};

/* An aggregation. */
struct agg {
	const char *name;		/* "_" for @ */
	u32 row;			/* of the aggregation table */
	const struct func_desc *func;
	struct type *value_type;
	struct type **key_types; size_t nkeys;
	struct node **first_keys;	/* the key expressions of its first use */
	s64 args[4];			/* lquantize, llquantize */
	struct loc loc;
	struct agg *next;
};

/* A variable of the kernel at the probes of a clause, and where it is at each. */
struct local {
	const char *name;
	struct type *type;
	struct local_site { const struct probe *probe; struct var_loc *loc; } *sites; size_t nsites;
	bool is_partial;		/* somewhere, a part of it is optimized out */
	bool is_large;			/* NODE_VARS: not recorded */
};
/* $$vars: of each variable the places that have it, with loc NULL where it is optimized out. */
struct vars { struct local *locals; size_t n; };

struct node {
	enum node_kind kind;
	struct loc loc;
	struct node *next;		/* in a list */
	struct node *left, *right, *third;
	struct node *list;		/* arguments, keys, statements */
	enum op op;
	enum op assign_op;		/* NODE_ASSIGN: OP_NONE for = */
	bool is_postfix, is_arrow, as_string, is_paren;
	enum scope scope;		/* NODE_SCOPED */
	const char *name, *module;	/* NODE_SYMBOL: module NULL for `name, "" for ``name (the user's program) */
	struct loc name_loc;		/* of the name in CALL, MEMBER, SCOPED, OFFSETOF */
	u32 depth;			/* of the tree below: at most PARSE_DEPTH_MAX (parse.h) */
	u64 value;			/* NODE_INT, and any node with is_const */
	u8 int_suffix;			/* 1 u, 2 l, 4 ll; 8: not decimal */
	const char *text; size_t text_len;	/* NODE_STRING */
	struct decl_type *decl_type;

	/* checked */
	struct type *type;
	bool is_const;			/* an integer constant: value */
	bool is_lvalue;
	bool is_user;			/* address in user space (copyin is needed) */
	bool is_percpu;			/* NODE_SYMBOL: each CPU has one */
	struct var *var;		/* NODE_VAR; NODE_INDEX on an associative array: its left */
	struct local *local;		/* NODE_LOCAL */
	struct vars *vars;		/* NODE_VARS */
	struct agg *agg;		/* NODE_AGG; a CALL to an aggregating function hangs at NODE_ASSIGN(agg, call) */
	const struct builtin_var *builtin;
	const struct func_desc *func;	/* NODE_CALL */
	const struct member *member; u64 bit_offset;	/* NODE_MEMBER */
	struct inline_def *inl;		/* NODE_CALL of an inline function: expanded into `third` */
	struct format *format;		/* printf, printa, system, freopen: parsed (include/dtc/format.h) */
	s64 args[4];			/* lquantize, llquantize: constants checked */
	u32 position;			/* emitter: row of dtc_positions */
};

/* provider:module:function:name, each part as written ("" where empty), macros expanded by resolve */
struct probe_desc {
	struct loc loc;
	const char *text;		/* as written */
	const char *part[4];		/* after macros: provider, module, function, name */
	bool is_id; u32 id;		/* an integer */
	struct probe_desc *next;
	/* resolved */
	size_t nmatched;
};

struct clause {
	struct loc loc;
	struct probe_desc *descs;
	struct node *predicate;		/* or NULL */
	struct node *body;		/* NODE_BLOCK, or NULL: the default action (trace the probe's line) */
	bool has_body;
	u32 index;			/* in order of the program */
	struct input *input;
	struct clause *next;
	/* resolved */
	struct probe_list *probes;	/* rows of the probe table, see provider.h */
	/* checked */
	const char **lacks;		/* by place in `probes`: NULL, or why the clause skips that one; NULL: none */
};

enum top_kind { TOP_CLAUSE, TOP_DECL, TOP_INLINE, TOP_TRANSLATOR, TOP_PROVIDER, TOP_PRAGMA };
struct top {
	enum top_kind kind;
	struct loc loc;
	struct top *next;
	struct clause *clause;
	struct decl *decl;		/* variables, typedefs, struct definitions: parse.h */
	struct inline_def *inl;
	struct translator *translator;
	struct provider_def *provider;
	struct pragma *pragma;
};

struct tree_unit {
	struct top *tops;		/* in order */
	struct clause *clauses; size_t nclauses;
	bool asks_types;		/* $name of a variable or args[] stands somewhere */
	/* checked */
	struct var *vars; size_t nvars;
	struct agg *aggs; size_t naggs;
	bool destructive;
};

struct node *node_new(enum node_kind kind, const struct loc *loc);
bool node_assigns(const struct node *n);	/* it may make or change a variable */
void tree_print(FILE *f, const struct tree_unit *u);	/* --stop-after=parse, check (types shown when checked) */

#endif
