// SPDX-License-Identifier: GPL-2.0
/*
 * The tree as text, for --stop-after=parse and check: a node a line, children
 * indented; ": type" at the end where the checker has given one.
 */
#include "parse.h"

#include <ctype.h>
#include <inttypes.h>

static void print_node(FILE *f, const struct node *n, unsigned indent);

static void print_indent(FILE *f, unsigned indent)
{
	fprintf(f, "%*s", (int)(2 * indent), "");
}

static void print_string(FILE *f, const char *s, size_t len)
{
	putc('"', f);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			fprintf(f, "\\%c", c);
		else if (c == '\n')
			fputs("\\n", f);
		else if (c == '\t')
			fputs("\\t", f);
		else if (c < ' ' || c == 0x7f)
			fprintf(f, "\\%03o", c);
		else
			putc(c, f);
	}
	putc('"', f);
}

static void print_type(FILE *f, const struct decl_type *t);

static void print_params(FILE *f, const struct declared *params, bool is_varargs)
{
	for (const struct declared *d = params; d; d = d->next) {
		print_type(f, d->type);
		fprintf(f, "%s%s%s", d->name ? " " : "", d->name ? d->name : "", d->next || is_varargs ? ", " : "");
	}
	if (is_varargs)
		fputs("...", f);
}

static void print_spec(FILE *f, const struct decl_spec *s)
{
	static const char *const kinds[] = { "int", "void", "char", "int", "float", "double", "string", "", "struct", "union", "enum" };

	fprintf(f, "%s%s", s->quals & TYPE_Q_CONST ? "const " : "", s->quals & TYPE_Q_VOLATILE ? "volatile " : "");
	fputs(s->is_unsigned ? "unsigned " : s->is_signed ? "signed " : "", f);
	fputs(s->nshort ? "short " : s->nlong == 2 ? "long long " : s->nlong ? "long " : "", f);
	fputs(kinds[s->kind], f);
	if (s->kind == SPEC_NAME || (s->name && s->kind >= SPEC_STRUCT))
		fprintf(f, "%s%s%s%s", s->kind == SPEC_NAME ? "" : " ", s->module ? s->module : "", s->module ? "`" : "", s->name);
	if (!s->has_body)
		return;
	fputs(" { ", f);
	for (const struct declared *d = s->fields; d; d = d->next) {
		print_type(f, d->type);
		fprintf(f, "%s%s", d->name ? " " : "", d->name ? d->name : "");
		if (d->bits)
			fputs(d->bits->kind == NODE_INT ? "" : " : (bits)", f);
		if (d->bits && d->bits->kind == NODE_INT)
			fprintf(f, " : %" PRIu64, d->bits->value);
		fputs("; ", f);
	}
	for (const struct enum_item *e = s->enums; e; e = e->next)
		fprintf(f, "%s%s", e->name, e->next ? ", " : " ");
	putc('}', f);
}

/* Read from the name: "array 2 of pointer to int". The steps stand the other way round. */
static void print_steps(FILE *f, const struct declarator *d)
{
	if (!d)
		return;
	print_steps(f, d->next);
	switch (d->kind) {
	case DECLARATOR_POINTER:
		fprintf(f, "%spointer to ", d->quals & TYPE_Q_CONST ? "const " : "");
		break;
	case DECLARATOR_ARRAY:
		fputs("array ", f);
		if (d->size && d->size->kind == NODE_INT)
			fprintf(f, "%" PRIu64 " ", d->size->value);
		fputs("of ", f);
		break;
	case DECLARATOR_ASSOC:
		fputs("array[", f);
		print_params(f, d->params, d->is_varargs);
		fputs("] of ", f);
		break;
	case DECLARATOR_FUNCTION:
		fputs("function(", f);
		print_params(f, d->params, d->is_varargs);
		fputs(") giving ", f);
		break;
	}
}

static void print_type(FILE *f, const struct decl_type *t)
{
	print_steps(f, t->declarator);
	print_spec(f, t->spec);
}

