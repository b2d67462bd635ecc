%{
// SPDX-License-Identifier: GPL-2.0
/*
 * The grammar of D. Each item of the top level begins with a token that the
 * lexer makes, so that after an error in one the next is found. Inside a
 * clause, a wrong statement is dropped up to its end.
 */
#include "parser.h"
#include "grammar.h"

#define YYLLOC_DEFAULT(cur, rhs, n) do { \
		if (n) { \
			(cur) = YYRHSLOC(rhs, 1); \
			(cur).end_line = YYRHSLOC(rhs, n).end_line; \
			(cur).end_column = YYRHSLOC(rhs, n).end_column; \
		} else { \
			(cur) = YYRHSLOC(rhs, 0); \
			(cur).line = (cur).end_line; \
			(cur).column = (cur).end_column; \
		} \
	} while (0)

/* lists: { first, last } */
#define LIST_ONE(list, item) ((list).first = (list).last = (item))
#define LIST_ADD(list, item) do { \
		if ((list).last) \
			(list).last = (list).last->next = (item); \
		else \
			LIST_ONE(list, item); \
	} while (0)
%}

%code requires {
#include "parser.h"
}
%code {
static int yylex(YYSTYPE *value, YYLTYPE *loc, struct parser *p)
{
	return lexer_next(value, loc, p);
}
static void yyerror(const YYLTYPE *loc, struct parser *p, const char *message);

/* The tag of a type that is defined here. */
static struct ref own_tag(struct parser *p, const struct loc *loc, struct ref tag)
{
	if (tag.module)
		declared_name(p, loc, tag.name, tag.module);
	return (struct ref){ tag.name, NULL };
}
}

%define api.pure full
%define api.location.type {struct loc}
%define parse.error custom
%define parse.lac full
%locations
%param { struct parser *p }
%expect 0

%union {
	struct ref ref;
	enum op op;
	u32 quals;
	enum storage storage;
	struct node *node;
	struct node_list nodes;
	struct probe_desc *desc;
	struct { struct probe_desc *first, *last; } descs;
	struct decl_spec *spec;
	struct decl_type *type;
	struct declarator *steps;
	struct declarator_parts parts;
	struct declared_list declareds;
	struct declared *declared;
	struct enum_list enums;
	struct { struct declared *params; bool is_varargs; } params;
	struct { struct declared *args, *mapped; bool has_mapped; } probe_args;
	struct { struct probe_desc *desc; struct node *values; bool has_values; } source;
	struct { struct xlate_member *first, *last; } members;
	struct { struct provider_probe *first, *last; } probes;
}

%token YYEOF 0 "the end of the script"
%token ITEM_CLAUSE "a probe description" ITEM_DECL "a declaration" END_CLAUSE "the end of the clause"
%token <ref> DESCRIPTION "probe description" IDENT "a name" TYPE_NAME "type name"
%token <node> INTEGER "integer" STRING "a string" SYMBOL "symbol" MACRO "macro" AGGREGATION "aggregation"
%token PREDICATE "/" PREDICATE_END "/ after the predicate"
%token IF "if" ELSE "else" SIZEOF "sizeof" STRINGOF "stringof" OFFSETOF "offsetof" XLATE "xlate"
%token VOID "void" CHAR "char" SHORT "short" INT "int" LONG "long" FLOAT "float" DOUBLE "double"
%token SIGNED "signed" UNSIGNED "unsigned" STRING_TYPE "string" CONST "const" VOLATILE "volatile" RESTRICT "restrict"
%token STRUCT "struct" UNION "union" ENUM "enum" PACKED "__packed__"
%token TYPEDEF "typedef" EXTERN "extern" STATIC "static" AUTO "auto" REGISTER "register" SELF "self" THIS "this"
%token INLINE "inline" TRANSLATOR "translator" PROVIDER "provider" PROBE "probe" RESERVED "reserved word"
%token ARROW "->" INC "++" DEC "--" SHL "<<" SHR ">>" LE "<=" GE ">=" EQ "==" NE "!=" LAND "&&" LOR "||" LXOR "^^"
%token ASSIGN_ADD "+=" ASSIGN_SUB "-=" ASSIGN_MUL "*=" ASSIGN_DIV "/=" ASSIGN_MOD "%=" ASSIGN_AND "&=" ASSIGN_OR "|="
%token ASSIGN_XOR "^=" ASSIGN_SHL "<<=" ASSIGN_SHR ">>=" ELLIPSIS "..."

