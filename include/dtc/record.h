/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a module sends: records in the per-CPU channels, entries in the
 * per-CPU aggregation buffers. Shared by the kernel runtime and dtrun.
 * All numbers are in host byte order and naturally aligned.
 */
#ifndef DTC_RECORD_H
#define DTC_RECORD_H

#include <linux/types.h>

/*
 * A record. `size` counts the header and the data and is a multiple of 8.
 * `id` tells the block (the layout) and the probe that fired:
 *
 *	id = block * nprobes + probe
 *
 * where nprobes is the number of rows of the module's probe table. `time` is
 * CLOCK_MONOTONIC in ns. A relay sub-buffer ends in padding, which is not part
 * of any record (relay's read() skips it).
 */
struct dtc_record {
	__u32 id;
	__u32 size;
	__u64 time;
};

/* What pcap() records of a packet. */
struct dtc_packet {
	__u64 time;	/* ns since 1970 */
	__u32 captured;	/* bytes that follow */
	__u32 length;	/* of the packet */
};

#define DTC_ID_FAULT	0xffffffffu	/* struct dtc_fault_record */

/* A fault at run time: the clause ended there and its record was dropped. */
struct dtc_fault_record {
	struct dtc_record hdr;
	__u32 id;	/* block * nprobes + probe of the clause's first block */
	__u32 action;	/* ordinal of the action in the clause, from 1; 0: the predicate */
	__u32 fault;	/* enum dtc_fault */
	__u32 line;	/* of the script, from 1 */
	__u32 column;	/* from 1 */
	__u32 file;	/* row of the file table */
	__u32 epid;	/* id of the enabled probe */
	__u32 pad;
	__u64 value;	/* the address, for the faults that have one */
};

enum dtc_fault {	/* numbers are DTrace's DTRACEFLT_* */
	DTC_FAULT_UNKNOWN = 0,
	DTC_FAULT_BADADDR = 1,
	DTC_FAULT_BADALIGN = 2,
	DTC_FAULT_ILLOP = 3,
	DTC_FAULT_DIVZERO = 4,
	DTC_FAULT_NOSCRATCH = 5,
	DTC_FAULT_KPRIV = 6,
	DTC_FAULT_UPRIV = 7,
	DTC_FAULT_TUPOFLOW = 8,
	DTC_FAULT_BADSTACK = 9,
	DTC_FAULT_BADSIZE = 10,
	DTC_FAULT_BADINDEX = 11,
	DTC_FAULT_UNCAPTURED = 12,	/* beyond DTrace's: a value that only the function's entry had */
	DTC_FAULT_NR
};

/*
 * Tuples (keys of aggregations and of associative arrays) are encoded in
 * 8-byte words, part after part, by the part's kind (enum dtc_field_kind in
 * meta.h):
 *	INT, PROBE, KSYM	one word (an integer is widened by its sign)
 *	COMM			two words: 16 bytes, valid up to the first NUL; what
 *				follows the NUL is undefined, so two encoded keys
 *				may stand for one name: dtrun merges them
 *	STRING			one word n, the length without NUL; then (n + 7) / 8
 *				words of bytes, zero-padded
 *	STACK			one word n, the frames; then n words of addresses
 *	USYM			two words: pid, address
 *	USTACK			one word n, one word pid, then n words
 */

/*
 * An entry of an aggregation buffer. The words of the key follow it, then the
 * words of the data, whose number is in the aggregation table of the metadata.
 */
struct dtc_agg_entry {
	__u32 next;	/* byte offset of the next entry in the chain, 0: none */
	__u32 words;	/* of key and data together */
	__u64 tag;	/* aggregation's row << 32 | hash of the key */
};

/*
 * The data of an aggregation, in words. Word 0 is 0 in an entry that nothing
 * was added to.
 *	count			{ n }
 *	sum, avg		{ n, sum }
 *	min, max		{ n, value }
 *	stddev			{ n, sum, sum of squares low, high }
 *	quantize		{ n, DTC_QUANTIZE_BUCKETS sums of increments }
 *	lquantize		{ n, below, levels..., above }
 *	llquantize		{ n, far below 0, negative buckets..., around 0, positive ones..., far above }
 */

/*
 * What a read() of /proc/MODULE/aggN returns, after a DTC_IOC_SYNC that
 * switched the buffers: this header, then `used` bytes of entries.
 */
struct dtc_agg_header {
	__u64 used;
	__u64 drops;	/* entries that found no room since the last switch */
};

/* Causes of loss. Each is counted per CPU. */
enum dtc_drop {
	DTC_DROP_BUFFER,	/* no room in the channel */
	DTC_DROP_AGG,		/* no room in the aggregation buffer */
	DTC_DROP_DYNVAR,	/* no room for a thread-local or associative variable */
	DTC_DROP_RECURSION,	/* a probe fired while a probe was being handled */
	DTC_DROP_MISSED,	/* a function's return that the kernel had no slot for */
	DTC_DROP_SPEC,		/* no room in a speculation */
	DTC_DROP_SPEC_BUSY,
	DTC_DROP_SPEC_UNAVAIL,
	DTC_DROP_NESTED_FAULT,	/* a fault inside an ERROR clause */
	DTC_DROP_NR
};

#endif
