// SPDX-License-Identifier: GPL-2.0
/*
 * What a record makes dtrun do: the heading, the probe's columns, then each
 * action of the record's block. Records were checked by record_check().
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "dtrun.h"

struct act {
	struct session *s;
	const struct dtc_meta_action *action;
	const struct format *format;
	uint32_t probe, block;
	struct value *v;		/* its fields, without aggregations */
	size_t n;
	uint32_t *aggs;			/* rows of its aggregations */
	size_t naggs;
	struct error *e;
};

void session_notice(struct session *s, const char *fmt, ...)
{
	va_list ap;

	fflush(s->out.f);
	fprintf(stderr, "%s: ", s->progname);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static struct printer printer_of(struct session *s)
{
	return (struct printer){ s->out.f, &s->meta, &s->symbols, &s->opt, s->ntargets ? s->targets[0].pid : 0 };
}

/* --- aggregations --- */

/* What the widths of the columns before a histogram's line come to. */
static int keys_width(const struct value *keys, size_t nkeys)
{
	int width = 0;

	for (size_t i = 0; i < nkeys; i++)
		width += 1 + print_width(&keys[i], true);
	return width;
}

/* A line of agghist or aggpack; the first of an aggregation draws the heading. */
static bool row_pack(const struct printer *p, const struct packing *pack, struct agg_entry *e, const struct value *keys, size_t nkeys, bool first)
{
	const struct dtc_meta_agg *agg = meta_agg(p->meta, e->agg);

	if (pack->kind == PACK_NONE)
		return false;
	if (first)
		pack_heading(p->f, agg, pack, keys_width(keys, nkeys));
	for (size_t i = 0; i < nkeys; i++)
		print_packed_key(p, &keys[i]);
	pack_line(p->f, agg, pack, agg_data(e), e->normal);
	return true;
}

static void row_print(const struct session *s, const struct printer *p, const struct format *format, struct agg_entry *const *row,
		      const uint32_t *aggs, size_t naggs, const struct packing *pack, bool first)
{
	struct value keys[DTC_MAX_KEYS];
	size_t nkeys = 0;

	for (size_t i = 0; i < naggs && !nkeys; i++)
		if (row[i])
			nkeys = value_from_keys(p->meta, row[i], keys);
	if (format) {
		print_format(p, format, keys, nkeys, row, aggs, naggs);
		return;
	}
	if (naggs == 1 && row_pack(p, pack, row[0], keys, nkeys, first))
		return;
	for (size_t i = 0; i < nkeys; i++)
		print_value(p, &keys[i], false, true);
	for (size_t i = 0; i < naggs; i++) {
		print_agg_value(p, row[i], meta_agg(p->meta, aggs[i]));
		if (row[i])
			print_agg_cpus(p, row[i], meta_agg(p->meta, aggs[i]), s->opt.aggpercpu ? s->control.info.ncpus : 0);
	}
	fputc('\n', p->f);
}

static int aggs_print(struct session *s, const struct format *format, const uint32_t *aggs, size_t naggs, bool by_script, struct error *e)
{
	struct printer p = printer_of(s);
	struct packing pack = { 0 };
	struct agg_entry **rows;
	size_t n;

	if (aggs_joined(&s->aggs, aggs, naggs, &s->opt, &rows, &n, e))
		return -1;
	if (naggs == 1 && !format)
		pack = packing_of(meta_agg(&s->meta, aggs[0]), rows, n, &s->opt);
	for (size_t i = 0; i < n; i++)
		row_print(s, &p, format, rows + i * naggs, aggs, naggs, &pack, !i);
	for (size_t i = 0; i < n * naggs; i++)
		if (rows[i])
			s->aggs.printed[rows[i]->agg] |= by_script;
	free(rows);
	return 0;
}

/* What the script did not print, after one empty line, which ends every run. */
int session_print_aggs(struct session *s, struct error *e)
{
	uint32_t n = meta_naggs(&s->meta);

	fputc('\n', s->out.f);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = s->opt.aggsortrev ? n - 1 - i : i;

		if (!s->aggs.printed[row] && aggs_print(s, NULL, &row, 1, false, e))
			return -1;
	}
	return 0;
}

