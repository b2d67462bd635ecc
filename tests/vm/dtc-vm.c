// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: run commands on a kernel in a throwaway virtual machine that sees this machine's files.
 */
#include "vm.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "usage: dtc-vm fetch [--suite SUITE] [--package PACKAGE] [--debug] [-v]\n"
    "       dtc-vm list\n"
    "       dtc-vm path [RELEASE]\n"
    "       dtc-vm run [OPTIONS] -- COMMAND [ARGUMENT...]\n"
    "       dtc-vm run [OPTIONS] --jobs DIRECTORY\n"
    "\n"
    "  fetch   download Debian's kernel and headers into the cache; print the release; with --debug also the debug\n"
    "          information of vmlinux and of the modules that tests use (0.9 GB to download, 0.7 GB kept)\n"
    "  list    kernels in the cache\n"
    "  path    the directory that a kernel is unpacked in\n"
    "  run     boot a kernel and run a command in it, or each NAME.job of a directory (a shell script, or\n"
    "          what its first line says when it is executable), leaving NAME.out, NAME.err, NAME.status and, when the "
    "kernel complained, NAME.kmsg\n"
    "\n"
    "  --kernel RELEASE    default: the newest in the cache\n"
    "  --cpus N            default 2\n"
    "  --mem MB            default 1024\n"
    "  --deadline SECONDS  for each command or job, default 120, 0 for none; a job may set its own with\n"
    "                      a first line `# deadline: SECONDS'\n"
    "  --boot-deadline S   default 120\n"
    "  --icount            one CPU on which one instruction takes one nanosecond\n"
    "  --append STRING     for the kernel command line\n"
    "  --cwd DIRECTORY     where commands run, default here\n"
    "  --share DIRECTORY   what commands write there stays; all else they write is gone when the guest ends\n"
    "  --stdin             pass standard input to the command\n"
    "  --console FILE      append the guest's console to FILE\n"
    "  -v                  say what is done\n"
    "\n"
    "Exit status of run: the command's; with --jobs 0 if all jobs ended with 0 or 77, else 1. 122 the kernel\n"
    "panicked, 123 the guest hung, 124 deadline, 125 no guest.\n"
    "Kernels are kept in $DTC_CACHE, default $XDG_CACHE_HOME/dtc or ~/.cache/dtc.\n";

static int bad_usage(const char *what, const char *arg)
{
	vm_err("%s%s; `dtc-vm --help' shows how to use it", what, arg);
	return VM_EXIT_USAGE;
}

static int parse_number(const char *name, const char *s, int min, int max, int *ret)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (errno || *end || end == s || n < min || n > max) {
		vm_err("--%s takes a number from %d to %d, not `%s'", name, min, max, s);
		return -1;
	}
	*ret = n;
	return 0;
}

static int cmd_fetch(int argc, char **argv)
{
	static const struct option options[] = {
	    {"suite", required_argument, NULL, 's'},
	    {"package", required_argument, NULL, 'p'},
	    {"debug", no_argument, NULL, 'd'},
	    {0},
	};
	const char *suite = "bookworm", *package = NULL;
	bool with_debug = false;
	int c;

	while ((c = getopt_long(argc, argv, "v", options, NULL)) != -1) {
		switch (c) {
		case 's':
			suite = optarg;
			break;
		case 'p':
			package = optarg;
			break;
		case 'd':
			with_debug = true;
			break;
		case 'v':
			vm_verbose = true;
			break;
		default:
			return VM_EXIT_USAGE;
		}
	}
	if (optind < argc)
		return bad_usage("unexpected argument ", argv[optind]);
	vm_catch_signals();
	return kernel_fetch(suite, package, with_debug) ? 1 : 0;
}

static int cmd_path(int argc, char **argv)
{
	char *root;

	if (argc > 2)
		return bad_usage("unexpected argument ", argv[2]);
	if (kernel_find(argc > 1 ? argv[1] : NULL, &root, NULL))
		return 1;
	puts(*root ? root : "/");
	free(root);
	return 0;
}

/* A directory's absolute path, links resolved: that is where the guest has it, too */
static const char *directory(const char *option, const char *path)
{
	char *ret = realpath(path, NULL);
	struct stat st;

	if (!ret || stat(ret, &st)) {
		vm_err("%s %s: %s", option, path, strerror(errno));
	} else if (!S_ISDIR(st.st_mode)) {
		vm_err("%s %s: not a directory", option, path);
	} else if (strchr(ret, '\n')) {
		vm_err("%s: a directory with a line break in its name", option);
	} else {
		return ret;
	}
	free(ret);
	return NULL;
}