%left LOR
%left LXOR
%left LAND
%left '|'
%left '^'
%left '&'
%left EQ NE
%left '<' '>' LE GE
%left SHL SHR
%left '+' '-'
%left '*' '/' '%'
%precedence THEN
%precedence ELSE

%type <descs> descriptions
%type <node> predicate block expr assign cond binary cast unary postfix primary statement if_statement if_body
%type <node> unended field_bits array_size
%type <nodes> statements args args_opt
%type <op> assign_op unary_op
%type <ref> tag member_name any_name new_name provider_name
%type <spec> spec specs plain_spec plain_specs struct_spec type_word
%type <storage> storage
%type <quals> qualifier qualifiers packed
%type <type> type_name
%type <steps> pointer abstract direct_abstract suffix abstract_opt
%type <parts> declarator direct_declarator
%type <declareds> declarators body fields field_declarators param_list
%type <declareds> field
%type <enums> enumerators
%type <params> params params_opt
%type <probe_args> probe_args
%type <declared> probe_params
%type <source> probe_source
%type <members> members
%type <probes> probes

%%

unit: items;

items: %empty | items item | items error { p->dtc->parse_dropped = true; };

item: clause | ITEM_DECL declaration | ITEM_DECL inline_definition | ITEM_DECL translator | ITEM_DECL provider
	;

/* --- clauses --- */

clause: ITEM_CLAUSE descriptions clause_end		{ build_clause(p, &@2, $2.first, NULL, NULL, false); }
	| ITEM_CLAUSE descriptions predicate clause_end	{ build_clause(p, &@2, $2.first, $3, NULL, false); }
	| ITEM_CLAUSE descriptions block		{ build_clause(p, &@2, $2.first, NULL, $3, true); }
	| ITEM_CLAUSE descriptions predicate block	{ build_clause(p, &@2, $2.first, $3, $4, true); }
	;
clause_end: %empty | END_CLAUSE;

descriptions: DESCRIPTION			{ LIST_ONE($$, build_desc(p, &@1, $1.name)); }
	| descriptions ',' DESCRIPTION		{ $$ = $1; LIST_ADD($$, build_desc(p, &@3, $3.name)); }
	;

predicate: PREDICATE expr PREDICATE_END		{ $$ = $2; };

block: '{' statements '}'			{ $$ = build_list(p, &@$, NODE_BLOCK, NULL, $2.first); }
	| '{' statements unended '}'		{ LIST_ADD($2, $3); $$ = build_list(p, &@$, NODE_BLOCK, NULL, $2.first); }
	| '{' statements error '}'		{
		p->dtc->parse_dropped = true;
		yyerrok;
		$$ = build_list(p, &@$, NODE_BLOCK, NULL, $2.first);
	}
	;

statements: %empty				{ $$ = (struct node_list){ NULL, NULL }; }
	| statements statement			{ $$ = $1; if ($2) LIST_ADD($$, $2); }
	;

statement: ';'					{ $$ = NULL; }
	| expr ';'				{ $$ = build_unary(p, &@1, NODE_EXPR_STMT, OP_NONE, $1); }
	| if_statement
	| error ';'				{ p->dtc->parse_dropped = true; yyerrok; $$ = NULL; }
	;

