// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm run: one command with its output as it comes, or a directory of jobs with their results in files.
 *
 * A guest that panics or no longer answers costs its job, not the rest: the next job gets a new guest.
 */
#include "vm.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GRACE_MS      6000 /* for a command to die of SIGKILL, before we call it a hang */
#define BACKTRACE_MS  3000 /* what is left of it when we interrupt the guest for a backtrace */
#define PIPE_CHUNK    4096 /* what a pipe that polls writable takes without blocking */
#define EXCERPT_LINES 200

enum outcome { EXITED, TIMEOUT, PANIC, HANG, LOST, KILLED };

static const char *const outcome_names[] = {
    [TIMEOUT] = "timeout", [PANIC] = "panic", [HANG] = "hang", [LOST] = "lost", [KILLED] = "lost",
};

/* One command, from its start to what became of it */
struct command {
	const char *cwd, *out, *err; /* files for its output; "" for ours */
	char **argv;
	int deadline;
	bool use_stdin;

	enum outcome outcome;
	int status;
	struct buf kmsg;

	/* while it runs */
	struct buf pending[2]; /* output that we could not write yet */
	bool broken[2];	       /* nobody reads ours */
	bool stdin_busy, traced, done;
	int signals;	    /* passed on so far */
	int64_t end, grace; /* when it must be over; 0: never */
};

static int send_run(struct vm *vm, const struct command *c)
{
	struct run_head head = {.use_stdin = c->use_stdin};
	struct buf b = {0};
	int err;

	while (c->argv[head.argc])
		head.argc++;
	buf_add(&b, &head, sizeof(head));
	buf_add(&b, c->cwd, strlen(c->cwd) + 1);
	buf_add(&b, c->out, strlen(c->out) + 1);
	buf_add(&b, c->err, strlen(c->err) + 1);
	for (head.argc = 0; c->argv[head.argc]; head.argc++)
		buf_add(&b, c->argv[head.argc], strlen(c->argv[head.argc]) + 1);
	err = b.len > RUN_MAX ? -1 : frame_send(vm->port, FRAME_RUN, b.data, b.len);
	buf_deinit(&b);
	return err;
}

static void send_value(struct vm *vm, enum frame_type type, uint32_t value)
{
	frame_send(vm->port, type, &value, sizeof(value));
}

static void flush_pending(struct vm *vm, struct command *c, int i)
{
	size_t len = c->pending[i].len < PIPE_CHUNK ? c->pending[i].len : PIPE_CHUNK;
	ssize_t n = write(1 + i, c->pending[i].data, len);

	if (n > 0) {
		buf_drop(&c->pending[i], n);
	} else if (n < 0 && errno != EINTR && errno != EAGAIN) {
		c->broken[i] = true;
		c->pending[i].len = 0;
		send_value(vm, FRAME_CLOSE, i ? FRAME_STDERR : FRAME_STDOUT);
	}
}

static void forward_stdin(struct vm *vm, struct command *c)
{
	char chunk[FRAME_DATA];
	ssize_t n = read(0, chunk, sizeof(chunk));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	frame_send(vm->port, FRAME_STDIN, chunk, n > 0 ? n : 0);
	c->stdin_busy = true;
	if (n <= 0)
		c->use_stdin = false;
}

static void handle_frame(struct command *c, const struct frame *head, const char *data)
{
	struct exit_status status = {0};
	int i;

	switch (head->type) {
	case FRAME_STDOUT:
	case FRAME_STDERR:
		i = head->type == FRAME_STDERR;
		if (!c->broken[i])
			buf_add(&c->pending[i], data, head->len);
		break;
	case FRAME_STDIN:
		c->stdin_busy = false;
		break;
	case FRAME_KMSG:
		buf_add(&c->kmsg, data, head->len);
		break;
	case FRAME_EXIT:
		if (head->len >= sizeof(status))
			memcpy(&status, data, sizeof(status));
		c->status = status.status;
		if (status.stuck)
			c->outcome = HANG;
		c->done = true;
		break;
	}
}

/* The end of the console, in whole lines */
static void excerpt(struct vm *vm, struct command *c)
{
	const char *start = vm->tail.data, *p = start + vm->tail.len;
	int lines = 0;

	if (!vm->tail.len)
		return;
	while (p > start && lines <= EXCERPT_LINES)
		lines += *--p == '\n';
	for (p += *p == '\n'; *p; p++)
		if (*p != '\r')
			buf_add(&c->kmsg, p, 1);
}

/* QEMU is gone, or talks nonsense: why? */
static void lost(struct vm *vm, struct command *c)
{
	vm_drain_console(vm);
	if (c->traced)
		c->outcome = HANG;
	else
		c->outcome = vm->tail.len && strstr(vm->tail.data, "Kernel panic") ? PANIC : LOST;
	excerpt(vm, c);
	vm_kill(vm);
	c->done = true;
}

