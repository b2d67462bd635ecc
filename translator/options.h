/* SPDX-License-Identifier: GPL-2.0 */
/* The table of D's options. */
#ifndef DTC_OPTIONS_H
#define DTC_OPTIONS_H

#include "dtc.h"
#include <dtc/option.h>

enum option_kind {
	OPTION_FLAG = DTC_OPT_FLAG, OPTION_SIZE = DTC_OPT_SIZE, OPTION_NUMBER = DTC_OPT_NUMBER, OPTION_RATE = DTC_OPT_RATE,
	OPTION_WORD = DTC_OPT_WORD, OPTION_STRING, OPTION_STABILITY, OPTION_VERSION,
};
#define OPTION_RUNTIME		0x1	/* for dtrun: stands in the metadata */
#define OPTION_SETOPT		0x2	/* setopt() may set it */
#define OPTION_NO_EFFECT	0x4	/* accepted, and said to do nothing */
#define OPTION_CPP		0x8	/* for the preprocessor: `cpp` is its option */
#define OPTION_LIBDIR		0x10
#define OPTION_COMMAND		0x20	/* on the command line only */
#define OPTION_TOO_LATE		0x40	/* accepted in a script, but too late there to do anything */
#define OPTION_LOAD		0	/* `when` of DTC_OPTION_TABLE: dtrun takes it, before the run */
#define OPTION_RUN		OPTION_SETOPT

struct option_desc {
	const char *name;
	enum option_kind kind;
	unsigned flags;
	size_t field;		/* offset in struct options, plus 1; 0: none */
	u64 initial, min, max;
	const char *words;	/* OPTION_WORD: separated by blanks */
	const char *cpp;
	const char *help;
};
extern const struct option_desc option_table[];	/* ended by name NULL */

const struct option_desc *option_find(const char *name);
const char *option_range(const struct option_desc *d);
void options_init(struct options *o);		/* the defaults */
/* The bits of a version as __SUNW_D_VERSION has them. */
#define VERSION_OF(major, minor, micro) ((u32)(major) << 24 | (u32)(minor) << 12 | (u32)(micro))
#define DTC_D_VERSION VERSION_OF(2, 0, 4)
u64 option_version(const char *text);		/* 0: there has been none of that name */
/* An option of one letter that is one of D's: messages name the letter. */
int option_letter(struct dtc *dtc, char letter, const char *name, const char *value);
void options_environment(struct dtc *dtc);
bool option_is_stability(const char *text);	/* name/data/class */
void option_add(const char ***list, size_t *n, const char *value);

#endif
