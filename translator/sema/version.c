// SPDX-License-Identifier: GPL-2.0
/*
 * Versions of D: -x version=V hides the words that are newer than V, as they
 * were unknown to who wrote the script and may be names of its own.
 */
#include <string.h>

#include "../options.h"
#include "sema.h"

/* Words that came after 1.0. */
static const struct { const char *name; u32 version; } words[] = {
	{ "freopen", VERSION_OF(1, 1, 0) }, { "index", VERSION_OF(1, 1, 0) }, { "rindex", VERSION_OF(1, 1, 0) },
	{ "strchr", VERSION_OF(1, 1, 0) }, { "strrchr", VERSION_OF(1, 1, 0) }, { "strstr", VERSION_OF(1, 1, 0) },
	{ "strtok", VERSION_OF(1, 1, 0) }, { "substr", VERSION_OF(1, 1, 0) },
	{ "func", VERSION_OF(1, 2, 0) }, { "mod", VERSION_OF(1, 2, 0) }, { "setopt", VERSION_OF(1, 2, 0) }, { "sym", VERSION_OF(1, 2, 0) },
	{ "uaddr", VERSION_OF(1, 2, 0) }, { "ucaller", VERSION_OF(1, 2, 0) }, { "ufunc", VERSION_OF(1, 2, 0) },
	{ "umod", VERSION_OF(1, 2, 0) }, { "ustackdepth", VERSION_OF(1, 2, 0) }, { "usym", VERSION_OF(1, 2, 0) },
	{ "htonl", VERSION_OF(1, 3, 0) }, { "htonll", VERSION_OF(1, 3, 0) }, { "htons", VERSION_OF(1, 3, 0) },
	{ "ntohl", VERSION_OF(1, 3, 0) }, { "ntohll", VERSION_OF(1, 3, 0) }, { "ntohs", VERSION_OF(1, 3, 0) },
	{ "inet_ntoa", VERSION_OF(1, 5, 0) }, { "inet_ntoa6", VERSION_OF(1, 5, 0) }, { "inet_ntop", VERSION_OF(1, 5, 0) },
	{ "link_ntop", VERSION_OF(1, 5, 0) }, { "stddev", VERSION_OF(1, 6, 0) },
	{ "llquantize", VERSION_OF(1, 6, 4) }, { "pcap", VERSION_OF(1, 6, 4) },
	{ "tolower", VERSION_OF(1, 8, 0) }, { "toupper", VERSION_OF(1, 8, 0) }, { "print", VERSION_OF(1, 9, 0) },
	{ "json", VERSION_OF(1, 11, 0) }, { "strtoll", VERSION_OF(1, 11, 0) },
};

static u32 word_version(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].name, name))
			return words[i].version;
	return 0;
}

bool version_knows(const struct dtc *dtc, const char *name)
{
	return dtc->opt.version >= DTC_D_VERSION || word_version(name) <= dtc->opt.version;
}

bool is_builtin(const struct dtc *dtc, const char *name)
{
	return version_knows(dtc, name) && (builtin_var_find(name) || func_find(name));
}

const char *version_hint(const struct dtc *dtc, const char *name)
{
	u32 v = word_version(name);

	if (version_knows(dtc, name))
		return NULL;
	return mem_printf("'%s' came with D %u.%u%s, which is newer than -x version", name, v >> 24, v >> 12 & 0xfff,
			  v & 0xfff ? mem_printf(".%u", v & 0xfff) : "");
}