static void print_list(FILE *f, const struct node *list, unsigned indent)
{
	for (; list; list = list->next)
		print_node(f, list, indent);
}

static void print_labelled(FILE *f, const char *label, const struct node *n, unsigned indent)
{
	if (!n)
		return;
	print_indent(f, indent);
	fprintf(f, "%s\n", label);
	print_node(f, n, indent + 1);
}

static const char *scope_prefix(enum scope scope)
{
	return scope == SCOPE_SELF ? "self->" : scope == SCOPE_THIS ? "this->" : "";
}

/* The node's own line, without its type. */
static void print_head(FILE *f, const struct node *n)
{
	static const char *const words[] = {
		[NODE_INDEX] = "index", [NODE_COND] = "cond", [NODE_CAST] = "cast", [NODE_SIZEOF] = "sizeof", [NODE_STRINGOF] = "stringof",
		[NODE_XLATE] = "xlate", [NODE_EXPR_STMT] = "statement", [NODE_IF] = "if", [NODE_BLOCK] = "block",
	};

	switch (n->kind) {
	case NODE_INT:
		fprintf(f, "integer %" PRId64, (int64_t)n->value);
		break;
	case NODE_STRING:
		fputs("string ", f);
		print_string(f, n->text, n->text_len);
		break;
	case NODE_IDENT:
		fprintf(f, "name %s", n->name);
		break;
	case NODE_SYMBOL:
		fprintf(f, "symbol %s`%s", n->module ? (*n->module ? n->module : "`") : "", n->name);
		break;
	case NODE_MACRO:
		fprintf(f, "macro %s%s", n->as_string ? "$$" : "$", n->name);
		break;
	case NODE_VARS:
		fprintf(f, "variables $$%s", n->name);
		break;
	case NODE_LOCAL:
		fprintf(f, "local $%s", n->local->name);
		break;
	case NODE_VAR:
		fprintf(f, "variable %s%s", n->var ? scope_prefix(n->var->scope) : "", n->var ? n->var->name : n->name);
		break;
	case NODE_SCOPED:
		fprintf(f, "name %s%s", scope_prefix(n->scope), n->name);
		break;
	case NODE_BUILTIN:
		fprintf(f, "builtin %s", n->builtin ? n->builtin->name : n->name);
		break;
	case NODE_AGG:
		fprintf(f, "aggregation @%s", n->name);
		break;
	case NODE_CALL:
		fprintf(f, "call %s", n->name);
		break;
	case NODE_MEMBER:
		fprintf(f, "member %s%s", n->is_arrow ? "->" : ".", n->name);
		break;
	case NODE_UNARY:
		fprintf(f, "%s %s", n->is_postfix ? "postfix" : "unary", op_text(n->op));
		break;
	case NODE_BINARY:
		fprintf(f, "binary %s", op_text(n->op));
		break;
	case NODE_ASSIGN:
		fprintf(f, "assign %s=", op_text(n->assign_op));
		break;
	case NODE_OFFSETOF:
		fprintf(f, "offsetof %s in ", n->name);
		print_type(f, n->decl_type);
		break;
	default:
		fputs(words[n->kind], f);
		if (n->decl_type) {
			putc(' ', f);
			print_type(f, n->decl_type);
		}
	}
}

static void print_node(FILE *f, const struct node *n, unsigned indent)
{
	print_indent(f, indent);
	print_head(f, n);
	if (n->type)
		fprintf(f, " : %s", type_name(NULL, n->type, NULL));
	if (n->is_const && n->kind != NODE_INT)
		fprintf(f, " = %" PRId64, (int64_t)n->value);
	putc('\n', f);
	indent++;
	if (n->left)
		print_node(f, n->left, indent);
	if (n->kind == NODE_IF) {
		print_labelled(f, "then", n->right, indent);
		print_labelled(f, "else", n->third, indent);
	} else {
		if (n->right)
			print_node(f, n->right, indent);
		if (n->kind == NODE_COND)
			print_node(f, n->third, indent);
	}
	print_list(f, n->list, indent);
}

