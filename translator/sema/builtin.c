// SPDX-License-Identifier: GPL-2.0
/*
 * The words of D that are no keywords: built-in variables, subroutines,
 * actions, aggregating functions. These tables are the only source for the
 * checker, the man pages and --help. In a prototype [x] is optional, @ stands
 * for an argument of any type, ... for any number of them.
 */
#include <string.h>
#include "builtin.h"

#define ARG(n) { "arg" #n, BI_ARG0 + n, "int64_t", "argument " #n " of the probe as an integer", true }

const struct builtin_var builtin_vars[] = {
	ARG(0), ARG(1), ARG(2), ARG(3), ARG(4), ARG(5), ARG(6), ARG(7), ARG(8), ARG(9),
	{ "args", BI_ARGS, NULL, "args[N]: argument N with its type", true },
	{ "caller", BI_CALLER, "uintptr_t", "address from which the probed function was called; kernel code", true },
	{ "cpu", BI_CPU, "int", "number of this CPU, from 0", true },
	{ "curcpu", BI_CURCPU, "cpuinfo_t *", "this CPU", false },
	{ "curthread", BI_CURTHREAD, "struct task_struct *", "the kernel's structure of this thread", true },
	{ "epid", BI_EPID, "uint64_t", "number of the enabled probe, from 1", true },
	{ "errno", BI_ERRNO, "int", "error of the system call that returned last in this thread, 0: none", true },
	{ "execargs", BI_EXECARGS, "string", "arguments of this process", true },
	{ "execname", BI_EXECNAME, "string", "name of this process, at most 15 characters", true },
	{ "gid", BI_GID, "gid_t", "real group id", true },
	{ "id", BI_ID, "uint_t", "id of the probe, as dtc -l lists it", true },
	{ "ipl", BI_IPL, "uint_t", "interrupt level: 0 in a process", true },
	{ "pid", BI_PID, "pid_t", "process id", true },
	{ "ppid", BI_PPID, "pid_t", "process id of the parent", true },
	{ "probefunc", BI_PROBEFUNC, "string", "function of the probe", true },
	{ "probemod", BI_PROBEMOD, "string", "module of the probe", true },
	{ "probename", BI_PROBENAME, "string", "name of the probe", true },
	{ "probeprov", BI_PROBEPROV, "string", "provider of the probe", true },
	{ "stackdepth", BI_STACKDEPTH, "uint32_t", "frames on the kernel's stack", true },
	{ "tid", BI_TID, "id_t", "thread id", true },
	{ "timestamp", BI_TIMESTAMP, "uint64_t", "nanoseconds of a clock that only goes forward, not related to the date", true },
	{ "ucaller", BI_UCALLER, "uint64_t", "address in the program from which it was called", true },
	{ "uid", BI_UID, "uid_t", "real user id", true },
	{ "uregs", BI_UREGS, NULL, "uregs[R_N]: the program's register N", true },
	{ "ustackdepth", BI_USTACKDEPTH, "uint32_t", "frames on the program's stack", true },
	{ "vtimestamp", BI_VTIMESTAMP, "uint64_t", "nanoseconds that this thread has been on a CPU", true },
	{ "walltimestamp", BI_WALLTIMESTAMP, "int64_t", "nanoseconds since 1970-01-01 00:00 UTC", true },
	{ NULL, BI_NR, NULL, NULL, false },
};

#define SUBR(name, id, proto, help, ok) { name, FN_##id, FUNC_SUBR, proto, help, false, ok }
#define ACTION(name, id, proto, help, ok) { name, FN_##id, FUNC_ACTION, proto, help, false, ok }
#define DESTRUCTIVE(name, id, kind, proto, help, ok) { name, FN_##id, kind, proto, help, true, ok }
#define AGG(name, id, proto, help, ok) { name, FN_##id, FUNC_AGG, proto, help, false, ok }