if_statement: IF '(' expr ')' if_body %prec THEN	{ $$ = build_cond(p, &@$, NODE_IF, $3, $5, NULL); }
	| IF '(' expr ')' if_body ELSE if_body		{ $$ = build_cond(p, &@$, NODE_IF, $3, $5, $7); }
	;

if_body: block
	| ';'			{ $$ = build_list(p, &@1, NODE_BLOCK, NULL, NULL); }
	| expr ';'		{ $$ = build_list(p, &@1, NODE_BLOCK, NULL, build_unary(p, &@1, NODE_EXPR_STMT, OP_NONE, $1)); }
	| if_statement		{ $$ = build_list(p, &@1, NODE_BLOCK, NULL, $1); }
	;

/* the last statement of a block needs no ; */
unended: expr					{ $$ = build_unary(p, &@1, NODE_EXPR_STMT, OP_NONE, $1); }
	| IF '(' expr ')' unended		{
		$$ = build_cond(p, &@$, NODE_IF, $3, build_list(p, &@5, NODE_BLOCK, NULL, $5), NULL);
	}
	| IF '(' expr ')' if_body ELSE unended	{
		$$ = build_cond(p, &@$, NODE_IF, $3, $5, build_list(p, &@7, NODE_BLOCK, NULL, $7));
	}
	;

/* --- expressions --- */

expr: assign
	| expr ',' assign			{ $$ = build_binary(p, &@$, NODE_BINARY, OP_COMMA, $1, $3); }
	;

assign: cond
	| unary assign_op assign		{ $$ = build_binary(p, &@$, NODE_ASSIGN, $2, $1, $3); }
	;

assign_op: '='		{ $$ = OP_NONE; }
	| ASSIGN_ADD	{ $$ = OP_ADD; }
	| ASSIGN_SUB	{ $$ = OP_SUB; }
	| ASSIGN_MUL	{ $$ = OP_MUL; }
	| ASSIGN_DIV	{ $$ = OP_DIV; }
	| ASSIGN_MOD	{ $$ = OP_MOD; }
	| ASSIGN_AND	{ $$ = OP_BAND; }
	| ASSIGN_OR	{ $$ = OP_BOR; }
	| ASSIGN_XOR	{ $$ = OP_BXOR; }
	| ASSIGN_SHL	{ $$ = OP_SHL; }
	| ASSIGN_SHR	{ $$ = OP_SHR; }
	;

cond: binary
	| binary '?' expr ':' cond	{ $$ = build_cond(p, &@$, NODE_COND, $1, $3, $5); }
	;

binary: cast
	| binary LOR binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_LOR, $1, $3); }
	| binary LXOR binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_LXOR, $1, $3); }
	| binary LAND binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_LAND, $1, $3); }
	| binary '|' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_BOR, $1, $3); }
	| binary '^' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_BXOR, $1, $3); }
	| binary '&' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_BAND, $1, $3); }
	| binary EQ binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_EQ, $1, $3); }
	| binary NE binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_NE, $1, $3); }
	| binary '<' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_LT, $1, $3); }
	| binary '>' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_GT, $1, $3); }
	| binary LE binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_LE, $1, $3); }
	| binary GE binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_GE, $1, $3); }
	| binary SHL binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_SHL, $1, $3); }
	| binary SHR binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_SHR, $1, $3); }
	| binary '+' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_ADD, $1, $3); }
	| binary '-' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_SUB, $1, $3); }
	| binary '*' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_MUL, $1, $3); }
	| binary '/' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_DIV, $1, $3); }
	| binary '%' binary	{ $$ = build_binary(p, &@$, NODE_BINARY, OP_MOD, $1, $3); }
	;

cast: unary
	| '(' type_name ')' cast	{ $$ = build_unary(p, &@$, NODE_CAST, OP_NONE, $4); $$->decl_type = $2; }
	;

