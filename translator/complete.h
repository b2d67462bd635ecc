/* SPDX-License-Identifier: GPL-2.0 */
/* dtc --complete=KIND WORD: what a shell may complete a word to. */
#ifndef DTC_COMPLETE_H
#define DTC_COMPLETE_H

#include "dtc.h"

/*
 * Prints a line for each candidate that begins with `word`: the candidate, a tab, what it is. Kinds: probe, provider, module,
 * function, option (of -x, with its values), flag (of the command line, from the text of --help), pass, release. -1: no such kind.
 */
int complete(struct dtc *dtc, const char *kind, const char *word, const char *help_text, FILE *out);

#endif
