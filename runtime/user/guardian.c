// SPDX-License-Identifier: GPL-2.0
/*
 * No module outlives its run. A small process of its own session holds the
 * other end of a pipe; when dtrun dies in any way the pipe closes and it
 * unloads the module. What even it could not unload (both were killed) the
 * next run sweeps away. A module that runs holds a reference on itself, so
 * the kernel refuses to unload it.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "dtrun.h"

static void pause_ms(unsigned ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}

int module_remove(const char *name, unsigned timeout_ms)
{
	for (unsigned waited = 0;; waited += 20) {
		if (!syscall(SYS_delete_module, name, O_NONBLOCK))
			return 0;
		if ((errno != EAGAIN && errno != EBUSY) || waited >= timeout_ms)
			return -errno;
		pause_ms(20);
	}
}

/* Reads names, each ended by NUL, until the pipe closes; then unloads the last. */
static void guardian_main(int fd)
{
	char name[DTC_NAME_MAX] = "", c;
	size_t n = 0;
	ssize_t got;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_IGN);
	prctl(PR_SET_NAME, "dtrun-guardian");
	close_range(0, fd - 1, 0);
	close_range(fd + 1, ~0U, 0);
	while ((got = read(fd, &c, 1)) == 1 || (got < 0 && errno == EINTR)) {
		if (got < 0)
			continue;
		if (n < sizeof(name))
			name[n] = c;
		n = c ? n + 1 : 0;
	}
	name[sizeof(name) - 1] = '\0';
	if (*name && n == 0)
		module_remove(name, 60000);
	_exit(0);
}

int guardian_start(struct guardian *g, struct error *e)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		return error_set(e, "cannot make a pipe: %s", strerror(errno));
	g->pid = fork();
	if (!g->pid) {
		setsid();
		guardian_main(fds[0]);
	}
	close(fds[0]);
	g->fd = fds[1];
	if (g->pid < 0) {
		close(g->fd);
		return error_set(e, "cannot make a process: %s", strerror(errno));
	}
	g->pidfd = syscall(SYS_pidfd_open, g->pid, 0);
	return 0;
}

void guardian_name(struct guardian *g, const char *module)
{
	ssize_t ignored = write(g->fd, module, strlen(module) + 1);

	(void)ignored;	/* without a guardian the next run sweeps */
}

void guardian_end(struct guardian *g)
{
	if (g->pid <= 0)
		return;
	guardian_name(g, "");
	close(g->fd);
	if (g->pidfd >= 0)
		close(g->pidfd);
	waitpid(g->pid, NULL, 0);
	g->pid = 0;
}

/* The process that a module's name tells of is alive and may be about to open it. */
static bool owner_alive(const char *name)
{
	char path[64], exe[4096];
	long pid = strtol(name + strlen(DTC_MODULE_PREFIX), NULL, 10);
	ssize_t n;

	if (pid <= 0 || (kill(pid, 0) && errno == ESRCH))
		return false;
	snprintf(path, sizeof(path), "/proc/%ld/exe", pid);
	n = readlink(path, exe, sizeof(exe) - 1);
	if (n < 0)
		return errno != ENOENT;
	exe[n] = '\0';
	return strstr(exe, "dtrun");	/* otherwise the number was given to another program */
}

static bool is_ours(const char *name)
{
	const char *at = name + strlen(DTC_MODULE_PREFIX);

	if (strncmp(name, DTC_MODULE_PREFIX, strlen(DTC_MODULE_PREFIX)) || !isdigit((unsigned char)*at))
		return false;
	at += strspn(at, "0123456789");
	return *at++ == '_' && isdigit((unsigned char)*at) && !at[strspn(at, "0123456789")];
}

void sweep(bool verbose)
{
	static const char *const no_config = NULL;
	struct kmod_ctx *ctx = kmod_new(NULL, &no_config);
	struct kmod_list *list = NULL, *item;

	if (!ctx)
		return;
	if (!kmod_module_new_from_loaded(ctx, &list))
		kmod_list_foreach(item, list) {
			struct kmod_module *module = kmod_module_get_module(item);
			const char *name = kmod_module_get_name(module);

			if (is_ours(name) && !kmod_module_get_refcnt(module) && !owner_alive(name) &&
			    !kmod_module_remove_module(module, O_NONBLOCK) && verbose)
				fprintf(stderr, "unloaded %s, which a killed run had left\n", name);
			kmod_module_unref(module);
		}
	kmod_module_unref_list(list);
	kmod_unref(ctx);
}
