// SPDX-License-Identifier: GPL-2.0
/*
 * Option evaltime: how far a command of -c runs before its probes are put in
 * place. It is stopped at its first instruction, by ptrace. From there a
 * breakpoint takes it to its entry, when the loader is done with it, and
 * another one to main(), which is what its first calls have for an argument.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#include "dtrun.h"

#define STEPS_MAX 100		/* instructions from the entry to the call that has main() */
#define CALL_MAX  15		/* bytes of an instruction */

/* Of a program of 64 bits; 0: of another one. */
static uint64_t entry_find(pid_t pid)
{
	char path[64];
	unsigned char ident[EI_NIDENT] = "";
	Elf64_auxv_t v;
	uint64_t entry = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, ident, sizeof(ident)) != sizeof(ident) || ident[EI_CLASS] != ELFCLASS64) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && !entry && read(fd, &v, sizeof(v)) == sizeof(v) && v.a_type != AT_NULL)
		if (v.a_type == AT_ENTRY)
			entry = v.a_un.a_val;
	if (fd >= 0)
		close(fd);
	return entry;
}

/* The process's stop, or its end: false. */
static bool await_stop(pid_t pid, int *sig)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	*sig = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;
	return WIFSTOPPED(status);
}

static bool debug_register_set(pid_t pid, int number, uint64_t value)
{
	return !ptrace(PTRACE_POKEUSER, pid, offsetof(struct user, u_debugreg[number]), value);
}

/* Lets it run up to that address. A breakpoint of the processor leaves its memory as it would be. False: it ended on its way. */
static bool run_to(pid_t pid, uint64_t addr)
{
	struct user_regs_struct regs;
	int sig = 0;

	if (!debug_register_set(pid, 0, addr) || !debug_register_set(pid, 7, 1))
		return true;	/* the machine has none: it begins earlier */
	do {
		if (ptrace(PTRACE_CONT, pid, NULL, sig == SIGTRAP ? 0 : sig) || !await_stop(pid, &sig) ||
		    ptrace(PTRACE_GETREGS, pid, NULL, &regs))
			return false;
	} while (sig != SIGTRAP || regs.rip != addr);
	return debug_register_set(pid, 7, 0);
}

static bool is_code(pid_t pid, uint64_t addr)
{
	char path[64], line[512], executable[2];
	uint64_t from, to;
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "%" SCNx64 "-%" SCNx64 " %*c%*c%1[x]", &from, &to, executable) == 3 && addr >= from && addr < to;
	if (f)
		fclose(f);
	return found;
}

/* A program without libc does its work from the entry on: it is not to go further. */
static bool calls_kernel(pid_t pid, uint64_t rip)
{
	return (ptrace(PTRACE_PEEKTEXT, pid, rip, NULL) & 0xffff) == 0x050f;
}

/* From the entry to the call of libc's start function: main() is its first argument. 0: not found. False: it ended. */
static bool main_find(pid_t pid, uint64_t *ret)
{
	struct user_regs_struct before, after;
	int sig;

	*ret = 0;
	if (ptrace(PTRACE_GETREGS, pid, NULL, &before))
		return false;
	for (int i = 0; i < STEPS_MAX && !*ret && !calls_kernel(pid, before.rip); i++, before = after) {
		if (ptrace(PTRACE_SINGLESTEP, pid, NULL, 0) || !await_stop(pid, &sig) || ptrace(PTRACE_GETREGS, pid, NULL, &after))
			return false;
		if (after.rsp == before.rsp - 8 && after.rip - before.rip > CALL_MAX &&
		    (uint64_t)ptrace(PTRACE_PEEKDATA, pid, after.rsp, NULL) - before.rip <= CALL_MAX && is_code(pid, after.rdi))
			*ret = after.rdi;
	}
	return true;
}

bool evaltime_reach(pid_t pid, uint64_t when)
{
	uint64_t entry = when == EVALTIME_EXEC ? 0 : entry_find(pid), addr;

	if (!entry)
		return true;
	if (!run_to(pid, entry))
		return false;
	if (when == EVALTIME_PREINIT)
		return true;
	return main_find(pid, &addr) && (!addr || run_to(pid, addr));
}
