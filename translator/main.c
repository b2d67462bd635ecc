// SPDX-License-Identifier: GPL-2.0
/*
 * dtc: the command line. Exit status: 0; 1 after an error; 2 after a wrong
 * command line; what exit() gave when the script was run (dtrun's).
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#include "compile.h"
#include "complete.h"
#include <dtc/control.h>
#include <dtc/meta.h>
#include "options.h"
#include "providers/provider.h"
#include "syntax/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

enum { STATUS_ERROR = 1, STATUS_USAGE = 2 };
enum { LONG_HELP = 256, LONG_STOP_AFTER, LONG_KERNEL_ROOT, LONG_VMLINUX, LONG_MODULE_PROBE, LONG_COMPLETE };

static const char short_options[] = "+:3:6:aAb:c:CD:ef:FGhHi:I:kL:lm:n:o:p:P:qr:s:SU:vVwx:X:Z";
static const char usage_text[] =
	"Usage: dtc [options] SCRIPT.d [arguments]\n"
	"       dtc [options] -n 'probe [/predicate/] [{ actions }]' ... [arguments]\n"
	"       dtc [options] -m NAME SCRIPT.d\n"
	"       dtc -l [-n probe ...]\n";
static const struct option long_options[] = {
	{ "help", no_argument, NULL, LONG_HELP },
	{ "version", no_argument, NULL, 'V' },
	{ "stop-after", required_argument, NULL, LONG_STOP_AFTER },
	{ "kernel-root", required_argument, NULL, LONG_KERNEL_ROOT },
	{ "vmlinux", required_argument, NULL, LONG_VMLINUX },
	{ "module-probe", required_argument, NULL, LONG_MODULE_PROBE },
	{ "complete", required_argument, NULL, LONG_COMPLETE },
	{ NULL, 0, NULL, 0 },
};

static const char help_text[] =
	"\n"
	"programs\n"
	"  -s SCRIPT          compile a script ('-': standard input); a word that is no option is the same\n"
	"  -n PROBE           trace probes: provider:module:function:name, shorter from the left\n"
	"  -P PROVIDER        all probes of a provider\n"
	"  --module-probe=[PROVIDER:]MODULE\n"
	"  -f [[PROVIDER:]MODULE:]FUNCTION\n"
	"  -i ID              the probe that `dtc -l` shows with this number\n"
	"running\n"
	"  -c COMMAND         run a command and end with it; $target is its process\n"
	"  -p PID             end with that process; $target is it; with several, the first\n"
	"  -o FILE            append the output to a file\n"
	"  -q                 print only what the script prints\n"
	"  -F                 indent by entry and return\n"
	"  -w                 permit destructive actions\n"
	"  -x OPTION[=VALUE]  set an option, as #pragma D option does\n"
	"  -b SIZE            bytes for records, per CPU (-x bufsize)\n"
	"  -Z                 permit descriptions that match no probe\n"
	"compiling\n"
	"  -l                 list probes; -lv: with their arguments\n"
	"  -e                 compile and stop\n"
	"  -m NAME            make NAME.ko, which dtrun runs, and stop\n"
	"  -r RELEASE         for this kernel instead of the running one\n"
	"  --kernel-root=DIR  where its boot/ and lib/modules/ are\n"
	"  --vmlinux=FILE     its image with debug information\n"
	"  -C, -D NAME[=VALUE], -U NAME, -I DIR, -H\n"
	"                     run the C preprocessor first, with these options\n"
	"  -L DIR             look for libraries here too\n"
	"  -S                 show the C of each clause beside its D\n"
	"  -k                 keep the folder where the module was built\n"
	"  --stop-after=PASS  stop after parse, resolve, check, emit or build, and print what it made\n"
	"  -v                 say what is done, and how long each pass takes\n"
	"  -X a|c|s|t         how far the preprocessor keeps to ISO C\n"
	"  -h                 make a C header from the script's provider definitions\n"
	"  -G                 make an object file for it, which programs do not need here\n"
	"  -V, --help         the version, more of it with -v; this text\n"
	"  -32, -64, -a, -A   as DTrace takes them; no effect here\n";

struct main_state {
	struct dtc *dtc;
	const char *complete;	/* for shells: the kind of word */
	const char *complete_word;
	bool stop_given, is_compile_only, is_32, show_version, make_object;
	unsigned modes;		/* of -G, -h, -l, -V: one may be given */
	char **words;		/* that are no options */
	size_t nwords;
};

