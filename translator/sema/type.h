/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Types of D: those of C, plus strings and the results of actions. Kernel
 * types come from BTF (debuginfo/btf.c) and are completed on first use.
 */
#ifndef DTC_TYPE_H
#define DTC_TYPE_H

#include "../dtc.h"

enum type_kind {		/* numbers are fixed: they stand in the metadata */
	TYPE_VOID, TYPE_INT, TYPE_ENUM, TYPE_POINTER, TYPE_ARRAY, TYPE_STRUCT, TYPE_UNION,
	TYPE_FUNCTION, TYPE_TYPEDEF, TYPE_FLOAT, TYPE_FORWARD,
	TYPE_STRING,		/* D's string: char[strsize] by value */
	TYPE_STACK, TYPE_USTACK, TYPE_KSYM, TYPE_USYM,	/* results of stack(), ustack(), sym() ..., usym() ... */
	TYPE_DYN,		/* a name that has no type yet, or an aggregation */
};

#define TYPE_Q_CONST	0x1
#define TYPE_Q_VOLATILE	0x2
#define TYPE_Q_USERLAND	0x4

struct member {
	const char *name;	/* NULL: anonymous struct or union */
	struct type *type;
	u64 bit_offset;
	u32 bits;		/* of a bit-field, else 0 */
};
struct enumerator { const char *name; s64 value; };

struct type {
	enum type_kind kind;
	const char *name;	/* tag or typedef name, or "int" ...; NULL: anonymous */
	const char *module;	/* where it came from: "D", "vmlinux", a kernel module */
	u64 size;		/* bytes; void, function, forward: 0 */
	u32 align;		/* of a structure, once it has been asked for; 0: not yet */
	u32 steps;		/* of a typedef of the script: how far it is to a type that is none */
	bool is_signed, is_char, is_bool;
	u32 quals;
	struct type *ref;	/* pointed-to, element, aliased, returned */
	u64 count;		/* of an array; 0 with is_incomplete_array */
	bool is_incomplete_array;
	struct member *members; size_t nmembers;	/* also the parameters of a function */
	bool is_varargs;
	struct enumerator *enums; size_t nenums;
	u32 btf_id;		/* 0: not from BTF */
	void (*complete)(struct type *t);	/* fills members on first use, then NULL: call type_complete() */
	void *complete_arg;
};

struct type *type_strip(struct type *t);	/* through typedefs, completed */
struct type *type_complete(struct type *t);
bool type_is_integer(struct type *t);		/* int, enum, bool, through typedefs */
bool type_is_pointer(struct type *t);		/* pointer or array */
bool type_is_scalar(struct type *t);
bool type_is_string(struct type *t);		/* D string, char array, pointer to char is not */
bool type_is_sou(struct type *t);
bool type_equal(struct type *a, struct type *b);
struct type *type_pointer_to(struct dtc *dtc, struct type *t);
struct type *type_array_of(struct dtc *dtc, struct type *t, u64 count);
struct type *type_int(struct dtc *dtc, unsigned size, bool is_signed);	/* the canonical one */
struct type *type_named(struct dtc *dtc, const char *name);	/* "int", "uint64_t", "string": D's own and the kernel's typedefs; NULL */
struct type *type_from_text(struct dtc *dtc, const char *text);	/* "const char *", "struct path *"; NULL: unknown */
struct type *type_lookup(struct dtc *dtc, enum type_kind sou, const char *tag, const char *module);	/* struct tag ... */
bool type_is_name(struct dtc *dtc, const char *module, const char *name);	/* for parse_is_type_name */
struct type *type_promote(struct dtc *dtc, struct type *a, struct type *b);	/* of two operands: that of the higher rank */
const struct member *type_member(struct type *sou, const char *name, u64 *bit_offset);	/* through anonymous ones */
const char *type_name(struct dtc *dtc, struct type *t, const char *declared);	/* as C writes it: "struct file *", "char [16]" */

#endif
