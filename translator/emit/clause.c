/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A clause as a C function: its predicate, then one reservation of the most
 * that its actions record, the actions, one commit. What faults jumps to the
 * end past the commit.
 */
#include "emitter.h"

/* A clause that more groups than this run is compiled once, not in each. */
#define INLINE_GROUPS_MAX 4
#define INLINE_CLAUSES_MAX 64	/* gcc takes time with the square of what it inlines into one handler */

static void emit_head(struct emitter *e, const struct clause *c)
{
	const struct clause_info *ci = &e->ci[c->index];

	emit_line(e, "/* %s:%u", c->loc.src ? c->loc.src->name : "?", c->loc.line);
	for (const struct probe_desc *d = c->descs; d; d = d->next) {
		struct text t = { 0 };
		for (const char *s = d->text ? d->text : ""; *s; s++)	/* a glob must not end the comment */
			text_add(&t, *s == '*' && s[1] == '/' ? "* " : "%c", *s);
		emit_line(e, " *\t%.*s%s", (int)t.len, t.data ? t.data : "", d->next ? "," : "");
	}
	emit_line(e, " */");
	emit_line(e, "static %s void clause_%u(struct dtc_ctx *c%s)", ci->ngroups > INLINE_GROUPS_MAX || e->unit->nclauses > INLINE_CLAUSES_MAX ? "DTC_CLAUSE_SHARED" : "DTC_CLAUSE", c->index,
		  ci->uses_this ? ", struct dtc_this *t" : "");
	emit_line(e, "{");
}

static bool probe_lacks(const struct clause *c, size_t probe, const void *arg)
{
	return c->lacks[probe];
}

static void emit_predicate(struct emitter *e, struct clause *c)
{
	e->ordinal = 0;
	if (c->lacks)	/* a variable is missing there */
		emit_line(e, "if (%s) goto out;", emit_row_set(e, probe_lacks, NULL));
	if (!c->predicate)
		return;
	emit_comment(e, &c->predicate->loc);
	emit_line(e, "if (!(%s))", emit_cond(e, c->predicate));
	emit_line(e, "\tgoto out;");
}

static void emit_commit(struct emitter *e)
{
	const char *commit = e->cur->exits ? "dtc_commit_exit" : "dtc_commit";

	if (!e->room)
		return;
	if (e->cur->speculates)
		emit_line(e, "if (len && !mute && (!spec || dtc_spec_take(c, spec, len))) %s(c, r, len);", commit);
	else if (e->cur->has_if_records)
		emit_line(e, "if (len) %s(c, r, len);", commit);
	else
		emit_line(e, "%s(c, r, %u);", commit, e->room);
	if (e->cur->exits)
		emit_line(e, "dtc_exit(c, r, quit);");
}

void emit_clause(struct emitter *e, struct clause *c, struct text *out)
{
	struct text pred = { 0 }, body = { 0 };

	e->clause = c;
	e->cur = &e->ci[c->index];
	e->cur->first_block = e->blocks.n;
	e->ntemps = e->ordinal = e->room = 0;
	e->indent = 1;
	emit_to(e, &pred);
	emit_predicate(e, c);
	emit_to(e, &body);
	emit_body(e, c);
	emit_commit(e);
	e->cur->nblocks = e->blocks.n - e->cur->first_block;
	if (e->room) {
		e->cur->uses_probe = true;
		if (e->room > e->max_record)
			e->max_record = e->room;
		if (e->cur->exits && e->room > e->exit_record)
			e->exit_record = e->room;
	}
	emit_to(e, out);
	e->indent = 0;
	if (!e->cur->ngroups)
		return;
	emit_head(e, c);
	e->indent = 1;
	emit_line(e, "DTC_CLAUSE_BEGIN(c);");
	if (e->cur->uses_self)
		emit_line(e, "struct dtc_self_cache self = { 0 };");
	if (e->cur->uses_kept)
		emit_line(e, "struct dtc_call_cache kept = { .cfa = 0 };");
	if (e->cur->exits)
		emit_line(e, "int quit = 0;");
	if (e->cur->speculates)
		emit_line(e, "dtc_u64 spec = 0; int mute = 0;");
	text_write(e->out, pred.data ? pred.data : "", pred.len);
	if (e->room) {
		emit_line(e, "char *r = %s(c, %u);", e->cur->exits ? "dtc_reserve_exit" : "dtc_reserve", e->room);
		emit_line(e, "if (!r)");
		emit_line(e, "\tgoto out;");
		if (e->cur->has_if_records)
			emit_line(e, "dtc_u32 len = 0;");
	}
	text_write(e->out, body.data ? body.data : "", body.len);
	e->indent = 0;
	emit_line(e, "out:");
	emit_line(e, "\tDTC_CLAUSE_END(c);");
	emit_line(e, "\treturn;");
	emit_line(e, "fault:");
	emit_line(e, "\tdtc_fault(c, %u, %d);", e->cur->first_block, e->cur->epid_base);
	emit_line(e, "\tgoto out;");
	emit_line(e, "}\n");
}