static int usage_error(const struct dtc *dtc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int usage_error(const struct dtc *dtc, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s: ", dtc->progname);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n%sSee '%s --help'.\n", usage_text, dtc->progname);
	return STATUS_USAGE;
}

static struct input *input_add(struct dtc *dtc, enum input_kind kind, struct source *src)
{
	struct input *grown = mem_alloc((dtc->ninputs + 1) * sizeof(*grown));

	if (dtc->ninputs)
		memcpy(grown, dtc->inputs, dtc->ninputs * sizeof(*grown));
	grown[dtc->ninputs] = (struct input){ .kind = kind, .src = src };
	dtc->inputs = grown;
	return &grown[dtc->ninputs++];
}

/* A word that goes on with a description: its actions, or its predicate with or without them. */
static bool continues(const char *text, const char *next)
{
	size_t len = strlen(next);

	if (strchr(text, '{'))
		return false;
	return *next == '{' || (*next == '/' && len > 1 && strchr("/}", next[len - 1]));
}

static void add_description(struct dtc *dtc, enum input_kind kind, const char *text, int argc, char **argv)
{
	struct source *src;

	while (optind < argc && continues(text, argv[optind]))
		text = mem_printf("%s %s", text, argv[optind++]);
	src = source_new(dtc, mem_strndup(text, strcspn(text, "{/;")), text, strlen(text));
	src->is_oneliner = true;
	input_add(dtc, kind, src);
}

static int add_script(struct dtc *dtc, const char *path)
{
	struct source *src = source_read(dtc, path);

	if (!src)
		return -1;
	input_add(dtc, INPUT_SCRIPT, src);
	return 0;
}

static int set_option(struct dtc *dtc, const char *text)
{
	char *name = mem_strdup(text), *equals = strchr(name, '=');

	if (equals)
		*equals = '\0';
	return option_set(dtc, name, equals ? equals + 1 : NULL, NULL);
}

static int pid_add(struct dtc *dtc, const char *text)
{
	if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 9 || !atoi(text)) {
		diag_error(dtc, NULL, NULL, NULL, "invalid pid: %s", text);
		return STATUS_ERROR;
	}
	option_add(&dtc->pids, &dtc->npids, text);
	return 0;
}

