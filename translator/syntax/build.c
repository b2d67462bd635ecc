// SPDX-License-Identifier: GPL-2.0
/*
 * Making the tree. Later passes recurse over it, so no tree is deeper than
 * PARSE_DEPTH_MAX: a deeper one is refused and cut.
 */
#include "parser.h"
#include "grammar.h"

#include <stdlib.h>
#include <string.h>

void parse_error(struct parser *p, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_error(p->dtc, loc, tag, hint, "%s", mem_vprintf(fmt, ap));
	va_end(ap);
}

static u32 depth_of(const struct node *n)
{
	return n ? n->depth : 0;
}

static u32 deeper(u32 a, u32 b)
{
	return a > b ? a : b;
}

/* Sets a node's depth from its children's; a node that is too deep becomes a 0 without children. */
static struct node *build_depth(struct parser *p, struct node *n)
{
	u32 depth = deeper(depth_of(n->left), deeper(depth_of(n->right), depth_of(n->third)));

	for (const struct node *item = n->list; item; item = item->next)
		depth = deeper(depth, item->depth);
	n->depth = depth + 1;
	if (n->depth <= PARSE_DEPTH_MAX)
		return n;
	if (!p->too_deep)
		parse_error(p, &n->loc, "D_SYNTAX", "keep parts of it in this->variables", "this is nested too deeply: more than %d levels",
			    PARSE_DEPTH_MAX);
	p->too_deep = p->dtc->parse_dropped = true;
	*n = (struct node){ .kind = n->kind == NODE_BLOCK ? NODE_BLOCK : NODE_INT, .loc = n->loc, .depth = 1 };
	return n;
}

struct node *build_unary(struct parser *p, const struct loc *loc, enum node_kind kind, enum op op, struct node *left)
{
	struct node *n = node_new(kind, loc);

	n->op = op;
	n->left = left;
	return build_depth(p, n);
}

struct node *build_binary(struct parser *p, const struct loc *loc, enum node_kind kind, enum op op, struct node *left, struct node *right)
{
	struct node *n = node_new(kind, loc);

	if (kind == NODE_ASSIGN)
		n->assign_op = op;
	else
		n->op = op;
	n->left = left;
	n->right = right;
	return build_depth(p, n);
}

struct node *build_cond(struct parser *p, const struct loc *loc, enum node_kind kind, struct node *left, struct node *right,
			struct node *third)
{
	struct node *n = node_new(kind, loc);

	n->left = left;
	n->right = right;
	n->third = third;
	return build_depth(p, n);
}

struct node *build_list(struct parser *p, const struct loc *loc, enum node_kind kind, struct node *left, struct node *list)
{
	struct node *n = node_new(kind, loc);

	n->left = left;
	n->list = list;
	return build_depth(p, n);
}

struct node *build_name(const struct loc *loc, const struct loc *name_loc, enum node_kind kind, const char *name)
{
	struct node *n = node_new(kind, loc);

	n->name = name;
	n->name_loc = *name_loc;
	n->depth = 1;
	return n;
}

struct node *build_call(struct parser *p, const struct loc *loc, struct node *callee, struct node *args)
{
	struct node *n;

	if (callee->kind != NODE_IDENT || callee->is_paren) {
		parse_error(p, &callee->loc, "D_FUNC_IDENT", NULL, "only a function's name can be called");
		callee->name = NULL;
	}
	n = build_list(p, loc, NODE_CALL, NULL, args);
	n->name = callee->name ? callee->name : "";
	n->name_loc = callee->loc;
	return n;
}

/* The first [] after an aggregation's name holds its keys. */
struct node *build_index(struct parser *p, const struct loc *loc, struct node *left, struct node *list)
{
	if (left->kind == NODE_AGG && left->list && !left->is_paren) {
		parse_error(p, loc, "D_AGG_MDIM", mem_printf("write @%s[a, b]", strcmp(left->name, "_") ? left->name : ""),
			    "an aggregation has one list of keys");
		return left;
	}
	p->dtc->unit->asks_types |= left->kind == NODE_IDENT && !strcmp(left->name, "args");
	if (left->kind != NODE_AGG || left->is_paren)
		return build_list(p, loc, NODE_INDEX, left, list);
	left->loc = *loc;
	left->list = list;
	return build_depth(p, left);
}