const struct func_desc func_descs[] = {
	SUBR("alloca", ALLOCA, "void *(size_t)", "so many bytes of scratch memory until the clause ends", true),
	SUBR("basename", BASENAME, "string(const char *)", "last part of a path", true),
	SUBR("bcopy", BCOPY, "void(void *, void *, size_t)", "copy memory into scratch memory", true),
	SUBR("cleanpath", CLEANPATH, "string(const char *)", "path without . .. and double slashes", true),
	SUBR("copyin", COPYIN, "void *(uintptr_t, size_t)", "so many bytes at an address of the program, in scratch memory", true),
	SUBR("copyinstr", COPYINSTR, "string(uintptr_t, [size_t])", "string at an address of the program, at most strsize or so many bytes", true),
	SUBR("copyinto", COPYINTO, "void(uintptr_t, size_t, void *)", "copy from the program's memory into scratch memory", true),
	DESTRUCTIVE("copyout", COPYOUT, FUNC_ACTION, "void(void *, uintptr_t, size_t)", "write into the program's memory", true),
	DESTRUCTIVE("copyoutstr", COPYOUTSTR, FUNC_ACTION, "void(char *, uintptr_t, size_t)", "write a string into the program's memory", true),
	SUBR("d_path", D_PATH, "string(struct path *)", "name of a path of the kernel's", true),
	SUBR("_mount_path", MOUNT_PATH, "string(struct vfsmount *)", "where a file system is mounted", true),
	SUBR("dirname", DIRNAME, "string(const char *)", "path without its last part", true),
	SUBR("getmajor", GETMAJOR, "dev_t(dev_t)", "major number of a device", true),
	SUBR("getminor", GETMINOR, "dev_t(dev_t)", "minor number of a device", true),
	SUBR("htonl", HTONL, "uint32_t(uint32_t)", "32 bits to network order", true),
	SUBR("htonll", HTONLL, "uint64_t(uint64_t)", "64 bits to network order", true),
	SUBR("htons", HTONS, "uint16_t(uint16_t)", "16 bits to network order", true),
	SUBR("index", INDEX, "int(const char *, const char *, [int])", "place of the first occurrence of a string in another from a position on, or -1", true),
	SUBR("inet_ntoa", INET_NTOA, "string(ipaddr_t *)", "IPv4 address as text", true),
	SUBR("inet_ntoa6", INET_NTOA6, "string(struct in6_addr *, [int])", "IPv6 address as text; nonzero: an embedded IPv4 address with what is before it", true),
	SUBR("inet_ntop", INET_NTOP, "string(int, void *)", "address of a family (AF_INET, AF_INET6) as text", true),
	SUBR("json", JSON, "string(const char *, const char *)", "element of a JSON text, by a path as a.b[2]; NULL where there is none", true),
	SUBR("link_ntop", LINK_NTOP, "string(int, void *)", "hardware address as text", true),
	SUBR("lltostr", LLTOSTR, "string(int64_t, [int])", "number as text, in base 10 or another from 2 to 36", true),
	SUBR("mutex_owned", MUTEX_OWNED, "int(struct mutex *)", "whether this thread holds a mutex", true),
	SUBR("mutex_owner", MUTEX_OWNER, "struct task_struct *(struct mutex *)", "thread that holds a mutex", true),
	SUBR("mutex_type_adaptive", MUTEX_TYPE_ADAPTIVE, "int(struct mutex *)", "whether a mutex sleeps", true),
	SUBR("mutex_type_spin", MUTEX_TYPE_SPIN, "int(struct mutex *)", "whether a mutex spins", true),
	SUBR("ntohl", NTOHL, "uint32_t(uint32_t)", "32 bits from network order", true),
	SUBR("ntohll", NTOHLL, "uint64_t(uint64_t)", "64 bits from network order", true),
	SUBR("ntohs", NTOHS, "uint16_t(uint16_t)", "16 bits from network order", true),
	SUBR("progenyof", PROGENYOF, "int(pid_t)", "whether this process descends from another", true),
	SUBR("rand", RAND, "int()", "a pseudo-random number, not fit for secrets", true),
	SUBR("rindex", RINDEX, "int(const char *, const char *, [int])", "place of the last occurrence of a string in another up to a position, or -1", true),
	SUBR("rw_iswriter", RW_ISWRITER, "int(rwlock_t *)", "whether a writer holds or waits for a lock", true),
	SUBR("rw_read_held", RW_READ_HELD, "int(rwlock_t *)", "whether readers hold a lock", true),
	SUBR("rw_write_held", RW_WRITE_HELD, "int(rwlock_t *)", "whether a writer holds a lock", true),
	SUBR("speculation", SPECULATION, "int()", "number of a new speculation; 0: none is free", true),
	SUBR("strchr", STRCHR, "string(const char *, char)", "string from the first such character, or NULL", true),
	SUBR("strjoin", STRJOIN, "string(const char *, const char *)", "two strings as one", true),
	SUBR("strlen", STRLEN, "size_t(const char *)", "length of a string", true),
	SUBR("strrchr", STRRCHR, "string(const char *, char)", "string from the last such character, or NULL", true),
	SUBR("strstr", STRSTR, "string(const char *, const char *)", "string from where another stands in it, or NULL", true),
	SUBR("strtok", STRTOK, "string(const char *, const char *)", "next word of a string, or NULL; NULL as a string goes on with the one before", true),
	SUBR("strtoll", STRTOLL, "int64_t(const char *, [int])", "number at the start of a string, in base 10 or another from 2 to 36", true),
	SUBR("substr", SUBSTR, "string(const char *, int, [int])", "part of a string from a position on; a negative one counts from the end; so many characters", true),
	SUBR("tolower", TOLOWER, "string(const char *)", "string in lower case", true),
	SUBR("toupper", TOUPPER, "string(const char *)", "string in upper case", true),

	DESTRUCTIVE("chill", CHILL, FUNC_ACTION, "void(int)", "spin for that many nanoseconds; at most 500 ms in a second on each CPU", true),
	ACTION("clear", CLEAR, "void(@)", "set the values of an aggregation to zero, its keys stay", true),
	ACTION("commit", COMMIT, "void(int)", "send what that speculation holds; before any action that records", true),
	ACTION("denormalize", DENORMALIZE, "void(@)", "undo normalize()", true),
	ACTION("discard", DISCARD, "void(int)", "forget what that speculation holds", true),
	ACTION("exit", EXIT, "void(int)", "end tracing with that exit status, once this clause is done", true),
	DESTRUCTIVE("freopen", FREOPEN, FUNC_ACTION, "void(@, ...)", "append the output from here on to a file, named by a format; an empty name goes back", true),
	DESTRUCTIVE("ftruncate", FTRUNCATE, FUNC_ACTION, "void()", "empty the output file", true),
	ACTION("func", FUNC, "_symaddr(uintptr_t)", "kernel function at an address", true),
	ACTION("jstack", JSTACK, "stack([uint32_t], [uint32_t])", "the program's stack as ustack(), 50 frames without an argument", true),
	ACTION("mod", MOD, "_symaddr(uintptr_t)", "kernel module at an address", true),
	ACTION("normalize", NORMALIZE, "void(@, uint64_t)", "divide the values of an aggregation by a number when they are printed", true),
	DESTRUCTIVE("panic", PANIC, FUNC_ACTION, "void()", "crash the kernel", true),
	ACTION("pcap", PCAP, "void(void *, int)", "record a packet of the network", true),
	ACTION("print", PRINT, "void(@)", "print a value of any type with its member names; of a pointer, itself and what is not 0 of what it points to; at most printsize bytes", true),
	ACTION("printa", PRINTA, "void(@, ...)", "print aggregations, by a format where one is given", true),
	ACTION("printf", PRINTF, "void(string, ...)", "print by a format, see FORMATS", true),
	DESTRUCTIVE("raise", RAISE, FUNC_ACTION, "void(int)", "send a signal to this process", true),
	ACTION("setopt", SETOPT, "void(const char *, [const char *])", "set an option while the script runs", true),
	ACTION("speculate", SPECULATE, "void(int)", "what the clause records from here on goes into that speculation; 0: nowhere", true),
	ACTION("stack", STACK, "stack([uint32_t])", "the kernel's stack; so many frames, at most 127, 20 without an argument", true),
	DESTRUCTIVE("stop", STOP, FUNC_ACTION, "void()", "stop this process", true),
	ACTION("sym", SYM, "_symaddr(uintptr_t)", "kernel symbol at an address", true),
	DESTRUCTIVE("system", SYSTEM, FUNC_ACTION, "void(@, ...)", "run a shell command, made by a format, when its record is printed", true),
	ACTION("trace", TRACE, "void(@)", "print a value in its default form", true),
	ACTION("tracemem", TRACEMEM, "void(@, size_t, [size_t])", "print so many bytes from an address; the third argument limits how many of them", true),
	ACTION("trunc", TRUNC, "void(@, [int64_t])", "keep the N first entries of an aggregation, the N last for -N, none without N", true),
	ACTION("uaddr", UADDR, "_usymaddr(uintptr_t)", "program's symbol and offset at an address", true),
	ACTION("ufunc", UFUNC, "_usymaddr(uintptr_t)", "program's function at an address", true),
	ACTION("umod", UMOD, "_usymaddr(uintptr_t)", "program's object at an address", true),
	ACTION("ustack", USTACK, "stack([uint32_t], [uint32_t])", "the program's stack; so many frames, at most 127, and bytes of names; programs need frame pointers", true),
	ACTION("usym", USYM, "_usymaddr(uintptr_t)", "program's symbol at an address", true),

	AGG("avg", AVG, "void(@)", "the mean, towards zero", true),
	AGG("count", COUNT, "void()", "how often it was reached", true),
	AGG("llquantize", LLQUANTIZE, "void(@, int32_t, int32_t, int32_t, int32_t, ...)", "distribution, linear within powers: value, factor, lowest and highest power, steps in each, weight", true),
	AGG("lquantize", LQUANTIZE, "void(@, int32_t, int32_t, ...)", "distribution in equal steps: value, from, below (32 bits), step (1 to 65535; at most 4096 levels), weight", true),
	AGG("max", MAX, "void(@)", "the largest value", true),
	AGG("min", MIN, "void(@)", "the smallest value", true),
	AGG("quantize", QUANTIZE, "void(@, ...)", "distribution by powers of two; the second argument is the weight, 1 without it", true),
	AGG("stddev", STDDEV, "void(@)", "the standard deviation", true),
	AGG("sum", SUM, "void(@)", "the sum", true),
	{ NULL, FN_NR, FUNC_SUBR, NULL, NULL, false, false },
};

const struct builtin_var *builtin_var_find(const char *name)
{
	const struct builtin_var *b;

	for (b = builtin_vars; b->name; b++)
		if (!strcmp(b->name, name))
			return b;
	return NULL;
}

const struct func_desc *func_find(const char *name)
{
	const struct func_desc *f;

	for (f = func_descs; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}
