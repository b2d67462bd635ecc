/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Statements, and the records of actions. A run of recording actions shares a
 * block; an `if` with recording arms ends the run, and each arm has blocks of
 * its own, so that records print in the order of the script. Blocks of a
 * firing follow each other in the room reserved for the clause and are
 * committed together at its end (clause.c): a fault drops all.
 */
#include <string.h>
#include "emitter.h"

/*
 * form: F the first argument is a format, the rest values; f a format may come
 * first, the rest aggregations; V values; A an aggregation, then values; - none;
 * S the address or stack itself; M memory and how much of it; T a value with its type; E the end of a speculation, in a block of its own.
 */
static const struct action_desc { enum func_id id; enum dtc_action kind; char form; } actions[] = {
	{ FN_TRACE, DTC_ACT_TRACE, 'V' },
	{ FN_PRINTF, DTC_ACT_PRINTF, 'F' },
	{ FN_PRINTA, DTC_ACT_PRINTA, 'f' },
	{ FN_EXIT, DTC_ACT_EXIT, 'V' },
	{ FN_CLEAR, DTC_ACT_CLEAR, 'A' },
	{ FN_TRUNC, DTC_ACT_TRUNC, 'A' },
	{ FN_NORMALIZE, DTC_ACT_NORMALIZE, 'A' },
	{ FN_DENORMALIZE, DTC_ACT_DENORMALIZE, 'A' },
	{ FN_STACK, DTC_ACT_STACK, 'S' },
	{ FN_SYM, DTC_ACT_SYM, 'S' },
	{ FN_FUNC, DTC_ACT_SYM, 'S' },
	{ FN_MOD, DTC_ACT_SYM, 'S' },
	{ FN_USTACK, DTC_ACT_USTACK, 'S' },
	{ FN_JSTACK, DTC_ACT_JSTACK, 'S' },
	{ FN_USYM, DTC_ACT_SYM, 'S' },
	{ FN_UFUNC, DTC_ACT_SYM, 'S' },
	{ FN_UMOD, DTC_ACT_SYM, 'S' },
	{ FN_UADDR, DTC_ACT_SYM, 'S' },
	{ FN_SYSTEM, DTC_ACT_SYSTEM, 'F' },
	{ FN_FREOPEN, DTC_ACT_FREOPEN, 'F' },
	{ FN_FTRUNCATE, DTC_ACT_FTRUNCATE, '-' },
	{ FN_SETOPT, DTC_ACT_SETOPT, 'V' },
	{ FN_TRACEMEM, DTC_ACT_TRACEMEM, 'M' },
	{ FN_PRINT, DTC_ACT_PRINT, 'T' },
	{ FN_PCAP, DTC_ACT_PCAP, 'P' },
	{ FN_COMMIT, DTC_ACT_COMMIT, 'E' },
	{ FN_DISCARD, DTC_ACT_DISCARD, 'E' },
};

static const struct action_desc *action_find(const struct node *n)
{
	for (size_t i = 0; n->kind == NODE_CALL && n->func && i < ARRAY_SIZE(actions); i++)
		if (actions[i].id == n->func->id)
			return &actions[i];
	return NULL;
}

bool statement_records(struct node *n)
{
	bool any = false;

	switch (n->kind) {
	case NODE_EXPR_STMT:
		return action_find(n->left) != NULL;
	case NODE_IF:
		return statement_records(n->right) || (n->third && statement_records(n->third));
	case NODE_BLOCK:
		for (struct node *s = n->list; s; s = s->next)
			any |= statement_records(s);
		return any;
	default:
		return false;
	}
}

/* --- blocks and fields --- */

static struct dtc_meta_block *block(struct emitter *e)
{
	return (struct dtc_meta_block *)e->blocks.data + e->block_row;
}

static struct dtc_meta_action *last_action(struct emitter *e)
{
	return (struct dtc_meta_action *)e->actions.data + e->actions.n - 1;
}

static void action_add(struct emitter *e, enum dtc_action kind, u32 line)
{
	struct dtc_meta_action *a = rows_add(&e->actions);

	a->kind = kind;
	a->first_field = e->fields.n;
	a->line = line;
	a->ordinal = e->ordinal;
	block(e)->nactions++;
}

/* The mark of a speculation, at the start of a block: see runtime/kernel/spec.c. */
static void mark_add(struct emitter *e, enum dtc_action kind, const char *mark)
{
	action_add(e, kind, e->clause->loc.line);
	struct dtc_meta_field *f = rows_add(&e->fields);
	f->kind = DTC_FIELD_INT;
	f->offset = e->block_size;
	f->size = 8;
	last_action(e)->nfields = 1;
	e->block_size += 8;
	emit_line(e, "*(dtc_u64 *)(%s + %u) = %s;", e->base, f->offset, mark);
}

