// SPDX-License-Identifier: GPL-2.0
/*
 * -h: a C header from the provider definitions of a script. A program that
 * includes it says IO_WAIT_START(arg, ...) where the probe io:::wait-start
 * (io's wait__start) fires, and may ask IO_WAIT_START_ENABLED() first.
 */
#include "parse.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* foo__bar is FOO_BAR in macros. */
static char *macro_name(const char *provider, const char *probe)
{
	char *name = mem_printf("%s_%s", provider, probe), *out = name;

	for (const char *s = name; *s; s++) {
		if (s[0] == '_' && s[1] == '_')
			continue;
		*out++ = (char)toupper((unsigned char)*s);
	}
	*out = '\0';
	return name;
}

static void probe_macros(FILE *f, const struct provider_def *d, const struct provider_probe *p)
{
	const char *name = macro_name(d->name, p->name);
	unsigned n = 0;

	for (const struct declared *a = p->args; a; a = a->next)
		n++;
	fprintf(f, "#define %s(", name);
	for (unsigned i = 0; i < n; i++)
		fprintf(f, "%sarg%u", i ? ", " : "", i);
	if (n)
		fprintf(f, ") \\\n\tDTRACE_PROBE%u(%s, %s", n, d->name, p->name);
	else
		fprintf(f, ") \\\n\tDTRACE_PROBE(%s, %s", d->name, p->name);
	for (unsigned i = 0; i < n; i++)
		fprintf(f, ", arg%u", i);
	fprintf(f, ")\n#define %s_ENABLED() (1)\n", name);
}

static const char *header_path(const struct dtc *dtc)
{
	const char *script = dtc->inputs[0].src->name, *dot = strrchr(script, '.');

	if (dtc->output_file)
		return dtc->output_file;
	if (dot && !strchr(dot, '/'))
		return mem_printf("%.*s.h", (int)(dot - script), script);
	return mem_printf("%s.h", script);
}

int header_make(struct dtc *dtc)
{
	const char *path = header_path(dtc);
	bool any = false;
	FILE *f;

	for (const struct top *t = dtc->unit->tops; t; t = t->next)
		any |= t->kind == TOP_PROVIDER;
	if (!any) {
		diag_error(dtc, NULL, NULL, NULL, "-h: %s defines no provider", dtc->inputs[0].src->name);
		return -1;
	}
	f = fopen(path, "we");
	if (!f) {
		diag_error(dtc, NULL, NULL, NULL, "cannot write %s: %s", path, strerror(errno));
		return -1;
	}
	fputs("/* Made by dtc -h. */\n#pragma once\n\n#include <sys/sdt.h>\n\n", f);
	for (const struct top *t = dtc->unit->tops; t; t = t->next)
		for (const struct provider_probe *p = t->kind == TOP_PROVIDER ? t->provider->probes : NULL; p; p = p->next)
			probe_macros(f, t->provider, p);
	if (ferror(f) | fclose(f)) {
		diag_error(dtc, NULL, NULL, NULL, "cannot write %s: %s", path, strerror(errno));
		return -1;
	}
	return 0;
}
