// SPDX-License-Identifier: GPL-2.0
/*
 * Files by build-id from the servers that DEBUGINFOD_URLS names. The library
 * is looked for when it is needed; it keeps what it fetches in its own cache.
 */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debugfile.h"

#define LIBRARY "libdebuginfod.so.1"
#define MB (1l << 20)

typedef struct debuginfod_client client_t;
struct library {
	void *handle;
	client_t *(*begin)(void);
	void (*end)(client_t *c);
	void (*set_progressfn)(client_t *c, int (*f)(client_t *c, long a, long b));
	int (*find_debuginfo)(client_t *c, const unsigned char *id, int len, char **path);
};

static const char *library_open(struct library *l)
{
	static const struct { const char *name; size_t at; } functions[] = {
		{ "debuginfod_begin", offsetof(struct library, begin) },
		{ "debuginfod_end", offsetof(struct library, end) },
		{ "debuginfod_set_progressfn", offsetof(struct library, set_progressfn) },
		{ "debuginfod_find_debuginfo", offsetof(struct library, find_debuginfo) },
	};

	l->handle = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	if (!l->handle)
		return "DEBUGINFOD_URLS is set, but " LIBRARY " is missing: apt-get install libdebuginfod1";
	for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
		void *f = dlsym(l->handle, functions[i].name);

		if (!f)
			return LIBRARY " is too old";
		memcpy((char *)l + functions[i].at, &f, sizeof(f));
	}
	return NULL;
}

/* The library has no argument for the function that it calls, and one download runs at a time. */
static struct { const char *progname, *what; bool is_terminal, shown; long last; } progress;
static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
	interrupted = 1;
}

static int show_progress(client_t *c, long done, long total)
{
	if (interrupted)
		return 1;
	if (done <= 0 || total <= 0 || (progress.shown && (!progress.is_terminal || done / MB == progress.last)))
		return 0;
	progress.last = done / MB;
	if (!progress.is_terminal)
		fprintf(stderr, "%s: fetching the debug information of %s: %ld MB\n", progress.progname, progress.what, (total + MB - 1) / MB);
	else
		fprintf(stderr, "\r%s: fetching the debug information of %s: %ld of %ld MB ", progress.progname, progress.what, done / MB,
			(total + MB - 1) / MB);
	fflush(stderr);
	progress.shown = true;
	return 0;
}

static char *fetch(const struct library *l, const struct build_id *id, const char **why)
{
	client_t *c = l->begin();
	char *path = NULL, *ret = NULL;
	int fd;

	if (!c) {
		*why = "libdebuginfod does not start";
		return NULL;
	}
	l->set_progressfn(c, show_progress);
	fd = l->find_debuginfo(c, id->bytes, id->size, &path);
	if (fd >= 0) {
		ret = mem_strdup(path);
		free(path);
		close(fd);
	} else if (interrupted) {
		*why = "the download of it was interrupted";
	} else if (fd != -ENOENT && fd != -ENOSYS) {
		*why = mem_printf("fetching it from DEBUGINFOD_URLS failed: %s", strerror(-fd));
	} else {
		*why = "the servers in DEBUGINFOD_URLS do not have it";
	}
	l->end(c);
	return ret;
}

char *debug_fetch(struct dtc *dtc, const struct build_id *id, const char *what, const char **why)
{
	const char *urls = getenv("DEBUGINFOD_URLS");
	struct sigaction stop = { .sa_handler = on_interrupt }, old;
	struct library l = {};
	char *ret = NULL;

	*why = NULL;
	if (!urls || !*urls || !id->size)
		return NULL;
	*why = library_open(&l);
	if (!*why) {
		memset(&progress, 0, sizeof(progress));
		progress.progname = dtc->progname;
		progress.what = what;
		progress.is_terminal = isatty(STDERR_FILENO);
		interrupted = 0;
		sigaction(SIGINT, &stop, &old);
		ret = fetch(&l, id, why);
		sigaction(SIGINT, &old, NULL);
		if (progress.is_terminal && progress.shown)
			fputc('\n', stderr);
	}
	if (l.handle)
		dlclose(l.handle);
	return ret;
}
