/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What only DWARF knows of vmlinux and of modules: lines, inlined functions,
 * locals. An address here is one of the linked file; debug_place() says where
 * the running kernel has it.
 *
 * debugfind.c finds files, debugopen.c and debugelf.c open them; lines.c and
 * debugplace.c answer from the index that lineindex.c keeps by build-id in the
 * cache, and linescan.c and placescan.c make; scope.c, location.c and
 * dwarf-type.c answer for the variables at an address.
 */
#ifndef DTC_DWARF_H
#define DTC_DWARF_H

#include <elfutils/libdw.h>

#include "../dtc.h"
#include "../sema/type.h"

/* --- debugfile.c: vmlinux, or a module --- */
struct debug_file {
	const char *module;		/* "vmlinux", "ext4" */
	const char *path;
	Dwarf *dwarf;			/* relocated, with its alternate file; opened when first asked for: debug_dwarf() */
	struct debug_index *index;	/* lineindex.h */
	struct debug_impl *impl;	/* debugfile.h */
	struct debug_scopes *scopes;	/* scope.c's own */
};
/* Found and checked by build-id on first use. NULL: *why says what is missing, *hint what brings it; nothing is reported. */
struct debug_file *debug_file_get(struct dtc *dtc, const char *module, const char **why, const char **hint);
Dwarf *debug_dwarf(struct debug_file *f);	/* NULL: damaged */

/* --- debugplace.c --- */
/* Where an address is in the running kernel: each symbol is the only one of its name in its file. */
struct debug_place {
	const char *function;		/* symbol whose code it is: probefunc */
	u64 function_offset;
	const char *anchor;		/* symbol that the kernel resolves without doubt; for vmlinux _text */
	u64 anchor_offset;
	const char *forbidden;		/* NULL, or why no probe may stand here: "it is marked noinstr" ... */
};
int debug_place(struct debug_file *f, u64 addr, struct debug_place *ret);	/* -1: no code */
/* The function alone, or NULL; `same` (zeroed at first) keeps where the last answer holds. */
struct debug_range { const char *name; u64 low, high; };
const char *debug_function_at(struct debug_file *f, u64 addr, struct debug_range *same);
/* The address of the symbol of that name, if it is the only one. */
bool debug_symbol(struct debug_file *f, const char *name, u64 *addr);
/* Those of the functions of that name, in order; how many, at most `max`. */
size_t debug_symbols(struct debug_file *f, const char *name, u64 *addrs, size_t max);
bool debug_is_init(struct debug_file *f, u64 addr);	/* its code is gone once the kernel is up, or the module loaded */
/* The same for any address of the file, data too: a symbol that the kernel resolves without doubt, and the distance from it. -1: in no section. */
int debug_anchor(struct debug_file *f, u64 addr, const char **symbol, u64 *offset);

/* --- lines.c --- */
struct debug_line { u32 line; u32 file; u64 addr; };	/* an address where the code of a line begins (is_stmt rows, consecutive ones of the same line joined) */
u32 debug_nfiles(struct debug_file *f);
const char *debug_file_name(struct debug_file *f, u32 file);	/* relative to the top of the source: "fs/read_write.c" */
const struct debug_line *debug_lines(struct debug_file *f, u32 file, u32 *count);	/* sorted by (line, addr) */
u32 debug_line_count(struct debug_file *f, u32 file);	/* how many these are */
/* Each line once, with the lowest of its addresses and its place in the index. */
typedef void debug_line_fn(u32 line, u64 addr, u32 place, void *arg);
void debug_lines_each(struct debug_file *f, u32 file, debug_line_fn *found, void *arg);

/* The place of a file's first line in the index, and what line stands at a place, if it is the first of its addresses. */
u32 debug_line_place(struct debug_file *f, u32 file);
bool debug_line_at(struct debug_file *f, u32 place, u32 *file, u32 *line);
const char *debug_inline_at(struct debug_file *f, u32 place);	/* the name of an inlined copy, if it is the first; NULL */

struct debug_func {
	const char *name;
	u64 die;			/* offset in .debug_info */
	u64 low, high;			/* concrete: its code. inlined: low is the entry of this copy */
	u32 file, line;			/* of the declaration */
	u32 row;			/* its place in the index */
};
/* Concrete functions and inlined copies by name (NULL or a glob: all that match), in a row each sorted by name, then address. */
typedef void debug_func_fn(const struct debug_func *fn, void *arg);
void debug_functions(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg);
/* The compilation unit whose code an address is in; no table but the index is read. */
bool debug_unit(struct debug_file *f, u64 addr, Dwarf_Die *ret);
void debug_inlines(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg);

