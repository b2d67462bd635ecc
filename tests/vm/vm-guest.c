// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm in the guest, as process 1: run one command after another for the host.
 *
 * A command has its own session. Its output goes to files on a share or, as frames, to the host. When it ends, all that
 * it left running is killed, and what the kernel had to complain about meanwhile is told.
 */
#include "vm.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KMSG_MAX (256 * 1024)

/* What marks a line of the kernel's log as a complaint */
static const char *const complaints[] = {
    "BUG:",
    "BUG at",
    "WARNING:",
    "Oops",
    "general protection fault",
    "unable to handle",
    "Kernel panic",
    "self-detected stall",
    "detected stalls",
    "rcu_preempt kthread starved",
    "soft lockup",
    "hard LOCKUP",
    "blocked for more than",
    "possible circular locking",
    "possible recursive locking",
    "inconsistent lock state",
    "suspicious RCU usage",
    "bad unlock balance",
    "scheduling while atomic",
    "sleeping function called",
    "refcount_t:",
    "list_add corruption",
    "list_del corruption",
    "UBSAN:",
    "KASAN:",
    "Call Trace:",
    "ftrace bug",
    "kernel stack overflow",
    "stack-protector",
    "Bad page",
    "Bad rss-counter",
    "divide error",
    "invalid opcode",
    "module unload is forced",
};

struct guest {
	int port, kmsg, sigchld;
	struct buf in;
	pid_t child; /* 0: none */
	int status;  /* of the child, once it is reaped */
	bool reaped;
	int out[2]; /* its stdout and stderr, -1 when they are files or closed */
	int stdin_fd;
	struct buf stdin_data;
};

static const enum frame_type streams[2] = {FRAME_STDOUT, FRAME_STDERR};

/* The port appears as soon as the driver has talked to the device. */
static int open_port(void)
{
	int fd, i;

	for (i = 0; i < 500; i++) {
		fd = open("/dev/vport0p1", O_RDWR | O_CLOEXEC);
		if (fd >= 0)
			return fd;
		usleep(10000);
	}
	return -1;
}

static bool is_complaint(const char *line)
{
	size_t i;

	for (i = 0; i < sizeof(complaints) / sizeof(complaints[0]); i++)
		if (strstr(line, complaints[i]))
			return true;
	return false;
}

