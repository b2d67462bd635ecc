/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The `.dtc` section of a module: all that dtrun needs to run it and to print
 * what it sends. Written by translator/emit/meta.c, read by
 * runtime/user/meta.c, which trusts nothing in it.
 *
 * The section is a struct dtc_meta_header, then a table of chunks, then the
 * chunks, each aligned to 8 bytes. A chunk is an array of its row type. A
 * string is a byte offset into the STRINGS chunk, where it ends with NUL;
 * offset 0 is the empty string.
 */
#ifndef DTC_META_H
#define DTC_META_H

#include <linux/types.h>

#define DTC_META_SECTION ".dtc"
#define DTC_META_MAGIC	 "DTCMETA"	/* 8 bytes with the NUL */
#define DTC_META_VERSION 1
#define DTC_BANNER_NEXT "\036"	/* a description may have lines */

enum dtc_chunk_type {
	DTC_CHUNK_STRINGS,	/* char */
	DTC_CHUNK_GENERAL,	/* struct dtc_meta_general, one row */
	DTC_CHUNK_OPTIONS,	/* struct dtc_meta_option */
	DTC_CHUNK_FILES,	/* struct dtc_meta_file: the scripts, with their text */
	DTC_CHUNK_GROUPS,	/* struct dtc_meta_group */
	DTC_CHUNK_PROBES,	/* struct dtc_meta_probe, in the order of the groups */
	DTC_CHUNK_CLAUSES,	/* struct dtc_meta_clause */
	DTC_CHUNK_BLOCKS,	/* struct dtc_meta_block */
	DTC_CHUNK_ACTIONS,	/* struct dtc_meta_action */
	DTC_CHUNK_FIELDS,	/* struct dtc_meta_field */
	DTC_CHUNK_AGGS,		/* struct dtc_meta_agg */
	DTC_CHUNK_TYPES,	/* struct dtc_meta_type: for print() */
	DTC_CHUNK_MEMBERS,	/* struct dtc_meta_member */
	DTC_CHUNK_ENTRIES,	/* struct dtc_meta_entry: functions that are hooked for what they are called with */
	DTC_CHUNK_NR
};

struct dtc_meta_chunk {
	__u32 type;	/* enum dtc_chunk_type, each at most once */
	__u32 row_size;	/* bytes of a row: a reader takes rows at least as long as it knows */
	__u64 offset;	/* from the start of the section */
	__u64 count;	/* rows */
};

struct dtc_meta_header {
	char  magic[8];
	__u32 version;
	__u32 nchunks;	/* struct dtc_meta_chunk follow */
	__u64 size;	/* of the whole section */
};

#define DTC_META_DESTRUCTIVE	0x1	/* has destructive actions: wants -w at load */
#define DTC_META_NAMED		0x2	/* made by -m: the module keeps its name */
#define DTC_META_PARAMS		0x4	/* $1.. are taken at load */
#define DTC_META_DEFAULTARGS	0x8	/* those that are not given are 0 and "" */
#define DTC_META_ARGREF		0x10	/* more may be given than are used */

struct dtc_meta_general {
	__u32 release;		/* string: the kernel it was built for */
	__u32 dtc_version;	/* string */
	__u32 flags;		/* DTC_META_* */
	__u32 nparams;		/* highest $N used at load, plus one */
	__u64 hash;		/* of the script's text, options and arguments */
	__u32 template_name;	/* string: the module's name as built, which dtrun replaces */
	__u32 strsize;
	__u32 banner;		/* string: messages "matched N probes" with DTC_BANNER_NEXT between them, or empty */
	__u32 int_params;	/* bit N: $N is used as a number */
};

struct dtc_meta_option {	/* run-time options that the script or the command line set */
	__u32 name;
	__u32 value;		/* string, as written */
};

struct dtc_meta_file {
	__u32 name;
	__u32 text;		/* string: the whole text; empty for library files */
};

