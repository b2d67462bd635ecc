// SPDX-License-Identifier: GPL-2.0
/*
 * -h: a C header from the provider definitions of a script. A program that
 * includes it says IO_WAIT_START(arg, ...) where the probe io:::wait-start
 * (io's wait__start) fires, and may ask IO_WAIT_START_ENABLED() first.
 *
 * The probes are those of <sys/sdt.h>, each with a semaphore that counts its
 * tracers; so programs need no object made by -G. With -D_DTRACE_VERSION=0 the
 * macros are empty.
 */
#include "parse.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define ARGS_MAX 12	/* as <sys/sdt.h> has them */

/* foo__bar is FOO_BAR in macros. */
static char *macro_part(const char *text)
{
	char *name = mem_strdup(text), *out = name;

	for (const char *s = text; *s; s++) {
		if (s[0] == '_' && s[1] == '_')
			continue;
		*out++ = (char)toupper((unsigned char)*s);
	}
	*out = '\0';
	return name;
}

static char *macro_name(const char *provider, const char *probe)
{
	return mem_printf("%s_%s", macro_part(provider), macro_part(probe));
}

static const char *c_type(const struct decl_type *t);

static const char *c_params(const struct declarator *d)
{
	struct text t = { NULL, 0, 0 };

	for (const struct declared *p = d->params; p; p = p->next)
		text_add(&t, "%s%s", t.len ? ", " : "", c_type(p->type));
	if (d->is_varargs)
		text_add(&t, "%s...", t.len ? ", " : "");
	return t.data ? t.data : "";
}

/* The declarator in C's notation. The list's last step is the nearest to the name, which is not there. */
static const char *c_declarator(const struct declarator *d)
{
	const char *inner = d->next ? c_declarator(d->next) : "";

	if (d->kind == DECLARATOR_POINTER)
		return mem_printf("*%s%s", d->quals & TYPE_Q_CONST ? "const " : "", inner);
	if (*inner == '*')
		inner = mem_printf("(%s)", inner);
	if (d->kind == DECLARATOR_FUNCTION)
		return mem_printf("%s(%s)", inner, c_params(d));
	if (d->size && d->size->kind == NODE_INT)
		return mem_printf("%s[%llu]", inner, (unsigned long long)d->size->value);
	return mem_printf("%s[]", inner);
}

static const char *c_type(const struct decl_type *t)
{
	static const char *const kinds[] = { "int", "void", "char", "int", "float", "double", "char *", "", "struct ", "union ", "enum " };
	const struct decl_spec *s = t->spec;

	return mem_printf("%s%s%s%s%s%s%s%s", s->quals & TYPE_Q_CONST ? "const " : "", s->quals & TYPE_Q_VOLATILE ? "volatile " : "",
			  s->is_unsigned ? "unsigned " : s->is_signed ? "signed " : "",
			  s->nshort ? "short " : s->nlong == 2 ? "long long " : s->nlong ? "long " : "",
			  kinds[s->kind],
			  s->kind >= SPEC_NAME && s->name ? s->name : "", t->declarator ? " " : "", t->declarator ? c_declarator(t->declarator) : "");
}

static bool is_void(const struct declared *a)
{
	return a->type->spec->kind == SPEC_VOID && !a->type->declarator;
}

static unsigned count_args(const struct provider_probe *p)
{
	unsigned n = 0;

	for (const struct declared *a = p->args; a && !is_void(a); a = a->next)
		n++;
	return n;
}

static void put_args(FILE *f, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		fprintf(f, "%sarg%u", i ? ", " : "", i);
}

static void probe_macros(FILE *f, const char *provider, const struct provider_probe *p)
{
	const char *name = macro_name(provider, p->name);
	unsigned n = count_args(p);

	fprintf(f, "#define\t%s(", name);
	put_args(f, n);
	fprintf(f, ") \\\n\t");
	if (n) {	/* sizeof: the compiler checks the types, and calls nothing */
		fprintf(f, "do { \\\n\t\t(void)sizeof(__dtrace_%s___%s(", provider, p->name);
		put_args(f, n);
		fprintf(f, ")); \\\n\t\tDTRACE_PROBE%u(%s, %s, ", n, provider, p->name);
		put_args(f, n);
		fprintf(f, "); \\\n\t} while (0)\n");
	} else {
		fprintf(f, "DTRACE_PROBE(%s, %s)\n", provider, p->name);
	}
	fprintf(f, "#define\t%s_ENABLED() \\\n\t__builtin_expect(%s_%s_semaphore, 0)\n", name, provider, p->name);
}