static void block_open(struct emitter *e)
{
	if (e->block_open)
		return;
	struct dtc_meta_block *b = rows_add(&e->blocks);
	b->clause = e->clause->index;
	b->first_action = e->actions.n;
	e->block_row = e->blocks.n - 1;
	e->block_size = sizeof(struct dtc_record);
	e->block_open = true;
	e->base = "r";
	if (e->cur->has_if_records) {
		e->base = mem_printf("r%u", e->block_row - e->cur->first_block);
		emit_line(e, "char *%s = r + len;", e->base);
	}
	if (e->cur->speculates)
		mark_add(e, DTC_ACT_SPECULATE, "spec");
}

static void block_close(struct emitter *e)
{
	if (!e->block_open)
		return;
	u32 size = (e->block_size + 7) & ~7u;
	block(e)->size = size;
	e->block_open = false;
	e->room += size;
	emit_line(e, "dtc_record(c, %s, %u, %u);", e->base, e->block_row, size);
	if (e->cur->has_if_records)
		emit_line(e, "len += %u;", size);
}

static void action_open(struct emitter *e, const struct node *n, enum dtc_action kind)
{
	block_open(e);
	action_add(e, kind, n ? n->loc.line : e->clause->loc.line);
}

static struct dtc_meta_field *field_add(struct emitter *e, enum dtc_field_kind kind, u32 flags)
{
	struct dtc_meta_field *f = rows_add(&e->fields);

	f->kind = kind;
	f->flags = flags;
	last_action(e)->nfields++;
	return f;
}

/* A field with `size` bytes in the record; returns where they start. */
static u32 field_room(struct emitter *e, const struct key_form *form, enum dtc_field_kind kind, u32 size, u32 align)
{
	struct dtc_meta_field *f = field_add(e, kind, form->flags);

	e->block_size = (e->block_size + align - 1) & ~(align - 1);
	f->offset = e->block_size;
	f->size = size;
	f->type = strtab_add(&e->strings, form->type);
	e->block_size += size;
	return f->offset;
}

static void field_const(struct emitter *e, struct node *n)
{
	struct key_form form = key_form(e, n);
	struct dtc_meta_field *f = field_add(e, DTC_FIELD_CONST, 0);

	if (n->kind == NODE_STRING) {
		f->flags = DTC_FIELD_F_STRING;
		f->value = strtab_add_n(&e->strings, n->text, strnlen(n->text, n->text_len < e->strsize ? n->text_len : e->strsize - 1));
	} else {
		struct val v = val_const(n->type, n->value);
		f->flags = form.flags;
		f->size = form.size;
		f->value = (s64)v.value;
	}
	f->type = strtab_add(&e->strings, form.type);
}

static void field_stack(struct emitter *e, struct key_form *form)
{
	bool user = form->kind == DTC_FIELD_USTACK;	/* its pid comes first */
	u32 at = field_room(e, form, form->kind, form->size, 8);
	const char *t = emit_temp(e);

	if (user) {
		emit_line(e, "*(dtc_u64 *)(%s + %u) = dtc_user_pid(c);", e->base, at);
		at += 8;
	}
	emit_line(e, "dtc_u32 %s = %s(c, (dtc_u64 *)(%s + %u), %u);", t, user ? "dtc_ustack" : "dtc_stack", e->base, at, form->frames);
	emit_line(e, "if (%s < %u) ((dtc_u64 *)(%s + %u))[%s] = 0;", t, form->frames, e->base, at, t);
}

/* $$vars: `value` of the field is the row of their type. */
static void field_vars(struct emitter *e, struct node *n)
{
	struct key_form form = { .type = n->type->name, .flags = DTC_FIELD_F_VARS };
	u32 row = type_row(e, n->type), at = field_room(e, &form, DTC_FIELD_BYTES, n->type->size, 8);

	((struct dtc_meta_field *)e->fields.data + e->fields.n - 1)->value = row;
	emit_vars(e, n, e->base, at);
}

/* A value in memory, as it is. */
static void field_bytes(struct emitter *e, struct node *n, const struct key_form *form, const char *address)
{
	u32 size = type_strip(n->type)->size, at = field_room(e, form, DTC_FIELD_BYTES, size, 8), pos = emit_position(e, n);

	emit_line(e, "if (dtc_load_bytes(c, %s + %u, %s, %u)) DTC_RAISE(c, %u);", e->base, at, address, size, pos);
}

