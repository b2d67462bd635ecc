// SPDX-License-Identifier: GPL-2.0
/*
 * The last pass: becomes dtrun, which loads the module. The module knows its
 * options already; dtrun is told what concerns this run alone.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build.h"

#ifndef BINDIR
#define BINDIR "/usr/local/bin"
#endif

static const char *find_dtrun(void)
{
	static const char *const beside[] = { "../runtime/user/dtrun", "dtrun" };
	const char *given = getenv("DTC_DTRUN");
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (given && *given)
		return given;
	if (n > 0) {
		self[n] = 0;
		*strrchr(self, '/') = 0;
		for (size_t i = 0; i < ARRAY_SIZE(beside); i++) {
			const char *path = mem_printf("%s/%s", self, beside[i]);
			if (!access(path, X_OK))
				return path;
		}
	}
	return BINDIR "/dtrun";
}

int pass_run(struct dtc *dtc)
{
	struct args a = { 0 };

	args_add(&a, find_dtrun());
	args_add(&a, mem_printf("--name=%s", dtc->progname));
	if (dtc->opt.quiet)
		args_add(&a, "-q");
	if (dtc->opt.destructive)
		args_add(&a, "-w");
	if (dtc->verbose)
		args_add(&a, "-v");
	if (dtc->output_file) {
		args_add(&a, "-o");
		args_add(&a, dtc->output_file);
	}
	for (size_t i = 0; i < dtc->ncommands; i++) {
		args_add(&a, "-c");
		args_add(&a, dtc->commands[i]);
	}
	for (size_t i = 0; i < dtc->npids; i++) {
		args_add(&a, "-p");
		args_add(&a, dtc->pids[i]);
	}
	args_add(&a, dtc->module_path);
	fflush(NULL);
	execv(a.v[0], (char *const *)a.v);
	diag_error(dtc, NULL, "D_UNKNOWN", "set DTC_DTRUN to where it is", "cannot run %s: %s", a.v[0], strerror(errno));
	return -1;
}

/* -e looks for the processes of -p as a run does, where they are this host's. */
int run_processes_check(struct dtc *dtc)
{
	for (size_t i = 0; i < dtc->npids && !*dtc->kernel_root; i++) {
		if (!kill((pid_t)strtol(dtc->pids[i], NULL, 10), 0) || errno != ESRCH)
			continue;
		diag_error(dtc, NULL, NULL, NULL, "failed to grab pid %s: %s", dtc->pids[i], strerror(errno));
		return -1;
	}
	return 0;
}