/* The options that only set something. -1: not one of them. */
static int simple_option(struct main_state *m, int c)
{
	static const struct { char letter; const char *option; } sets[] = {
		{ 'C', "cpp" }, { 'F', "flowindent" }, { 'H', "cpphdrs" }, { 'q', "quiet" }, { 'w', "destructive" }, { 'Z', "zdefs" },
	};
	struct dtc *dtc = m->dtc;

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++)
		if (sets[i].letter == c)
			return option_letter(dtc, sets[i].letter, sets[i].option, NULL) ? STATUS_ERROR : 0;
	switch (c) {
	case '3': case '6':	/* DTrace's data model: there is one here */
		if (strcmp(optarg, c == '3' ? "2" : "4"))
			return usage_error(dtc, "unknown option -%c%s", c, optarg);
		m->is_32 = c == '3';
		break;
	case 'X':
		return option_letter(dtc, 'X', "stdc", optarg) ? STATUS_ERROR : 0;
	case 'b':
		return option_letter(dtc, 'b', "bufsize", optarg) ? STATUS_ERROR : 0;
	case 'c':
		option_add(&dtc->commands, &dtc->ncommands, optarg);
		break;
	case 'p':
		return pid_add(dtc, optarg);
	case 'D': case 'U': case 'I':
		option_add(&dtc->cpp_args, &dtc->ncpp_args, mem_printf("-%c%s", c, optarg));
		break;
	case 'L':
		option_add(&dtc->lib_paths, &dtc->nlib_paths, optarg);
		break;
	case 'e':
		m->is_compile_only = true;
		break;
	case 'k':
		dtc->keep = true;
		break;
	case 'a': case 'A':
		diag_warn(dtc, NULL, NULL, "a module that -m made can be loaded at boot by dtrun",
			  "option -%c has no effect here: there is no anonymous tracing", c);
		break;
	case 'm':
		dtc->module_name = optarg;
		dtc->params_at_load = true;
		break;
	case 'o':
		dtc->output_file = optarg;
		break;
	case 'r':
		dtc->release = optarg;
		break;
	case 'S':
		dtc->show_code = true;
		break;
	case 'v':
		dtc->verbose++;
		break;
	case LONG_KERNEL_ROOT:
		dtc->kernel_root = optarg;
		break;
	case LONG_VMLINUX:
		dtc->vmlinux = optarg;
		break;
	case 'x':
		return set_option(dtc, optarg) ? STATUS_ERROR : 0;
	default:
		return -1;
	}
	return 0;
}

static int stop_option(struct main_state *m, const char *name)
{
	struct nearest near;

	m->dtc->stop_after = pass_find(name);
	m->dtc->show_product = m->stop_given = true;
	if (m->dtc->stop_after < PASS_NR)
		return 0;
	nearest_init(&near, name);
	for (enum pass pass = PASS_PARSE; pass < PASS_NR; pass++)
		nearest_try(&near, pass_name(pass));
	return usage_error(m->dtc, "--stop-after=%s: no such pass%s%s%s; they are parse, resolve, check, emit, build", name,
			   near.best ? " (did you mean '" : "", near.best ? near.best : "", near.best ? "'?)" : "");
}

static int bad_option(const struct main_state *m, int c, const char *word)
{
	if (c == ':' && optopt < LONG_HELP)
		return usage_error(m->dtc, "option requires an argument -- '%c'", optopt);
	if (c == ':')
		return usage_error(m->dtc, "option '%s' requires an argument", word);
	if (optopt && optopt < LONG_HELP)
		return usage_error(m->dtc, "invalid option -- '%c'", optopt);
	return usage_error(m->dtc, "unrecognized option '%s'", word);
}

/* -G, -h, -l and -V: what to do instead of running. */
static bool mode_option(struct main_state *m, int c)
{
	m->dtc->list |= c == 'l';
	m->dtc->make_header |= c == 'h';
	m->make_object |= c == 'G';
	m->show_version |= c == 'V';
	m->modes += strchr("lhGV", c) != NULL;
	return strchr("lhGV", c);
}

/* One option. 0: go on; -1: done with status 0; else the status to exit with. */
static int main_option(struct main_state *m, int c, int argc, char **argv)
{
	struct dtc *dtc = m->dtc;
	const char *word = argv[optind - 1];
	int status;

	if (c < LONG_HELP && mode_option(m, c))
		return 0;
	status = simple_option(m, c);
	if (status >= 0)
		return status;
	switch (c) {
	case 's':
		return add_script(dtc, optarg) ? STATUS_ERROR : 0;
	case 'n':
		add_description(dtc, INPUT_NAME, optarg, argc, argv);
		return 0;
	case 'P':
		add_description(dtc, INPUT_PROVIDER, optarg, argc, argv);
		return 0;
	case 'f':
		add_description(dtc, INPUT_FUNCTION, optarg, argc, argv);
		return 0;
	case 'i':
		add_description(dtc, INPUT_ID, optarg, argc, argv);
		return 0;
	case LONG_MODULE_PROBE:
		add_description(dtc, INPUT_MODULE, optarg, argc, argv);
		return 0;
	case LONG_COMPLETE:
		m->complete = optarg;
		return 0;
	case LONG_STOP_AFTER:
		return stop_option(m, optarg);
	case LONG_HELP:
		fputs(usage_text, stdout);
		fputs(help_text, stdout);
		return -1;
	default:
		return bad_option(m, c, word);
	}
}