/* trace() of an array: all its bytes, for what follows a NUL may make it no text. */
static void field_array(struct emitter *e, struct node *n)
{
	struct key_form form = key_form(e, n);
	struct val v = emit_expr(e, n);

	field_bytes(e, n, &form, v.text);
}

/* Evaluates an argument into the record. */
static void field_value(struct emitter *e, struct node *n)
{
	struct key_form form = key_form(e, n);
	struct type *t = type_strip(n->type);

	if (n->kind == NODE_VARS) {
		field_vars(e, n);
	} else if (n->kind == NODE_STRING || (n->is_const && form.kind == DTC_FIELD_INT)) {
		field_const(e, n);
	} else if (form.kind == DTC_FIELD_PROBE) {
		e->cur->uses_probe = true;
		field_room(e, &form, form.kind, 0, 1);
	} else if (form.kind == DTC_FIELD_COMM) {
		u32 at = field_room(e, &form, form.kind, DTC_COMM_LEN, 8);
		emit_line(e, "__builtin_memcpy(%s + %u, dtc_comm(c), %u);", e->base, at, DTC_COMM_LEN);
	} else if (form.kind == DTC_FIELD_STACK || form.kind == DTC_FIELD_USTACK) {
		field_stack(e, &form);
	} else if (form.kind == DTC_FIELD_USYM) {
		const char *v = emit_int(e, n->list, false);
		u32 at = field_room(e, &form, form.kind, 16, 8);
		emit_line(e, "*(dtc_u64 *)(%s + %u) = dtc_user_pid(c);", e->base, at);
		emit_line(e, "*(dtc_u64 *)(%s + %u) = %s;", e->base, at + 8, v);
	} else if (form.kind == DTC_FIELD_KSYM) {
		const char *v = emit_int(e, n->list, false);
		emit_line(e, "*(dtc_u64 *)(%s + %u) = %s;", e->base, field_room(e, &form, form.kind, 8, 8), v);
	} else if (type_is_string(n->type)) {
		u32 size = t->kind == TYPE_ARRAY && t->size < e->strsize ? t->size + 1 : e->strsize;
		const char *v = emit_string(e, n).text;
		emit_line(e, "dtc_strcpy(%s + %u, %s, %u);", e->base, field_room(e, &form, DTC_FIELD_STRING, size, 1), v, size);
	} else {
		struct val v = emit_expr(e, n);
		if (v.kind == VAL_MEM) {
			field_bytes(e, n, &form, v.text);
		} else {
			u32 at = field_room(e, &form, DTC_FIELD_INT, form.size, form.size);
			emit_line(e, "*(%s *)(%s + %u) = %s;", ctype(n->type), e->base, at, v.text);
		}
	}
}

/* `size` bytes at an address. */
static void field_memory(struct emitter *e, struct node *n, const char *address, u32 size)
{
	struct key_form form = { .type = type_name(e->dtc, n->type, NULL) };
	u32 at = field_room(e, &form, DTC_FIELD_BYTES, size, 8), pos = emit_position(e, n);

	address = emit_readable(e, n, address, mem_printf("%u", size));
	emit_line(e, "if (dtc_load_bytes(c, %s + %u, %s, %u)) DTC_RAISE(c, %u);", e->base, at, address, size, pos);
}

/* tracemem(address, size [, how much of it to show]) */
static void field_tracemem(struct emitter *e, struct node *list)
{
	struct node *size = list->next;
	const char *address = emit_int(e, list, false);

	if (size->next)		/* evaluated after the address */
		address = emit_spill(e, val_int(address, false, true), type_int(e->dtc, 8, false)).text;
	field_memory(e, list, address, size->value);
	if (size->next)
		field_value(e, size->next);
}

/* pcap(packet, link type) */
static void field_packet(struct emitter *e, struct node *list)
{
	const u32 size = e->dtc->opt.pcapsize, pos = emit_position(e, list);
	struct key_form form = { .type = "struct dtc_packet" };
	const char *address = emit_spill(e, val_int(emit_int(e, list, false), false, true), type_int(e->dtc, 8, false)).text;
	u32 at = field_room(e, &form, DTC_FIELD_BYTES, (u32)sizeof(struct dtc_packet) + size, 8);

	emit_line(e, "if (dtc_packet(c, %s + %u, %s, %u)) DTC_RAISE(c, %u);", e->base, at, address, size, pos);
	field_value(e, list->next);
}

