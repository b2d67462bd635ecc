// SPDX-License-Identifier: GPL-2.0
/*
 * dtc-vm: start QEMU, wait until the guest is ready, end it.
 *
 * QEMU gets the initial file system, the guest's console and the port as open files, so nothing is left behind however
 * we end; and it dies when we die.
 */
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGS_MAX   128
#define TAIL_MAX   (256 * 1024)
#define TAIL_SHOWN 2000

/* the last two make a panic with all backtraces of the NMI that a guest gets when it hangs */
static const char kernel_options[] =
    "console=ttyS0 quiet panic=-1 mitigations=off cryptomgr.notests unknown_nmi_panic panic_print=0x40";

struct args {
	char *v[ARGS_MAX];
	int n;
};

static void add(struct args *a, char *s)
{
	if (a->n < ARGS_MAX - 1)
		a->v[a->n++] = s;
}

static void add2(struct args *a, const char *option, char *value)
{
	add(a, strdup(option));
	add(a, value);
}

static void args_deinit(struct args *a)
{
	while (a->n)
		free(a->v[--a->n]);
}

/* A path as a value among QEMU's options: commas are doubled. */
static char *escape(const char *path)
{
	struct buf b = {0};

	for (; *path; path++)
		buf_printf(&b, *path == ',' ? ",," : "%c", *path);
	return b.data;
}

static void add_share(struct args *a, const char *id, const char *path, const char *how)
{
	char *escaped = escape(path);

	add2(a, "-fsdev", xasprintf("local,id=%s,path=%s,security_model=none,multidevs=remap%s", id, escaped, how));
	add2(a, "-device", xasprintf("virtio-9p-pci,fsdev=%s,mount_tag=%s", id, id));
	free(escaped);
}

static void make_args(struct args *a, const struct vm_options *opt, const char *image, int initrd, const int fds[3])
{
	char id[16];
	int i;

	add(a, strdup("qemu-system-x86_64"));
	add(a, strdup("-nodefaults"));
	add(a, strdup("-no-user-config"));
	add(a, strdup("-no-reboot"));
	add2(a, "-display", strdup("none"));
	add2(a, "-name", strdup("dtc-vm"));
	add2(a, "-m", xasprintf("%d", opt->mem));
	/* One thread for all processors: with a thread each, code that the kernel patches while it runs may stay stale. */
	add2(a, "-accel", strdup("tcg,thread=single"));
	if (opt->icount) {
		add2(a, "-smp", strdup("1"));
		add2(a, "-icount", strdup("shift=0,sleep=off"));
	} else {
		add2(a, "-smp", xasprintf("%d", opt->cpus));
	}
	add2(a, "-cpu", strdup("qemu64,+rdrand"));
	add2(a, "-kernel", strdup(image));
	add2(a, "-initrd", xasprintf("/proc/self/fd/%d", initrd));
	add2(a, "-append", xasprintf("%s%s%s", kernel_options, opt->append ? " " : "", opt->append ?: ""));
	add2(a, "-chardev", xasprintf("socket,id=console,fd=%d", fds[1]));
	add2(a, "-serial", strdup("chardev:console"));
	add2(a, "-chardev", xasprintf("socket,id=monitor,fd=%d", fds[2]));
	add2(a, "-mon", strdup("chardev=monitor,mode=readline"));
	add2(a, "-device", strdup("virtio-serial-pci"));
	add2(a, "-chardev", xasprintf("socket,id=port,fd=%d", fds[0]));
	add2(a, "-device", strdup("virtserialport,chardev=port,name=dtc-vm"));
	add_share(a, "root", "/", ",readonly=on");
	for (i = 0; i < opt->nr_shares; i++) {
		snprintf(id, sizeof(id), "share%d", i);
		add_share(a, id, opt->shares[i], "");
	}
}

static void start_child(struct args *a, pid_t parent, int console)
{
	int null = open("/dev/null", O_RDWR);

	child_setup(parent);
	setpgid(0, 0); /* the terminal's Ctrl-C is for us to pass on */
	dup2(null, 0);
	dup2(null, 1);
	dup2(console, 2);
	execvp(a->v[0], a->v);
	dprintf(2, "cannot run %s: %s\n", a->v[0], strerror(errno));
	_exit(127);
}

static int start(struct vm *vm, const struct vm_options *opt, const char *image, int initrd)
{
	pid_t parent = getpid();
	struct args a = {.n = 0};
	int ours[3], theirs[3], pair[2], i;

	for (i = 0; i < 3; i++) {
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) {
			vm_err("cannot make a socket: %s", strerror(errno));
			while (i-- > 0)
				close(ours[i]), close(theirs[i]);
			return -1;
		}
		ours[i] = pair[0];
		theirs[i] = pair[1];
		fcntl(ours[i], F_SETFD, FD_CLOEXEC);
	}
	make_args(&a, opt, image, initrd, theirs);
	for (i = 0; vm_verbose && i < a.n; i++)
		fprintf(stderr, "%s%s", a.v[i], i + 1 < a.n ? " " : "\n");
	vm->pid = fork();
	if (!vm->pid)
		start_child(&a, parent, theirs[1]);
	args_deinit(&a);
	for (i = 0; i < 3; i++)
		close(theirs[i]);
	vm->port = ours[0];
	vm->console = ours[1];
	vm->monitor = ours[2];
	fcntl(vm->console, F_SETFL, O_NONBLOCK);
	if (vm->pid < 0) {
		vm_err("cannot fork: %s", strerror(errno));
		vm->pid = 0;
		return -1;
	}
	return 0;
}