static int add_share(struct vm_options *opt, const char *option, const char *path)
{
	if (opt->nr_shares == VM_SHARES_MAX) {
		vm_err("more than %d directories to share", VM_SHARES_MAX);
		return -1;
	}
	opt->shares[opt->nr_shares] = directory(option, path);
	return opt->shares[opt->nr_shares] ? opt->nr_shares++ : -1;
}

static int parse_run(int argc, char **argv, struct vm_options *opt)
{
	static const struct option options[] = {
	    {"kernel", required_argument, NULL, 'k'},
	    {"cpus", required_argument, NULL, 'c'},
	    {"mem", required_argument, NULL, 'm'},
	    {"deadline", required_argument, NULL, 'd'},
	    {"boot-deadline", required_argument, NULL, 'b'},
	    {"icount", no_argument, NULL, 'i'},
	    {"append", required_argument, NULL, 'a'},
	    {"cwd", required_argument, NULL, 'w'},
	    {"share", required_argument, NULL, 's'},
	    {"stdin", no_argument, NULL, 'I'},
	    {"console", required_argument, NULL, 'C'},
	    {"jobs", required_argument, NULL, 'j'},
	    {0},
	};
	int c, i, err = 0;

	while (!err && (c = getopt_long(argc, argv, "+v", options, NULL)) != -1) {
		switch (c) {
		case 'k':
			opt->kernel = optarg;
			break;
		case 'c':
			err = parse_number("cpus", optarg, 1, 64, &opt->cpus);
			break;
		case 'm':
			err = parse_number("mem", optarg, 256, 1 << 20, &opt->mem);
			break;
		case 'd':
			err = parse_number("deadline", optarg, 0, 1000000, &opt->deadline);
			break;
		case 'b':
			err = parse_number("boot-deadline", optarg, 1, 100000, &opt->boot_deadline);
			break;
		case 'i':
			opt->icount = true;
			break;
		case 'a':
			opt->append = optarg;
			break;
		case 'w':
			err = !(opt->cwd = directory("--cwd", optarg));
			break;
		case 's':
			err = add_share(opt, "--share", optarg) < 0;
			break;
		case 'I':
			opt->use_stdin = true;
			break;
		case 'C':
			opt->console = optarg;
			break;
		case 'j':
			i = add_share(opt, "--jobs", optarg);
			err = i < 0;
			opt->jobs = err ? NULL : opt->shares[i];
			break;
		case 'v':
			vm_verbose = true;
			break;
		default:
			err = 1;
			break;
		}
	}
	return err ? -1 : 0;
}

static int cmd_run(int argc, char **argv)
{
	struct vm_options opt = {.cpus = 2, .mem = 1024, .deadline = 120, .boot_deadline = 120};

	if (parse_run(argc, argv, &opt))
		return VM_EXIT_USAGE;
	if (opt.jobs && optind < argc)
		return bad_usage("--jobs and a command: ", argv[optind]);
	if (!opt.jobs && optind == argc)
		return bad_usage("nothing to run", "");
	if (!opt.cwd && !(opt.cwd = directory("the current directory", ".")))
		return VM_EXIT_FAILED;
	opt.argv = argv + optind;
	return vm_run(&opt);
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	const char *path = getenv("PATH");

	if (!strcmp(command, "guest"))
		return guest_main();
	/* modprobe and depmod are not in every user's */
	path = xasprintf("%s:/usr/sbin:/sbin", path ?: "/usr/bin:/bin");
	setenv("PATH", path, 1);
	free((char *)path);
	if (!strcmp(command, "fetch"))
		return cmd_fetch(argc - 1, argv + 1);
	if (!strcmp(command, "list"))
		return argc > 2 ? bad_usage("unexpected argument ", argv[2]) : kernel_list();
	if (!strcmp(command, "path"))
		return cmd_path(argc - 1, argv + 1);
	if (!strcmp(command, "run"))
		return cmd_run(argc - 1, argv + 1);
	if (!strcmp(command, "--help") || !strcmp(command, "-h")) {
		fputs(usage, stdout);
		return 0;
	}
	return bad_usage(*command ? "unknown command " : "no command", command);
}
