/* SPDX-License-Identifier: GPL-2.0 */
/* Stability: how far names and their meaning may change, and on what kinds of machines they are there. */
#ifndef DTC_STABILITY_H
#define DTC_STABILITY_H

#include "../dtc.h"

struct probe;

/* From the least to the most; the words are in stability.c. */
enum stability { STABILITY_INTERNAL, STABILITY_PRIVATE, STABILITY_OBSOLETE, STABILITY_EXTERNAL, STABILITY_UNSTABLE, STABILITY_EVOLVING,
		 STABILITY_STABLE, STABILITY_STANDARD };
enum stability_class { CLASS_UNKNOWN, CLASS_CPU, CLASS_PLATFORM, CLASS_GROUP, CLASS_ISA, CLASS_COMMON };

struct attributes { u8 name, data, class; };
extern const struct attributes attributes_most, attributes_stable, attributes_private;

bool attributes_parse(const char *text, struct attributes *ret);	/* "Stable/Evolving/Common", in any case */
const char *attributes_text(struct attributes a);
struct attributes attributes_min(struct attributes a, struct attributes b);
bool attributes_less(struct attributes a, struct attributes b);		/* in any of the three */

/* Of a probe, as far as `part` names it: what is empty there does not count. */
struct attributes attributes_of_probe(const struct probe *p, const char *const part[4]);
struct attributes attributes_of_args(const struct probe *p);

/* -v: the lines of one, and what a checked program, of one input, relies on. */
void attributes_print(FILE *f, struct attributes a);
void stability_print(const struct input *in, FILE *f);

#endif
