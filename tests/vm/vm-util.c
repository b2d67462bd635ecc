// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: buffers, files, child programs and frames.
 */
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

bool vm_verbose;
volatile sig_atomic_t vm_signals, vm_signal;

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (b->len + n + 1 > b->cap) {
		b->cap = (b->len + n + 1) * 2;
		b->data = realloc(b->data, b->cap);
		if (!b->data) {
			vm_err("out of memory");
			abort();
		}
	}
	if (n)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n >= 0)
		buf_add(b, s, n);
	free(s);
}

void buf_drop(struct buf *b, size_t n)
{
	memmove(b->data, b->data + n, b->len - n + 1);
	b->len -= n;
}

void buf_deinit(struct buf *b)
{
	free(b->data);
	memset(b, 0, sizeof(*b));
}

char *xasprintf(const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	return s;
}

void vm_err(const char *fmt, ...)
{
	va_list ap;

	fputs("dtc-vm: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void vm_say(const char *fmt, ...)
{
	va_list ap;

	if (!vm_verbose)
		return;
	fputs("dtc-vm: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static void note_signal(int sig)
{
	vm_signal = sig;
	vm_signals++;
}

void vm_catch_signals(void)
{
	static const int sigs[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	struct sigaction sa = {.sa_handler = note_signal};
	size_t i;

	sigset_t block;

	sigemptyset(&block);
	for (i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++) {
		sigaction(sigs[i], &sa, NULL);
		sigaddset(&block, sigs[i]);
	}
	sigprocmask(SIG_BLOCK, &block, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* The only place where signals come in, so that none is missed between a look at them and a wait. */
int vm_poll(struct pollfd *fds, int n, int64_t timeout_ms)
{
	struct timespec ts = {timeout_ms / 1000, timeout_ms % 1000 * 1000000};
	sigset_t none;

	sigemptyset(&none);
	return ppoll(fds, n, timeout_ms < 0 ? NULL : &ts, &none);
}

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

bool str_starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool str_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && !strcmp(s + n - m, suffix);
}

bool file_exists(const char *path)
{
	return !access(path, F_OK);
}

int file_read(const char *path, struct buf *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char chunk[65536];
	ssize_t n;

	if (fd < 0)
		return -1;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(ret, chunk, n);
	close(fd);
	return n < 0 ? -1 : 0;
}

int write_all(int fd, const void *data, size_t len)
{
	const char *p = data;
	ssize_t n;

	while (len) {
		n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= n;
	}
	return 0;
}

int file_write(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int err;

	if (fd < 0)
		return -1;
	err = write_all(fd, data, len);
	return close(fd) || err ? -1 : 0;
}

int mkdir_all(const char *path)
{
	char *copy = strdup(path), *p;
	int err = 0;

	for (p = copy + 1; copy && *p && !err; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		err = mkdir(copy, 0777) && errno != EEXIST;
		*p = '/';
	}
	if (!err)
		err = mkdir(path, 0777) && errno != EEXIST;
	free(copy);
	return err ? -1 : 0;
}

/* The path of a program in $PATH, in static memory, or NULL. */
const char *program_find(const char *name)
{
	static char path[4096];
	const char *dir = getenv("PATH");
	size_t n;

	while (dir && *dir) {
		n = strcspn(dir, ":");
		snprintf(path, sizeof(path), "%.*s/%s", (int)n, dir, name);
		if (!access(path, X_OK))
			return path;
		dir += n + (dir[n] == ':');
	}
	return NULL;
}

/* In a new child: no signal blocked or ignored, and death when we die, however that is. */
void child_setup(pid_t parent)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
}

/*
 * Run a program to its end and collect what it writes; without @err its stderr is ours.
 * Returns its exit status, or -1 when it could not run or died of a signal, ours included.
 */
int program_run(char *const argv[], struct buf *out, struct buf *err)
{
	struct buf *bufs[2] = {out, err};
	struct pollfd fds[2];
	pid_t parent = getpid(), pid;
	int pipes[2][2], open_fds = 2, i, status;
	char chunk[65536];
	ssize_t n;

	if (pipe2(pipes[0], O_CLOEXEC))
		return -1;
	if (pipe2(pipes[1], O_CLOEXEC)) {
		close(pipes[0][0]);
		close(pipes[0][1]);
		return -1;
	}
	pid = fork();
	if (!pid) {
		int null = open("/dev/null", O_RDONLY);

		child_setup(parent);
		dup2(null, 0);
		dup2(pipes[0][1], 1);
		if (err)
			dup2(pipes[1][1], 2);
		setenv("LC_ALL", "C", 1);
		execvp(argv[0], argv);
		dprintf(2, "cannot run %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	for (i = 0; i < 2; i++) {
		close(pipes[i][1]);
		fds[i] = (struct pollfd){.fd = pipes[i][0], .events = POLLIN};
	}
	while (pid > 0 && open_fds) {
		if (vm_poll(fds, 2, -1) < 0 && vm_signals)
			kill(pid, SIGTERM);
		for (i = 0; i < 2; i++) {
			if (fds[i].fd < 0 || !fds[i].revents)
				continue;
			n = read(fds[i].fd, chunk, sizeof(chunk));
			if (n > 0 && bufs[i])
				buf_add(bufs[i], chunk, n);
			if (n <= 0) {
				fds[i].fd = -1;
				open_fds--;
			}
			fds[i].revents = 0;
		}
	}
	close(pipes[0][0]);
	close(pipes[1][0]);
	if (pid < 0)
		return -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && !vm_signals ? WEXITSTATUS(status) : -1;
}

int frame_send(int fd, enum frame_type type, const void *data, size_t len)
{
	struct frame head = {.type = type, .len = len};

	if (write_all(fd, &head, sizeof(head)))
		return -1;
	return write_all(fd, data, len);
}

/* 1 and the first frame of @in when it is there in whole, 0 when not yet, -1 when what came is no frame. */
int frame_take(struct buf *in, struct frame *head, char **data)
{
	if (in->len < sizeof(*head))
		return 0;
	memcpy(head, in->data, sizeof(*head));
	if (head->type < FRAME_READY || head->type > FRAME_OFF || head->len > FRAME_MAX)
		return -1;
	*data = in->data + sizeof(*head);
	return in->len >= sizeof(*head) + head->len;
}

void frame_done(struct buf *in, const struct frame *head)
{
	buf_drop(in, sizeof(*head) + head->len);
}