unary: postfix
	| INC unary			{ $$ = build_unary(p, &@$, NODE_UNARY, OP_INC, $2); }
	| DEC unary			{ $$ = build_unary(p, &@$, NODE_UNARY, OP_DEC, $2); }
	| unary_op cast			{ $$ = build_unary(p, &@$, NODE_UNARY, $1, $2); }
	| SIZEOF unary			{ $$ = build_unary(p, &@$, NODE_SIZEOF, OP_NONE, $2); }
	| SIZEOF '(' type_name ')'	{ $$ = build_unary(p, &@$, NODE_SIZEOF, OP_NONE, NULL); $$->decl_type = $3; }
	| STRINGOF unary		{ $$ = build_unary(p, &@$, NODE_STRINGOF, OP_NONE, $2); }
	;

unary_op: '-'	{ $$ = OP_NEG; }
	| '+'	{ $$ = OP_PLUS; }
	| '~'	{ $$ = OP_BNOT; }
	| '!'	{ $$ = OP_LNOT; }
	| '*'	{ $$ = OP_DEREF; }
	| '&'	{ $$ = OP_ADDROF; }
	;

postfix: primary
	| postfix '[' args ']'		{ $$ = build_index(p, &@$, $1, $3.first); }
	| postfix '(' args_opt ')'	{ $$ = build_call(p, &@$, $1, $3.first); }
	| postfix '.' member_name	{
		$$ = build_unary(p, &@$, NODE_MEMBER, OP_NONE, $1);
		$$->name = $3.name;
		$$->name_loc = @3;
	}
	| postfix ARROW member_name	{
		$$ = build_unary(p, &@$, NODE_MEMBER, OP_NONE, $1);
		$$->name = $3.name;
		$$->name_loc = @3;
		$$->is_arrow = true;
	}
	| postfix INC		{ $$ = build_unary(p, &@$, NODE_UNARY, OP_INC, $1); $$->is_postfix = true; }
	| postfix DEC		{ $$ = build_unary(p, &@$, NODE_UNARY, OP_DEC, $1); $$->is_postfix = true; }
	| OFFSETOF '(' type_name ',' any_name ')'	{
		$$ = build_name(&@$, &@5, NODE_OFFSETOF, $5.name);
		$$->decl_type = $3;
	}
	| XLATE '<' type_name '>' '(' expr ')'	{ $$ = build_unary(p, &@$, NODE_XLATE, OP_NONE, $6); $$->decl_type = $3; }
	;

primary: IDENT			{ $$ = build_name(&@1, &@1, NODE_IDENT, $1.name); }
	| SYMBOL | AGGREGATION | INTEGER | STRING | MACRO
	| SELF ARROW any_name	{ $$ = build_name(&@$, &@3, NODE_SCOPED, $3.name); $$->scope = SCOPE_SELF; }
	| THIS ARROW any_name	{ $$ = build_name(&@$, &@3, NODE_SCOPED, $3.name); $$->scope = SCOPE_THIS; }
	| '(' expr ')'		{ $$ = $2; $$->loc = @$; $$->is_paren = true; }
	;

member_name: IDENT;
any_name: IDENT | TYPE_NAME;

args: assign			{ LIST_ONE($$, $1); }
	| args ',' assign	{ $$ = $1; LIST_ADD($$, $3); }
	;
args_opt: %empty		{ $$ = (struct node_list){ NULL, NULL }; }
	| args
	;

/* --- declarations --- */

declaration: specs ';'				{ spec_check(p, $1); declare(p, &@1, $1, NULL); }
	| specs declarators ';'			{ declare(p, &@1, $1, $2.first); }
	;

declarators: declarator				{
		spec_check(p, $<spec>0);
		LIST_ONE($$, declared_new(p, &@1, $<spec>0, &$1));
		if ($<spec>0->storage == STORAGE_TYPEDEF)
			word_add_type(p, $1.name);
	}
	| declarators ',' declarator		{
		$$ = $1;
		LIST_ADD($$, declared_new(p, &@3, $<spec>0, &$3));
		if ($<spec>0->storage == STORAGE_TYPEDEF)
			word_add_type(p, $3.name);
	}
	;