/* print(pointer): itself, and the bytes that it points to. */
static void field_pointee(struct emitter *e, struct node *n)
{
	struct type *to = type_strip(n->type)->ref;
	struct key_form form = { .type = type_name(e->dtc, n->type, NULL) };
	const char *address = emit_spill(e, val_int(emit_int(e, n, false), false, true), type_int(e->dtc, 8, false)).text;
	u32 row = type_row(e, to);

	emit_line(e, "*(dtc_u64 *)(%s + %u) = %s;", e->base, field_room(e, &form, DTC_FIELD_INT, 8, 8), address);
	field_memory(e, n, address, type_strip(to)->size);
	((struct dtc_meta_field *)e->fields.data + e->fields.n - 1)->value = row;
}

/* print(value): its bytes; `value` of the field is the row of its type. */
static void field_typed(struct emitter *e, struct node *n)
{
	struct type *t = type_strip(n->type);
	u32 row = type_row(e, n->type);

	if (type_is_string(n->type) && t->kind == TYPE_STRING) {
		struct key_form form = { .type = "string" };
		const char *v = emit_string(e, n).text;
		emit_line(e, "dtc_strcpy(%s + %u, %s, %u);", e->base, field_room(e, &form, DTC_FIELD_BYTES, e->strsize, 8), v, e->strsize);
	} else {
		struct val v = emit_expr(e, n);
		if (v.kind == VAL_MEM) {
			field_memory(e, n, v.text, t->size);
		} else {
			struct key_form form = { .type = type_name(e->dtc, n->type, NULL) };
			u32 at = field_room(e, &form, DTC_FIELD_BYTES, type_bytes(n->type), 8);
			emit_line(e, "*(%s *)(%s + %u) = %s;", ctype(n->type), e->base, at, val_as(v, n->type, is_signed(n->type)));
		}
	}
	((struct dtc_meta_field *)e->fields.data + e->fields.n - 1)->value = row;
}

static void field_agg(struct emitter *e, const struct node *n)
{
	field_add(e, DTC_FIELD_AGG, 0)->value = n->agg->row;
}

/*
 * commit() and discard(): the speculation ends at once, and dtrun must learn of
 * a commit even if the clause ends by a fault. Nothing else is recorded before
 * a commit.
 */
static void emit_speculation_end(struct emitter *e, struct node *n, const struct action_desc *d)
{
	const char *id = emit_int(e, n->list, false), *tag = emit_temp(e);
	bool speculates = e->cur->speculates;

	block_close(e);
	e->cur->speculates = false;	/* this block is not of the speculation */
	emit_line(e, "if (dtc_spec_wrong(c, %s)) DTC_RAISE(c, %u);", id, emit_position(e, n));
	emit_line(e, "dtc_u64 %s = dtc_spec_end(c, %s);", tag, id);
	emit_line(e, "if (%s) {", tag);
	e->indent++;
	block_open(e);
	mark_add(e, d->kind, tag);
	block_close(e);
	if (d->id == FN_COMMIT)
		emit_line(e, "dtc_commit(c, r, len); r += len; len = 0;");
	e->indent--;
	emit_line(e, "}");
	e->cur->speculates = speculates;
}

static void emit_speculate(struct emitter *e, struct node *n)
{
	const struct node *only = e->clause->body ? e->clause->body->list : NULL;

	emit_line(e, "spec = dtc_spec_tag(c, %s);", emit_int(e, n->list, false));
	emit_line(e, "mute = !spec;");
	if (only && !only->next && only->kind == NODE_EXPR_STMT && only->left == n)
		block_open(e);		/* records that the probe fired */
}

static void emit_action(struct emitter *e, struct node *n, const struct action_desc *d)
{
	struct node *arg = n->list;

	if (d->form == 'E') {
		emit_speculation_end(e, n, d);
		return;
	}

	action_open(e, n, d->kind);
	if ((d->form == 'F' || d->form == 'f') && arg && arg->kind == NODE_STRING) {
		u32 format = strtab_add_n(&e->strings, arg->text, strnlen(arg->text, arg->text_len));
		last_action(e)->format = format;
		arg = arg->next;
	}
	if (d->form == 'S') {
		field_value(e, n);
		return;
	}
	if (d->form == 'M' || d->form == 'T' || d->form == 'P') {
		if (arg->kind == NODE_VARS)
			field_vars(e, arg);
		else if (d->form == 'M')
			field_tracemem(e, arg);
		else if (d->form == 'T' && type_strip(arg->type)->kind == TYPE_POINTER)
			field_pointee(e, arg);
		else if (d->form == 'T')
			field_typed(e, arg);
		else
			field_packet(e, arg);
		return;
	}
	for (; arg && d->form != '-'; arg = arg->next) {
		if (arg->kind == NODE_AGG)
			field_agg(e, arg);
		else if (d->id == FN_TRACE && arg->kind != NODE_STRING && type_strip(arg->type)->kind == TYPE_ARRAY)
			field_array(e, arg);
		else
			field_value(e, arg);
	}
	if (d->kind == DTC_ACT_EXIT) {
		e->cur->exits = true;
		emit_line(e, "quit = 1;");
	}
}

