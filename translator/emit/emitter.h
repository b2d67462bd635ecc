/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the emitter share. pass_emit (emit.c) walks the checked
 * tree once to see what is used (scan.c), then writes a C function per clause
 * (clause.c and action.c over expr.c, lvalue.c, string.c, func.c, key.c, agg.c), the
 * handlers and tables (group.c), and the metadata (meta.c).
 *
 * An expression is emitted as statements into `e->out`, for what may fault or
 * has an effect, and a C expression that the caller puts where it wants
 * (struct val). Every integer is 64 bits wide in the emitted C: dtc_s64 or
 * dtc_u64 by the signedness of its D type.
 */
#ifndef DTC_EMITTER_H
#define DTC_EMITTER_H

#include "../dtc.h"
#include "../syntax/tree.h"
#include "../providers/provider.h"
#include <dtc/limits.h>
#include <dtc/meta.h>
#include <dtc/record.h>

/* A growing array of rows of one type. */
struct rows { void *data; size_t n, cap, size; };
void *rows_add(struct rows *r);		/* a zeroed new row */

/* The strings of the metadata: each text once. */
struct strtab { struct text text; u32 *slots; size_t nslots, used; };
u32 strtab_add(struct strtab *t, const char *s);
u32 strtab_add_n(struct strtab *t, const char *s, size_t n);

/* How one key of an aggregation is encoded in tuples (include/dtc/record.h). */
struct key_form {
	enum dtc_field_kind kind;
	u32 flags;
	u32 size;		/* INT */
	u32 frames;		/* STACK */
	bool seen;
	const char *type;
};

/* What a use of an aggregation or array contributes, gathered by scan.c. */
struct agg_info {
	struct key_form keys[DTC_MAX_KEYS];
	u32 fixed_offset;	/* of its entry, without keys */
	u32 data_words;
	bool is_signed;
};

struct clause_info {
	bool uses_self, uses_this, uses_probe, uses_kept, exits, has_if_records, speculates;
	u32 first_block;
	u32 nblocks;
	u32 scratch;		/* bytes that its strings take at the most */
	u32 ngroups;		/* that run it */
	s32 epid_base;		/* id of its enabled probes, less the probe's row: they count from 1, in the order of the clauses */
};

struct emitter {
	struct dtc *dtc;
	struct tree_unit *unit;
	struct probe_set *ps;
	struct text *out;	/* where statements go */
	unsigned indent;
	u32 ntemps;
	u32 strsize;		/* bytes of the longest string with its NUL: one more than the option */
	struct clause **clauses;	/* by index */
	struct clause_info *ci;		/* by index */
	struct agg_info *ai;		/* by row */
	struct clause_info *cur;
	struct clause *clause;
	struct held *held;	/* whole values that are being changed or made: lvalue.c */
	u32 ordinal;		/* of the action, 0: predicate */

	/* the block being filled lies at `base`: at r, or at r + len where blocks of unknown presence precede it */
	bool block_open;
	const char *base;
	u32 block_row, block_size;
	u32 room;		/* the most that the clause has recorded so far */
	const struct source *line_src;	/* where comment() was last */
	u32 line; size_t line_at;

	bool part_table[4];	/* of probe names: a clause computes with the string */
	bool id_table;
	struct text tables;	/* C that must precede the clauses: match tables */
	u32 ntables;
	u32 this_strings;	/* string variables of this-> */
	u32 self_size;
	u64 zeros;		/* bytes of 0 that stand for structures of self-> that have not been assigned */
	bool uses_own;		/* a clause writes by a pointer */
	bool has_scratch;	/* a clause has pointers to scratch memory: alloca(), copyin() */
	u32 nparams;		/* highest $N taken at load, plus one */
	u32 int_params;		/* bit N: as a number */
	u32 max_dyn_key;
	u32 max_record;
	u32 exit_record;	/* of a clause that may exit() */
	u32 max_dyn_value;
	u32 ndynvars;
	u32 agg_fixed_size;
	u32 max_agg_entry;
	u32 scratch;
	struct rows positions, blocks, actions, fields;
	struct rows types, members;	/* for print() */
	struct type **type_of_row; size_t type_cap;
	struct rows symbols;	/* struct symbol: of the kernel, found at load */
	struct rows entries;	/* struct call_entry: functions whose arguments are kept of each call */
	struct strtab strings;
};