specs: spec
	| specs spec				{ $$ = spec_merge(p, $1, $2); $$->loc = @$; }
	;
spec: plain_spec
	| storage				{ $$ = spec_storage(&@1, $1); }
	;
plain_specs: plain_spec
	| plain_specs plain_spec		{ $$ = spec_merge(p, $1, $2); $$->loc = @$; }
	;
plain_spec: type_word
	| struct_spec
	| qualifier				{ $$ = spec_new(&@1, SPEC_NONE, (struct ref){ 0 }, &@1); $$->quals = $1; }
	;
type_word: VOID		{ $$ = spec_new(&@1, SPEC_VOID, (struct ref){ 0 }, &@1); }
	| CHAR		{ $$ = spec_new(&@1, SPEC_CHAR, (struct ref){ 0 }, &@1); }
	| INT		{ $$ = spec_new(&@1, SPEC_INT, (struct ref){ 0 }, &@1); }
	| FLOAT		{ $$ = spec_new(&@1, SPEC_FLOAT, (struct ref){ 0 }, &@1); }
	| DOUBLE	{ $$ = spec_new(&@1, SPEC_DOUBLE, (struct ref){ 0 }, &@1); }
	| STRING_TYPE	{ $$ = spec_new(&@1, SPEC_STRING, (struct ref){ 0 }, &@1); }
	| SHORT		{ $$ = spec_new(&@1, SPEC_NONE, (struct ref){ 0 }, &@1); $$->nshort = 1; }
	| LONG		{ $$ = spec_new(&@1, SPEC_NONE, (struct ref){ 0 }, &@1); $$->nlong = 1; }
	| SIGNED	{ $$ = spec_new(&@1, SPEC_NONE, (struct ref){ 0 }, &@1); $$->is_signed = true; }
	| UNSIGNED	{ $$ = spec_new(&@1, SPEC_NONE, (struct ref){ 0 }, &@1); $$->is_unsigned = true; }
	| TYPE_NAME	{ $$ = spec_new(&@1, SPEC_NAME, $1, &@1); }
	;
storage: TYPEDEF	{ $$ = STORAGE_TYPEDEF; }
	| EXTERN	{ $$ = STORAGE_EXTERN; }
	| STATIC	{ $$ = STORAGE_STATIC; }
	| AUTO		{ $$ = STORAGE_AUTO; }
	| REGISTER	{ $$ = STORAGE_REGISTER; }
	| SELF		{ $$ = STORAGE_SELF; }
	| THIS		{ $$ = STORAGE_THIS; }
	;
qualifier: CONST	{ $$ = TYPE_Q_CONST; }
	| VOLATILE	{ $$ = TYPE_Q_VOLATILE; }
	| RESTRICT	{ $$ = 0; }
	;
qualifiers: %empty		{ $$ = 0; }
	| qualifiers qualifier	{ $$ = $1 | $2; }
	;

struct_spec: STRUCT tag			{ $$ = spec_new(&@$, SPEC_STRUCT, $2, &@2); }
	| UNION tag			{ $$ = spec_new(&@$, SPEC_UNION, $2, &@2); }
	| ENUM tag			{ $$ = spec_new(&@$, SPEC_ENUM, $2, &@2); }
	| STRUCT tag '{' body '}' packed	{ $$ = spec_body(spec_new(&@$, SPEC_STRUCT, own_tag(p, &@2, $2), &@2), $4.first, $6); }
	| UNION tag '{' body '}' packed	{ $$ = spec_body(spec_new(&@$, SPEC_UNION, own_tag(p, &@2, $2), &@2), $4.first, $6); }
	| STRUCT '{' body '}' packed		{ $$ = spec_body(spec_new(&@$, SPEC_STRUCT, (struct ref){ 0 }, &@1), $3.first, $5); }
	| UNION '{' body '}' packed		{ $$ = spec_body(spec_new(&@$, SPEC_UNION, (struct ref){ 0 }, &@1), $3.first, $5); }
	| ENUM tag '{' enumerators comma_opt '}'	{ $$ = spec_new(&@$, SPEC_ENUM, own_tag(p, &@2, $2), &@2); $$->has_body = true; $$->enums = $4.first; }
	| ENUM '{' enumerators comma_opt '}'		{ $$ = spec_new(&@$, SPEC_ENUM, (struct ref){ 0 }, &@1); $$->has_body = true; $$->enums = $3.first; }
	;
