// SPDX-License-Identifier: GPL-2.0
/* Tells what was lost, by cause, each time that there is more of it. */
#include <inttypes.h>
#include <stdlib.h>
#include "dtrun.h"

static const struct {
	const char *tag;	/* under option droptags */
	const char *text, *plural;
	bool by_cpu;
} causes[DTC_DROP_NR] = {
	[DTC_DROP_BUFFER]	= { "DTRACEDROP_PRINCIPAL", "drop", "drops", true },
	[DTC_DROP_AGG]		= { "DTRACEDROP_AGGREGATION", "aggregation drop", "aggregation drops", true },
	[DTC_DROP_DYNVAR]	= { "DTRACEDROP_DYNAMIC", "dynamic variable drop", "dynamic variable drops", false },
	[DTC_DROP_RECURSION]	= { "DTCDROP_RECURSION", "drop of a probe inside a probe", "drops of probes inside probes", true },
	[DTC_DROP_MISSED]	= { "DTCDROP_MISSED", "missed return", "missed returns", false },
	[DTC_DROP_SPEC]		= { "DTRACEDROP_SPEC", "speculative drop", "speculative drops", false },
	[DTC_DROP_SPEC_BUSY]	= { "DTRACEDROP_SPECBUSY", "failed speculation (available buffer(s) still busy)", "failed speculations (available buffer(s) still busy)", false },
	[DTC_DROP_SPEC_UNAVAIL] = { "DTRACEDROP_SPECUNAVAIL", "failed speculation (no speculative buffer space available)",
				    "failed speculations (no speculative buffer space available)", false },
	[DTC_DROP_NESTED_FAULT] = { "DTRACEDROP_DBLERROR", "error in ERROR probe enabling", "errors in ERROR probe enabling", false },
};

static void drop_print(struct session *s, int cause, uint64_t n, uint32_t cpu)
{
	const char *text = n == 1 ? causes[cause].text : causes[cause].plural;
	char tag[40] = "", on[24] = "";

	if (!n)
		return;
	if (s->opt.droptags)
		snprintf(tag, sizeof(tag), "[%s] ", causes[cause].tag);
	if (causes[cause].by_cpu)
		snprintf(on, sizeof(on), " on CPU %u", cpu);
	session_notice(s, "%s%" PRIu64 " %s%s", tag, n, text, on);
}

int drops_report(struct drops *d, struct session *s, struct error *e)
{
	uint64_t total[DTC_DROP_NR] = { 0 };

	if (!d->seen) {
		d->ncpus = s->control.info.possible;
		d->seen = calloc((size_t)d->ncpus * DTC_DROP_NR + 1, sizeof(*d->seen));
		if (!d->seen)
			return error_set(e, "out of memory");
	}
	for (uint32_t cpu = 0; cpu < d->ncpus; cpu++) {
		struct dtc_status st;

		if (!control_has_cpu(&s->control, cpu))
			continue;
		if (control_status(&s->control, cpu, &st, e))
			return -1;
		for (int i = 0; i < DTC_DROP_NR; i++) {
			uint64_t more = st.drops[i] - d->seen[cpu * DTC_DROP_NR + i];

			d->seen[cpu * DTC_DROP_NR + i] = st.drops[i];
			if (causes[i].by_cpu)
				drop_print(s, i, more, cpu);
			else
				total[i] += more;
		}
	}
	for (int i = 0; i < DTC_DROP_NR; i++)
		drop_print(s, i, total[i], 0);
	return 0;
}