/* --- statements --- */

/* Scripts are walked forward, so this looks at each character about once. */
size_t source_offset(struct emitter *e, const struct loc *l)
{
	if (e->line_src != l->src || l->line < e->line) {
		e->line_src = l->src;
		e->line = 1;
		e->line_at = 0;
	}
	while (e->line < l->line && e->line_at < l->src->len) {
		const char *nl = memchr(l->src->text + e->line_at, '\n', l->src->len - e->line_at);
		e->line_at = nl ? (size_t)(nl - l->src->text) + 1 : l->src->len;
		e->line++;
	}
	size_t at = e->line_at + (l->column ? l->column - 1 : 0);
	return at < l->src->len ? at : l->src->len;
}

void emit_comment(struct emitter *e, const struct loc *l)
{
	struct text t = { 0 };
	bool space = false;

	if (!l->src || !l->src->text)
		return;
	struct loc end = { .src = l->src, .line = l->end_line, .column = l->end_column };
	size_t i = source_offset(e, l), last = source_offset(e, &end);
	for (; i < last && t.len < 100; i++) {
		char ch = l->src->text[i];
		if (ch == ' ' || ch == '\t' || ch == '\n') {
			space = true;
			continue;
		}
		if (space && t.len)
			text_write(&t, " ", 1);
		space = false;
		text_write(&t, &ch, 1);
		if (ch == '*' || ch == '/')	/* neither ends the comment nor starts one */
			text_write(&t, " ", i + 1 < last && (l->src->text[i + 1] == '/' || l->src->text[i + 1] == '*'));
	}
	emit_line(e, "/* %u: %.*s%s */", l->line, (int)t.len, t.data ? t.data : "", i < last ? " ..." : "");
}

static void emit_statements(struct emitter *e, struct node *list);

static void emit_if(struct emitter *e, struct node *n)
{
	bool records = statement_records(n);
	struct node *arms[2] = { n->right, n->third };
	u32 most = 0;

	e->ordinal++;
	if (records)
		block_close(e);
	emit_comment(e, &n->left->loc);
	emit_line(e, "if (%s) {", emit_cond(e, n->left));
	u32 room = e->room;
	for (int i = 0; i < 2 && arms[i]; i++) {
		if (i)
			emit_line(e, "} else {");
		e->indent++;
		e->room = room;
		emit_statements(e, arms[i]->kind == NODE_BLOCK ? arms[i]->list : arms[i]);
		if (records)
			block_close(e);
		e->indent--;
		if (e->room > most)
			most = e->room;
	}
	emit_line(e, "}");
	e->room = most > room ? most : room;
}

static void emit_statements(struct emitter *e, struct node *list)
{
	for (struct node *s = list; s; s = s->next) {
		const struct action_desc *d;
		if (s->kind == NODE_IF) {
			emit_if(e, s);
			continue;
		}
		if (s->kind == NODE_BLOCK) {
			emit_statements(e, s->list);
			continue;
		}
		if (s->kind != NODE_EXPR_STMT)
			continue;
		e->ordinal++;
		emit_comment(e, &s->loc);
		d = action_find(s->left);
		if (s->left->kind == NODE_CALL && s->left->func && s->left->func->id == FN_SPECULATE)
			emit_speculate(e, s->left);
		else if (d)
			emit_action(e, s->left, d);
		else
			emit_expr(e, s->left);
	}
}

/* All the actions of a clause, or the default one. */
void emit_body(struct emitter *e, struct clause *c)
{
	struct node *list = c->body ? c->body->list : NULL;

	if (list) {
		emit_statements(e, list);
	} else {
		e->ordinal = 1;
		action_open(e, NULL, DTC_ACT_DEFAULT);
	}
	block_close(e);
	if (e->blocks.n == e->cur->first_block) {	/* records nothing: a row that faults are told by */
		struct dtc_meta_block *b = rows_add(&e->blocks);
		b->clause = c->index;
		b->first_action = e->actions.n;
	}
}
