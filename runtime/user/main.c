// SPDX-License-Identifier: GPL-2.0
/* dtrun's command line. */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "dtrun.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

enum { STATUS_ERROR = 1, STATUS_USAGE = 2 };
#define OPTIONS_MAX 256

struct command {
	const char *progname, *output, *commands[OPTIONS_MAX], *sets[OPTIONS_MAX], *module;
	pid_t pids[OPTIONS_MAX];
	size_t ncommands, npids, nsets;
	bool quiet, verbose, destructive, inspect;
	const char *word;		/* that is being read */
	char bufsize[64];		/* of -b, as -x takes it */
	char **args;
	int nargs;
};

static void usage(FILE *f)
{
	fputs("Usage: dtrun MODULE.ko [-FqvVw] [-b SIZE] [-o FILE] [-c COMMAND] [-p PID] [-x OPTION[=VALUE]] [ARGUMENTS]\n"
	      "       dtrun --inspect MODULE.ko\n"
	      "Loads a module made by dtc, prints what it sends, unloads it.\n\n"
	      "  -b SIZE     room for records on each CPU (-x bufsize)\n"
	      "  -F          indent by entry and return (-x flowindent)\n"
	      "  -c COMMAND  run it, from main() on (-x evaltime), and end with it\n"
	      "  -o FILE     append the output to a file\n"
	      "  -p PID      end with this process\n"
	      "  -q          print only what the script prints\n"
	      "  -v          say more\n"
	      "  -V          the version\n"
	      "  -w          permit destructive actions\n"
	      "  -x OPT[=V]  set an option of run time:\n", f);
	option_list(f);
}

static int fail(const struct command *c, int status, const char *text)
{
	fprintf(stderr, "%s: %s\n", c->progname, text);
	return status;
}

static int pid_parse(const char *text, pid_t *ret)
{
	char *end;
	long pid = strtol(text, &end, 10);

	*ret = pid;
	return pid <= 0 || *end || *ret != pid ? -1 : 0;
}

/* 0, or an exit status; -1: done, status 0. */
static int option_take(struct command *c, int opt)
{
	struct error e;

	if (c->nsets == OPTIONS_MAX || c->ncommands == OPTIONS_MAX || c->npids == OPTIONS_MAX)
		return fail(c, STATUS_USAGE, "too many options");
	switch (opt) {
	case 'q':
		c->quiet = true;
		return 0;
	case 'v':
		c->verbose = true;
		return 0;
	case 'w':
		c->destructive = true;
		return 0;
	case 'o':
		c->output = optarg;
		return 0;
	case 'c':
		c->commands[c->ncommands++] = optarg;
		return 0;
	case 'F':
		c->sets[c->nsets++] = "flowindent";
		return 0;
	case 'V':
		printf("%s: D 2.0 (dtrun %s)\n", c->progname, PACKAGE_VERSION);
		return -1;
	case 'b':
		snprintf(c->bufsize, sizeof(c->bufsize), "bufsize=%s", optarg);
		c->sets[c->nsets++] = c->bufsize;
		return 0;
	case 'x':
		c->sets[c->nsets++] = optarg;
		return 0;
	case 'p':
		if (!pid_parse(optarg, &c->pids[c->npids++]))
			return 0;
		error_set(&e, "invalid pid: %s", optarg);
		return fail(c, STATUS_ERROR, e.text);
	case 'I':
		c->inspect = true;
		return 0;
	case 'N':
		c->progname = optarg;
		return 0;
	case 'h':
		usage(stdout);
		return -1;
	default:
		if (opt == ':' && !strncmp(c->word, "--", 2))
			error_set(&e, "%s needs a value; see '%s --help'", c->word, c->progname);
		else if (opt == ':')
			error_set(&e, "-%c needs a value; see '%s --help'", optopt, c->progname);
		else if (optopt)
			error_set(&e, "unknown option -%c; see '%s --help'", optopt, c->progname);
		else
			error_set(&e, "unknown option %s; see '%s --help'", c->word, c->progname);
		return fail(c, STATUS_USAGE, e.text);
	}
}

