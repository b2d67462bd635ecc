/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pass that turns the checked tree into C and metadata. See emitter.h for
 * how its files divide the work.
 */
#include "emitter.h"
#include "emitted.h"

static const char prelude[] =
	"#include \"emit.h\"\n"
	"#define DTC_STRSIZE %u\n"
	"#define DTC_CLAUSE_SHARED __attribute__((noinline))\n"
	"static DTC_CLAUSE int dtc_comm_equal(const char *s, dtc_u64 w0, dtc_u64 m0, dtc_u64 w1, dtc_u64 m1)\n"
	"{\n\tdtc_u64 w[2];\n\t__builtin_memcpy(w, s, 16);\n\treturn ((w[0] ^ w0) & m0) == 0 && ((w[1] ^ w1) & m1) == 0;\n}\n";

static void emit_positions(struct emitter *e, struct text *c)
{
	const struct dtc_c_position *p = e->positions.data;

	text_add(c, "const struct dtc_position dtc_positions[] = {\n");
	for (size_t i = 0; i < e->positions.n; i++)
		text_add(c, "\t{ %u, %u, %u, %u },\n", p[i].action, p[i].file, p[i].line, p[i].column);
	text_add(c, "\t{ 0, 0, 0, 0 },\n};\n");
}

static void emitter_init(struct emitter *e, struct dtc *dtc)
{
	*e = (struct emitter){
		.dtc = dtc, .unit = dtc->unit, .ps = dtc->probes,
		.strsize = (dtc->opt.strsize ? dtc->opt.strsize : DTC_STRSIZE_DEFAULT) + 1,
		.positions.size = sizeof(struct dtc_c_position), .blocks.size = sizeof(struct dtc_meta_block),
		.actions.size = sizeof(struct dtc_meta_action), .fields.size = sizeof(struct dtc_meta_field), .symbols.size = sizeof(struct symbol),
		.entries.size = sizeof(struct call_entry),
		.types.size = sizeof(struct dtc_meta_type), .members.size = sizeof(struct dtc_meta_member),
	};
	u32 naggs = 0, nclauses = 0;
	for (struct agg *a = e->unit->aggs; a; a = a->next)
		if (a->row >= naggs)
			naggs = a->row + 1;
	e->ai = mem_alloc((naggs + 1) * sizeof(*e->ai));
	e->ci = mem_alloc((e->unit->nclauses + 1) * sizeof(*e->ci));
	e->clauses = mem_alloc((e->unit->nclauses + 1) * sizeof(*e->clauses));
	for (struct clause *c = e->unit->clauses; c && nclauses < e->unit->nclauses; c = c->next)
		e->clauses[nclauses++] = c;
	for (struct var *v = e->unit->vars; v; v = v->next)
		if (v->scope == SCOPE_SELF && !v->is_assoc)
			e->self_size = 1;
	strtab_add(&e->strings, "");
}

static void number_enablings(struct emitter *e)
{
	s32 next = 1;

	for (u32 i = 0; i < e->unit->nclauses; i++) {
		const struct probe_list *l = e->clauses[i]->probes;
		u32 first = UINT32_MAX, last = 0;

		for (size_t k = 0; l && k < l->count; k++) {
			first = l->probes[k]->row < first ? l->probes[k]->row : first;
			last = l->probes[k]->row > last ? l->probes[k]->row : last;
		}
		e->ci[i].epid_base = next - (s32)(first == UINT32_MAX ? 0 : first);
		next += first == UINT32_MAX ? 0 : (s32)(last - first) + 1;
	}
}

/* Scratch holds the strings of this->, then what the hungriest clause makes, then what alloca() and the like may ask for. */
static void scratch_size(struct emitter *e)
{
	u32 most = 0;

	for (u32 i = 0; i < e->unit->nclauses; i++)
		if (e->ci[i].scratch > most)
			most = e->ci[i].scratch;
	u64 asked = e->dtc->opt.scratchsize ? e->dtc->opt.scratchsize : DTC_SCRATCHSIZE_DEFAULT;
	u64 size = asked + most + (u64)e->this_strings * (e->strsize + 16);
	e->scratch = size < DTC_SCRATCHSIZE_MAX ? (size + 7) & ~7ull : DTC_SCRATCHSIZE_MAX;
}

int pass_emit(struct dtc *dtc)
{
	struct emitted *out = mem_alloc(sizeof(*out));
	struct text clauses = { 0 };
	struct emitter e;
	size_t errors = diag_errors(dtc);

	emitter_init(&e, dtc);
	scan_unit(&e);
	scratch_size(&e);
	number_enablings(&e);
	for (u32 i = 0; i < e.unit->nclauses; i++)
		emit_clause(&e, e.clauses[i], &clauses);
	if (e.blocks.n > DTC_MAX_BLOCKS)
		diag_error(dtc, &e.clauses[0]->loc, "D_UNKNOWN", "split the script", "%zu clauses and conditional actions that record, the limit is %d",
			   e.blocks.n, DTC_MAX_BLOCKS);
	else if ((u64)e.blocks.n * e.ps->nprobes > UINT32_MAX)
		diag_error(dtc, &e.clauses[0]->loc, "D_UNKNOWN", "name fewer probes, or split the script",
			   "%zu clauses and conditional actions that record, for %u probes: their product is above the limit, %u", e.blocks.n,
			   (u32)e.ps->nprobes, UINT32_MAX);
	text_add(&out->c, prelude, e.strsize - 1);
	emit_globals(&e, &out->c);
	emit_symbols(&e, &out->c);
	emit_entries(&e, &out->c);
	emit_positions(&e, &out->c);
	emit_probe_tables(&e, &out->c);
	text_write(&out->c, e.tables.data ? e.tables.data : "", e.tables.len);
	text_add(&out->c, "\n");
	text_write(&out->c, clauses.data ? clauses.data : "", clauses.len);
	emit_groups(&e, &out->c);
	meta_write(&e, &out->meta);
	out->hash = hash_words(hash_words(0, out->c.data, out->c.len), out->meta.data, out->meta.len);
	dtc->emitted = out;
	return diag_errors(dtc) > errors ? -1 : 0;
}