/* --- the actions --- */

static int act_trace(struct act *a)
{
	struct printer p = printer_of(a->s);

	for (size_t i = 0; i < a->n; i++)
		print_value(&p, &a->v[i], a->s->opt.quiet, false);
	return 0;
}

static int act_printf(struct act *a)
{
	struct printer p = printer_of(a->s);

	if (a->format)
		print_format(&p, a->format, a->v, a->n, NULL, NULL, 0);
	return 0;
}

static int act_printa(struct act *a)
{
	if (!a->naggs)
		return 0;
	if (!a->format)
		fputc('\n', a->s->out.f);
	return aggs_print(a->s, a->format, a->aggs, a->naggs, true, a->e);
}

static int act_exit(struct act *a)
{
	a->s->status = a->n ? (int)a->v[0].num & 0xff : 0;
	a->s->exiting = true;
	return 0;
}

static int act_clear(struct act *a)
{
	for (size_t i = 0; i < a->naggs; i++)
		aggs_clear(&a->s->aggs, a->aggs[i]);
	return 0;
}

static int act_trunc(struct act *a)
{
	return a->naggs ? aggs_trunc(&a->s->aggs, a->aggs[0], a->n ? a->v[0].num : 0, &a->s->opt, a->e) : 0;
}

static int act_normalize(struct act *a)
{
	if (a->naggs)
		aggs_normalize(&a->s->aggs, a->aggs[0], a->n ? a->v[0].num : 1);
	return 0;
}

static int act_tracemem(struct act *a)
{
	struct printer p = printer_of(a->s);
	uint32_t len = a->n ? a->v[0].len : 0;

	if (a->n > 1 && a->v[1].num >= 0 && a->v[1].num <= len)
		len = a->v[1].num;
	if (a->n && a->v[0].kind == DTC_FIELD_BYTES)
		print_bytes(&p, a->v[0].bytes, len);
	return 0;
}

static int act_pcap(struct act *a)
{
	struct printer p = printer_of(a->s);

	if (a->n < 2 || a->v[0].kind != DTC_FIELD_BYTES)
		return 0;
	return packet_print(a->s, &p, a->v[0].bytes, a->v[0].len, a->v[1].num, a->e);
}

static int act_print(struct act *a)
{
	struct printer p = printer_of(a->s);

	if (a->n > 1 && a->v[1].kind == DTC_FIELD_BYTES)
		print_pointee(&p, a->v[0].num, &a->v[1]);
	else if (a->n && a->v[0].kind == DTC_FIELD_BYTES)
		print_typed(&p, &a->v[0]);
	else
		return act_trace(a);
	return 0;
}

/* The text of a format, to be freed. */
static char *format_text(struct act *a)
{
	struct printer p = printer_of(a->s);
	char *text = NULL;
	size_t size;

	p.f = open_memstream(&text, &size);
	if (!p.f)
		return NULL;
	if (a->format)
		print_format(&p, a->format, a->v, a->n, NULL, NULL, 0);
	fclose(p.f);
	return text;
}

static int act_system(struct act *a)
{
	char *text = format_text(a);
	pid_t pid;

	if (!text)
		return error_set(a->e, "out of memory for system()");
	if (output_flush(&a->s->out, a->e)) {
		free(text);
		return -1;
	}
	pid = fork();
	if (!pid) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		signal(SIGPIPE, SIG_DFL);
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	free(text);
	return pid < 0 ? error_set(a->e, "system(): cannot make a process: %s", strerror(errno)) : 0;
}

/* What an action could not do: told as a fault is, and the run goes on. */
static void action_error(struct act *a, const char *text)
{
	const struct meta *m = &a->s->meta;
	const struct dtc_meta_clause *c = meta_clause(m, meta_block(m, a->block)->clause);

	session_notice(a->s, "error on enabled probe ID %d (ID %u: %s:%s:%s:%s): %s", c->epid_base + (int)a->probe, meta_probe(m, a->probe)->id,
		       meta_probe_part(m, a->probe, DTC_PART_PROVIDER), meta_probe_part(m, a->probe, DTC_PART_MODULE),
		       meta_probe_part(m, a->probe, DTC_PART_FUNCTION), meta_probe_part(m, a->probe, DTC_PART_NAME), text);
}

