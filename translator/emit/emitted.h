/* SPDX-License-Identifier: GPL-2.0 */
/* What pass_emit makes: the C of the script and its metadata. */
#ifndef DTC_EMITTED_H
#define DTC_EMITTED_H

#include "../dtc.h"

#define DTC_TEMPLATE_NAME "dtc_template"	/* a module's name before dtrun, or -m, gives it one */

struct emitted {
	struct text c;			/* includes "emit.h" only */
	struct text meta;		/* the .dtc section, see include/dtc/meta.h */
	u64 hash;			/* of both, and of what else the module depends on */
};

#endif
