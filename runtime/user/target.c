// SPDX-License-Identifier: GPL-2.0
/*
 * The processes of -c and -p. A command is started under ptrace, so that it
 * stands where option evaltime says until all probes are in place.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "dtrun.h"

#define WORDS_MAX 1024

/* Splits at blanks; quotes and backslashes as in the shell. The words point into `text`. */
static int words_split(char *text, char **words)
{
	char *to = text, quote = 0;
	int n = 0;
	bool inside = false;

	for (char *from = text; *from; from++) {
		char c = *from;

		if (!quote && strchr(" \t\n", c)) {
			if (inside)
				*to++ = '\0';
			inside = false;
			continue;
		}
		if (!inside) {
			if (n == WORDS_MAX)
				return -1;
			words[n++] = to;
			inside = true;
		}
		if (c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
		else if (c == '\\' && quote != '\'' && from[1])
			*to++ = *++from;
		else
			*to++ = c;
	}
	*to = '\0';
	words[n] = NULL;
	return quote ? -1 : n;
}

static void child_main(char **words, int report)
{
	sigset_t none;
	int err;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (!ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		execvp(words[0], words);
	err = errno;
	if (write(report, &err, sizeof(err)) != sizeof(err))
		_exit(126);
	_exit(127);
}

/* Waits for the stop that exec makes; an error number that the child reports otherwise. */
static int child_await(struct target *t, int report)
{
	int status, err = 0;

	while (waitpid(t->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSTOPPED(status)) {
		ptrace(PTRACE_SETOPTIONS, t->pid, NULL, PTRACE_O_EXITKILL);
		return 0;
	}
	return read(report, &err, sizeof(err)) == sizeof(err) && err ? err : ECHILD;
}

int target_start(struct target *t, const char *command, uint64_t evaltime, struct error *e)
{
	char *words[WORDS_MAX + 1], *text = strdup(command);
	int report[2], n, err;

	*t = (struct target){ .fd = -1, .is_child = true };
	n = text ? words_split(text, words) : -1;
	if (n <= 0 || pipe2(report, O_CLOEXEC)) {
		free(text);
		return error_set(e, n == 0 ? "-c: the command is empty" : "-c: cannot take the command '%s' apart", command);
	}
	fflush(NULL);
	t->pid = fork();
	if (!t->pid)
		child_main(words, report[1]);
	close(report[1]);
	err = t->pid < 0 ? errno : child_await(t, report[0]);
	close(report[0]);
	if (err) {
		t->pid = 0;
		error_set(e, "failed to execute %s: %s", words[0], strerror(err));
	} else {
		t->fd = syscall(SYS_pidfd_open, t->pid, 0);
		t->is_gone = !evaltime_reach(t->pid, evaltime);
	}
	free(text);
	return err ? -1 : 0;
}

int target_watch(struct target *t, pid_t pid, struct error *e)
{
	*t = (struct target){ .pid = pid };
	t->fd = syscall(SYS_pidfd_open, pid, 0);
	if (t->fd < 0)
		return error_set(e, "failed to grab pid %d: %s", (int)pid, strerror(errno));
	return 0;
}

int target_release(struct target *t, struct error *e)
{
	if (!t->is_child || t->is_released || t->is_gone)
		return 0;
	t->is_released = true;
	if (ptrace(PTRACE_DETACH, t->pid, NULL, NULL))
		return error_set(e, "cannot let process %d run: %s", (int)t->pid, strerror(errno));
	return 0;
}

/* As DTrace does, the end of the run is the end of a command that it started. */
void target_end(struct target *t)
{
	if (t->is_child && t->pid > 0 && !t->is_gone) {
		if (!t->exited)
			kill(t->pid, t->is_released ? SIGTERM : SIGKILL);
		waitpid(t->pid, NULL, t->exited || !t->is_released ? 0 : WNOHANG);
	}
	if (t->fd >= 0)
		close(t->fd);
	*t = (struct target){ .fd = -1 };
}