/* A record reads "priority,number,microseconds,flags;text\n" and perhaps more lines. */
static void send_kmsg(struct guest *g)
{
	char record[8192], *text;
	unsigned long long usec;
	struct buf log = {0};
	bool bad = false;
	ssize_t n;

	while ((n = read(g->kmsg, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = '\0';
		text = strchr(record, ';');
		if (!text || sscanf(record, "%*u,%*u,%llu", &usec) != 1)
			continue;
		text++;
		text[strcspn(text, "\n")] = '\0';
		bad |= is_complaint(text);
		if (log.len < KMSG_MAX)
			buf_printf(&log, "[%5llu.%06llu] %s\n", usec / 1000000, usec % 1000000, text);
	}
	if (bad)
		frame_send(g->port, FRAME_KMSG, log.data, log.len);
	buf_deinit(&log);
}

static void run_child(const struct run_head *head, char **strings, int in, const int out[2])
{
	char *argv[head->argc + 1];
	sigset_t none;
	int fd[2], i;

	memcpy(argv, strings + 3, head->argc * sizeof(*argv));
	argv[head->argc] = NULL;
	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	for (i = 0; i < 2; i++) {
		fd[i] = out[i];
		if (*strings[1 + i])
			fd[i] = open(strings[1 + i], O_WRONLY | O_CREAT | O_APPEND, 0666);
		if (fd[i] < 0)
			_exit(126);
	}
	dup2(in, 0);
	dup2(fd[0], 1);
	dup2(fd[1], 2);
	if (chdir(strings[0])) {
		dprintf(2, "dtc-vm: no directory %s in the guest: %s\n", strings[0], strerror(errno));
		_exit(126);
	}
	execvp(argv[0], argv);
	dprintf(2, "dtc-vm: cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* The strings of a FRAME_RUN; NULL when they are not all there */
static char **split(const struct run_head *head, char *data, size_t len)
{
	uint32_t i, n = head->argc + 3;
	char **v, *end = data + len;

	if (head->argc < 1 || head->argc > len)
		return NULL;
	v = calloc(n, sizeof(*v));
	for (i = 0; v && i < n; i++) {
		if (data >= end || !memchr(data, '\0', end - data)) {
			free(v);
			return NULL;
		}
		v[i] = data;
		data += strlen(data) + 1;
	}
	return v;
}

static void start_command(struct guest *g, char *data, size_t len)
{
	int in = -1, out[2] = {-1, -1}, p[2], i;
	struct run_head head;
	char **strings;

	memcpy(&head, data, sizeof(head));
	strings = split(&head, data + sizeof(head), len - sizeof(head));
	if (!strings)
		return;
	for (i = 0; i < 2; i++) {
		if (*strings[1 + i] || pipe2(p, O_CLOEXEC))
			continue;
		g->out[i] = p[0];
		out[i] = p[1];
	}
	if (head.use_stdin && !pipe2(p, O_CLOEXEC)) {
		in = p[0];
		g->stdin_fd = p[1];
		fcntl(p[1], F_SETFL, O_NONBLOCK);
	} else {
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
	g->reaped = false;
	g->child = fork();
	if (!g->child)
		run_child(&head, strings, in, out);
	close(in);
	for (i = 0; i < 2; i++)
		if (out[i] >= 0)
			close(out[i]);
	free(strings);
}

static void close_stdin(struct guest *g)
{
	if (g->stdin_fd >= 0)
		close(g->stdin_fd);
	g->stdin_fd = -1;
	buf_deinit(&g->stdin_data);
}

/* As much as the command takes; the host sends more when all of it is gone. */
static void feed_stdin(struct guest *g)
{
	ssize_t n = write(g->stdin_fd, g->stdin_data.data, g->stdin_data.len);

	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		close_stdin(g);
	} else if (n > 0) {
		buf_drop(&g->stdin_data, n);
		if (!g->stdin_data.len)
			frame_send(g->port, FRAME_STDIN, NULL, 0);
	}
}

static void send_output(struct guest *g, int i)
{
	char chunk[FRAME_DATA];
	ssize_t n = read(g->out[i], chunk, sizeof(chunk));

	if (n > 0) {
		frame_send(g->port, streams[i], chunk, n);
	} else if (n == 0 || errno != EINTR) {
		close(g->out[i]);
		g->out[i] = -1;
	}
}

static void reap(struct guest *g)
{
	struct signalfd_siginfo info;
	int status;
	pid_t pid;

	while (read(g->sigchld, &info, sizeof(info)) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != g->child)
			continue;
		g->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		g->reaped = true;
	}
}

/* Everything but us, until it is gone; not for ever, something may hang in the kernel. True when all is gone. */
static bool kill_rest(void)
{
	int i;

	for (i = 0; i < 200; i++) {
		kill(-1, SIGKILL);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return true;
		usleep(1000 + i * 100);
	}
	return false;
}

/* What every CPU is doing, also with its interrupts off; it goes to the console and the kernel's log. */
static void show_backtraces(void)
{
	file_write("/proc/sys/kernel/printk", "8", 1);
	file_write("/proc/sysrq-trigger", "l", 1);
}

static void end_command(struct guest *g)
{
	struct exit_status status = {.status = g->status};
	struct pollfd p;
	int i;

	status.stuck = !kill_rest();
	if (status.stuck)
		show_backtraces();
	close_stdin(g);
	for (i = 0; i < 2; i++) {
		while (g->out[i] >= 0) {
			p = (struct pollfd){.fd = g->out[i], .events = POLLIN};
			if (poll(&p, 1, 1000) <= 0)
				close(g->out[i]), g->out[i] = -1;
			else
				send_output(g, i);
		}
	}
	g->child = 0;
	send_kmsg(g);
	frame_send(g->port, FRAME_EXIT, &status, sizeof(status));
}

static void handle_frame(struct guest *g, const struct frame *head, char *data)
{
	uint32_t value = 0;

	if (head->len >= sizeof(value))
		memcpy(&value, data, sizeof(value));
	switch (head->type) {
	case FRAME_RUN:
		if (!g->child && head->len >= sizeof(struct run_head))
			start_command(g, data, head->len);
		break;
	case FRAME_STDIN:
		if (!head->len)
			close_stdin(g);
		else if (g->stdin_fd >= 0)
			buf_add(&g->stdin_data, data, head->len);
		break;
	case FRAME_CLOSE:
		value = value == FRAME_STDERR;
		if (g->out[value] >= 0)
			close(g->out[value]);
		g->out[value] = -1;
		break;
	case FRAME_SIGNAL:
		/* until it has its session, it is alone */
		if (g->child && !g->reaped && kill(-g->child, value))
			kill(g->child, value);
		break;
	case FRAME_OFF:
		kill_rest();
		sync();
		reboot(RB_AUTOBOOT);
		break;
	}
}

static void read_port(struct guest *g)
{
	char chunk[65536], *data;
	struct frame head;
	ssize_t n = read(g->port, chunk, sizeof(chunk));

	if (n > 0)
		buf_add(&g->in, chunk, n);
	while (frame_take(&g->in, &head, &data) > 0) {
		handle_frame(g, &head, data);
		frame_done(&g->in, &head);
	}
}

static void serve(struct guest *g)
{
	for (;;) {
		struct pollfd p[5] = {
		    {.fd = g->port, .events = POLLIN},
		    {.fd = g->sigchld, .events = POLLIN},
		    {.fd = g->out[0], .events = POLLIN},
		    {.fd = g->out[1], .events = POLLIN},
		    {.fd = g->stdin_data.len ? g->stdin_fd : -1, .events = POLLOUT},
		};
		int i;

		if (poll(p, 5, -1) <= 0)
			continue;
		for (i = 0; i < 2; i++)
			if (p[2 + i].revents)
				send_output(g, i);
		if (p[4].revents)
			feed_stdin(g);
		if (p[1].revents)
			reap(g);
		if (g->child && g->reaped)
			end_command(g);
		if (p[0].revents)
			read_port(g);
	}
}

/* Warnings and worse also go to the console, where they survive us. */
static void set_console_level(void)
{
	file_write("/proc/sys/kernel/printk", "5", 1);
}

int guest_main(void)
{
	struct guest g = {.out = {-1, -1}, .stdin_fd = -1};
	sigset_t chld;

	if (getpid() != 1) {
		vm_err("`guest' is for the inside of a guest");
		return VM_EXIT_USAGE;
	}
	clearenv();
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("LANG", "C.UTF-8", 1);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_SETMASK, &chld, NULL);
	g.sigchld = signalfd(-1, &chld, SFD_NONBLOCK | SFD_CLOEXEC);
	g.kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	lseek(g.kmsg, 0, SEEK_END);
	g.port = open_port();
	if (g.port < 0 || g.sigchld < 0) {
		vm_err("init: no port to the host");
		reboot(RB_AUTOBOOT);
	}
	set_console_level();
	frame_send(g.port, FRAME_READY, NULL, 0);
	serve(&g);
	return 0;
}