static void probe_declarations(FILE *f, const char *provider, const struct provider_probe *p)
{
	if (count_args(p)) {
		fprintf(f, "extern int __dtrace_%s___%s(", provider, p->name);
		for (const struct declared *a = p->args; a; a = a->next)
			fprintf(f, "%s%s", c_type(a->type), a->next ? ", " : "");
		fprintf(f, ");\n");
	}
	fprintf(f, "volatile unsigned short %s_%s_semaphore __attribute__((weak, visibility(\"hidden\"), section(\".probes\")));\n", provider, p->name);
}

static void probe_nothing(FILE *f, const char *provider, const struct provider_probe *p)
{
	const char *name = macro_name(provider, p->name);

	fprintf(f, "#define\t%s(", name);
	put_args(f, count_args(p));
	fprintf(f, ") \\\n\tdo { } while (0)\n#define\t%s_ENABLED() (0)\n", name);
}

static void each_probe(FILE *f, const struct dtc *dtc, void (*put)(FILE *f, const char *provider, const struct provider_probe *p))
{
	for (const struct top *t = dtc->unit->tops; t; t = t->next)
		for (const struct provider_probe *p = t->kind == TOP_PROVIDER ? t->provider->probes : NULL; p; p = p->next)
			put(f, t->provider->name, p);
}

/* file-name.h is guarded by _FILE_NAME_H. */
static char *guard_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *guard = mem_printf("_%s", slash ? slash + 1 : path);

	for (char *s = guard; *s; s++)
		*s = isalnum((unsigned char)*s) ? (char)toupper((unsigned char)*s) : '_';
	return guard;
}

static void header_write(FILE *f, const struct dtc *dtc, const char *guard)
{
	fprintf(f, "/*\n * Generated by dtc(1).\n */\n\n#ifndef\t%s\n#define\t%s\n\n", guard, guard);
	fputs("#include <unistd.h>\n#include <inttypes.h>\n\n", f);
	fputs("#ifndef _DTRACE_VERSION\n#define\t_DTRACE_VERSION 1\n#endif\n\n#if _DTRACE_VERSION\n", f);
	fputs("#if defined(_SYS_SDT_H) && !defined(_SDT_HAS_SEMAPHORES)\n#error \"include this header before <sys/sdt.h>\"\n#endif\n", f);
	fputs("#ifndef _SDT_HAS_SEMAPHORES\n#define\t_SDT_HAS_SEMAPHORES 1\n#endif\n#include <sys/sdt.h>\n#endif\n\n", f);
	fputs("#ifdef\t__cplusplus\nextern \"C\" {\n#endif\n\n#if _DTRACE_VERSION\n\n", f);
	each_probe(f, dtc, probe_macros);
	fputs("\n", f);
	each_probe(f, dtc, probe_declarations);
	fputs("\n#else\n\n", f);
	each_probe(f, dtc, probe_nothing);
	fprintf(f, "\n#endif\n\n#ifdef\t__cplusplus\n}\n#endif\n\n#endif\t/* %s */\n", guard);
}

static int header_check(struct dtc *dtc)
{
	bool any = false;

	for (const struct top *t = dtc->unit->tops; t; t = t->next) {
		any |= t->kind == TOP_PROVIDER;
		for (const struct provider_probe *p = t->kind == TOP_PROVIDER ? t->provider->probes : NULL; p; p = p->next)
			if (count_args(p) > ARGS_MAX)
				diag_error(dtc, &p->loc, "D_PROV_PRARGLEN", NULL, "probe %s has more than %d arguments, which <sys/sdt.h> does not have",
					   p->name, ARGS_MAX);
	}
	if (!any)
		diag_error(dtc, NULL, NULL, NULL, "-h: %s defines no provider", dtc->inputs[0].src->name);
	return diag_errors(dtc) ? -1 : 0;
}

int header_make(struct dtc *dtc)
{
	const char *path = dtc->output_file;
	FILE *f;

	if (header_check(dtc))
		return -1;
	f = fopen(path, "we");
	if (!f) {
		diag_error(dtc, NULL, NULL, NULL, "failed to open header file '%s': %s", path, strerror(errno));
		return -1;
	}
	header_write(f, dtc, guard_name(path));
	if (ferror(f) | fclose(f)) {
		diag_error(dtc, NULL, NULL, NULL, "cannot write %s: %s", path, strerror(errno));
		return -1;
	}
	return 0;
}
