// SPDX-License-Identifier: GPL-2.0
/*
 * The recipe for a module: which compiler with which flags, which objtool, how
 * to link. kbuild records each command in a .NAME.cmd file; those of the
 * runtime's template module are read once and what matters is kept. Paths in
 * them are relative to the folder kbuild ran in: the kernel's build folder, or
 * from 6.13 on the module's own.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"

/* Words with the shell's quotes, and make's $$ and $(pound). Ends at an unquoted ; or && or #. */
static const char *word(const char *p, struct args *ret)
{
	struct text t = { 0 };
	char quote = 0;

	for (; *p; p++) {
		if (!quote && (isspace((unsigned char)*p) || *p == ';'))
			break;
		if (quote ? *p == quote : *p == '\'' || *p == '"') {
			quote = quote ? 0 : *p;
		} else if (*p == '\\' && quote != '\'' && p[1]) {
			text_write(&t, ++p, 1);
		} else if (!strncmp(p, "$(pound)", 8)) {
			text_write(&t, "#", 1);
			p += 7;
		} else {
			text_write(&t, p, 1);
			if (p[0] == '$' && p[1] == '$')
				p++;
		}
	}
	args_add(ret, mem_strndup(t.data ? t.data : "", t.len));
	return p;
}

void words_split(const char *text, struct args *ret)
{
	const char *p = text;

	while (*p) {
		p += strspn(p, " \t\n");
		if (*p == ';' || !*p)
			return;
		p = word(p, ret);
	}
}

/* The recorded command of an object, up to the end of its line; `cwd`: where it ran. */
static const char *recorded(const char *dir, const char *name, const char *kbuild_dir, const char **cwd)
{
	struct file_data f;

	if (file_read(mem_printf("%s/.%s.cmd", dir, name), &f))
		return NULL;
	char *text = mem_strndup((const char *)f.data, f.size);
	file_data_deinit(&f);
	char *line = strstr(text, "cmd_"), *value = line ? strstr(line, ":=") : NULL;
	if (!value)
		return NULL;
	*cwd = line[4] == '/' ? kbuild_dir : dir;
	value += 2;
	for (char *nl = strchr(value, '\n'); nl; nl = strchr(nl, '\n')) {	/* continued lines */
		if (nl == value || nl[-1] != '\\') {
			*nl = 0;
			break;
		}
		nl[-1] = nl[0] = ' ';
	}
	return value;
}

static const char *absolute(const char *path, const char *cwd)
{
	return path[0] == '/' ? path : mem_printf("%s/%s", cwd, !strncmp(path, "./", 2) ? path + 2 : path);
}

/* A command name without a slash is looked up in PATH. */
static const char *program(const char *path, const char *cwd)
{
	return strchr(path, '/') ? absolute(path, cwd) : path;
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n >= m && !strcmp(s + n - m, end);
}

/* --- compiler --- */

/*
 * Flags that emitted C does without: headers and what they are told, warnings,
 * debuginfo, tracing of the handlers themselves, instrumentation, and guards
 * whose cost each firing would pay.
 */
static const char *const dropped[] = {
	"-I", "-D", "-U", "-Wp,", "-W", "-g", "-pg", "-mrecord-mcount", "-mnop-mcount", "-mfentry", "-fplugin", "-fsanitize", "-fprofile",
	"-ftest-coverage", "-fstack-protector", "-ftrivial-auto-var-init", "-fzero-call-used-regs", "-fconserve-stack", "-fmacro-prefix-map",
	"-ffile-prefix-map", "-fdebug", "-flto", "-femit-struct", "-Os", "-O3", "-c", "-w",
};
static const char *const dropped_with_next[] = { "-I", "-D", "-U", "-include", "-isystem", "-imacros", "-o", "-MF", "-MT", "-MQ" };
static const char *const added[] = { "-O2", "-w", "-fwrapv", "-fno-strict-aliasing", "-fno-stack-protector", "-fno-delete-null-pointer-checks", "-c" };

static bool is_dropped(const char *arg)
{
	unsigned total, before;

	if (!strncmp(arg, "-Wa,", 4))
		return false;
	/* room before functions stays; nops for tracing inside them do not */
	if (sscanf(arg, "-fpatchable-function-entry=%u,%u", &total, &before) == 2)
		return total != before;
	if (!strncmp(arg, "-fpatchable-function-entry", 26))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(dropped); i++)
		if (!strncmp(arg, dropped[i], strlen(dropped[i])))
			return true;
	return arg[0] != '-' || ends_in(arg, ".c");
}