static int act_freopen(struct act *a)
{
	char *text = format_text(a);
	int ret = text ? output_reopen(&a->s->out, text, a->e) : error_set(a->e, "out of memory for freopen()");

	if (ret > 0)
		action_error(a, a->e->text);
	free(text);
	return ret < 0 ? -1 : 0;
}

static int act_ftruncate(struct act *a)
{
	struct session *s = a->s;

	if (output_flush(&s->out, a->e))
		return -1;
	if (s->out.is_file && !ftruncate(fileno(s->out.f), 0))
		rewind(s->out.f);
	return 0;
}

static void setopt_error(struct act *a, const char *name, const char *value, const char *why)
{
	char text[1700];

	snprintf(text, sizeof(text), "couldn't set option \"%s\" to \"%s\": %s", name, value, why);
	action_error(a, text);
}

static int act_setopt(struct act *a)
{
	char text[2][256] = { "", "" };
	struct error e;

	for (size_t i = 0; i < a->n && i < 2; i++)
		if (a->v[i].kind == DTC_FIELD_STRING)
			snprintf(text[i], sizeof(text[i]), "%.*s", (int)a->v[i].len, a->v[i].bytes);
	if (option_set(&a->s->opt, text[0], a->n > 1 ? text[1] : NULL, OPTION_RUNNING, &e))
		setopt_error(a, text[0], a->n > 1 ? text[1] : "1", e.text);
	return 0;
}

static int (*const actions[DTC_ACT_NR])(struct act *a) = {	/* the others are done in the kernel */
	[DTC_ACT_TRACE] = act_trace, [DTC_ACT_PRINTF] = act_printf, [DTC_ACT_PRINTA] = act_printa, [DTC_ACT_EXIT] = act_exit,
	[DTC_ACT_CLEAR] = act_clear, [DTC_ACT_TRUNC] = act_trunc, [DTC_ACT_NORMALIZE] = act_normalize,
	[DTC_ACT_DENORMALIZE] = act_normalize, [DTC_ACT_STACK] = act_trace, [DTC_ACT_USTACK] = act_trace,
	[DTC_ACT_JSTACK] = act_trace, [DTC_ACT_SYM] = act_trace, [DTC_ACT_TRACEMEM] = act_tracemem, [DTC_ACT_PRINT] = act_print,
	[DTC_ACT_SYSTEM] = act_system, [DTC_ACT_FREOPEN] = act_freopen, [DTC_ACT_FTRUNCATE] = act_ftruncate,
	[DTC_ACT_SETOPT] = act_setopt, [DTC_ACT_PCAP] = act_pcap,
};

static int action_run(struct session *s, uint32_t row, const struct dtc_record *r, struct error *e)
{
	uint32_t probe = r->id % meta_nprobes(&s->meta), block = r->id / meta_nprobes(&s->meta);
	const char *record = (const char *)r;
	const struct dtc_meta_action *action = meta_action(&s->meta, row);
	struct value v[FIELDS_MAX];
	uint32_t aggs[FIELDS_MAX];
	struct act a = { .s = s, .action = action, .format = s->meta.formats[row], .probe = probe, .block = block, .v = v, .aggs = aggs, .e = e };

	if (!actions[action->kind])
		return 0;
	for (uint32_t i = 0; i < action->nfields; i++) {
		const struct dtc_meta_field *f = meta_field(&s->meta, action->first_field + i);

		if (f->kind == DTC_FIELD_AGG)
			aggs[a.naggs++] = f->value;
		else
			value_from_record(&s->meta, f, record, probe, &v[a.n++]);
	}
	return actions[action->kind](&a);
}

/* --- the columns before a record --- */

enum flow_kind { FLOW_NONE, FLOW_ENTRY, FLOW_RETURN };

