// SPDX-License-Identifier: GPL-2.0
/* --inspect: tells what a module will do before anybody loads it. */
#include <inttypes.h>
#include "dtrun.h"

#define PROBES_SHOWN 40	/* of one group */

static void text_print(FILE *f, const char *text)
{
	const char *end;

	for (uint32_t line = 1; *text; line++, text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		fprintf(f, "%5u | ", line);
		for (; text < end; text++)	/* no control characters of a stranger's script to the terminal */
			fputc((unsigned char)*text < ' ' && *text != '\t' ? '?' : *text, f);
		fputc('\n', f);
	}
}

static void probes_print(FILE *f, const struct meta *m)
{
	uint64_t n = 0;

	for (uint64_t i = 0; i < meta_ngroups(m); i++)
		n += meta_group_rows(meta_group(m, i));
	fprintf(f, "probes:      %" PRIu64 "\n", n);
	for (uint64_t i = 0; i < meta_ngroups(m); i++) {
		const struct dtc_meta_group *g = meta_group(m, i);
		const uint64_t rows = meta_group_rows(g);

		for (uint32_t j = 0; j < rows && j < PROBES_SHOWN; j++) {
			const struct dtc_meta_probe *p = meta_probe(m, g->first + j);

			fprintf(f, "  %6u %s:%s:%s:%s\n", p->id, meta_string(m, p->provider), meta_string(m, p->module),
				meta_string(m, p->function), meta_string(m, p->name));
		}
		if (rows > PROBES_SHOWN)
			fprintf(f, "         ... and %" PRIu64 " more of '%s'\n", rows - PROBES_SHOWN,
				meta_string(m, meta_probe(m, g->first)->description));
	}
}

/* Functions that are hooked besides, for what they are called with. */
static void entries_print(FILE *f, const struct meta *m)
{
	const uint64_t n = meta_ncalls(m);

	if (n)
		fprintf(f, "arguments kept of the calls of %" PRIu64 " function%s:\n", n, n == 1 ? "" : "s");
	for (uint64_t i = 0; i < n && i < PROBES_SHOWN; i++)
		fprintf(f, "         %s:%s\n", meta_string(m, meta_call(m, i)->module), meta_string(m, meta_call(m, i)->function));
	if (n > PROBES_SHOWN)
		fprintf(f, "         ... and %" PRIu64 " more\n", n - PROBES_SHOWN);
}

static void params_print(FILE *f, const struct dtc_meta_general *g)
{
	fprintf(f, "arguments:   %u", g->nparams ? g->nparams - 1 : 0);
	for (uint32_t i = 1; i < g->nparams; i++)
		fprintf(f, "%s$%u%s", i == 1 ? ": " : ", ", i, g->int_params & 1u << i ? " (a number)" : "");
	fprintf(f, "%s\n", g->flags & DTC_META_DEFAULTARGS ? "; 0 and \"\" where not given" : "");
}

void meta_inspect(FILE *f, const struct meta *m)
{
	const struct dtc_meta_general *g = m->general;

	fprintf(f, "made by:     dtc %s\n", meta_string(m, g->dtc_version));
	fprintf(f, "kernel:      %s\n", meta_string(m, g->release));
	fprintf(f, "module name: %s\n", g->flags & DTC_META_NAMED ? meta_string(m, g->template_name) : "chosen at each run");
	fprintf(f, "hash:        %016" PRIx64 "\n", (uint64_t)g->hash);
	fprintf(f, "destructive: %s\n", g->flags & DTC_META_DESTRUCTIVE ? "yes: it wants -w" : "no");
	if (g->flags & DTC_META_PARAMS)
		params_print(f, g);
	for (uint64_t i = 0; i < meta_noptions(m); i++)
		fprintf(f, "option:      %s%s%s\n", meta_string(m, meta_option(m, i)->name), meta_option(m, i)->value ? "=" : "",
			meta_string(m, meta_option(m, i)->value));
	probes_print(f, m);
	entries_print(f, m);
	for (uint64_t i = 0; i < meta_nfiles(m); i++) {
		if (!meta_file(m, i)->text)
			continue;
		fprintf(f, "script:      %s\n", meta_string(m, meta_file(m, i)->name));
		text_print(f, meta_string(m, meta_file(m, i)->text));
	}
}