struct dtc_c_position { u32 action, file, line, column; };
struct symbol { const char *module, *name; };
struct call_entry { const char *module, *symbol, *function; u64 offset; };

/* --- text.c --- */
void emit_line(struct emitter *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *emit_temp(struct emitter *e);	/* a fresh name */
void text_add_quoted(struct text *t, const char *s, size_t n);	/* as a C string literal, quotes included */
const char *quoted(const char *s, size_t n);
/* Sends statements elsewhere: begin, emit, end; `sub` then holds them. */
struct text *emit_to(struct emitter *e, struct text *sub);

/* --- expr.c --- */
enum val_kind { VAL_INT, VAL_STR, VAL_MEM, VAL_VOID };
struct val {
	enum val_kind kind;
	const char *text;	/* C expression, atomic or in parentheses; MEM: the address as dtc_u64 */
	bool is_stable;		/* the same when it is evaluated later */
	bool is_exact;		/* INT: within the range of its D type */
	bool is_const;		/* INT: value */
	u64 value;
	const char *lit;	/* STR: a constant */
	size_t lit_len;
	bool is_comm;		/* STR: the 16 bytes of execname */
	u32 part;		/* STR: 1 + enum dtc_part, a part of the probe's name */
	bool maybe_null;	/* STR: may be dtc_no_string, which stands for NULL */
};
struct val emit_expr(struct emitter *e, struct node *n);
struct val emit_string(struct emitter *e, struct node *n);	/* VAL_STR; pointers and char arrays are read; NULL is a fault */
struct val emit_string_or_null(struct emitter *e, struct node *n);
const char *emit_int(struct emitter *e, struct node *n, bool is_signed);	/* a dtc_s64 or dtc_u64 */
const char *emit_exact(struct emitter *e, struct node *n);	/* truncated to its type, as dtc_u64 or dtc_s64 by its sign */
const char *emit_cond(struct emitter *e, struct node *n);	/* fit for `if (...)`, without the parentheses */
struct val emit_arith(struct emitter *e, struct node *n, enum op op, struct type *type, struct type *ltype, struct val l, struct type *rtype, struct val r);
struct val emit_load(struct emitter *e, struct node *n, const char *address, struct type *type);
const char *emit_address(struct emitter *e, struct node *n);	/* of what n stands for, as dtc_u64 */
bool is_own_memory(const struct node *n);	/* in a variable of the script */
void bits_place(const struct node *n, unsigned *unit, u64 *byte, unsigned *shift);	/* where a bit-field lies: bits of the unit to load, its offset */
/* Several expressions from left to right; those after an effect are kept apart from it. */
typedef struct val (*emit_fn)(struct emitter *e, struct node *n);
void emit_in_order(struct emitter *e, struct node **nodes, const emit_fn *fns, size_t n, struct val *vals);
struct val emit_spill(struct emitter *e, struct val v, struct type *type);
u32 emit_position(struct emitter *e, const struct node *n);
struct val val_int(const char *text, bool stable, bool exact);
struct val val_const(struct type *type, u64 value);
struct val val_str(const char *text, bool stable);
const char *val_as(struct val v, struct type *type, bool want_signed);
const char *val_exact(struct val v, struct type *type);

bool is_signed(struct type *t);
unsigned type_bytes(struct type *t);		/* of a scalar */
const char *ctype(struct type *t);		/* dtc_s32 ... of a scalar's storage */

/* --- lvalue.c --- */
struct val emit_held(struct emitter *e, struct node *n);	/* what stands for such a value */
struct val emit_xlate(struct emitter *e, struct node *n);
struct val emit_var(struct emitter *e, struct node *n);
struct val emit_element(struct emitter *e, struct node *n);	/* of an associative array */
struct val emit_assign(struct emitter *e, struct node *n);
struct val emit_incdec(struct emitter *e, struct node *n);
void emit_globals(struct emitter *e, struct text *c);		/* declarations of all variables */
const char *var_name(const struct var *v);
const char *emit_readable(struct emitter *e, const struct node *at, const char *address, const char *size);	/* the address, checked before a load */
void emit_own_check(struct emitter *e, const struct node *at, const char *address, const char *size);

/* --- string.c --- */
struct val emit_compare_strings(struct emitter *e, struct node *n);
/* C that is 1 for those probes of the clause for which `has` holds. */
const char *emit_row_set(struct emitter *e, bool (*has)(const struct clause *c, size_t probe, const void *arg), const void *arg);
struct val emit_probe_part(struct emitter *e, enum dtc_part part);
struct val emit_literal(const struct emitter *e, const char *text, size_t len);
struct val emit_builtin(struct emitter *e, struct node *n);
struct val emit_macro(struct emitter *e, struct node *n);

/* --- typed.c --- */
u32 type_row(struct emitter *e, struct type *t);	/* of the table that print() shows values by */

/* --- local.c: the kernel's variables at the probe --- */
struct val emit_local(struct emitter *e, struct node *n);
const char *emit_local_address(struct emitter *e, struct node *n);
void emit_vars(struct emitter *e, struct node *n, const char *base, u32 at);	/* $$vars into the record */

/* --- symbol.c --- */
const char *symbol_named(struct emitter *e, const char *module, const char *name);	/* its address, as dtc_u64 */
const char *symbol_address(struct emitter *e, const struct node *n);	/* as dtc_u64 */
void emit_symbols(struct emitter *e, struct text *c);
struct loc_expr;
size_t entry_row(struct emitter *e, const struct loc_expr *at);		/* of the function whose entry an LOC_ENTRY_REG names; the clause looks there */
void emit_entries(struct emitter *e, struct text *c);

/* --- func.c --- */
struct val emit_call(struct emitter *e, struct node *n);

/* --- key.c --- */
struct key { const char *name; const char *words; u32 nwords; bool is_fixed; };	/* C text of the array, its length */
struct key_form key_form(struct emitter *e, struct node *n);
/* Lays the tuple into an array; `second`: another one is in use. forms NULL: as associative arrays do. */
struct key emit_key(struct emitter *e, struct node *keys, const struct key_form *forms, bool thread, bool second);
bool node_is_builtin(const struct node *n, enum builtin_id id);
int node_probe_part(const struct node *n);	/* enum dtc_part, or -1 */
u32 stack_frames(struct emitter *e, const struct node *n);

/* --- agg.c --- */
void emit_aggregation(struct emitter *e, struct node *assign);
u32 agg_data_words(const struct agg *a);
enum dtc_agg_func agg_func(const struct agg *a);
bool agg_value_signed(const struct agg *a);

/* --- action.c --- */
void emit_body(struct emitter *e, struct clause *c);
bool statement_records(struct node *n);
size_t source_offset(struct emitter *e, const struct loc *l);	/* of its first character */
void emit_comment(struct emitter *e, const struct loc *l);	/* its D text, on one line */

/* --- clause.c --- */
void emit_clause(struct emitter *e, struct clause *c, struct text *out);

/* --- scan.c --- */
void scan_unit(struct emitter *e);

/* --- group.c --- */
void emit_groups(struct emitter *e, struct text *c);
void emit_probe_tables(struct emitter *e, struct text *c);
const char *probe_part(const struct probe *p, enum dtc_part part);

/* --- meta.c --- */
void meta_write(struct emitter *e, struct text *out);
u64 hash_words(u64 seed, const void *data, size_t n);

#endif
