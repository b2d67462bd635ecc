// SPDX-License-Identifier: GPL-2.0
/* Macro variables: $1.. from the command line, $pid, $uid ... of this process, $target at load. */
#include "parser.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long macro_pid(void) { return getpid(); }
static long macro_ppid(void) { return getppid(); }
static long macro_pgid(void) { return getpgid(0); }
static long macro_sid(void) { return getsid(0); }
static long macro_uid(void) { return getuid(); }
static long macro_euid(void) { return geteuid(); }
static long macro_gid(void) { return getgid(); }
static long macro_egid(void) { return getegid(); }

const struct macro macro_table[] = {
	{ "egid", macro_egid, "effective group id of dtc" },
	{ "euid", macro_euid, "effective user id of dtc" },
	{ "gid", macro_gid, "real group id of dtc" },
	{ "pgid", macro_pgid, "process group id of dtc" },
	{ "pid", macro_pid, "process id of dtc" },
	{ "ppid", macro_ppid, "process id of dtc's parent" },
	{ "sid", macro_sid, "session id of dtc" },
	{ "target", NULL, "process id of the command of -c or of the process of -p" },
	{ "uid", macro_uid, "real user id of dtc" },
	{ NULL, NULL, NULL },
};

static bool is_argument(const char *name)
{
	return isdigit((unsigned char)*name);
}

bool macro_is_known(const char *name)
{
	for (size_t i = 0; macro_table[i].name; i++)
		if (!strcmp(macro_table[i].name, name))
			return true;
	return is_argument(name);
}

bool macro_at_load(const struct dtc *dtc, const char *name)
{
	if (is_argument(name))
		return dtc->params_at_load && strcmp(name, "0");
	return !strcmp(name, "target");
}

const char *macro_value(struct dtc *dtc, const char *name)
{
	if (is_argument(name)) {
		size_t index = strlen(name) > 9 ? SIZE_MAX : strtoul(name, NULL, 10);

		if (index >= dtc->nargs)
			return NULL;
		if (dtc->args_used)
			dtc->args_used[index] = true;
		return dtc->args[index];
	}
	for (size_t i = 0; macro_table[i].name; i++)
		if (!strcmp(macro_table[i].name, name))
			return macro_table[i].value ? mem_printf("%ld", macro_table[i].value()) : NULL;
	return NULL;
}

static const char *expand(struct dtc *dtc, const struct loc *loc, const char *text, bool keep_later)
{
	struct text out = { NULL, 0, 0 };

	if (!strchr(text, '$'))
		return text;
	while (*text) {
		const char *name = text, *value;
		size_t len = 0;

		if (*text != '$') {
			text_write(&out, text++, 1);
			continue;
		}
		while (*name == '$' && name < text + 2)
			name++;
		if (isdigit((unsigned char)*name))
			len = strspn(name, "0123456789");
		else
			while (isalnum((unsigned char)name[len]) || name[len] == '_')
				len++;
		if (!len) {	/* a $ of the name itself */
			text_write(&out, text++, 1);
			continue;
		}
		name = mem_strndup(name, len);
		value = macro_value(dtc, name);
		if (!value && isdigit((unsigned char)*name) && dtc->opt.defaultargs && !macro_at_load(dtc, name))
			value = "";
		text = strstr(text, name) + len;
		if (value) {
			text_write(&out, value, strlen(value));
		} else if (keep_later && macro_at_load(dtc, name)) {
			text_add(&out, "$%s", name);
		} else if (macro_at_load(dtc, name)) {
			diag_error(dtc, loc, "D_MACRO_UNDEF", NULL, "macro $%s is not known before the module is loaded: it cannot stand in a probe description", name);
			return NULL;
		} else {
			diag_error(dtc, loc, "D_MACRO_UNDEF", NULL, "macro $%s is not defined", name);
			return NULL;
		}
	}
	return out.data ? out.data : "";
}

const char *macro_expand(struct dtc *dtc, const struct loc *loc, const char *text)
{
	return expand(dtc, loc, text, false);
}

const char *macro_expand_known(struct dtc *dtc, const struct loc *loc, const char *text)
{
	return expand(dtc, loc, text, true);
}
