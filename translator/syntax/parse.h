/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parser makes beside expressions and clauses (tree.h): declarations,
 * inline definitions, translators, provider definitions, pragmas. All as
 * written; nothing here is resolved. Also the parser's services to later
 * passes: macro values, and the question it asks them (is this a type's name?).
 */
#ifndef DTC_PARSE_H
#define DTC_PARSE_H

#include "tree.h"

/* Nesting of brackets, and depth of an expression's tree, that a script may have: passes recurse over it. */
#define PARSE_DEPTH_MAX 500
#define DESC_MAX 2048	/* characters of a probe description */

enum storage { STORAGE_NONE, STORAGE_TYPEDEF, STORAGE_EXTERN, STORAGE_STATIC, STORAGE_AUTO, STORAGE_REGISTER, STORAGE_SELF, STORAGE_THIS };
enum spec_kind { SPEC_NONE, SPEC_VOID, SPEC_CHAR, SPEC_INT, SPEC_FLOAT, SPEC_DOUBLE, SPEC_STRING, SPEC_NAME, SPEC_STRUCT, SPEC_UNION, SPEC_ENUM };

/*
 * The specifiers of a declaration. Combinations that no type has (D_DECL_COMBO,
 * D_DECL_CLASS, D_DECL_CHARATTR, D_DECL_VOIDATTR, D_DECL_SIGNINT,
 * D_DECL_LONGINT) are refused by the parser; a declaration without a type is an
 * int. After that: INT with nlong 0..2, nshort, is_signed or is_unsigned; CHAR
 * with the latter; DOUBLE with nlong.
 */
struct decl_spec {
	struct loc loc;
	enum storage storage;
	struct loc storage_loc;
	enum spec_kind kind;
	u8 nlong, nshort;
	bool is_signed, is_unsigned;
	bool is_wrong;			/* an error was reported: the type is `poison` */
	u32 quals;			/* TYPE_Q_* */
	const char *name;		/* SPEC_NAME: typedef's; STRUCT, UNION, ENUM: tag, or NULL */
	const char *module;		/* module`name, or NULL */
	struct loc name_loc;
	bool has_body;			/* STRUCT, UNION, ENUM with { } */
	bool is_packed;			/* STRUCT, UNION of a C header: its members are not aligned */
	struct declared *fields;	/* a field without a name and declarator: anonymous struct or union */
	struct enum_item *enums;
};

struct enum_item {
	struct loc loc;
	const char *name;
	struct node *value;		/* or NULL */
	struct enum_item *next;
};

enum declarator_kind { DECLARATOR_POINTER, DECLARATOR_ARRAY, DECLARATOR_ASSOC, DECLARATOR_FUNCTION };

/*
 * One step from a type to the next. A list stands in the order in which the
 * steps are applied to the specifiers' type: `int *x[2][3]` is POINTER,
 * ARRAY 3, ARRAY 2; `int (*f)(char)` is FUNCTION, POINTER.
 */
struct declarator {
	enum declarator_kind kind;
	struct loc loc;
	u32 quals;			/* POINTER: of the pointer itself */
	struct node *size;		/* ARRAY: NULL for [] */
	struct declared *params;	/* ASSOC: the keys; FUNCTION */
	bool is_varargs;		/* ends in ... */
	struct declarator *next;
};

/* A declared thing: variable, typedef, field, parameter. */
struct declared {
	struct loc loc;			/* its name, or its type where it has none */
	const char *name;		/* NULL: parameter or bit-field without a name */
	struct decl_type *type;
	struct node *bits;		/* bit-field */
	struct declared *next;
};

/* SPECIFIERS things; TOP_DECL. spec->storage tells typedef, self, this. */
struct decl {
	struct loc loc;
	struct decl_spec *spec;
	struct declared *things;	/* none: `struct foo { ... };` */
};

/* inline TYPE name = body; inline TYPE name(params) = body, or name[params] */
struct inline_def {
	struct loc loc;			/* the name's */
	const char *name;
	struct decl_type *type;		/* without the parameters */
	bool has_params;
	struct declared *params; size_t nparams;
	struct node *body;
	bool is_library;
	struct type *checked;		/* sema */
	struct type **param_types;	/* sema */
	struct node *constant;		/* sema: its value, where that is known */
	bool in_use;			/* sema: being expanded */
	struct inline_def *next;	/* sema */
};

/* translator TO < FROM name > { member = value; ... }; */
struct translator {
	struct loc loc;
	struct decl_type *to, *from;
	const char *param;
	struct loc param_loc;
	struct xlate_member {
		struct loc loc;
		const char *name;
		struct node *value;
		bool is_bad;			/* sema: what is wrong with it has been said */
		struct xlate_member *next;
	} *members;
	struct translator *next;	/* sema */
};

/* provider NAME { probe name(args : (mapped)) = source(values); ... }; */
struct provider_def {
	struct loc loc;			/* the name's */
	const char *name;
	struct provider_probe {
		struct loc loc;
		const char *name;		/* as written: foo__bar stands for foo-bar */
		struct declared *args;
		bool has_mapped;
		struct declared *mapped;	/* what scripts see; each is named after the argument it comes from */
		struct probe_desc *source;	/* NULL: USDT */
		struct node *values;		/* for args, over the source's own args[] and argN */
		bool has_values;
		struct provider_probe *next;
	} *probes;
	struct provider_def *next;
};

/* #pragma D NAME words. Options are applied at once and kept too. Form has been checked. */
enum pragma_kind { PRAGMA_ATTRIBUTES, PRAGMA_BINDING, PRAGMA_DEPENDS_ON, PRAGMA_OPTION, PRAGMA_PROVIDER /* attributes of one */ };
struct pragma {
	enum pragma_kind kind;
	struct loc loc;
	const char *word[2];	/* attributes: "Stable/Evolving/Common", what; binding: version, what; depends_on: "library", what; option: name, value or NULL */
	struct loc word_loc[2];
};

/*
 * The parser's questions. is_type_name: whether `name` (of `module`, NULL: any)
 * is a typedef that the script did not make: the kernel's, a tapset's. D's own
 * (int8_t, size_t, uint_t, pid_t ...) and the script's typedefs are not asked for.
 */
extern bool (*parse_is_type_name)(struct dtc *dtc, const char *module, const char *name);
/* Whether what #pragma D depends_on names is there; kind: "module" or "provider". */
extern bool (*parse_is_there)(struct dtc *dtc, const char *kind, const char *name);

/*
 * Parses one source and appends what it holds to dtc->unit. `input` is NULL for
 * a tapset. -1 with errors reported.
 */
void input_is_empty(struct dtc *dtc, const struct input *input);	/* reports it */
int parse_source(struct dtc *dtc, struct source *src, struct input *input);
/* Makes a source of a text, or of a file (NULL with an error reported); both are added to dtc->sources. */
struct source *source_new(struct dtc *dtc, const char *name, const char *text, size_t len);
struct source *source_read(struct dtc *dtc, const char *path);

/*
 * What $NAME stands for ("1", "target", "pid", "uid" ...) as text, or NULL: not a
 * macro, or an argument that was not given. With $target and with arguments of
 * a module made by -m the value is known at load only: macro_at_load() tells.
 * $1.. and $0 that are not given have been refused by the parser (unless
 * defaultargs: 0 and "").
 */
struct macro { const char *name; long (*value)(void); const char *help; };	/* value NULL: known at load */
extern const struct macro macro_table[];	/* but the arguments; ended by name NULL */
bool macro_is_known(const char *name);
bool macro_at_load(const struct dtc *dtc, const char *name);
const char *macro_value(struct dtc *dtc, const char *name);
/* Replaces each $name and $$name in a text; reports D_MACRO_UNDEF and returns NULL where one has no value now. */
const char *macro_expand(struct dtc *dtc, const struct loc *loc, const char *text);
/* The same, but leaves what is known at load only ($target, and $1.. with -m). */
const char *macro_expand_known(struct dtc *dtc, const struct loc *loc, const char *text);

#endif
