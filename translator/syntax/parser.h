/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parser's inside: its state, what the lexer, the grammar and the helpers
 * share. Nobody outside translator/syntax includes this.
 */
#ifndef DTC_PARSER_H
#define DTC_PARSER_H

#include "parse.h"

/* What an item at the top level is: tells the lexer where it ends. */
enum item { ITEM_NONE, ITEM_IS_CLAUSE, ITEM_IS_DECL, ITEM_IS_TRANSLATOR, ITEM_IS_PROVIDER };

struct parser {
	struct dtc *dtc;
	struct input *input;		/* NULL: a tapset */
	struct source *src;		/* whose lines are being read: changes with #line */
	struct top **last_top;
	struct clause **last_clause;

	/* lexer */
	void *scanner;
	const char *text;
	size_t len;
	size_t offset;			/* of what follows the current token */
	u32 line, column;		/* the same */
	size_t token_offset;		/* of the current token */
	u32 token_line, token_column;
	int before, before2;		/* the last tokens returned */
	enum item item;
	struct loc item_loc;
	struct loc brace_loc;		/* the item's first { */
	unsigned braces, brackets;	/* open { and ( [ of the item */
	bool in_predicate, in_source;	/* source: what follows = in a provider definition */
	bool first_is_desc;		/* a one-liner begins with a description, whatever it looks like */
	bool type_comes;		/* the item begins with a type's name that nobody knows */
	bool skipping;			/* after an error: to the end of the statement ... */
	unsigned skip_braces;		/* ... in a block at this depth */
	bool skip_header;		/* ... from the reserved word that it began with: what stands in () is skipped as a whole ... */
	unsigned skip_parens;		/* ... so many of which are open */
	bool lost;			/* after an error outside of all items: to where one may begin */
	bool recovering;		/* since an error in this item */
	bool is_paren_owed;		/* the last error was a ';' before a ')' */
	unsigned missing_braces;	/* } to give to the parser before anything else */
	bool closing;			/* they have been complained about */
	int resume;			/* after a comment: the lexer's state */
	unsigned include_depth;		/* of what the preprocessor included */
	u32 unclosed_line;		/* with a quote that it does not close; 0: none, or its other end was found */
	bool stopped;			/* given up: only the end follows */
	bool too_deep;			/* has been said */

	/* typedefs of the script and of what was parsed before: open addressing */
	const char **types;
	size_t ntypes, types_cap;
};

struct ref { const char *name, *module; };
struct node_list { struct node *first, *last; };
struct declared_list { struct declared *first, *last; };
struct enum_list { struct enum_item *first, *last; };
struct declarator_parts { const char *name; struct loc loc; struct declarator *list; };

/* literal.c: values of literals; errors are reported and something usable is returned */
struct node *literal_int(struct parser *p, const struct loc *loc, const char *text, size_t len);
struct node *literal_char(struct parser *p, const struct loc *loc, const char *text, size_t len);
struct node *literal_string(struct parser *p, const struct loc *loc, const char *text, size_t len);
#define CPP_ONELINER "description"	/* the name by which the preprocessor knows it */
bool literal_is_int(const char *text);	/* as a macro argument may be: with a sign */
bool literal_is_digits(const char *text);	/* the same, of any size */

/* word.c: what a word is; both tables end with NULL */
struct keyword { const char *text; int token; };
extern const struct keyword keyword_table[];
extern const char *const own_types[];	/* D's own typedefs: known without asking the kernel */
int word_keyword(const char *text, size_t len);		/* token, 0: none */
bool word_is_known_type(struct parser *p, const char *module, const char *name);
void word_add_type(struct parser *p, const char *name);
enum item item_classify(struct parser *p);
size_t desc_run(const struct parser *p, size_t at);	/* length of a probe description's text */
size_t lost_run(const struct parser *p);	/* length of what to skip before an item may begin, from the current token on */
bool desc_at_line_start(struct parser *p);		/* surely a clause begins here */
size_t skip_blank(const struct parser *p, size_t at);	/* over spaces and comments */

/* directive.c: lines that begin with # */
void directive(struct parser *p, const struct loc *loc, const char *text, size_t len);

/* lexer.l */
union YYSTYPE;
int lexer_next(union YYSTYPE *value, struct loc *loc, struct parser *p);
int lexer_open(struct parser *p);
void lexer_close(struct parser *p);
/* From a syntax error at the token last returned to the end of its statement. */
void lexer_skip_statement(struct parser *p, int token);

/* message.c: a syntax error at the token last read; names as the grammar has them */
void syntax_error(struct parser *p, const struct loc *loc, const char *found, const char *const *expected, size_t n);

/* cpp.c: the input's source becomes what the C preprocessor makes of it */
int cpp_run(struct dtc *dtc, struct input *input);
void cheader_blank(const struct text *text, const char *main);
void libraries_load(struct dtc *dtc);	/* library.c: those that the inputs need */

/* build.c: trees */
void parse_error(struct parser *p, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
struct node *build_unary(struct parser *p, const struct loc *loc, enum node_kind kind, enum op op, struct node *left);
struct node *build_binary(struct parser *p, const struct loc *loc, enum node_kind kind, enum op op, struct node *left, struct node *right);
struct node *build_cond(struct parser *p, const struct loc *loc, enum node_kind kind, struct node *left, struct node *right, struct node *third);
struct node *build_list(struct parser *p, const struct loc *loc, enum node_kind kind, struct node *left, struct node *list);
struct node *build_name(const struct loc *loc, const struct loc *name_loc, enum node_kind kind, const char *name);
struct node *build_call(struct parser *p, const struct loc *loc, struct node *callee, struct node *args);
struct node *build_index(struct parser *p, const struct loc *loc, struct node *left, struct node *list);
struct probe_desc *build_desc(struct parser *p, const struct loc *loc, const char *text);
void build_clause(struct parser *p, const struct loc *loc, struct probe_desc *descs, struct node *predicate, struct node *body,
		  bool has_body);
struct top *build_top(struct parser *p, enum top_kind kind, const struct loc *loc);

/* declare.c: declarations */
struct decl_spec *spec_new(const struct loc *loc, enum spec_kind kind, struct ref ref, const struct loc *name_loc);
struct decl_spec *spec_body(struct decl_spec *s, struct declared *fields, bool is_packed);
struct decl_spec *spec_storage(const struct loc *loc, enum storage storage);
struct decl_spec *spec_merge(struct parser *p, struct decl_spec *a, struct decl_spec *b);
void spec_check(struct parser *p, struct decl_spec *s);
struct declarator *declarator_new(enum declarator_kind kind, const struct loc *loc);
struct declarator *declarator_append(struct declarator *list, struct declarator *more);
struct declarator *declarator_reverse(struct declarator *list);
struct decl_type *type_make(struct parser *p, const struct loc *loc, struct decl_spec *spec, struct declarator *list);
struct declared *declared_new(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *d);
struct declared *param_new(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *d);
struct enum_item *enum_item_new(const struct loc *loc, const char *name, struct node *value);
void probe_params(struct parser *p, const struct loc *loc, const struct declared *params, bool is_varargs);
void params_distinct(struct parser *p, const struct declared *params, const char *of);
const char *declared_name(struct parser *p, const struct loc *loc, const char *name, const char *module);
void declare(struct parser *p, const struct loc *loc, struct decl_spec *spec, struct declared *things);
void define_inline(struct parser *p, const struct loc *loc, struct decl_spec *spec, const struct declarator_parts *d, struct node *body);

#endif