struct top *build_top(struct parser *p, enum top_kind kind, const struct loc *loc)
{
	struct top *t = mem_alloc(sizeof(*t));

	t->kind = kind;
	t->loc = *loc;
	*p->last_top = t;
	p->last_top = &t->next;
	return t;
}

/* Which part of a description its last word is: by the option that gave it. */
static int desc_last_part(const struct parser *p)
{
	if (p->input && p->first_is_desc) {
		switch (p->input->kind) {
		case INPUT_PROVIDER:
			return 0;
		case INPUT_MODULE:
			return 1;
		case INPUT_FUNCTION:
			return 2;
		default:
			break;
		}
	}
	return 3;
}

static int count(const char *s, char c)
{
	int n = 0;

	for (; *s; s++)
		n += *s == c;
	return n;
}

static void desc_split(struct parser *p, struct probe_desc *d, const char *text)
{
	static const char *const part_names[] = { "provider", "provider:module", "provider:module:function", "provider:module:function:name" };
	int last = desc_last_part(p), part = last;
	const char *end = text + strlen(text);

	/* a line's begins at the left: "line::vfs_read@452" */
	if (last == 3 && !strncmp(text, "line:", 5) && count(text, ':') < 3)
		part = count(text, ':');
	for (const char *colon = end; part >= 0; part--) {
		do
			colon--;
		while (colon >= text && *colon != ':');
		d->part[part] = mem_strndup(colon + 1, (size_t)(end - colon - 1));
		if (colon < text)
			return;
		end = colon;
	}
	parse_error(p, &d->loc, "D_PDESC_INVAL", mem_printf("its form is %s", part_names[last]), "probe description has too many parts");
}

struct probe_desc *build_desc(struct parser *p, const struct loc *loc, const char *text)
{
	struct probe_desc *d = mem_alloc(sizeof(*d));
	const char *expanded;

	d->loc = *loc;
	d->text = text;
	for (int i = 0; i < 4; i++)
		d->part[i] = "";
	expanded = macro_expand_known(p->dtc, loc, text);
	if (!expanded)
		return d;
	if (strlen(expanded) > DESC_MAX) {
		parse_error(p, loc, "D_PDESC_INVAL", NULL, "a probe description may have at most %d characters", DESC_MAX);
		d->text = "";
		return d;
	}
	if (p->input && p->first_is_desc && p->input->kind != INPUT_NAME && p->input->kind != INPUT_ID) {
		desc_split(p, d, expanded);
		return d;
	}
	if (!expanded[strspn(expanded, "0123456789")]) {
		unsigned long long id = strtoull(expanded, NULL, 10);

		d->is_id = true;
		d->id = (u32)id;
		if (strlen(expanded) > 10 || id > UINT32_MAX || !id)
			parse_error(p, loc, "D_PDESC_INVAL", NULL, "'%s' is not a probe's id: they are 1 to %u", text, UINT32_MAX);
		return d;
	}
	if (p->input && p->first_is_desc && p->input->kind == INPUT_ID) {
		parse_error(p, loc, "D_PDESC_INVAL", "'dtc -l' shows ids; -n takes a description", "'%s' is not a probe's id", text);
		return d;
	}
	desc_split(p, d, expanded);
	return d;
}

void build_clause(struct parser *p, const struct loc *loc, struct probe_desc *descs, struct node *predicate, struct node *body,
		  bool has_body)
{
	struct clause *c = mem_alloc(sizeof(*c));
	struct tree_unit *u = p->dtc->unit;

	/* a script that was cut off, or no script at all: only a one-liner may leave them out */
	if (!has_body && !p->src->is_oneliner && !p->recovering) {
		p->lost = true;
		parse_error(p, predicate ? &predicate->loc : loc, "D_SYNTAX", "write { } for the default action",
			    predicate ? "actions in { } must follow a predicate" : "a predicate or actions must follow a probe description");
	}
	c->loc = *loc;
	c->descs = descs;
	c->predicate = predicate;
	c->body = body;
	c->has_body = has_body;
	c->input = p->input;
	c->index = (u32)u->nclauses++;
	*p->last_clause = c;
	p->last_clause = &c->next;
	build_top(p, TOP_CLAUSE, loc)->clause = c;
	p->first_is_desc = false;
}