static bool name_ends(const char *name, const char *with)
{
	size_t n = strlen(name), w = strlen(with);

	return n >= w && !strcmp(name + n - w, with) && (n == w || name[n - w - 1] == '-');
}

/* Several clauses on one function's entry indent once, at the first; each on its return does so. */
static enum flow_kind flow_kind(struct session *s, struct flow *flow, const struct dtc_record *r)
{
	uint32_t nprobes = meta_nprobes(&s->meta), probe = r->id % nprobes;
	const char *name = meta_probe_part(&s->meta, probe, DTC_PART_NAME);

	if (name_ends(name, "entry"))
		return flow->has_last && flow->last_id != r->id && flow->last_id % nprobes == probe ? FLOW_NONE : FLOW_ENTRY;
	if (name_ends(name, "return"))
		return FLOW_RETURN;
	return FLOW_NONE;
}

static void flow_print(struct session *s, struct flow *flow, uint32_t cpu, const struct dtc_record *r)
{
	static const char *const marks[2][3] = { { "| ", " -> ", " <- " }, { "| ", " => ", " <= " } };
	uint32_t probe = r->id % meta_nprobes(&s->meta);
	enum flow_kind kind = flow_kind(s, flow, r);
	bool is_syscall = !strcmp(meta_probe_part(&s->meta, probe, DTC_PART_PROVIDER), "syscall");
	char text[512];

	if (kind == FLOW_RETURN && flow->indent > 0)
		flow->indent -= 2;
	snprintf(text, sizeof(text), "%*s%s%s%s%s", flow->indent > 200 ? 200 : flow->indent, "", marks[is_syscall][kind],
		 meta_probe_part(&s->meta, probe, DTC_PART_FUNCTION), kind == FLOW_NONE ? ":" : "",
		 kind == FLOW_NONE ? meta_probe_part(&s->meta, probe, DTC_PART_NAME) : "");
	fprintf(s->out.f, "%3u %-41s ", cpu, text);
	if (kind == FLOW_ENTRY)
		flow->indent += 2;
	flow->last_id = r->id;
	flow->has_last = true;
}

static void columns_print(struct session *s, uint32_t cpu, const struct dtc_record *r)
{
	uint32_t probe = r->id % meta_nprobes(&s->meta);
	char name[512];

	if (!s->heading) {
		s->heading = true;
		if (s->opt.flowindent)
			fprintf(s->out.f, "%3s %-41s\n", "CPU", "FUNCTION");
		else if (!s->opt.quiet)
			fprintf(s->out.f, "%3s %6s %32s\n", "CPU", "ID", "FUNCTION:NAME");
	}
	if (s->opt.flowindent) {
		flow_print(s, &s->flows[cpu], cpu, r);
	} else if (!s->opt.quiet) {
		snprintf(name, sizeof(name), "%s:%s", meta_probe_part(&s->meta, probe, DTC_PART_FUNCTION),
			 meta_probe_part(&s->meta, probe, DTC_PART_NAME));
		fprintf(s->out.f, "%3u %6u %32s ", cpu, meta_probe(&s->meta, probe)->id, name);
	}
}

int session_record(void *session, uint32_t cpu, const struct dtc_record *r, struct error *e)
{
	struct session *s = session;
	int spec;

	if (r->id == DTC_ID_FAULT) {
		session_fault(s, (const void *)r);
		return 0;
	}
	spec = specs_record(s, cpu, r, e);
	return spec ? (spec < 0 ? -1 : 0) : session_print(s, cpu, r, e);
}

int session_print(struct session *s, uint32_t cpu, const struct dtc_record *r, struct error *e)
{
	const struct dtc_meta_block *b;

	b = meta_block(&s->meta, r->id / meta_nprobes(&s->meta));
	columns_print(s, cpu, r);
	for (uint32_t i = 0; i < b->nactions; i++)
		if (action_run(s, b->first_action + i, r, e))
			return -1;
	if (!s->opt.quiet)
		fputc('\n', s->out.f);
	return 0;
}
