/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dtc-vm: what its files share.
 *
 * The same program runs on both sides: on the host it fetches kernels, boots QEMU and drives it; in the guest it is
 * process 1 and runs what the host asks for. The two talk in frames over one virtio-serial port.
 */
#ifndef DTC_VM_H
#define DTC_VM_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include <poll.h>
#include <signal.h>
#include <sys/types.h>

/* exit statuses of `dtc-vm run` that are not the command's own */
enum {
	VM_EXIT_USAGE = 2,
	VM_EXIT_PANIC = 122,
	VM_EXIT_HANG = 123,
	VM_EXIT_TIMEOUT = 124,
	VM_EXIT_FAILED = 125, /* no kernel, no QEMU, the guest does not boot, ... */
};

#define VM_SHARES_MAX 8

struct vm_options {
	const char *kernel; /* release; NULL: the newest in the cache */
	const char *append;
	const char *cwd;
	const char *console;		   /* file that keeps the serial log */
	const char *jobs;		   /* directory of jobs; NULL: one command */
	const char *shares[VM_SHARES_MAX]; /* directories the guest may write, absolute */
	int nr_shares;
	int cpus;
	int mem;      /* MB */
	int deadline; /* seconds; 0: none */
	int boot_deadline;
	bool icount;
	bool use_stdin;
	char **argv; /* the command */
};

extern bool vm_verbose;
extern volatile sig_atomic_t vm_signals; /* how many signals asked us to end */
extern volatile sig_atomic_t vm_signal;	 /* the last of them */

/* vm-util.c */
struct buf {
	char *data;
	size_t len, cap;
};

void buf_add(struct buf *b, const void *p, size_t n);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_drop(struct buf *b, size_t n); /* from the front */
void buf_deinit(struct buf *b);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void vm_err(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void vm_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void vm_catch_signals(void);
int vm_poll(struct pollfd *fds, int n, int64_t timeout_ms);
int64_t now_ms(void);
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
bool file_exists(const char *path);
int file_read(const char *path, struct buf *ret);
int file_write(const char *path, const void *data, size_t len);
int write_all(int fd, const void *data, size_t len);
int mkdir_all(const char *path);
const char *program_find(const char *name);
int program_run(char *const argv[], struct buf *out, struct buf *err);
void child_setup(pid_t parent);

/* The port's frames: this header, then `len` bytes. */
enum frame_type {
	FRAME_READY = 1, /* guest: booted */
	FRAME_RUN,	 /* host: struct run_head, then strings: cwd, stdout file, stderr file, argv... */
	FRAME_STDIN,	 /* host: data, empty at the end; guest: the last one is consumed */
	FRAME_STDOUT,	 /* guest: data */
	FRAME_STDERR,
	FRAME_CLOSE,  /* host: nobody reads this stream any more; uint32_t FRAME_STDOUT or FRAME_STDERR */
	FRAME_SIGNAL, /* host: uint32_t signal for the command's process group */
	FRAME_KMSG,   /* guest: the kernel's log during the command, sent when it holds a complaint */
	FRAME_EXIT,   /* guest: struct exit_status; the command is over */
	FRAME_OFF,    /* host: power off */
};

struct frame {
	uint32_t type, len;
};

struct run_head {
	uint32_t use_stdin, argc;
};

struct exit_status {
	uint32_t status; /* as a shell gives it */
	uint32_t stuck;	 /* something that it started cannot be killed */
};

#define FRAME_MAX  (512 * 1024)
#define RUN_MAX	   (128 * 1024) /* fits a socket, so that sending it cannot block */
#define FRAME_DATA (32 * 1024)	/* what is sent at a time of a stream */

int frame_send(int fd, enum frame_type type, const void *data, size_t len);
int frame_take(struct buf *in, struct frame *head, char **data);
void frame_done(struct buf *in, const struct frame *head);

/* vm-fetch.c */
int kernel_fetch(const char *suite, const char *package, bool with_debug);
struct package {
	char *name;
	char *depends;		    /* as apt shows it */
	long long size, file_size; /* bytes: of the file and of what is in it; of the file */
};
int package_show(const char *name, struct package *ret);
int packages_download(const char *dir, const struct package *list, int nr);
int cache_lock(const char *cache);
void remove_tree(const char *path);

/* vm-debug.c */
int debug_fetch(const char *cache, const char *root, const char *release);

/* vm-cache.c */
int kernel_list(void);
char *kernel_cache(void);
char *kernel_packed(const char *root, const char *release);
int kernel_find(const char *release, char **root, char **release_ret);

/* vm-image.c */
char *kernel_image(const char *root, const char *release);

/* vm-initrd.c: the initial file system, as an open file */
int initrd_make(const struct vm_options *opt, const char *root, const char *release);

/* vm-boot.c: one running guest */
struct vm {
	pid_t pid;		    /* QEMU; 0: not running */
	int port, console, monitor; /* our ends of its sockets */
	int log;		    /* the file that keeps the console, or -1 */
	struct buf in;		    /* frames not taken yet */
	struct buf tail;	    /* the end of the console */
};

int vm_boot(struct vm *vm, const struct vm_options *opt);
int vm_read_port(struct vm *vm);
int vm_read_console(struct vm *vm);
void vm_drain_console(struct vm *vm);
void vm_interrupt(struct vm *vm);
void vm_kill(struct vm *vm);
void vm_off(struct vm *vm);

/* vm-run.c */
int vm_run(struct vm_options *opt);

/* vm-guest.c */
int guest_main(void);

#endif
