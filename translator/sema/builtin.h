/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tables of D's words: built-in variables, functions (subroutines,
 * actions, aggregating functions). sema/builtin.c has them; code, man page
 * and --help are made from them.
 */
#ifndef DTC_BUILTIN_H
#define DTC_BUILTIN_H

#include "type.h"

enum builtin_id {
	BI_ARG0, BI_ARG1, BI_ARG2, BI_ARG3, BI_ARG4, BI_ARG5, BI_ARG6, BI_ARG7, BI_ARG8, BI_ARG9,
	BI_ARGS, BI_CALLER, BI_CPU, BI_CURCPU, BI_CURTHREAD, BI_EPID, BI_ERRNO, BI_EXECARGS, BI_EXECNAME,
	BI_GID, BI_ID, BI_IPL, BI_PID, BI_PPID, BI_PROBEFUNC, BI_PROBEMOD, BI_PROBENAME, BI_PROBEPROV,
	BI_STACKDEPTH, BI_TID, BI_TIMESTAMP, BI_UCALLER, BI_UID, BI_UREGS, BI_USTACKDEPTH,
	BI_VTIMESTAMP, BI_WALLTIMESTAMP, BI_NR
};
struct builtin_var { const char *name; enum builtin_id id; const char *type; const char *help; bool supported; };
extern const struct builtin_var builtin_vars[];	/* ended by name NULL */
const struct builtin_var *builtin_var_find(const char *name);

enum func_kind { FUNC_SUBR, FUNC_ACTION, FUNC_AGG };
enum func_id {
	/* subroutines */
	FN_ALLOCA, FN_BASENAME, FN_BCOPY, FN_CLEANPATH, FN_COPYIN, FN_COPYINSTR, FN_COPYINTO, FN_COPYOUT, FN_COPYOUTSTR,
	FN_D_PATH, FN_MOUNT_PATH, FN_DIRNAME, FN_GETMAJOR, FN_GETMINOR, FN_HTONL, FN_HTONLL, FN_HTONS, FN_INDEX, FN_INET_NTOA, FN_INET_NTOA6,
	FN_INET_NTOP, FN_JSON, FN_LINK_NTOP, FN_LLTOSTR, FN_MUTEX_OWNED, FN_MUTEX_OWNER, FN_MUTEX_TYPE_ADAPTIVE,
	FN_MUTEX_TYPE_SPIN, FN_NTOHL, FN_NTOHLL, FN_NTOHS, FN_PROGENYOF, FN_RAND, FN_RINDEX, FN_RW_ISWRITER, FN_RW_READ_HELD,
	FN_RW_WRITE_HELD, FN_SPECULATION, FN_STRCHR, FN_STRJOIN, FN_STRLEN, FN_STRRCHR, FN_STRSTR, FN_STRTOK, FN_STRTOLL,
	FN_SUBSTR, FN_TOLOWER, FN_TOUPPER,
	/* actions */
	FN_CHILL, FN_CLEAR, FN_COMMIT, FN_DENORMALIZE, FN_DISCARD, FN_EXIT, FN_FREOPEN, FN_FTRUNCATE, FN_FUNC, FN_JSTACK,
	FN_MOD, FN_NORMALIZE, FN_PANIC, FN_PCAP, FN_PRINT, FN_PRINTA, FN_PRINTF, FN_RAISE, FN_SETOPT, FN_SPECULATE, FN_STACK,
	FN_STOP, FN_SYM, FN_SYSTEM, FN_TRACE, FN_TRACEMEM, FN_TRUNC, FN_UADDR, FN_UFUNC, FN_UMOD, FN_USTACK, FN_USYM,
	/* aggregating functions */
	FN_AVG, FN_COUNT, FN_LLQUANTIZE, FN_LQUANTIZE, FN_MAX, FN_MIN, FN_QUANTIZE, FN_STDDEV, FN_SUM,
	FN_NR
};
struct func_desc {
	const char *name;
	enum func_id id;
	enum func_kind kind;
	const char *prototype;	/* "string substr(const char *, int, [int])" */
	const char *help;
	bool destructive;
	bool supported;
};
extern const struct func_desc func_descs[];	/* ended by name NULL */
const struct func_desc *func_find(const char *name);

s64 llquantize_levels(const s64 *args);	/* between the lowest and the highest bucket: factor, low, high, steps */

#endif