/* Where -h and -G write without -o: "script.h" and "script.o" in the current folder. NULL: of several, or of no script. */
static const char *derived_path(const struct dtc *dtc, const char *suffix)
{
	const char *script = dtc->inputs[0].src->name, *slash = strrchr(script, '/'), *name = slash ? slash + 1 : script;
	size_t n = strlen(name);

	if (dtc->ninputs > 1 || dtc->inputs[0].kind != INPUT_SCRIPT || n < 3 || strcmp(name + n - 2, ".d"))
		return NULL;
	return mem_printf("%.*s%s", (int)n - 2, name, suffix);
}

/* -h and -G: there is something to make, and a file to make it in. */
static int check_outputs(struct main_state *m)
{
	struct dtc *dtc = m->dtc;
	char mode = dtc->make_header ? 'h' : 'G';

	if (!dtc->ninputs)
		return usage_error(dtc, "-%c requires one or more scripts or enabling options", mode);
	if (!dtc->output_file)
		dtc->output_file = derived_path(dtc, m->make_object ? ".o" : ".h");
	if (!dtc->output_file && m->make_object)
		dtc->output_file = "d.out";
	if (!dtc->output_file)
		return usage_error(dtc, "-h requires an output file if %s specified", dtc->ninputs > 1 ? "multiple scripts are" : "no scripts are");
	dtc->opt.zdefs = true;
	return 0;
}

/* Is what was given a whole, and does it go together? */
static int check_usage(struct main_state *m)
{
	struct dtc *dtc = m->dtc;

	if (m->modes > 1)
		return usage_error(dtc, "only one of the [-GhlV] options can be specified at a time");
	if (m->show_version)
		return 0;
	if (dtc->make_header || m->make_object)
		return check_outputs(m);
	if (!dtc->ninputs && !dtc->list) {
		diag_error(dtc, NULL, NULL, "give a script, or a probe with -n", "no probes specified");
		return STATUS_ERROR;
	}
	if (dtc->module_name && (dtc->ncommands || dtc->npids))
		return usage_error(dtc, "-m only makes a module: give %s to dtrun with that module", dtc->ncommands ? "-c" : "-p");
	if (dtc->module_name && dtc->nargs > 1)
		return usage_error(dtc, "-m only makes a module: give its arguments to dtrun ('%s')", dtc->args[1]);
	if (m->is_32 && dtc->verbose)
		diag_warn(dtc, NULL, NULL, NULL, "option -32 has no effect here: kernel and programs are of 64 bits");
	return 0;
}

/* A negative number after a program is an argument: no option is one, but -32 and -64. */
static bool is_negative(const struct main_state *m, const char *word)
{
	return (m->dtc->ninputs || m->nwords) && *word == '-' && word[1] && !word[1 + strspn(word + 1, "0123456789")] &&
	       strcmp(word, "-32") && strcmp(word, "-64");
}

/* Options may stand after arguments, up to "--". */
static int parse_options(struct main_state *m, int argc, char **argv)
{
	m->words = mem_alloc((size_t)argc * sizeof(*m->words));
	opterr = 0;
	while (optind < argc) {
		int at = optind, c = is_negative(m, argv[at]) ? -1 : getopt_long(argc, argv, short_options, long_options, NULL);
		int status = c != -1 ? main_option(m, c, argc, argv) : 0;

		if (status)
			return status;
		if (c != -1)
			continue;
		for (int end = optind > at ? argc : optind + 1; optind < end;)	/* all words after "--" */
			m->words[m->nwords++] = argv[optind++];
	}
	return 0;
}