/* How a group's probes are attached. The rows of its probes say to what. */
enum dtc_group_kind {
	DTC_GROUP_BEGIN,
	DTC_GROUP_END,
	DTC_GROUP_ERROR,
	DTC_GROUP_PROFILE,	/* value: interval in ns; on every CPU */
	DTC_GROUP_TICK,		/* value: interval in ns; on one CPU */
	DTC_GROUP_SYSCALL_ENTRY,/* value: the call's number */
	DTC_GROUP_SYSCALL_RETURN,
	DTC_GROUP_FBT_ENTRY,	/* symbol, module */
	DTC_GROUP_FBT_RETURN,
	DTC_GROUP_FBT_PAIR,	/* return of a function whose entry is probed too: both by one kretprobe */
	DTC_GROUP_TRACEPOINT,	/* symbol: the tracepoint's name; module */
	DTC_GROUP_KPROBE,	/* symbol, module, value: offset in bytes */
	DTC_GROUP_NR
};

struct dtc_meta_group {
	__u32 kind;		/* enum dtc_group_kind */
	__u32 first;		/* row of its first probe */
	__u32 count;		/* probes to attach. FBT_PAIR has twice as many rows: `count` returns, then
				   their `count` entries in the same order (entry's row = return's row + count) */
	__u32 flags;
};

#define DTC_PROBE_OPTIONAL 0x1	/* matched by a glob: skipped, and counted, where it can't be attached */
#define DTC_PROBE_SKIP	   0x2	/* not attached, only counted: `why` */

struct dtc_meta_probe {
	__u32 id;		/* as `dtc -l` lists it */
	__u32 provider;
	__u32 module;
	__u32 function;
	__u32 name;
	__u32 flags;		/* DTC_PROBE_* */
	__u32 symbol;		/* string: kernel symbol, where it is not `function` */
	__u32 description;	/* string: the description in the script that asked for it, for messages */
	__u64 value;		/* by group kind */
	__u32 place;		/* string: where in the source and in the code it is, for messages; or empty */
	__u32 why;		/* string: SKIP */
};

struct dtc_meta_clause {
	__u32 file;
	__u32 line;
	__u32 first_block;
	__u32 nblocks;
	__s32 epid_base;	/* id of an enabled probe: this plus the probe's row */
	__u32 reserved;
};

/* A block is a run of actions recorded together: its actions share a record. */
struct dtc_meta_block {
	__u32 clause;
	__u32 size;		/* of its record, header included; 0: records nothing */
	__u32 first_action;
	__u32 nactions;
};

enum dtc_action {
	DTC_ACT_DEFAULT,	/* empty clause: the probe's line alone */
	DTC_ACT_TRACE,		/* 1 field */
	DTC_ACT_PRINTF,		/* format, fields */
	DTC_ACT_PRINTA,		/* format or empty; AGG fields */
	DTC_ACT_EXIT,		/* 1 field: the status */
	DTC_ACT_CLEAR,		/* 1 AGG field */
	DTC_ACT_TRUNC,		/* AGG field [, count] */
	DTC_ACT_NORMALIZE,	/* AGG field, divisor */
	DTC_ACT_DENORMALIZE,	/* AGG field */
	DTC_ACT_STACK,		/* 1 STACK field */
	DTC_ACT_USTACK,
	DTC_ACT_JSTACK,
	DTC_ACT_SYM,		/* 1 KSYM or USYM field: sym func mod usym ufunc umod uaddr */
	DTC_ACT_TRACEMEM,	/* BYTES field [, length] */
	DTC_ACT_PRINT,		/* BYTES field with a type; or INT field, a pointer, and what it points to as such a field */
	DTC_ACT_SYSTEM,		/* format, fields */
	DTC_ACT_FREOPEN,	/* format, fields */
	DTC_ACT_FTRUNCATE,
	DTC_ACT_SETOPT,		/* STRING field [, STRING] */
	DTC_ACT_COMMIT,		/* 1 field: the speculation */
	DTC_ACT_DISCARD,
	DTC_ACT_SPECULATE,
	DTC_ACT_RAISE,		/* done in the kernel: nothing to print */
	DTC_ACT_STOP,
	DTC_ACT_CHILL,
	DTC_ACT_PANIC,
	DTC_ACT_PCAP,		/* BYTES field: struct dtc_packet and its bytes; link type */
	DTC_ACT_NR
};

struct dtc_meta_action {
	__u32 kind;		/* enum dtc_action */
	__u32 format;		/* string */
	__u32 first_field;
	__u32 nfields;
	__u32 line;
	__u32 ordinal;		/* in the clause, from 1 */
};