static void print_clause(FILE *f, const struct clause *c)
{
	fprintf(f, "clause %u line %u\n", c->index, c->loc.line);
	for (const struct probe_desc *d = c->descs; d; d = d->next) {
		if (d->is_id)
			fprintf(f, "  probe id %u\n", d->id);
		else
			fprintf(f, "  probe %s:%s:%s:%s\n", d->part[0], d->part[1], d->part[2], d->part[3]);
	}
	print_labelled(f, "predicate", c->predicate, 1);
	fputs(c->has_body && c->body && c->body->list ? "  actions\n" : "  default action\n", f);
	if (c->has_body && c->body)
		print_list(f, c->body->list, 2);
}

static void print_decl(FILE *f, const struct decl *d)
{
	static const char *const storages[] = { "", "typedef ", "extern ", "static ", "auto ", "register ", "self ", "this " };

	if (!d->things) {
		fputs("declare ", f);
		print_spec(f, d->spec);
		putc('\n', f);
	}
	for (const struct declared *t = d->things; t; t = t->next) {
		fprintf(f, "declare %s%s: ", storages[d->spec->storage], t->name);
		print_type(f, t->type);
		putc('\n', f);
	}
}

static void print_inline(FILE *f, const struct inline_def *d)
{
	fprintf(f, "inline %s", d->name);
	if (d->has_params) {
		putc('(', f);
		print_params(f, d->params, false);
		putc(')', f);
	}
	fputs(": ", f);
	print_type(f, d->type);
	putc('\n', f);
	print_node(f, d->body, 1);
}

static void print_translator(FILE *f, const struct translator *t)
{
	fputs("translator ", f);
	print_type(f, t->to);
	fputs(" < ", f);
	print_type(f, t->from);
	fprintf(f, " %s >\n", t->param ? t->param : "");
	for (const struct xlate_member *m = t->members; m; m = m->next)
		print_labelled(f, m->name, m->value, 1);
}

static void print_provider(FILE *f, const struct provider_def *d)
{
	fprintf(f, "provider %s\n", d->name);
	for (const struct provider_probe *p = d->probes; p; p = p->next) {
		fprintf(f, "  probe %s(", p->name);
		print_params(f, p->args, false);
		putc(')', f);
		if (p->has_mapped) {
			fputs(" : (", f);
			print_params(f, p->mapped, false);
			putc(')', f);
		}
		fprintf(f, "%s%s\n", p->source ? " from " : "", p->source ? p->source->text : "");
		print_list(f, p->values, 2);
	}
}

static void print_pragma(FILE *f, const struct pragma *p)
{
	static const char *const kinds[] = {
		[PRAGMA_ATTRIBUTES] = "attributes", [PRAGMA_BINDING] = "binding", [PRAGMA_DEPENDS_ON] = "depends_on", [PRAGMA_OPTION] = "option",
		[PRAGMA_PROVIDER] = "attributes provider",
	};

	fprintf(f, "pragma %s %s%s%s\n", kinds[p->kind], p->word[0], p->word[1] ? " " : "", p->word[1] ? p->word[1] : "");
}

void tree_print(FILE *f, const struct tree_unit *u)
{
	for (const struct top *t = u->tops; t; t = t->next) {
		switch (t->kind) {
		case TOP_CLAUSE:
			print_clause(f, t->clause);
			break;
		case TOP_DECL:
			print_decl(f, t->decl);
			break;
		case TOP_INLINE:
			print_inline(f, t->inl);
			break;
		case TOP_TRANSLATOR:
			print_translator(f, t->translator);
			break;
		case TOP_PROVIDER:
			print_provider(f, t->provider);
			break;
		case TOP_PRAGMA:
			print_pragma(f, t->pragma);
			break;
		}
	}
}
