// SPDX-License-Identifier: GPL-2.0
/*
 * The pipeline. Each pass needs what those before it made; `check` runs even
 * when `resolve` found errors, so that all errors of a script are seen at once.
 */
#include "compile.h"
#include "debuginfo/files.h"
#include "debuginfo/kernel.h"
#include "emit/emitted.h"
#include "providers/provider.h"
#include "sema/stability.h"
#include "sema/type.h"
#include "syntax/parse.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static void show_tree(struct dtc *dtc)
{
	tree_print(stdout, dtc->unit);
}

static void show_probes(struct dtc *dtc)
{
	for (size_t i = 0; i < dtc->probes->nprobes; i++) {
		const struct probe *p = dtc->probes->probes[i];

		printf("%u %s:%s:%s:%s\n", p->id, p->part[0], p->part[1], p->part[2], p->part[3]);
	}
}

static void show_c(struct dtc *dtc)
{
	fwrite(dtc->emitted->c.data, 1, dtc->emitted->c.len, dtc->show_product ? stdout : stderr);
}

static void show_path(struct dtc *dtc)
{
	puts(dtc->module_path);
}

static const struct {
	const char *name;
	int (*run)(struct dtc *dtc);
	void (*show)(struct dtc *dtc);	/* its product, for --stop-after */
	bool despite_errors;		/* in the pass before it */
} passes[PASS_NR] = {
	[PASS_PARSE]	= { "parse",	pass_parse,	show_tree },
	[PASS_RESOLVE]	= { "resolve",	pass_resolve,	show_probes,	.despite_errors = true },
	[PASS_CHECK]	= { "check",	pass_check,	show_tree,	.despite_errors = true },
	[PASS_EMIT]	= { "emit",	pass_emit,	show_c },
	[PASS_BUILD]	= { "build",	pass_build,	show_path },
	[PASS_RUN]	= { "run",	pass_run },
};

enum pass pass_find(const char *name)
{
	enum pass pass = PASS_PARSE;

	while (pass < PASS_NR && strcmp(passes[pass].name, name))
		pass++;
	return pass;
}

const char *pass_name(enum pass pass)
{
	return passes[pass].name;
}

struct times { double wall, cpu; };

static double tv_ms(struct timeval tv)
{
	return 1e3 * (double)tv.tv_sec + 1e-3 * (double)tv.tv_usec;
}

/* In ms, with the programs that were run. */
static struct times times_now(void)
{
	struct rusage self, children;
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return (struct times){
		.wall = 1e3 * (double)ts.tv_sec + 1e-6 * (double)ts.tv_nsec,
		.cpu = tv_ms(self.ru_utime) + tv_ms(self.ru_stime) + tv_ms(children.ru_utime) + tv_ms(children.ru_stime),
	};
}

static int run_pass(struct dtc *dtc, enum pass pass)
{
	struct times before = times_now(), after;
	int err;

	if (pass == PASS_RUN && dtc->verbose)
		fprintf(stderr, "%s: pass run: %s\n", dtc->progname, dtc->module_path);
	err = passes[pass].run(dtc);
	after = times_now();
	if (dtc->verbose)
		fprintf(stderr, "%s: pass %-8s %8.1f ms, %8.1f ms of CPU\n", dtc->progname, passes[pass].name, after.wall - before.wall,
			after.cpu - before.cpu);
	return err;
}

/* A module among those that are installed: "kernel/fs/ext4/ext4.ko: ..." in modules.dep, or in modules.builtin. */
static bool module_installed(struct dtc *dtc, const char *name)
{
	static const char *const lists[] = { "modules.dep", "modules.builtin" };
	struct kernel *k = kernel_get(dtc);
	bool known = false, found = false;

	for (size_t i = 0; k && i < ARRAY_SIZE(lists) && !found; i++) {
		struct file_data f;

		if (file_read(mem_printf("%s/lib/modules/%s/%s", k->root, k->release, lists[i]), &f))
			continue;
		known = true;
		for (const char *at = strstr((const char *)f.data, "/"); at && !found; at = strstr(at + 1, "/")) {
			size_t n = 0;

			while (name[n] && (at[1 + n] == name[n] || (name[n] == '_' && at[1 + n] == '-')))
				n++;
			found = !name[n] && !strncmp(at + 1 + n, ".ko", 3);
		}
		file_data_deinit(&f);
	}
	return found || !known;
}

/* depends_on module, provider */
static bool is_there(struct dtc *dtc, const char *kind, const char *name)
{
	const char **names;
	size_t n;

	if (!strcmp(kind, "provider")) {
		for (size_t i = 0; providers[i]; i++)
			if (!strcmp(providers[i]->name, name))
				return true;
		return false;
	}
	if (strcmp(kind, "module") || !strcmp(name, "vmlinux") || !strcmp(name, "kernel"))
		return true;
	if (!kernel_modules_loaded(dtc, &names, &n))
		return module_installed(dtc, name);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

FILE *report_open(struct dtc *dtc)
{
	FILE *f = dtc->output_file ? fopen(dtc->output_file, "ae") : stdout;

	if (!f)
		diag_error(dtc, NULL, NULL, NULL, "failed to open output file '%s': %s", dtc->output_file, strerror(errno));
	return f;
}

int report_close(struct dtc *dtc, FILE *f)
{
	if (f == stdout || !(ferror(f) | fclose(f)))
		return 0;
	diag_error(dtc, NULL, NULL, NULL, "cannot write to %s: %s", dtc->output_file, strerror(errno));
	return -1;
}

/* -v: what each program relies on; with -e, what its descriptions match too. */
static int programs_explain(struct dtc *dtc)
{
	FILE *f = report_open(dtc);

	if (!f)
		return -1;
	for (size_t i = 0; i < dtc->ninputs; i++) {
		const struct input *in = &dtc->inputs[i];

		if (!in->attributes)
			continue;
		stability_print(in, f);
		if (dtc->stop_after == PASS_EMIT)
			probes_explain(dtc, in, f);
		else
			fputc('\n', f);
	}
	return report_close(dtc, f);
}

int compile(struct dtc *dtc)
{
	int err = 0;

	parse_is_type_name = type_is_name;
	parse_is_there = is_there;
	for (enum pass pass = PASS_PARSE; pass <= dtc->stop_after; pass++) {
		if (err && (!passes[pass].despite_errors || dtc->parse_dropped || (pass > PASS_PARSE && !dtc->unit)))
			return -1;
		if (err && pass == PASS_CHECK && !dtc->probes)
			return -1;
		if (pass == PASS_BUILD && !dtc->show_product && !dtc->probes->nmatched && !dtc->opt.zdefs) {
			diag_error(dtc, NULL, NULL, NULL, "no probes matched");
			return -1;
		}
		if (run_pass(dtc, pass))
			err = -1;
		if (!err && pass == PASS_CHECK && dtc->verbose && !dtc->show_product)
			err = programs_explain(dtc);
		if (!err && pass == PASS_EMIT && dtc->show_code)
			show_c(dtc);
		if (!err && dtc->show_product && pass == dtc->stop_after && passes[pass].show)
			passes[pass].show(dtc);
	}
	return err;
}

/* For -l, which shows the mistakes of a program as a run does; descriptions alone have none but their own. */
int compile_check(struct dtc *dtc)
{
	for (const struct clause *c = dtc->unit->clauses; c; c = c->next) {
		if (!c->predicate && !c->has_body)
			continue;
		dtc->opt.zdefs = true;
		return pass_resolve(dtc) || pass_check(dtc) ? -1 : 0;
	}
	return 0;
}
