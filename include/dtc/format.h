/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Formats of printf(), printa(), system(), freopen(): a text parsed into
 * conversions. The translator checks arguments against them, dtrun prints by
 * them. Depends on libc alone.
 */
#ifndef DTC_FORMAT_H
#define DTC_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum format_kind {		/* what a conversion makes of its argument */
	FORMAT_TEXT,		/* no conversion: text to print as it is; %% is the text "%" */
	FORMAT_INT,		/* d i u o x X: an integer of any size; d and i print an unsigned type as u */
	FORMAT_POINTER,		/* p: pointer or integer, in hex */
	FORMAT_CHAR,		/* c */
	FORMAT_ESCAPED_CHAR,	/* C: with escapes for what cannot be printed */
	FORMAT_STRING,		/* s: string or char array */
	FORMAT_ESCAPED_STRING,	/* S */
	FORMAT_WIDE_CHAR,	/* wc lc */
	FORMAT_WIDE_STRING,	/* ws ls */
	FORMAT_FLOAT,		/* e E f g G */
	FORMAT_KERNEL_ADDR,	/* a: pointer, integer or _symaddr */
	FORMAT_USER_ADDR,	/* A */
	FORMAT_STACK,		/* k: stack(), ustack(), jstack() */
	FORMAT_DATE,		/* Y: walltimestamp as 2005 Jul  4 10:00:00 */
	FORMAT_DATE_RFC,	/* T: walltimestamp as Mon, 04 Jul 2005 10:00:00 UTC */
	FORMAT_INET,		/* I: an internet address */
	FORMAT_PORT,		/* P: a port number */
	FORMAT_KIND_NR
};

#define FORMAT_F_ALT	  0x01	/* # */
#define FORMAT_F_ZERO	  0x02	/* 0 */
#define FORMAT_F_LEFT	  0x04	/* - */
#define FORMAT_F_PLUS	  0x08	/* + */
#define FORMAT_F_SPACE	  0x10
#define FORMAT_F_GROUP	  0x20	/* ' */
#define FORMAT_F_AGG	  0x40	/* @: the aggregation's value, takes no key; for printa() */
#define FORMAT_F_DYNWIDTH 0x80	/* *: the width is an int argument before the value */
#define FORMAT_F_DYNPREC  0x100	/* .*: so is the precision, after the width */

enum format_size { FORMAT_SIZE_NONE, FORMAT_SIZE_HH, FORMAT_SIZE_H, FORMAT_SIZE_L, FORMAT_SIZE_LL, FORMAT_SIZE_LD, FORMAT_SIZE_W };

#define FORMAT_WIDTH_MAX 65536	/* a larger width or precision is refused */

struct format_conv {
	enum format_kind kind;
	uint32_t flags;		/* FORMAT_F_* */
	enum format_size size;	/* length modifier; integers print at their own size all the same */
	char letter;		/* d i o u x X a ...; 0 for TEXT */
	int width;		/* -1: none; ? gives 16, the digits of a pointer */
	int precision;		/* -1: none */
	uint32_t offset;	/* of its first byte (the %) in the format, from 0 */
	uint32_t length;	/* bytes of it in the format */
	const char *text;	/* TEXT: what to print, not NUL-terminated */
	uint32_t text_len;
};

struct format {
	char *text;		/* a copy of the format */
	uint32_t len;
	uint32_t nconvs;	/* TEXT included */
	uint32_t nargs;		/* arguments all conversions take together, without @ ones */
	struct format_conv *convs;
};

/* Why a format was refused. */
struct format_error {
	uint32_t offset, length;	/* of the conversion at fault */
	char message[96];		/* lower case, without full stop */
};

/* 0 and *ret, or -1 and *error. */
int format_parse(const char *text, size_t len, struct format **ret, struct format_error *error);
void format_free(struct format *format);

/* Arguments that a conversion takes: its `*`s and its value. */
unsigned format_conv_args(const struct format_conv *conv);

/* What a kind of conversion takes, for messages: "char [] or string (or use stringof)". */
const char *format_kind_wants(enum format_kind kind);

#endif