/* Options may stand after the module too, up to its arguments. */
static int command_parse(struct command *c, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "inspect", no_argument, NULL, 'I' }, { "name", required_argument, NULL, 'N' }, { "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int opt, ret;

	opterr = 0;
	while (optind < argc) {
		c->word = argv[optind];
		opt = getopt_long(argc, argv, "+:qvVwFb:o:c:p:x:h", longs, NULL);
		if (opt != -1) {
			ret = option_take(c, opt);
			if (ret)
				return ret;
		} else if (!c->module && optind < argc && strcmp(argv[optind - 1], "--")) {
			c->module = argv[optind++];
		} else {
			break;
		}
	}
	if (!c->module && optind < argc)
		c->module = argv[optind++];
	if (!c->module)
		return fail(c, STATUS_USAGE, "no module was given; see 'dtrun --help'");
	c->args = argv + optind;
	c->nargs = argc - optind;
	return 0;
}

static int options_apply(struct session *s, const struct command *c, struct error *e)
{
	for (uint64_t i = 0; i < meta_noptions(&s->meta); i++) {
		const struct dtc_meta_option *o = meta_option(&s->meta, i);

		if (option_set(&s->opt, meta_string(&s->meta, o->name), o->value ? meta_string(&s->meta, o->value) : NULL, OPTION_MODULE, e))
			return -1;
	}
	/* The script's own pragma is a wish; the permission is given at each load. */
	s->opt.destructive = 0;
	for (size_t i = 0; i < c->nsets; i++) {
		char name[64];
		const char *value = strchr(c->sets[i], '=');

		snprintf(name, sizeof(name), "%.*s", (int)(value ? value - c->sets[i] : (ptrdiff_t)strlen(c->sets[i])), c->sets[i]);
		if (option_set(&s->opt, name, value ? value + 1 : NULL, OPTION_START, e))
			return -1;
	}
	s->opt.quiet |= c->quiet;
	s->opt.destructive |= c->destructive;
	if (s->meta.general->flags & DTC_META_DESTRUCTIVE && !s->opt.destructive)
		return error_set(e, "the script has destructive actions: permit them with -w");
	return 0;
}

static int targets_open(struct session *s, const struct command *c, struct error *e)
{
	s->targets = calloc(c->ncommands + c->npids + 1, sizeof(*s->targets));
	if (!s->targets)
		return error_set(e, "out of memory");
	for (size_t i = 0; i < c->npids; i++, s->ntargets++)
		if (target_watch(&s->targets[s->ntargets], c->pids[i], e))
			return -1;
	for (size_t i = 0; i < c->ncommands; i++, s->ntargets++)
		if (target_start(&s->targets[s->ntargets], c->commands[i], s->opt.evaltime, e))
			return -1;
	return 0;
}

static int run(struct session *s, const struct command *c, struct error *e)
{
	int ret = -1;

	if (!output_open(&s->out, c->output, e) && !targets_open(s, c, e))
		ret = session_run(s, e);
	for (size_t i = 0; i < s->ntargets; i++)
		target_end(&s->targets[i]);
	free(s->targets);
	return ret;
}

/* A file that is opened must not become the standard output or error of who started us without one. */
static void standard_files_open(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDONLY)) >= 0 && fd <= STDERR_FILENO)	/* writing to it is an error, as it was */
		;
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct command c = { .progname = "dtrun" };
	struct session s = { .signal_fd = -1 };
	struct error e = { "" };
	int ret;

	standard_files_open();
	setlocale(LC_ALL, "");
	setlocale(LC_TIME, "C");	/* %Y and %T are to be read by programs */
	tzset();
	ret = command_parse(&c, argc, argv);
	if (ret)
		return ret < 0 ? 0 : ret;
	s.progname = c.progname;
	s.verbose = c.verbose;
	s.module_path = c.module;
	s.args = c.args;
	s.nargs = c.nargs;
	options_init(&s.opt);
	ret = image_read(&s.image, c.module, &e);
	if (!ret) {
		ret = meta_read(&s.meta, s.image.data, s.image.size, &e);
		if (ret) {
			struct error why = e;

			error_set(&e, "%.300s: %.700s", c.module, why.text);
		}
	}
	if (!ret && c.inspect)
		meta_inspect(stdout, &s.meta);
	else if (!ret)
		ret = release_check(&s.meta, &e) || options_apply(&s, &c, &e) ? -1 : run(&s, &c, &e);
	if (ret)
		fail(&c, 0, e.text);
	output_close(&s.out);
	symbols_free(&s.symbols);
	meta_free(&s.meta);
	image_free(&s.image);
	return ret ? STATUS_ERROR : s.status;
}