/* --- scope.c: variables --- */
enum debug_var_kind { DEBUG_PARAMETER, DEBUG_LOCAL };
struct debug_var {
	const char *name;
	enum debug_var_kind kind;
	struct type *type;		/* named structures are those of BTF, where it has them */
	u32 line;			/* of its declaration */
	Dwarf_Die die;
	u64 scope_low;			/* entry of the function or inlined copy that it belongs to */
};
/*
 * All variables in scope at an address, those of inner blocks first, shadowed ones left out. `inline_die`, when not 0, is the
 * inlined copy (offset in .debug_info) at whose entry the probe stands: scopes inside it are not entered yet.
 */
int debug_vars(struct dtc *dtc, struct debug_file *f, u64 addr, u64 inline_die, struct debug_var **vars, size_t *count);
/* Those of the function whose entry that is, alone: its parameters among them. */
int debug_vars_function(struct dtc *dtc, struct debug_file *f, u64 entry, struct debug_var **vars, size_t *count);
/* What it gives, void included; NULL: not known. */
struct type *debug_function_result(struct dtc *dtc, struct debug_file *f, u64 entry);
/*
 * The same for a source line at an address. Where the line belongs to a function that another one is inlined into at this
 * very address, the copy's variables stay out. `file` ends as the compiler has it: "fs/read_write.c".
 */
int debug_vars_line(struct dtc *dtc, struct debug_file *f, u64 addr, const char *file, u32 line, struct debug_var **vars, size_t *count);
/*
 * The function or inlined copy that a line at an address belongs to, as above: its name, its offset in .debug_info, its entry
 * and the line of its declaration. -1: none.
 */
int debug_owner(struct debug_file *f, u64 addr, const char *file, u32 line, struct debug_func *ret);

/* --- location.c: where a variable is, as an expression over the registers at the probe --- */
enum loc_op {
	LOC_CONST,		/* value */
	LOC_SYMBOL,		/* address of `symbol` in the running kernel + value */
	LOC_REG,		/* value: DWARF's number of the register (x86-64: 0 rax 1 rdx 2 rcx 3 rbx 4 rsi 5 rdi 6 rbp 7 rsp 8..15, 16 return address) */
	LOC_ENTRY_REG,		/* the same, one of those for arguments, at the entry of the function: left is the frame's canonical address, right the entry's, `symbol` the function */
	LOC_LOAD,		/* `size` bytes at address left, zero-extended */
	LOC_NEG, LOC_NOT, LOC_ABS,
	LOC_ADD, LOC_SUB, LOC_MUL, LOC_DIV /* signed */, LOC_MOD /* unsigned */, LOC_AND, LOC_OR, LOC_XOR, LOC_SHL, LOC_SHR, LOC_SHRA,
	LOC_EQ, LOC_NE, LOC_LT, LOC_LE, LOC_GT, LOC_GE,	/* signed */
	LOC_COND,		/* cond ? left : right */
	LOC_SEXT, LOC_ZEXT,	/* the low `size` bytes of left */
	LOC_THIS_CPU,		/* left plus this CPU's offset of per-CPU data */
	LOC_ARG,		/* argument `value` of the probe, as argN has it: of prototypes (providers/abi.c), never of DWARF */
	LOC_UDIV,		/* unsigned */
};
/*
 * 64-bit arithmetic; a tree, or a DAG where the stack machine duplicated. Division by 0 is a fault. A shift by 64 or more
 * gives 0, LOC_SHRA the sign.
 */
struct loc_expr {
	enum loc_op op;
	u8 size;
	u64 value;
	const char *symbol, *module;
	struct loc_expr *cond, *left, *right;
};
enum loc_kind {
	LOC_NONE,		/* optimized out here */
	LOC_ADDRESS,		/* the object lies in memory at `expr` */
	LOC_VALUE,		/* its value is the low bytes of `expr`: in a register or computed */
	LOC_BYTES,		/* its bytes are known: bytes, nbytes */
	LOC_PIECES,		/* of several places, some of which may be LOC_NONE or LOC_CANNOT */
	LOC_POINTS,		/* implicit pointer: it has no value, what it points to may: target, offset */
	LOC_CANNOT,		/* `why` */
};
struct loc_piece { struct var_loc *loc; u64 bit_offset, bits; };	/* bits of the object from low to high, taken from bit_offset of loc */
struct var_loc {
	enum loc_kind kind;
	struct loc_expr *expr;
	const u8 *bytes; u64 nbytes;
	struct loc_piece *pieces; size_t npieces;
	struct var_loc *target; s64 offset;
	const char *why;
};
/* 0, or -1 for LOC_CANNOT. */
int debug_locate(struct debug_file *f, const struct debug_var *v, u64 addr, struct var_loc *ret);
/* The canonical frame address at addr: the return address of the function stands 8 bytes below it. -1: not known. */
int debug_cfa(struct debug_file *f, u64 addr, struct loc_expr **ret);
/* The line nearest to addr in the same function where v is alive: 0, none. */
u32 debug_nearest_alive(struct debug_file *f, const struct debug_var *v, u64 addr);

#endif
