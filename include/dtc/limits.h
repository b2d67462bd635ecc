/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The limits and defaults of dtc, the only source for code, man page and
 * --help. Sizes are in bytes, times in nanoseconds unless a name says more.
 * This header is shared by the kernel runtime, dtrun and the translator: it
 * holds numbers only.
 */
#ifndef DTC_LIMITS_H
#define DTC_LIMITS_H

#define DTC_NAME_MAX		56	/* module name with its NUL: the kernel's MODULE_NAME_LEN */
#define DTC_MODULE_PREFIX	"dtc_"	/* each module that dtrun names starts so */

#define DTC_MAX_CPUS		8192
#define DTC_MAX_PROBES		1000000	/* probes enabled by one script */
#define DTC_MAX_BLOCKS		100000	/* record layouts of one script; times its probes they fit 32 bits */
#define DTC_MAX_KEYS		64	/* parts of a tuple */
#define DTC_MAX_KEY_WORDS	2176	/* one encoded tuple, in 8-byte words */
#define DTC_MAX_PARAMS		32	/* $0..$31 given to a prebuilt module */
#define DTC_PARAM_STRLEN	256	/* each as a string, with its NUL */

#define DTC_STRSIZE_DEFAULT	256
#define DTC_STRSIZE_MIN		1
#define DTC_STRSIZE_MAX		65536
#define DTC_UREGS	26	/* registers of a program: the kernel's struct pt_regs, then what its thread_struct has */
#define DTC_COMM_LEN		16	/* TASK_COMM_LEN */

#define DTC_BUFSIZE_DEFAULT	(4u << 20)	/* per CPU */
#define DTC_BUFFER_LEAST	(16u << 10)	/* of each kind that is taken where memory lacks; less must be asked for */
#define DTC_BUFSIZE_MIN		8
#define DTC_BUFSIZE_MAX		(1u << 30)
#define DTC_NSUBBUFS		8		/* relay sub-buffers of one CPU */
#define DTC_AGGSIZE_DEFAULT	(4u << 20)	/* per CPU, twice: one filled, one read */
#define DTC_AGGSIZE_MIN		64
#define DTC_AGGSIZE_MAX		(1u << 30)
#define DTC_DYNVARSIZE_DEFAULT	(4u << 20)	/* all associative arrays of a script */
#define DTC_DYNVARSIZE_MIN	16
#define DTC_DYNVARSIZE_MAX	(1u << 30)
#define DTC_SCRATCHSIZE_DEFAULT	(16u << 10)	/* per CPU, for strings and tuples under construction */
#define DTC_SCRATCHSIZE_MAX	(1u << 20)
#define DTC_THREADS		8192		/* threads with thread-local variables at one time */

#define DTC_PCAPSIZE_DEFAULT	1536		/* bytes of a packet */
#define DTC_PCAPSIZE_MIN	64
#define DTC_PCAPSIZE_MAX	65536

#define DTC_NSPEC_DEFAULT	1	/* speculations at one time */
#define DTC_NSPEC_MAX		1024
#define DTC_SPECSIZE_DEFAULT	(32u << 10)	/* per CPU, of one speculation */

#define DTC_STACKFRAMES_DEFAULT	20
#define DTC_USTACKFRAMES_DEFAULT 100
#define DTC_JSTACKFRAMES_DEFAULT 50
#define DTC_STACKFRAMES_MAX	127

#define DTC_QUANTIZE_BUCKETS	127	/* -2^62 .. 0 .. 2^62: bucket 63 holds the value 0 */
#define DTC_QUANTIZE_ZERO	63
#define DTC_LQUANTIZE_LEVELS_MAX 4096

#define DTC_SWITCHRATE_DEFAULT	1000000000ull
#define DTC_AGGRATE_DEFAULT	1000000000ull
#define DTC_STATUSRATE_DEFAULT	1000000000ull
#define DTC_RATE_MAX		86400000000000ull	/* a day; dtrun looks at least every few seconds, and not more than each millisecond */
#define DTC_ALL_CPUS		0xffffffffffffffffull	/* option cpu */
#define DTC_PRINTSIZE_MAX	(1u << 20)
#define DTC_PRINTSIZE_DEFAULT	DTC_PRINTSIZE_MAX
#define DTC_STACKINDENT_DEFAULT	14
#define DTC_STACKINDENT_MAX	1000

#define DTC_OVERLOAD_PERCENT	85	/* of one CPU's time in probes ... */
#define DTC_OVERLOAD_INTERVAL	1000000000ull	/* ... over this long: the module detaches itself */
#define DTC_READER_TIMEOUT	30	/* seconds without a sign of the reader before it detaches itself */

#endif
