/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files that answer for variables share: scope.c, location.c,
 * locstack.c, locexpr.c, dataplace.c, dwarf-type.c, alive.c.
 */
#ifndef DTC_VARS_H
#define DTC_VARS_H

#include "dwarf.h"

/* --- scope.c --- */
/* The DIEs around an address, outermost first: a function, then blocks and inlined copies in it. */
struct scope_chain {
	u64 addr;
	Dwarf_Die cu;
	Dwarf_Die *dies; size_t ndies, cap;
};
/* What a debug_file keeps between questions. */
struct debug_scopes {
	struct scope_chain chain;	/* of the last address asked for */
	bool has_chain;
	struct type **types; u64 *type_dies; size_t ntypes, types_cap;	/* dwarf-type.c: by offset, hashed */
	Dwarf_Frame *frame; u64 frame_addr; bool has_frame;	/* location.c */
	Dwarf_CFI *eh_cfi; bool has_eh_cfi;
};
struct debug_scopes *debug_scopes(struct debug_file *f);
void debug_scopes_end(struct debug_file *f);		/* location.c: what libdw made for it, before the file is closed */
const struct scope_chain *scope_chain_at(struct debug_file *f, u64 addr);	/* NULL: no code */
/* The innermost function with code of its own, inlined ones not counted. NULL: none. */
Dwarf_Die *scope_function(const struct scope_chain *c);
bool scope_entry(Dwarf_Die *function, u64 *ret);

/* --- dwarf-type.c: the type that a DIE's DW_AT_type names; void where there is none --- */
struct type *dwarf_type_of(struct dtc *dtc, struct debug_file *f, Dwarf_Die *die);

/* --- dataplace.c: an address of the linked file as an expression; *percpu: it is that of a per-CPU variable --- */
struct loc_expr *data_place(struct debug_file *f, u64 addr, bool *percpu);	/* NULL: in no section */
bool data_symbol(struct debug_file *f, const char *name, u64 *addr);		/* of a symbol defined in this file */

/* --- loclist.c: makes a list that libdw refuses one that it takes; false: it cannot --- */
bool loclist_unmark(Dwarf_Attribute *a);

/* --- locexpr.c: making expressions, with constants folded --- */
struct loc_expr *loc_const(u64 value);
struct loc_expr *loc_symbol(const char *module, const char *symbol, u64 offset);
struct loc_expr *loc_register(enum loc_op op, u64 number);
struct loc_expr *loc_unary(enum loc_op op, struct loc_expr *left, u8 size);
struct loc_expr *loc_binary(enum loc_op op, struct loc_expr *left, struct loc_expr *right);
struct loc_expr *loc_cond(struct loc_expr *cond, struct loc_expr *left, struct loc_expr *right);
bool loc_is_const(const struct loc_expr *e, u64 *value);

/* --- locstack.c: an expression of DWARF --- */
struct loc_context {
	struct debug_file *f;
	u64 addr;
	bool at_entry;			/* registers are those at the function's entry */
	unsigned depth;			/* of expressions that refer to others */
	unsigned steps;			/* operations done, in all */
};
#define LOC_DEPTH	8
#define LOC_STEPS	4000
#define LOC_PATHS	32
/* What a list of operations gives; `attr` is where they are from, NULL for those of CFI. */
void loc_evaluate(struct loc_context *c, Dwarf_Attribute *attr, Dwarf_Op *ops, size_t nops, struct var_loc *ret);
void loc_cannot(struct var_loc *ret, const char *why);

/* --- location.c: what locstack.c asks for --- */
void locate_die(struct loc_context *c, Dwarf_Die *die, struct var_loc *ret);
struct loc_expr *locate_cfa(struct loc_context *c);		/* NULL: not known */
struct loc_expr *locate_frame_base(struct loc_context *c);	/* NULL: there is none */
struct loc_expr *locate_entry_register(struct loc_context *c, u64 number, const char **why);	/* NULL: it cannot be had */
bool die_base_type(Dwarf_Die *die, u8 *size, bool *is_signed, bool *is_float);	/* through typedefs and qualifiers; false: none */

#endif