tag: IDENT;
packed: %empty { $$ = 0; } | PACKED { $$ = 1; };
comma_opt: %empty | ',';

body: fields
	| fields error				{ p->dtc->parse_dropped = true; p->recovering = false; yyerrok; $$ = $1; }
	| error					{
		p->dtc->parse_dropped = true;
		p->recovering = false;
		yyerrok;
		$$ = (struct declared_list){ NULL, NULL };
	}
	;
fields: field
	| fields field				{
		$$ = $1;
		if ($2.first && $$.last) {
			$$.last->next = $2.first;
			$$.last = $2.last;
		} else if ($2.first) {
			$$ = $2;
		}
	}
	;
field: plain_specs ';'				{
		struct declarator_parts none = { NULL, @1, NULL };
		spec_check(p, $1);
		LIST_ONE($$, declared_new(p, &@1, $1, &none));
	}
	| plain_specs pointer ';'			{
		struct declarator_parts none = { NULL, @2, declarator_reverse($2) };
		spec_check(p, $1);
		LIST_ONE($$, declared_new(p, &@2, $1, &none));
	}
	| plain_specs field_declarators ';'		{ $$ = $2; }
	| error ';'				{
		p->dtc->parse_dropped = true;
		p->recovering = false;	/* the declaration goes on */
		yyerrok;
		$$ = (struct declared_list){ NULL, NULL };
	}
	;
field_declarators: declarator field_bits	{
		spec_check(p, $<spec>0);
		LIST_ONE($$, declared_new(p, &@1, $<spec>0, &$1));
		$$.last->bits = $2;
	}
	| ':' cond				{
		struct declarator_parts none = { NULL, @1, NULL };
		spec_check(p, $<spec>0);
		LIST_ONE($$, declared_new(p, &@2, $<spec>0, &none));
		$$.last->bits = $2;
	}
	| field_declarators ',' declarator field_bits	{
		$$ = $1;
		LIST_ADD($$, declared_new(p, &@3, $<spec>0, &$3));
		$$.last->bits = $4;
	}
	| field_declarators ',' ':' cond	{
		struct declarator_parts none = { NULL, @3, NULL };
		$$ = $1;
		LIST_ADD($$, declared_new(p, &@4, $<spec>0, &none));
		$$.last->bits = $4;
	}
	;
field_bits: %empty				{ $$ = NULL; }
	| ':' cond				{ $$ = $2; }
	;

enumerators: new_name				{ LIST_ONE($$, enum_item_new(&@1, $1.name, NULL)); }
	| new_name '=' cond			{ LIST_ONE($$, enum_item_new(&@1, $1.name, $3)); }
	| enumerators ',' new_name		{ $$ = $1; LIST_ADD($$, enum_item_new(&@3, $3.name, NULL)); }
	| enumerators ',' new_name '=' cond	{ $$ = $1; LIST_ADD($$, enum_item_new(&@3, $3.name, $5)); }
	;
new_name: any_name
	| SYMBOL				{ $$ = (struct ref){ declared_name(p, &@1, $1->name, $1->module), NULL }; }
	;

/* declarators: steps stand in the order of their application to the type, so each goes before those inside it */
declarator: direct_declarator
	| pointer direct_declarator		{ $$ = $2; $$.list = declarator_append(declarator_reverse($1), $2.list); }
	;
