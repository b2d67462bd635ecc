/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What type.c, typename.c and decl.c share: the types of one compilation.
 */
#ifndef DTC_TYPES_H
#define DTC_TYPES_H

#include "type.h"

/* Names to pointers, by hash; a later name hides an earlier one of the same text. */
struct names {
	struct names_entry { const char *name; void *value; struct names_entry *next; } **buckets;
	size_t nbuckets, count;
};
void *names_get(const struct names *n, const char *name);
void names_put(struct names *n, const char *name, void *value);
void names_suggest(const struct names *n, struct nearest *near);

struct types {
	struct type *integer[4][2];	/* by log2 of the size, signed */
	struct type *character;		/* char */
	struct type *void_type, *string, *dyn;
	struct type *stack, *ustack, *ksym, *usym;
	struct type *poison;		/* of an expression with an error: fits everywhere */
	struct names own;		/* D's own type names, made on first use */
	struct names typedefs;		/* the script's */
	struct names structs, unions, enums;
	struct names pointers;		/* by the address of the pointed-to type, as text */
};
struct types *types_get(struct dtc *dtc);

struct type *type_new(enum type_kind kind, const char *name, u64 size);
struct type *type_qualified(struct type *t, u32 quals);
u32 type_quals(struct type *t);
struct type *type_pointee(struct type *t);		/* of a pointer or an array, else NULL */
bool type_is_void(struct type *t);
bool type_is_arith(struct type *t);			/* integer, enum, float */
bool type_is_strcompat(struct type *t);			/* string, char array, pointer to char */
bool type_is_char_array(struct type *t);
bool type_is_dyn(struct type *t);
bool type_is_poison(struct type *t);
bool type_is_function(struct type *t);
bool type_is_symbol(struct type *t);			/* stack, sym and their kin */
bool type_is_compatible_pointer(struct type *a, struct type *b);
struct type *type_int_promote(struct dtc *dtc, struct type *t);	/* of one operand: D keeps what is narrower than int */
u64 type_truncate(u64 value, struct type *t);		/* as stored in t and read back at 64 bits */

#endif