static void hung(struct vm *vm, struct command *c)
{
	c->outcome = HANG;
	excerpt(vm, c);
	vm_kill(vm);
	c->done = true;
}

/* Signals to us and the deadline; how long to wait for the next event, in ms */
static int handle_time(struct vm *vm, struct command *c)
{
	int64_t now = now_ms(), next;

	if (vm_signals > c->signals) {
		if (c->signals || vm_signals > 1) {
			c->outcome = KILLED;
			c->done = true;
			vm_kill(vm);
			return 0;
		}
		c->signals = vm_signals;
		send_value(vm, FRAME_SIGNAL, vm_signal);
	}
	if (c->grace && now >= c->grace) {
		hung(vm, c);
		return 0;
	}
	if (c->end && now >= c->end && !c->grace) {
		c->outcome = TIMEOUT;
		c->grace = now + GRACE_MS;
		send_value(vm, FRAME_SIGNAL, SIGKILL);
	}
	if (c->grace && !c->traced && now >= c->grace - BACKTRACE_MS) {
		c->traced = true;
		vm_interrupt(vm);
	}
	next = c->grace ? c->grace - (c->traced ? 0 : BACKTRACE_MS) : c->end;
	return !next ? -1 : next <= now ? 0 : next - now;
}

static void handle_frames(struct vm *vm, struct command *c)
{
	struct frame head;
	char *data;
	int n;

	while ((n = frame_take(&vm->in, &head, &data)) > 0) {
		handle_frame(c, &head, data);
		frame_done(&vm->in, &head);
	}
	if (n < 0)
		lost(vm, c);
}

static void run_command(struct vm *vm, struct command *c)
{
	c->end = c->deadline ? now_ms() + c->deadline * 1000LL : 0;
	if (send_run(vm, c)) {
		vm_err("cannot pass the command to the guest; is it longer than %d KB?", RUN_MAX >> 10);
		lost(vm, c);
	}
	while (!c->done || c->pending[0].len || c->pending[1].len) {
		bool full = c->pending[0].len || c->pending[1].len;
		int wait = c->done ? GRACE_MS : handle_time(vm, c);
		struct pollfd p[5] = {
		    {.fd = vm->pid && !full && !c->done ? vm->port : -1, .events = POLLIN},
		    {.fd = vm->pid ? vm->console : -1, .events = POLLIN},
		    {.fd = c->pending[0].len ? 1 : -1, .events = POLLOUT},
		    {.fd = c->pending[1].len ? 2 : -1, .events = POLLOUT},
		    {.fd = c->use_stdin && !c->stdin_busy && !c->done ? 0 : -1, .events = POLLIN},
		};
		int i, n;

		if (c->done && !full)
			break;
		n = vm_poll(p, 5, wait);
		if (n <= 0) {
			if (c->done && vm_signals > 1)
				break;
			continue;
		}
		for (i = 0; i < 2; i++)
			if (p[2 + i].revents)
				flush_pending(vm, c, i);
		if (p[4].revents)
			forward_stdin(vm, c);
		if (p[1].revents && !vm_read_console(vm))
			p[0].revents |= POLLHUP;
		if (p[0].revents & (POLLIN | POLLHUP | POLLERR)) {
			if (!vm_read_port(vm))
				lost(vm, c);
			else
				handle_frames(vm, c);
		}
	}
	buf_deinit(&c->pending[0]);
	buf_deinit(&c->pending[1]);
}

static void show_kmsg(const struct command *c)
{
	if (!c->kmsg.len)
		return;
	vm_err("the kernel's log:");
	fwrite(c->kmsg.data, 1, c->kmsg.len, stderr);
}

static int run_one(const struct vm_options *opt)
{
	struct command c = {.cwd = opt->cwd,
			    .out = "",
			    .err = "",
			    .argv = opt->argv,
			    .deadline = opt->deadline,
			    .use_stdin = opt->use_stdin};
	struct vm vm;
	int status = VM_EXIT_FAILED;

	if (vm_boot(&vm, opt))
		return vm_signals ? 128 + vm_signal : VM_EXIT_FAILED;
	run_command(&vm, &c);
	switch (c.outcome) {
	case EXITED:
		status = c.status;
		break;
	case TIMEOUT:
		vm_err("the command did not end within %d seconds and was killed", opt->deadline);
		status = VM_EXIT_TIMEOUT;
		break;
	case PANIC:
		vm_err("the guest's kernel panicked");
		status = VM_EXIT_PANIC;
		break;
	case HANG:
		vm_err("the guest hangs: what the command started cannot be killed");
		status = VM_EXIT_HANG;
		break;
	case LOST:
		vm_err("the guest ended while the command ran");
		break;
	case KILLED:
		status = 128 + vm_signal;
		break;
	}
	show_kmsg(&c);
	buf_deinit(&c.kmsg);
	vm_off(&vm);
	return status;
}