static bool takes_next(const char *arg)
{
	for (size_t i = 0; i < ARRAY_SIZE(dropped_with_next); i++)
		if (!strcmp(arg, dropped_with_next[i]))
			return true;
	return false;
}

static void compiler(const struct args *cmd, const char *cwd, struct recipe *ret)
{
	args_add(&ret->cc, program(cmd->v[0], cwd));
	for (size_t i = 1; i < cmd->n; i++) {
		if (takes_next(cmd->v[i]))
			i++;
		else if (!is_dropped(cmd->v[i]))
			args_add(&ret->cc, cmd->v[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(added); i++)
		args_add(&ret->cc, added[i]);
}

/*
 * ... ; ./tools/objtool/objtool FLAGS FILE, after the compiler's or the first link's command. Not --ibt: it would drop the
 * landing places of functions whose address only the other half of the module takes.
 */
static bool objtool(const char *text, const char *cwd, struct recipe *ret)
{
	const char *end = text ? strstr(text, "tools/objtool/objtool") : NULL;

	if (!end)
		return false;
	while (end > text && !strchr(" ;\t", end[-1]))
		end--;
	struct args words = { 0 };
	words_split(end, &words);
	args_add(&ret->objtool, absolute(words.v[0], cwd));
	for (size_t i = 1; i < words.n; i++)
		if (words.v[i][0] == '-' && strcmp(words.v[i], "--dry-run") && strcmp(words.v[i], "--ibt"))
			args_add(&ret->objtool, words.v[i]);
	return true;
}

static void linker(const struct args *cmd, const char *cwd, const char *module, struct recipe *ret)
{
	args_add(&ret->ld, program(cmd->v[0], cwd));
	for (size_t i = 1; i < cmd->n; i++) {
		const char *a = cmd->v[i];
		if (!strcmp(a, "-o")) {
			i++;
		} else if (!strcmp(a, "-T") && i + 1 < cmd->n) {
			args_add(&ret->ld, a);
			args_add(&ret->ld, absolute(cmd->v[++i], cwd));
		} else if (ends_in(a, ".o")) {
			const char *slash = strrchr(a, '/');
			if (strcmp(slash ? slash + 1 : a, module))
				args_add(&ret->objects, absolute(a, cwd));
		} else {
			args_add(&ret->ld, a);
		}
	}
}

int recipe_make(struct dtc *dtc, const char *kbuild_dir, const char *module_dir, struct recipe *ret)
{
	struct args cc = { 0 }, ld = { 0 };
	const char *cwd, *text;

	text = recorded(module_dir, "blank.o", kbuild_dir, &cwd);
	if (text)
		words_split(text, &cc);
	if (!cc.n)
		goto bad;
	compiler(&cc, cwd, ret);
	if (!objtool(text, cwd, ret)) {
		text = recorded(module_dir, DTC_TEMPLATE_NAME ".o", kbuild_dir, &cwd);
		ret->check_linked = objtool(text, cwd, ret);
	}
	text = recorded(module_dir, DTC_TEMPLATE_NAME ".ko", kbuild_dir, &cwd);
	if (text)
		words_split(text, &ld);
	if (!ld.n)
		goto bad;
	linker(&ld, cwd, DTC_TEMPLATE_NAME ".o", ret);
	return 0;
bad:
	diag_error(dtc, NULL, "D_UNKNOWN", NULL, "internal error: kbuild left no record of how it made a module in %s", module_dir);
	return -1;
}

/* --- as a file: a line for each word, after its list's letter --- */

int recipe_write(const struct recipe *r, const char *path)
{
	const struct { char letter; const struct args *args; } lists[] = {
		{ 'c', &r->cc }, { 'o', &r->objtool }, { 'l', &r->ld },
	};
	struct text t = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i].args->n; j++)
			text_add(&t, "%c%s\n", lists[i].letter, lists[i].args->v[j]);
	text_add(&t, ".\n");
	return file_replace(path, t.data, t.len);
}

int recipe_read(const char *path, struct recipe *ret)
{
	struct file_data f;
	bool whole = false;

	ret->cc = ret->objtool = ret->ld = (struct args){ 0 };
	if (file_read(path, &f))
		return -1;
	char *text = mem_strndup((const char *)f.data, f.size);
	file_data_deinit(&f);
	for (char *save, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		struct args *list = *line == 'c' ? &ret->cc : *line == 'o' ? &ret->objtool : &ret->ld;
		whole = !strcmp(line, ".");
		if (!whole)
			args_add(list, line + 1);
	}
	return whole && ret->cc.n && ret->ld.n ? 0 : -1;
}
