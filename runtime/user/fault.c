// SPDX-License-Identifier: GPL-2.0
/* Faults at run time, shown with the script's line as the translator shows its errors. */
#include <inttypes.h>
#include <dtc/excerpt.h>
#include "dtrun.h"

static const struct { const char *text; bool has_address; } faults[DTC_FAULT_NR] = {
	[DTC_FAULT_UNKNOWN]   = { "unknown fault", false },
	[DTC_FAULT_BADADDR]   = { "invalid address", true },
	[DTC_FAULT_BADALIGN]  = { "invalid alignment", true },
	[DTC_FAULT_ILLOP]     = { "illegal operation", false },
	[DTC_FAULT_DIVZERO]   = { "divide-by-zero", false },
	[DTC_FAULT_NOSCRATCH] = { "out of scratch space", false },
	[DTC_FAULT_KPRIV]     = { "invalid kernel access", false },
	[DTC_FAULT_UPRIV]     = { "invalid user access", false },
	[DTC_FAULT_TUPOFLOW]  = { "tuple stack overflow", false },
	[DTC_FAULT_BADSTACK]  = { "bad stack", true },
	[DTC_FAULT_BADSIZE]   = { "invalid size", false },
	[DTC_FAULT_BADINDEX]  = { "index out of bounds", false },
	[DTC_FAULT_UNCAPTURED] = { "value not captured at the function's entry", false },
};

static void place_show(const struct meta *m, const struct dtc_fault_record *r)
{
	const char *line, *end;
	size_t len, from;

	if (r->file >= meta_nfiles(m) || !r->line)
		return;
	line = meta_string(m, meta_file(m, r->file)->text);
	for (uint32_t n = 1; n < r->line; n++) {
		line = strchr(line, '\n');
		if (!line)
			return;
		line++;
	}
	end = strchrnul(line, '\n');
	if (end > line && end[-1] == '\r')
		end--;
	if (line == end)
		return;
	len = end - line;
	from = !r->column ? 0 : r->column - 1 < len ? r->column - 1 : len;
	excerpt_print(stderr, r->line, line, len, from, from + 1, false);
}

void session_fault(struct session *s, const struct dtc_fault_record *r)
{
	const struct meta *m = &s->meta;
	uint32_t probe = r->id % meta_nprobes(m), fault = r->fault < DTC_FAULT_NR ? r->fault : DTC_FAULT_UNKNOWN;
	char where[64] = "predicate", address[32] = "";

	if (r->action)
		snprintf(where, sizeof(where), "action #%u", r->action);
	if (faults[fault].has_address)
		snprintf(address, sizeof(address), " (0x%" PRIx64 ")", (uint64_t)r->value);
	session_notice(s, "error on enabled probe ID %u (ID %u: %s:%s:%s:%s): %s%s in %s", r->epid, meta_probe(m, probe)->id,
		       meta_probe_part(m, probe, DTC_PART_PROVIDER), meta_probe_part(m, probe, DTC_PART_MODULE),
		       meta_probe_part(m, probe, DTC_PART_FUNCTION), meta_probe_part(m, probe, DTC_PART_NAME), faults[fault].text, address,
		       where);
	place_show(m, r);
}