direct_declarator: IDENT			{ $$ = (struct declarator_parts){ $1.name, @1, NULL }; }
	| SYMBOL				{ $$ = (struct declarator_parts){ declared_name(p, &@1, $1->name, $1->module), @1, NULL }; }
	| '(' declarator ')'			{ $$ = $2; }
	| direct_declarator suffix		{ $$ = $1; $$.list = declarator_append($2, $1.list); }
	;
/* the last star first */
pointer: '*' qualifiers				{ $$ = declarator_new(DECLARATOR_POINTER, &@$); $$->quals = $2; }
	| pointer '*' qualifiers		{
		$$ = declarator_new(DECLARATOR_POINTER, &@2);
		$$->quals = $3;
		$$->next = $1;
	}
	;
suffix: '[' array_size ']'			{ $$ = declarator_new(DECLARATOR_ARRAY, &@$); $$->size = $2; }
	| '[' params ']'			{
		$$ = declarator_new(DECLARATOR_ASSOC, &@$);
		$$->params = $2.params;
		$$->is_varargs = $2.is_varargs;
		params_distinct(p, $2.params, "array");
	}
	| '(' params_opt ')'			{
		$$ = declarator_new(DECLARATOR_FUNCTION, &@$);
		$$->params = $2.params;
		$$->is_varargs = $2.is_varargs;
		params_distinct(p, $2.params, "function");
	}
	;
array_size: %empty				{ $$ = NULL; }
	| cond
	;
abstract_opt: %empty				{ $$ = NULL; }
	| abstract
	;
abstract: pointer				{ $$ = declarator_reverse($1); }
	| direct_abstract
	| pointer direct_abstract		{ $$ = declarator_append(declarator_reverse($1), $2); }
	;
direct_abstract: '(' abstract ')'		{ $$ = $2; }
	| suffix
	| direct_abstract suffix		{ $$ = declarator_append($2, $1); }
	;

type_name: plain_specs abstract_opt		{ spec_check(p, $1); $$ = type_make(p, &@$, $1, $2); };

params_opt: %empty				{ $$.params = NULL; $$.is_varargs = false; }
	| params
	;
params: param_list				{ $$.params = $1.first; $$.is_varargs = false; }
	| param_list ',' ELLIPSIS		{ $$.params = $1.first; $$.is_varargs = true; }
	| ELLIPSIS				{ $$.params = NULL; $$.is_varargs = true; }
	;
param_list: specs declarator			{ LIST_ONE($$, param_new(p, &@2, $1, &$2)); }
	| specs abstract_opt			{
		struct declarator_parts parts = { NULL, @$, $2 };
		LIST_ONE($$, param_new(p, &@$, $1, &parts));
	}
	| param_list ',' specs declarator	{ $$ = $1; LIST_ADD($$, param_new(p, &@4, $3, &$4)); }
	| param_list ',' specs abstract_opt	{
		struct declarator_parts parts = { NULL, @3, $4 };
		$$ = $1;
		LIST_ADD($$, param_new(p, &@3, $3, &parts));
	}
	;

/* --- inlines, translators, providers --- */

inline_definition: INLINE specs declarator '=' assign ';'	{ define_inline(p, &@3, $2, &$3, $5); };

translator: TRANSLATOR type_name '<' specs declarator '>' '{' members '}'	{
		struct translator *t = mem_alloc(sizeof(*t));
		struct declared *from = param_new(p, &@5, $4, &$5);

		t->loc = @1;
		t->loc.end_line = @6.end_line;
		t->loc.end_column = @6.end_column;
		t->to = $2;
		t->from = from->type;
		t->param = from->name;
		t->param_loc = from->loc;
		t->members = $8.first;
		build_top(p, TOP_TRANSLATOR, &@$)->translator = t;
	}
	;
