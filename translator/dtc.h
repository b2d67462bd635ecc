/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The translator's common ground: a compilation (struct dtc), places in
 * scripts, diagnostics, memory. Nothing below main() exits or prints to
 * stderr by itself; errors are reported with diag_*() and counted.
 */
#ifndef DTC_H
#define DTC_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef uint8_t u8; typedef uint16_t u16; typedef uint32_t u32; typedef uint64_t u64;
typedef int8_t s8; typedef int16_t s16; typedef int32_t s32; typedef int64_t s64;

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* --- memory: everything a compilation makes lives until it ends --- */
void *mem_alloc(size_t size);			/* zeroed; out of memory is fatal with a message */
void mem_release(void);				/* all of it: for tests that make many compilations */
void *mem_grow(void *array, size_t *capacity, size_t count, size_t elem_size);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t n);
char *mem_vprintf(const char *fmt, va_list ap);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* growing text (emitted C, tree dumps) */
struct text { char *data; size_t len, cap; };
void text_add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_write(struct text *t, const void *data, size_t len);

/* --- places --- */
struct source {
	const char *name;	/* as shown: "script.d", "description", "inline" */
	const char *text;
	size_t len;
	u32 index;		/* in dtc->sources: the row of the file table */
	bool is_library;	/* a tapset */
	bool is_included;	/* by the preprocessor: a header of C */
	bool is_own;		/* one of ours: what a definition says is checked where it is used, for a kernel need not have all of it */
	bool is_oneliner;	/* from -n -P -m -f -i */
	u32 first_line;		/* number of the first line of text (#line, #include); 0 stands for 1 */
};
struct loc {			/* a range of a source; lines and columns from 1 */
	const struct source *src;
	u32 line, column;
	u32 end_line, end_column;	/* one past the last character */
};

/* --- diagnostics --- */
/*
 * An error is a tag (D_SYNTAX ...), a range and a message in lower case without
 * a final full stop. It is shown as
 *
 *	script.d:3:14: error: [D_IDENT_UNDEF] unknown variable 'execnam'
 *	    3 | { trace(execnam); }
 *	      |         ^~~~~~~
 *	      = did you mean 'execname'?
 *
 * after all passes that can go on have gone on. `hint` (may be NULL) is what to
 * do about it. At most one error is kept for a place. diag_flush() prints all
 * in source order, preceded by `dtc: failed to compile script F: ` lines (see
 * d-language.md) as DTrace does.
 */
struct dtc;
void diag_error(struct dtc *dtc, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
void diag_warn(struct dtc *dtc, const struct loc *loc, const char *tag, const char *hint, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* What is said and is no error: without a place. */
void diag_note(struct dtc *dtc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
size_t diag_errors(const struct dtc *dtc);
void diag_flush(struct dtc *dtc);		/* to stderr: what has come since the last time */
void diag_show(struct dtc *dtc, FILE *f);
/* The candidate nearest to `name` by edit distance, or NULL when none is near. Call with each, then ask. */
struct nearest { const char *name; const char *best; unsigned distance; };
void nearest_init(struct nearest *n, const char *name);
void nearest_try(struct nearest *n, const char *candidate);
const char *nearest_hint(const struct nearest *n);	/* "did you mean 'x'?" or NULL */

/* translator/tags.c: what each tag means; ended by NULL */
struct error_tag { const char *tag, *help; };
extern const struct error_tag error_tags[];

/* --- options of D: -x and #pragma D option --- */
/* translator/options.c has the table: name, kind, default, range, help, compile time or run time. */
struct options {
	u64 strsize, stackframes, ustackframes, jstackframes, maxframes, scratchsize, pcapsize, stdc, version, linkmode;
	bool quiet, flowindent, destructive, zdefs, errtags, cpp, defaultargs, argref, empty, nolibs, verbose_set, knodefs;
	struct option_set { const char *name, *value; struct loc loc; } *set;	/* every one that was set, in order */
	size_t nset, cap;
};
/* 0, or reports an error at loc (NULL: the command line) and returns -1. */
int option_set(struct dtc *dtc, const char *name, const char *value, const struct loc *loc);

void options_explain(struct dtc *dtc);	/* with -v: which of those that were set have no effect */

enum pass { PASS_PARSE, PASS_RESOLVE, PASS_CHECK, PASS_EMIT, PASS_BUILD, PASS_RUN, PASS_NR };

/* A probe description on the command line or a script, in the order given */
struct input {
	enum input_kind { INPUT_SCRIPT, INPUT_NAME, INPUT_PROVIDER, INPUT_MODULE, INPUT_FUNCTION, INPUT_ID } kind;
	struct source *src;	/* its name is that of messages: a description is cropped where its predicate or actions begin */
	struct program *program;	/* after parse */
	bool is_empty;			/* after parse: it has declarations and no more */
	struct attributes *attributes;	/* after check: the least of its descriptions, of its statements (sema/stability.h) */
};

/* A compilation. */
struct dtc {
	const char *progname;		/* "dtc" */
	struct options opt;
	struct input *inputs;
	size_t ninputs;
	struct source **sources;
	size_t nsources;
	char **args;			/* $1..; args[0] is $0, the script's name */
	size_t nargs;
	bool *args_used;		/* by a macro of a script, for each of args */
	bool parse_dropped;		/* errors made the parser leave something out: later passes would only repeat them */
	const char *output_file;	/* -o */
	const char **commands; size_t ncommands;	/* -c */
	const char **pids; size_t npids;	/* -p */
	const char **lib_paths; size_t nlib_paths;	/* -L, in order */
	const char **cpp_args; size_t ncpp_args;	/* -D, -U, -I, -H as the preprocessor takes them */
	const char *cpp_path;		/* -x cpppath */
	bool params_at_load;		/* -m: $1.. are taken by dtrun */
	const char *release;		/* kernel to compile for */
	const char *kernel_root;	/* "" for /, or a root that holds its boot/, lib/modules/ (--kernel-root) */
	const char *vmlinux;		/* --vmlinux: file with the kernel's debug information; NULL: looked for */
	const char *module_name;	/* -m */
	enum pass stop_after;
	int verbose;
	bool keep, list, show_code;
	bool make_header;		/* -h */
	bool show_product;		/* --stop-after: print what the last pass made */
	struct tree_unit *unit;		/* parse: all inputs and needed tapsets, in order */
	struct probe_set *probes;	/* resolve */
	struct emitted *emitted;	/* emit */
	char *module_path;		/* build */
	struct kernel *kernel;		/* debuginfo: opened on first use, see kernel_get() */
	struct diags *diags;
	struct types *types;		/* sema/type.h */
};

/* The passes. Each returns 0 or -1 with errors reported. */
int pass_parse(struct dtc *dtc);	/* syntax/parse.c */
int header_make(struct dtc *dtc);	/* syntax/header.c: -h, after parse */
int object_make(struct dtc *dtc);	/* build/object.c: -G, after parse */
int pass_resolve(struct dtc *dtc);	/* providers/resolve.c: descriptions -> probes, clauses of each, groups */
int pass_check(struct dtc *dtc);	/* sema/check.c */
int pass_emit(struct dtc *dtc);		/* emit/emit.c: C text and metadata */
int pass_build(struct dtc *dtc);	/* build/build.c: the module, from the cache where it is there */
int pass_run(struct dtc *dtc);		/* build/run.c: exec dtrun */
int run_processes_check(struct dtc *dtc);	/* whether those of -p are there */

#endif
