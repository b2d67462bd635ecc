// SPDX-License-Identifier: GPL-2.0
/* Probe descriptions: from text to four parts. Also the table of providers and the ids that each has. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "provider.h"
#include "../syntax/parse.h"

extern const struct provider provider_dtrace, provider_profile, provider_syscall, provider_sdt, provider_rawtp, provider_fbt, provider_inline, provider_line;

const struct provider *const providers[] = {
	&provider_dtrace, &provider_profile, &provider_syscall, &provider_sdt, &provider_rawtp, &provider_fbt, &provider_inline, &provider_line,
	NULL
};

u32 provider_base(struct dtc *dtc, const struct provider *p)
{
	u32 base = 1;

	for (const struct provider *const *v = providers; *v && *v != p; v++)
		base += (*v)->count(dtc);
	return base;
}

int provider_match_id(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	struct probe p;

	for (const struct provider *const *v = providers; *v; v++) {
		u32 base = provider_base(dtc, *v);

		if (d->id >= base && (*v)->by_index(dtc, d->id - base, &p) && p.id == d->id) {
			if ((*v)->give)
				(*v)->give(dtc, &p, found, arg);
			else
				found(dtc, &p, arg);
			return 0;
		}
	}
	for (const struct provider *const *v = providers; *v; v++) {
		struct probe_desc named = *d;

		if ((*v)->by_id && (*v)->by_id(dtc, d->id, &named))
			return (*v)->match(dtc, &named, found, arg);
	}
	return PROBE_NO_ID;
}

const char *probe_desc_name(const struct probe_desc *d)
{
	bool is_short = !strcmp(d->part[0], "line") && !*d->part[3];

	return mem_printf("%s:%s:%s%s%s", d->part[0], d->part[1], d->part[2], is_short ? "" : ":", d->part[3]);
}

/* The last part that a description may have, by what it was given to. */
static const struct { unsigned last; const char *form; } aligned[] = {
	[INPUT_SCRIPT]   = { 3, "provider:module:function:name" },
	[INPUT_NAME]     = { 3, "provider:module:function:name" },
	[INPUT_ID]       = { 3, "an integer" },
	[INPUT_FUNCTION] = { 2, "provider:module:function" },
	[INPUT_MODULE]   = { 1, "provider:module" },
	[INPUT_PROVIDER] = { 0, "provider" },
};

static int id_parse(struct dtc *dtc, struct probe_desc *d, const char *text)
{
	unsigned long long id = strtoull(text, NULL, 10);

	if (id > UINT32_MAX) {
		diag_error(dtc, &d->loc, "D_PDESC_INVAL", "dtc -l lists the probes with their ids", "there is no probe with id %s", text);
		return -1;
	}
	d->is_id = true;
	d->id = id;
	return 0;
}

static bool is_digits(const char *s)
{
	return *s && !s[strspn(s, "0123456789")];
}

static bool is_split(const struct probe_desc *d)
{
	if (d->is_id)
		return true;
	for (unsigned i = 0; i < 4; i++)
		if (d->part[i] && *d->part[i])
			return true;
	return false;
}

int probe_desc_expand(struct dtc *dtc, struct probe_desc *d, enum input_kind kind)
{
	const char *text = d->text;
	unsigned n = 1, last = aligned[kind].last;

	/* the parser splits what it can; a macro it could not expand is left to us */
	if (!strchr(text, '$') && is_split(d))
		return 0;
	if (strlen(text) > DESC_MAX) {
		diag_error(dtc, &d->loc, "D_PDESC_INVAL", NULL, "a probe description may have at most %d characters", DESC_MAX);
		return -1;
	}
	for (unsigned i = 0; i < 4; i++)
		d->part[i] = "";
	if (strchr(text, '$')) {
		if (strstr(text, "$target")) {
			diag_error(dtc, &d->loc, "D_PDESC_INVAL", NULL,
				   "$target in a probe description needs the pid provider, which dtc does not have");
			return -1;
		}
		text = macro_expand(dtc, &d->loc, text);
		if (!text)
			return -1;
	}
	if (last == 3 && is_digits(text))
		return id_parse(dtc, d, text);
	d->is_id = false;
	for (const char *p = text; *p; p++)
		n += *p == ':';
	if (n > last + 1 || kind == INPUT_ID) {
		diag_error(dtc, &d->loc, "D_PDESC_INVAL", mem_printf("it is %s", aligned[kind].form),
			   kind == INPUT_ID ? "'%s' is not a probe's id" : "probe description '%s' has too many parts", text);
		return -1;
	}
	/* a line's begins at the left: "line::vfs_read@452" */
	for (unsigned i = strncmp(text, "line:", 5) ? last + 1 - n : 0; i <= last && *text; i++) {
		size_t len = strcspn(text, ":");

		d->part[i] = mem_strndup(text, len);
		text += len + (text[len] == ':');
	}
	return 0;
}