members: %empty					{ $$.first = $$.last = NULL; }
	| members any_name '=' assign ';'	{
		struct xlate_member *m = mem_alloc(sizeof(*m));

		*m = (struct xlate_member){ .loc = @2, .name = $2.name, .value = $4 };
		$$ = $1;
		LIST_ADD($$, m);
	}
	| members error ';'			{ p->dtc->parse_dropped = true; yyerrok; $$ = $1; }
	;

provider_name: IDENT
	| SYMBOL				{
		parse_error(p, &@1, "D_PROV_BADNAME", NULL, "the name of a provider or a probe may not have the scoping operator: %s`%s",
			    $1->module ? $1->module : "", $1->name);
		$$ = (struct ref){ $1->name, NULL };
	}
	;
provider: PROVIDER provider_name '{' probes '}'		{
		struct provider_def *d = mem_alloc(sizeof(*d));

		*d = (struct provider_def){ .loc = @2, .name = $2.name, .probes = $4.first };
		build_top(p, TOP_PROVIDER, &@$)->provider = d;
	}
	;
probes: %empty					{ $$.first = $$.last = NULL; }
	| probes PROBE provider_name probe_args probe_source ';'	{
		struct provider_probe *d = mem_alloc(sizeof(*d));

		*d = (struct provider_probe){ .loc = @3, .name = $3.name, .args = $4.args, .mapped = $4.mapped,
			.has_mapped = $4.has_mapped, .source = $5.desc, .values = $5.values, .has_values = $5.has_values };
		$$ = $1;
		LIST_ADD($$, d);
	}
	| probes error ';'			{ p->dtc->parse_dropped = true; yyerrok; $$ = $1; }
	;
probe_args: %empty				{ $$.args = $$.mapped = NULL; $$.has_mapped = false; }
	| '(' probe_params ')'			{ $$.args = $2; $$.mapped = NULL; $$.has_mapped = false; }
	| '(' probe_params ')' ':' '(' probe_params ')'	{ $$.args = $2; $$.mapped = $6; $$.has_mapped = true; }
	| '(' probe_params ':' '(' probe_params ')' ')'	{ $$.args = $2; $$.mapped = $5; $$.has_mapped = true; }
	| '(' probe_params ':' params ')'		{
		probe_params(p, &@4, $4.params, $4.is_varargs);
		$$.args = $2;
		$$.mapped = $4.params;
		$$.has_mapped = true;
	}
	;
probe_params: params_opt			{ probe_params(p, &@1, $1.params, $1.is_varargs); $$ = $1.params; }
	;
probe_source: %empty				{ $$.desc = NULL; $$.values = NULL; $$.has_values = false; }
	| '=' DESCRIPTION			{ $$.desc = build_desc(p, &@2, $2.name); $$.values = NULL; $$.has_values = false; }
	| '=' DESCRIPTION '(' args_opt ')'	{ $$.desc = build_desc(p, &@2, $2.name); $$.values = $4.first; $$.has_values = true; }
	;

%%

/* bison's own errors: its stack is full */
static void yyerror(const YYLTYPE *loc, struct parser *p, const char *message)
{
	if (!p->too_deep)
		parse_error(p, loc, "D_SYNTAX", NULL, "nested too deeply");
	p->too_deep = true;
	p->dtc->parse_dropped = true;
}

static int yyreport_syntax_error(const yypcontext_t *context, struct parser *p)
{
	yysymbol_kind_t kinds[YYNTOKENS];
	const char *names[YYNTOKENS];
	yysymbol_kind_t found = yypcontext_token(context);
	int n = yypcontext_expected_tokens(context, kinds, YYNTOKENS);

	if (n < 0)
		return n;
	for (int i = 0; i < n; i++)
		names[i] = yysymbol_name(kinds[i]);
	syntax_error(p, yypcontext_location(context), found == YYSYMBOL_YYEMPTY ? NULL : yysymbol_name(found), names, (size_t)n);
	return 0;
}