enum dtc_field_kind {
	DTC_FIELD_INT,		/* size 1 2 4 8 */
	DTC_FIELD_STRING,	/* NUL-terminated in `size` bytes */
	DTC_FIELD_COMM,		/* 16 bytes, up to the first NUL */
	DTC_FIELD_BYTES,	/* size bytes, `type` tells of what */
	DTC_FIELD_STACK,	/* size / 8 addresses, ended by 0 */
	DTC_FIELD_USTACK,	/* pid, then addresses ended by 0 */
	DTC_FIELD_KSYM,		/* an address; flags: DTC_SYM_* */
	DTC_FIELD_USYM,		/* pid, address */
	DTC_FIELD_PROBE,	/* part of the probe's name; flags: DTC_PART_*. In a record it has no bytes: the
				   record's id tells. In a tuple it is one word, the row of the probe */
	DTC_FIELD_AGG,		/* no bytes; value: row of the aggregation */
	DTC_FIELD_CONST,	/* no bytes; value: the integer itself, or with DTC_FIELD_F_STRING a string */
	DTC_FIELD_NR
};

#define DTC_FIELD_F_SIGNED	0x1
#define DTC_FIELD_F_STRING	0x2
#define DTC_FIELD_F_POINTER	0x4
#define DTC_FIELD_F_CHAR	0x8	/* declared as char */
#define DTC_FIELD_F_VARS	0x10	/* BYTES: $$vars; value: row of its type, a structure. Its bytes end with the state of each member: */
enum dtc_var_state { DTC_VAR_NONE /* not here */, DTC_VAR_VALUE, DTC_VAR_GONE /* optimized out */, DTC_VAR_BAD /* its address is */, DTC_VAR_LARGE,
		     DTC_VAR_UNCAPTURED /* known by what the function was called with, which was before the probes */ };

enum dtc_part { DTC_PART_PROVIDER, DTC_PART_MODULE, DTC_PART_FUNCTION, DTC_PART_NAME };
enum dtc_sym { DTC_SYM_SYM, DTC_SYM_FUNC, DTC_SYM_MOD, DTC_SYM_ADDR };

struct dtc_meta_field {
	__u16 kind;		/* enum dtc_field_kind */
	__u16 flags;		/* DTC_FIELD_F_*, or enum dtc_part, or enum dtc_sym, by kind */
	__u32 offset;		/* from the start of the record; unused in tuples */
	__u32 size;		/* bytes in the record */
	__u32 type;		/* string: the D type, for messages and print() */
	__s64 value;
};

enum dtc_agg_func {
	DTC_AGG_COUNT, DTC_AGG_SUM, DTC_AGG_AVG, DTC_AGG_MIN, DTC_AGG_MAX, DTC_AGG_STDDEV,
	DTC_AGG_QUANTIZE, DTC_AGG_LQUANTIZE, DTC_AGG_LLQUANTIZE, DTC_AGG_NR
};

struct dtc_meta_agg {
	__u32 name;		/* string, without the @; "_" is the unnamed one */
	__u32 func;		/* enum dtc_agg_func */
	__u32 data_words;
	__u32 nkeys;
	__u32 first_key;	/* row of the first key's field */
	__u32 flags;		/* DTC_FIELD_F_SIGNED: of the aggregated value */
	__s64 args[4];		/* lquantize: base limit step; llquantize: factor low high steps */
	__u32 offset;		/* without keys: byte offset of its entry in the buffer; else 0 */
	__u32 line;
};

struct dtc_meta_entry {
	__u32 module;
	__u32 function;
};

/* Types that print() shows. A row's members are rows of MEMBERS. */
struct dtc_meta_type {
	__u32 name;
	__u32 kind;		/* enum type_kind of translator/sema/type.h, fixed there */
	__u64 size;
	__u64 count;		/* of an array */
	__u32 ref;		/* row of TYPES: pointed-to, element, aliased */
	__u32 first_member;
	__u32 nmembers;
	__u32 flags;		/* DTC_FIELD_F_* */
};

struct dtc_meta_member {
	__u32 name;
	__u32 type;		/* row of TYPES */
	__u64 bit_offset;
	__u32 bits;		/* of a bit-field, else 0 */
	__u32 reserved;
	__s64 value;		/* of an enumerator */
};

#endif