/* 1 when something came, 0 when QEMU has closed it */
int vm_read_port(struct vm *vm)
{
	char chunk[65536];
	ssize_t n = read(vm->port, chunk, sizeof(chunk));

	if (n > 0)
		buf_add(&vm->in, chunk, n);
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

int vm_read_console(struct vm *vm)
{
	char chunk[65536];
	ssize_t n = read(vm->console, chunk, sizeof(chunk));

	if (n <= 0)
		return n < 0 && (errno == EINTR || errno == EAGAIN);
	if (vm->log >= 0)
		write_all(vm->log, chunk, n);
	buf_add(&vm->tail, chunk, n);
	if (vm->tail.len > 2 * TAIL_MAX)
		buf_drop(&vm->tail, vm->tail.len - TAIL_MAX);
	return 1;
}

/* What the guest managed to print before its QEMU ended */
void vm_drain_console(struct vm *vm)
{
	struct pollfd p = {.fd = vm->console, .events = POLLIN};

	while (poll(&p, 1, 200) > 0 && vm_read_console(vm) > 0)
		;
}

/* A guest that does not answer gets an NMI: it panics and so tells on its console what it was doing. */
void vm_interrupt(struct vm *vm)
{
	write_all(vm->monitor, "nmi\n", 4);
}

void vm_kill(struct vm *vm)
{
	if (!vm->pid)
		return;
	kill(vm->pid, SIGKILL);
	while (waitpid(vm->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(vm->port);
	close(vm->console);
	close(vm->monitor);
	if (vm->log >= 0)
		close(vm->log);
	vm->pid = 0;
	buf_deinit(&vm->in);
	buf_deinit(&vm->tail);
}

/* Ask the guest to end, for what it has to flush; do not wait long. */
void vm_off(struct vm *vm)
{
	int64_t end = now_ms() + 2000;

	if (!vm->pid)
		return;
	frame_send(vm->port, FRAME_OFF, NULL, 0);
	while (now_ms() < end) {
		struct pollfd p[2] = {{.fd = vm->port, .events = POLLIN}, {.fd = vm->console, .events = POLLIN}};

		if (poll(p, 2, 100) > 0 &&
		    ((p[0].revents && !vm_read_port(vm)) || (p[1].revents && !vm_read_console(vm))))
			break;
	}
	vm_kill(vm);
}

static void show_tail(struct vm *vm)
{
	const char *p, *panic;

	if (!vm->tail.len)
		return;
	panic = strstr(vm->tail.data, "Kernel panic");
	p = vm->tail.len > TAIL_SHOWN ? vm->tail.data + vm->tail.len - TAIL_SHOWN : vm->tail.data;
	if (panic && panic < p)
		p = panic;
	vm_err("the end of its console:");
	fprintf(stderr, "%.*s\n", TAIL_SHOWN, p);
}

static int wait_ready(struct vm *vm, const struct vm_options *opt)
{
	int64_t end = now_ms() + opt->boot_deadline * 1000LL;
	struct frame head;
	char *data;
	int n;

	for (;;) {
		struct pollfd p[2] = {{.fd = vm->port, .events = POLLIN}, {.fd = vm->console, .events = POLLIN}};
		int64_t left = end - now_ms();

		if (vm_signals)
			return -1;
		if (left <= 0) {
			vm_err("the guest did not come up within %d seconds", opt->boot_deadline);
			show_tail(vm);
			return -1;
		}
		if (vm_poll(p, 2, left) <= 0)
			continue;
		if (p[1].revents && !vm_read_console(vm))
			p[0].revents |= POLLHUP;
		if (p[0].revents && !vm_read_port(vm)) {
			vm_drain_console(vm);
			vm_err("the guest ended while it booted");
			show_tail(vm);
			return -1;
		}
		n = frame_take(&vm->in, &head, &data);
		if (n > 0 && head.type == FRAME_READY) {
			frame_done(&vm->in, &head);
			return 0;
		}
	}
}

int vm_boot(struct vm *vm, const struct vm_options *opt)
{
	char *root, *real, *release, *image;
	int64_t begin = now_ms();
	int initrd, err = -1;

	*vm = (struct vm){.log = -1};
	if (!program_find("qemu-system-x86_64")) {
		vm_err("qemu-system-x86_64 is not installed; the package is qemu-system-x86");
		return -1;
	}
	if (kernel_find(opt->kernel, &root, &release))
		return -1;
	/* the guest mounts by this path, before links lead where they should */
	real = *root ? realpath(root, NULL) : NULL;
	if (real) {
		free(root);
		root = real;
	}
	image = kernel_image(root, release);
	initrd = initrd_make(opt, root, release);
	if (initrd < 0)
		goto out;
	if (opt->console) {
		vm->log = open(opt->console, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
		if (vm->log < 0) {
			vm_err("cannot write %s: %s", opt->console, strerror(errno));
			goto out;
		}
	}
	err = start(vm, opt, image, initrd) || wait_ready(vm, opt) ? -1 : 0;
	if (err)
		vm_kill(vm);
	else
		vm_say("%s booted in %.1f s", release, (now_ms() - begin) / 1000.0);
out:
	if (initrd >= 0)
		close(initrd);
	free(root);
	free(release);
	free(image);
	return err;
}