static int parse_command_line(struct main_state *m, int argc, char **argv)
{
	struct dtc *dtc = m->dtc;
	int status = parse_options(m, argc, argv);
	size_t from = 0;

	if (argc == 1) {
		fprintf(stderr, "%s%s", usage_text, help_text);
		return STATUS_USAGE;
	}
	if (status)
		return status;
	if (m->complete) {
		m->complete_word = m->nwords ? m->words[0] : "";
		return 0;
	}
	if (dtc->list && dtc->module_name) {	/* nothing is made: it is DTrace's */
		add_description(dtc, INPUT_MODULE, dtc->module_name, optind, argv);
		dtc->module_name = NULL;
		dtc->params_at_load = false;
	}
	if (!dtc->ninputs && m->nwords && !m->make_object && add_script(dtc, m->words[from++]))
		return STATUS_ERROR;
	dtc->nargs = m->make_object ? 1 : m->nwords - from + 1;	/* -G: they are objects */
	dtc->args = mem_alloc((dtc->nargs + 1) * sizeof(*dtc->args));
	dtc->args[0] = dtc->ninputs && dtc->inputs[0].kind == INPUT_SCRIPT ? mem_strdup(dtc->inputs[0].src->name) : mem_strdup(dtc->progname);
	for (size_t i = 1; i < dtc->nargs; i++)
		dtc->args[i] = m->words[from++];
	return check_usage(m);
}

static int list(struct dtc *dtc)
{
	FILE *f = report_open(dtc);
	int err;

	if (!f)
		return -1;
	err = (dtc->ninputs && (pass_parse(dtc) || compile_check(dtc))) || probes_list(dtc, f) ? -1 : 0;
	return report_close(dtc, f) ? -1 : err;
}

static void version_print(const struct dtc *dtc)
{
	printf("%s: D 2.0 (dtc %s)\n", dtc->progname, PACKAGE_VERSION);
	if (dtc->verbose)
		printf("modules: metadata of version %d, control of version %d\n", DTC_META_VERSION, DTC_CONTROL_VERSION);
}

static int run(struct main_state *m)
{
	struct dtc *dtc = m->dtc;

	if (m->show_version) {
		version_print(dtc);
		return 0;
	}
	if (dtc->list)
		return list(dtc) ? STATUS_ERROR : 0;
	if (dtc->make_header)
		return pass_parse(dtc) || header_make(dtc) ? STATUS_ERROR : 0;
	if (m->make_object)
		return pass_parse(dtc) || object_make(dtc) ? STATUS_ERROR : 0;
	if (m->is_compile_only && run_processes_check(dtc))
		return STATUS_ERROR;
	if (dtc->opt.verbose_set)
		dtc->show_code = true;
	if (!m->stop_given)
		dtc->stop_after = m->is_compile_only ? PASS_EMIT : dtc->module_name ? PASS_BUILD : PASS_RUN;
	return compile(dtc) ? STATUS_ERROR : 0;
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
	struct dtc dtc = { .progname = "dtc", .kernel_root = "" };
	struct main_state m = { .dtc = &dtc };
	struct utsname uts;
	int status;

	standard_files_open();
	options_init(&dtc.opt);
	options_environment(&dtc);
	status = parse_command_line(&m, argc, argv);
	if (m.complete && !status)
		return complete(&dtc, m.complete, m.complete_word, help_text, stdout) ? STATUS_USAGE : 0;
	if (!status) {
		if (!dtc.release && !uname(&uts))
			dtc.release = mem_strdup(uts.release);
		status = run(&m);
	}
	if (fflush(stdout) || ferror(stdout)) {
		diag_error(&dtc, NULL, NULL, NULL, "cannot write to standard output: %s", strerror(errno));
		status = STATUS_ERROR;
	}
	diag_flush(&dtc);
	return status < 0 ? 0 : status;
}