/* "# deadline: SECONDS" among the first lines of a job */
static int job_deadline(const char *path, int deadline)
{
	FILE *f = fopen(path, "re");
	char line[256];
	int i;

	for (i = 0; f && i < 10 && fgets(line, sizeof(line), f); i++)
		if (sscanf(line, "# deadline: %d", &deadline) == 1)
			break;
	if (f)
		fclose(f);
	return deadline;
}

static void write_result(const char *base, const char *suffix, const char *data, size_t len)
{
	char *path = xasprintf("%s%s", base, suffix);

	if (file_write(path, data, len))
		vm_err("cannot write %s: %s", path, strerror(errno));
	free(path);
}

/* The path of a job without ".job" */
static char *job_base(const char *path)
{
	return strndup(path, strlen(path) - strlen(".job"));
}

static void remove_results(const char *path)
{
	static const char *const suffixes[] = {".out", ".err", ".status", ".kmsg"};
	char *base = job_base(path), *file;
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		file = xasprintf("%s%s", base, suffixes[i]);
		unlink(file);
		free(file);
	}
	free(base);
}

static void write_results(const char *base, const struct command *c)
{
	char *status =
	    c->outcome == EXITED ? xasprintf("%d\n", c->status) : xasprintf("%s\n", outcome_names[c->outcome]);

	if (c->kmsg.len)
		write_result(base, ".kmsg", c->kmsg.data, c->kmsg.len);
	write_result(base, ".status", status, strlen(status));
	vm_say("job %s: %.*s", strrchr(base, '/') + 1, (int)strlen(status) - 1, status);
	free(status);
}

/* A kernel that went wrong once may do anything next; a mere warning is no reason for a new one. */
static bool kernel_is_broken(const struct command *c)
{
	static const char *const signs[] = {"Oops", "BUG:", "BUG at", "general protection fault", "stall"};
	size_t i;

	for (i = 0; c->kmsg.len && i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strstr(c->kmsg.data, signs[i]))
			return true;
	return false;
}

/* A job is run by its own first line when it is executable, else by the shell. False when no guest comes up. */
static bool run_job(struct vm *vm, const struct vm_options *opt, const char *path, struct command *c)
{
	char *shell[] = {"/bin/sh", (char *)path, NULL}, *direct[] = {(char *)path, NULL};
	char *base = job_base(path), *out = xasprintf("%s.out", base), *err = xasprintf("%s.err", base);
	bool booted;

	write_result(base, ".out", "", 0);
	write_result(base, ".err", "", 0);
	*c = (struct command){.cwd = opt->cwd,
			      .out = out,
			      .err = err,
			      .argv = access(path, X_OK) ? shell : direct,
			      .deadline = job_deadline(path, opt->deadline)};
	booted = vm->pid || !vm_boot(vm, opt);
	if (booted)
		run_command(vm, c);
	else
		c->outcome = LOST;
	write_results(base, c);
	if (vm->pid && c->outcome == HANG)
		vm_kill(vm);
	else if (vm->pid && kernel_is_broken(c))
		vm_off(vm);
	free(base);
	free(out);
	free(err);
	return booted;
}

static int is_job(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && str_ends(entry->d_name, ".job");
}

static void lose_job(const char *path)
{
	struct command c = {.outcome = LOST};
	char *base = job_base(path);

	write_results(base, &c);
	free(base);
}

static int run_jobs(const struct vm_options *opt)
{
	struct dirent **names = NULL;
	struct vm vm = {0};
	struct command c;
	int i, n = scandir(opt->jobs, &names, is_job, alphasort), bad = 0;
	bool booted = true;
	char *path[n > 0 ? n : 1];

	for (i = 0; i < n; i++) {
		path[i] = xasprintf("%s/%s", opt->jobs, names[i]->d_name);
		remove_results(path[i]);
		free(names[i]);
	}
	free(names);
	for (i = 0; i < n; i++) {
		if (booted && !vm_signals) {
			booted = run_job(&vm, opt, path[i], &c);
			bad += c.outcome != EXITED || (c.status && c.status != 77);
			buf_deinit(&c.kmsg);
		} else {
			lose_job(path[i]);
		}
		free(path[i]);
	}
	vm_off(&vm);
	if (vm_signals)
		return 128 + vm_signal;
	if (n <= 0)
		vm_err("no file NAME.job in %s", opt->jobs);
	return !booted || n <= 0 ? VM_EXIT_FAILED : bad ? 1 : 0;
}

int vm_run(struct vm_options *opt)
{
	vm_catch_signals();
	return opt->jobs ? run_jobs(opt) : run_one(opt);
}
