/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dtrun's common ground: errors, the metadata of a module, options, output,
 * and the session that ties them together. Nothing below main() exits or
 * prints an error by itself, but for the notices of a running trace.
 */
#ifndef DTRUN_H
#define DTRUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <dtc/control.h>
#include <dtc/format.h>
#include <dtc/limits.h>
#include <dtc/meta.h>
#include <dtc/record.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* --- errors: functions return 0, or -1 with the error set --- */
struct error { char text[1024]; };
int error_set(struct error *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* returns -1 */

/* --- meta.c: the .dtc section. After meta_parse() every index and range in it is good. --- */
#define FIELDS_MAX 1024			/* of one action */
struct meta_chunk { const char *base; size_t row_size; uint64_t count; };
struct meta {
	char *section;			/* owned */
	size_t size;
	const char *strings;
	uint64_t strings_size;
	struct meta_chunk chunks[DTC_CHUNK_NR];
	const struct dtc_meta_general *general;
	struct format **formats;	/* of each action; NULL: none */
	uint32_t max_record;		/* bytes of the largest record */
};
int meta_parse(struct meta *m, char *section, size_t size, struct error *e);	/* takes the section, also on error */
int meta_read(struct meta *m, const char *image, size_t size, struct error *e);	/* from a module's image */
void meta_free(struct meta *m);

#define META_ROW(name, TYPE, CHUNK)							\
static inline const struct TYPE *meta_##name(const struct meta *m, uint64_t row)	\
{											\
	return (const void *)(m->chunks[CHUNK].base + row * m->chunks[CHUNK].row_size);	\
}											\
static inline uint64_t meta_n##name##s(const struct meta *m) { return m->chunks[CHUNK].count; }
META_ROW(option, dtc_meta_option, DTC_CHUNK_OPTIONS)
META_ROW(file, dtc_meta_file, DTC_CHUNK_FILES)
META_ROW(group, dtc_meta_group, DTC_CHUNK_GROUPS)
META_ROW(probe, dtc_meta_probe, DTC_CHUNK_PROBES)
META_ROW(clause, dtc_meta_clause, DTC_CHUNK_CLAUSES)
META_ROW(block, dtc_meta_block, DTC_CHUNK_BLOCKS)
META_ROW(action, dtc_meta_action, DTC_CHUNK_ACTIONS)
META_ROW(field, dtc_meta_field, DTC_CHUNK_FIELDS)
META_ROW(agg, dtc_meta_agg, DTC_CHUNK_AGGS)
META_ROW(type, dtc_meta_type, DTC_CHUNK_TYPES)
META_ROW(member, dtc_meta_member, DTC_CHUNK_MEMBERS)
META_ROW(call, dtc_meta_entry, DTC_CHUNK_ENTRIES)
#undef META_ROW
static inline uint64_t meta_group_rows(const struct dtc_meta_group *g)	/* its probes, entries of pairs among them */
{
	return (uint64_t)g->count * (g->kind == DTC_GROUP_FBT_PAIR ? 2 : 1);
}
static inline const char *meta_string(const struct meta *m, uint32_t offset) { return m->strings + offset; }

/* --- option.c: options of run time --- */
enum bufpolicy { POLICY_SWITCH, POLICY_FILL, POLICY_RING };
struct options {
	uint64_t bufsize, aggsize, dynvarsize, nspec, specsize;
	uint64_t switchrate, aggrate, statusrate;	/* ns */
	uint64_t aggsortpos, aggsortkeypos, stackindent, printsize;
	uint64_t bufpolicy;				/* enum bufpolicy: in the order of DTC_OPTION_TABLE */
	uint64_t bufresize;				/* 1: by hand alone */
	int64_t cpu;					/* -1: all */
	uint64_t quiet, flowindent, destructive, aggsortkey, aggsortrev, agghist, aggpack, aggzoom, rawbytes, noresolve, droptags,
		 aggpercpu, quietresize, evaltime;
};
enum option_when { OPTION_MODULE, OPTION_START, OPTION_RUNNING };	/* from the module, from -x, by setopt() */
void options_init(struct options *o);
int option_set(struct options *o, const char *name, const char *value, enum option_when when, struct error *e);	/* value NULL: none */
int option_list(FILE *f);		/* for --help */

/* --- symbols.c: the kernel's symbols, loaded on first use --- */
struct symbol_table;
struct user_symbols;
struct symbols { struct symbol_table *text, *data; const char *path; struct user_symbols *user; };
struct symbol { const char *module, *name; uint64_t addr, base; };	/* base: of a program: where the mapping starts */
bool symbols_find(struct symbols *s, uint64_t addr, struct symbol *ret);
void symbols_free(struct symbols *s);

/* usersym.c: symbols of programs, from their mappings and their files; what was read outlives the program */
bool symbols_user(struct symbols *s, uint32_t pid, uint64_t addr, struct symbol *ret);	/* ret->name NULL: only the file is known */
void symbols_user_note(struct symbols *s, uint32_t pid);	/* reads its mappings while it lives */
void symbols_user_expect(struct symbols *s, uint32_t pid);	/* likewise, of a program that has not run yet */
void user_symbols_free(struct user_symbols *u);

/* --- value.c: fields of records and keys of aggregations, decoded --- */
struct value {
	const struct dtc_meta_field *field;
	uint16_t kind;			/* INT STRING BYTES STACK USTACK KSYM USYM: COMM and PROBE come as STRING */
	uint16_t flags;
	uint32_t size;			/* INT: 1 2 4 8 */
	int64_t num;			/* INT, KSYM, USYM */
	uint32_t pid;			/* USTACK, USYM */
	const char *bytes;		/* STRING (not NUL-terminated), BYTES, STACK and USTACK (frames, unaligned) */
	uint32_t len;			/* bytes of it; STACK, USTACK: frames */
};
void value_from_record(const struct meta *m, const struct dtc_meta_field *f, const char *record, uint32_t probe, struct value *v);
/* Words that the key takes, or -1. */
int value_from_key(const struct meta *m, const struct dtc_meta_field *f, const uint64_t *words, size_t n, struct value *v);
uint64_t value_frame(const struct value *v, uint32_t i);
const char *meta_probe_part(const struct meta *m, uint32_t probe, unsigned part);

/* --- agg.c: the master aggregations --- */
struct agg_entry {
	struct agg_entry *next;
	uint32_t agg, key_words;
	uint64_t hash;
	int64_t normal;			/* 1: not normalized */
	uint64_t words[];		/* key, then data; then the data of each CPU, where they are kept */
};
struct aggs {
	const struct meta *meta;
	struct symbols *symbols;
	struct agg_entry **buckets;
	size_t nbuckets, count;
	uint32_t ncpus;			/* whose data are kept apart; 0: none */
	bool *printed;			/* by row: printa() printed entries of it */
	int64_t *normal;		/* by row: of entries to come */
	uint32_t *canon[4];		/* by probe: the first probe with the same part of its name */
	struct agg_module *modules[256];	/* of mod() and umod() */
};
int aggs_init(struct aggs *a, const struct meta *m, struct symbols *s, struct error *e);
void aggs_free(struct aggs *a);
int aggs_add(struct aggs *a, uint32_t cpu, const struct dtc_agg_entry *entry, const uint64_t *words, struct error *e);	/* entry->words of them */
void aggs_clear(struct aggs *a, uint32_t row);
int aggs_trunc(struct aggs *a, uint32_t row, int64_t keep, const struct options *o, struct error *e);
void aggs_normalize(struct aggs *a, uint32_t row, int64_t by);
size_t value_from_keys(const struct meta *m, const struct agg_entry *e, struct value *v);	/* how many */
static inline const uint64_t *agg_data(const struct agg_entry *e) { return e->words + e->key_words; }
int64_t agg_number(const struct dtc_meta_agg *g, const uint64_t *data, int64_t normal);	/* the value of a function with one */
bool agg_is_distribution(uint32_t func);
/* Entries of one aggregation in order of printing; *ret is to be freed. */
int aggs_sorted(struct aggs *a, uint32_t row, const struct options *o, struct agg_entry ***ret, size_t *n, struct error *e);
/* Rows of several aggregations joined by key: ret[i * naggs + j] is the entry of rows[j], or NULL. */
int aggs_joined(struct aggs *a, const uint32_t *rows, size_t naggs, const struct options *o, struct agg_entry ***ret, size_t *n, struct error *e);

/* --- output.c --- */
struct output {
	FILE *f;
	bool is_file;			/* f is not stdout */
	char *path;			/* for messages */
	int base_fd;			/* what f wrote to before freopen(), -1: it does */
	bool base_is_file;
	char *base_path;
	bool has_packets;		/* pcap() has written to f since freopen() */
};
int output_open(struct output *o, const char *path, struct error *e);		/* NULL: stdout */
int output_reopen(struct output *o, const char *path, struct error *e);	/* freopen(); 1: cannot open it */
int output_flush(struct output *o, struct error *e);
void output_close(struct output *o);

/* --- hist.c: distributions --- */
void hist_print(FILE *f, const struct dtc_meta_agg *agg, const uint64_t *data, int64_t normal, const struct options *o);
#define HIST_LABEL 40
#define HIST_ZOOM  0.95L	/* of the bar, for the largest bucket under aggzoom */
int hist_label(const struct dtc_meta_agg *agg, uint32_t bucket, uint32_t nbuckets, uint32_t first, char text[HIST_LABEL]);	/* its length; first: the one that is shown first */
void hist_bar(FILE *f, int64_t value, int64_t normal, long double total, bool positives, bool negatives);	/* and the count, to the line's end */
/* agghist, aggpack: a line for each key, all drawn to one scale. */
struct packing {
	enum { PACK_NONE, PACK_TOTAL, PACK_BUCKETS } kind;
	bool positives, negatives, zoom;
	long double total;		/* TOTAL: what a full bar stands for */
	uint32_t first, last;		/* BUCKETS: those that any entry has, and one on either side */
};
struct packing packing_of(const struct dtc_meta_agg *agg, struct agg_entry *const *entries, size_t n, const struct options *o);
void pack_heading(FILE *f, const struct dtc_meta_agg *agg, const struct packing *p, int width);
void pack_line(FILE *f, const struct dtc_meta_agg *agg, const struct packing *p, const uint64_t *data, int64_t normal);

uint64_t llquantize_buckets(const struct dtc_meta_agg *agg);	/* between the lowest and the highest one */
uint64_t llquantize_bound(const struct dtc_meta_agg *agg, uint64_t bucket);	/* where one of those starts; of the one after the last: its end */

/* --- the session --- */
struct session;
struct printer {			/* what printing of values needs */
	FILE *f;
	const struct meta *meta;
	struct symbols *symbols;
	const struct options *opt;
	uint32_t target;		/* whose addresses %A shows; 0: none */
};
/* print.c */
void print_value(const struct printer *p, const struct value *v, bool quiet, bool is_key);	/* as trace() does, or as a key */
int print_width(const struct value *v, bool packed);		/* of its column; negative: set to the left */
void print_packed_key(const struct printer *p, const struct value *v);	/* before a line of agghist or aggpack */
void print_stack(const struct printer *p, const struct value *v, int indent, const struct format_conv *c, int width, int precision);
void print_bytes(const struct printer *p, const char *bytes, uint32_t len);
void print_agg_value(const struct printer *p, const struct agg_entry *e, const struct dtc_meta_agg *agg);
void print_agg_cpus(const struct printer *p, const struct agg_entry *e, const struct dtc_meta_agg *agg, uint32_t ncpus);
/* One conversion. `e` is the aggregation's entry for @; NULL prints 0. */
void print_conv(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v);
void print_conv_agg(const struct printer *p, const struct format_conv *c, int width, int precision, const struct dtc_meta_agg *agg,
		    const struct agg_entry *e);
/* A whole format; takes values from v in turn, aggregations from entries. */
void print_format(const struct printer *p, const struct format *fmt, const struct value *v, size_t n,
		  struct agg_entry *const *entries, const uint32_t *rows, size_t naggs);
/* packet.c: pcap() */
struct session;
struct packets { FILE *f; pid_t pid; bool failed, told; };	/* to tshark */
int packet_print(struct session *s, const struct printer *printer, const char *record, uint32_t size, uint32_t link, struct error *e);
void packets_close(struct packets *k);

/* typed.c: print() */
void print_typed(const struct printer *p, const struct value *v);
void print_pointee(const struct printer *p, uint64_t address, const struct value *v);	/* v: what was there */
void print_vars(const struct printer *p, const struct value *v, bool one_line);	/* $$vars */
char *vars_text(const struct printer *p, const struct value *v);	/* the same on one line; NULL: no memory */

/* consume.c: per-CPU record streams merged by time */
struct stream { int fd; uint32_t cpu; char *buf; size_t start, end; bool ended; };
struct streams { struct stream *v; size_t n; size_t cap; };
typedef int record_fn(void *arg, uint32_t cpu, const struct dtc_record *r, struct error *e);
void streams_init(struct streams *s, size_t n, uint32_t max_record);	/* for about n */
int streams_add(struct streams *s, uint32_t cpu, int fd, struct error *e);	/* takes fd over */
void streams_free(struct streams *s);
/* Calls fn with every record older than `before`, in order of time. */
int streams_consume(struct streams *s, const struct meta *m, uint64_t before, record_fn *fn, void *arg, struct error *e);
int record_check(const struct meta *m, const struct dtc_record *r, struct error *e);	/* r->size bytes are there */
/* Reads one aggN file into the master. */
int aggs_read(struct aggs *a, int fd, uint32_t cpu, char *buf, size_t size, struct error *e);

/* target.c: -c and -p */
struct target { pid_t pid; int fd; bool is_child, is_released, is_gone, exited; };	/* gone: it ended before it was released, and was waited for */
int target_start(struct target *t, const char *command, uint64_t evaltime, struct error *e);	/* stopped at that time of its life */
/* evaltime.c: from the first instruction on. False: the process ended on its way. */
enum evaltime { EVALTIME_POSTINIT, EVALTIME_EXEC, EVALTIME_PREINIT, EVALTIME_MAIN };	/* in the order of DTC_OPTION_TABLE */
bool evaltime_reach(pid_t pid, uint64_t when);
int target_watch(struct target *t, pid_t pid, struct error *e);
int target_release(struct target *t, struct error *e);		/* lets it run */
void target_end(struct target *t);

/* guardian.c: unloads the module when dtrun dies */
struct guardian { pid_t pid; int fd, pidfd; };
int guardian_start(struct guardian *g, struct error *e);
void guardian_name(struct guardian *g, const char *module);	/* "": nothing to unload */
void guardian_end(struct guardian *g);
void sweep(bool verbose);		/* unloads what dead runs left */
int module_remove(const char *name, unsigned timeout_ms);	/* 0 or -errno */
bool module_in_use(const char *name);	/* its control file is open */

/* load.c */
struct image { char *data; size_t size; bool is_signed; };
int image_read(struct image *i, const char *path, struct error *e);
void image_free(struct image *i);
int image_rename(struct image *i, const char *from, const char *to, struct error *e);
int release_check(const struct meta *m, struct error *e);
int module_load(struct image *i, const struct meta *m, struct guardian *g, char name[DTC_NAME_MAX], struct error *e);

/* control.c */
struct control { int fd; char name[DTC_NAME_MAX]; struct dtc_info info; };
int control_open(struct control *c, struct error *e);
int control_config(struct control *c, struct dtc_config *config, bool resize, struct error *e);	/* resize: smaller where memory lacks */
int control_attach(struct control *c, struct session *s, struct error *e);
int control_go(struct control *c, struct error *e);
int control_info(struct control *c, struct error *e);
int control_sync(struct control *c, struct dtc_sync *sync, struct error *e);
int control_status(struct control *c, uint32_t cpu, struct dtc_status *st, struct error *e);
int control_halt(struct control *c, bool *tight, struct error *e);	/* nothing fires any more but END, which may lack room */
int control_stop(struct control *c, struct error *e);
static inline bool control_has_cpu(const struct control *c, uint32_t cpu) { return c->info.cpus[cpu / 8] >> (cpu % 8) & 1; }

/* spec.c: what was speculated, until it is committed or discarded */
struct spec { uint64_t generation; bool ended; char *data; size_t size, cap; };
struct specs { struct spec *v; uint32_t n; uint64_t limit; };
void specs_free(struct specs *s);
/* 1: the record was one of a speculation and is taken care of; 0: it was not; -1: an error. */
int specs_record(struct session *s, uint32_t cpu, const struct dtc_record *r, struct error *e);

/* drops.c */
struct drops { uint64_t *seen; uint32_t ncpus; };
int drops_report(struct drops *d, struct session *s, struct error *e);

struct flow { int indent; uint32_t last_id; bool has_last; };

struct session {
	const char *progname;
	struct options opt;
	bool verbose, permit_destructive;
	const char *module_path;
	char **args;			/* $1.. */
	int nargs;
	struct meta meta;
	struct image image;
	struct symbols symbols;
	struct aggs aggs;
	struct output out;
	struct target *targets;		/* the first is $target */
	size_t ntargets;
	struct guardian guardian;
	struct control control;
	uint64_t bufsize, aggsize, dynvarsize;	/* that there are: less than the options say where memory lacks */
	struct streams streams;
	int *agg_fds;			/* by index of streams */
	uint32_t nuntraced;		/* CPUs, as SYNC told last */
	struct drops drops;
	struct specs specs;
	struct packets packets;
	int signal_fd;
	bool heading;			/* was printed */
	struct flow *flows;		/* flowindent: by CPU */
	int status;			/* exit status */
	bool exiting, impatient, interrupted;
};
/* action.c: prints one record */
int session_record(void *session, uint32_t cpu, const struct dtc_record *r, struct error *e);
int session_print(struct session *s, uint32_t cpu, const struct dtc_record *r, struct error *e);
void session_fault(struct session *s, const struct dtc_fault_record *r);
int session_print_aggs(struct session *s, struct error *e);	/* all that the script did not print */
void session_notice(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));	/* to stderr */
/* cpus.c */
int cpus_open(struct session *s, struct error *e);	/* those that are online */
int cpus_update(struct session *s, const struct dtc_sync *sync, struct error *e);	/* and those that have come since */
/* session.c */
int session_run(struct session *s, struct error *e);
/* inspect.c */
void meta_inspect(FILE *f, const struct meta *m);

#endif
