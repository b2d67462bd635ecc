// SPDX-License-Identifier: GPL-2.0
/*
 * Libraries: D sources that are parsed before the scripts. Of our own
 * (data_dir()/tapset) those only that define a word which a script has, as the
 * file `index` there lists them; of the folders of -L all *.d. A source asks for
 * more by #pragma D depends_on library; a library that depends on a module or
 * a provider which is not there is left out.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../debuginfo/kernel.h"
#include "parser.h"

#define INDEX_MAX 4096		/* names; a power of two, twice as many as there are */

bool (*parse_is_there)(struct dtc *dtc, const char *kind, const char *name);

struct index_row { const char *name, *file; };
struct library { const char *path; bool failed; struct library *next; };
struct libraries {
	struct dtc *dtc;
	struct index_row *index;
	struct library *seen;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_hash(const char *name, size_t len)
{
	size_t hash = 5381;

	while (len--)
		hash = hash * 33 + (unsigned char)*name++;
	return hash & (INDEX_MAX - 1);
}

static struct index_row *index_slot(struct libraries *l, const char *name, size_t len)
{
	size_t at = word_hash(name, len);

	while (l->index[at].name && (strncmp(l->index[at].name, name, len) || l->index[at].name[len]))
		at = (at + 1) & (INDEX_MAX - 1);
	return &l->index[at];
}

/* Lines `FILE NAME NAME...`; # begins a comment. */
static void index_read(struct libraries *l)
{
	FILE *f = fopen(mem_printf("%s/tapset/index", data_dir()), "re");
	size_t cap = 0, n = 0;
	char *line = NULL;

	l->index = mem_alloc(INDEX_MAX * sizeof(*l->index));
	while (f && getline(&line, &cap, f) > 0) {
		char *rest = NULL, *word = strtok_r(line, " \t\n", &rest);
		const char *file = word && *word != '#' ? mem_strdup(word) : NULL;

		while (file && n < INDEX_MAX / 2 && (word = strtok_r(NULL, " \t\n", &rest))) {
			*index_slot(l, word, strlen(word)) = (struct index_row){ mem_strdup(word), file };
			n++;
		}
	}
	free(line);
	if (f)
		fclose(f);
}

static bool library_load(struct libraries *l, const char *path);

/* A library by name: in the folders of -L, the last first, then ours. */
static bool library_named(struct libraries *l, const char *name)
{
	for (size_t i = l->dtc->nlib_paths; i--;) {
		const char *path = mem_printf("%s/%s", l->dtc->lib_paths[i], name);

		if (!access(path, F_OK))
			return library_load(l, path);
	}
	return library_load(l, mem_printf("%s/tapset/%s", data_dir(), name));
}

/* `line` is what follows #. False: what it depends on is not there. */
static bool dependency(struct libraries *l, const struct source *src, const char *line, u32 number)
{
	char kind[16], name[256];
	struct loc loc = { .src = src, .line = number, .end_line = number };
	bool found;

	if (sscanf(line, " pragma D depends_on %15s %255s", kind, name) != 2)
		return true;
	if (!strcmp(kind, "library"))
		found = library_named(l, name);
	else
		found = !parse_is_there || parse_is_there(l->dtc, kind, name);
	if (!found && !src->is_library)
		diag_error(l->dtc, &loc, "D_PRAGMA_DEPEND", NULL, "the program requires the %s '%s', which is not there", kind, name);
	if (!found && src->is_library && l->dtc->verbose)
		diag_warn(l->dtc, NULL, NULL, NULL, "library %s is left out: it depends on the %s '%s', which is not there", src->name, kind, name);
	return found;
}

/* Loads what a source needs. False: something is missing. */
static bool needs_load(struct libraries *l, const struct source *src)
{
	const char *s = src->text, *end = s + src->len;
	bool line_start = true, ok = true;
	u32 line = 1;

	while (s < end) {
		const char *from = s;

		if (*s == '#' && line_start) {
			const char *stop = memchr(s, '\n', (size_t)(end - s));

			stop = stop ? stop : end;
			ok &= dependency(l, src, mem_strndup(s + 1, (size_t)(stop - s - 1)), line);
			s = stop;
			continue;
		}
		if (*s == '\n')
			line++;
		line_start = *s == '\n' || (line_start && isspace((unsigned char)*s));
		if (!is_word(*s)) {
			s++;
			continue;
		}
		while (s < end && is_word(*s))
			s++;
		const struct index_row *row = index_slot(l, from, (size_t)(s - from));
		if (row->name)
			library_load(l, mem_printf("%s/tapset/%s", data_dir(), row->file));
	}
	return ok;
}

static bool library_load(struct libraries *l, const char *path)
{
	struct library *lib;
	struct source *src;

	for (lib = l->seen; lib; lib = lib->next)
		if (!strcmp(lib->path, path))
			return !lib->failed;
	lib = mem_alloc(sizeof(*lib));
	lib->path = mem_strdup(path);
	lib->next = l->seen;
	l->seen = lib;
	if (access(path, R_OK)) {
		lib->failed = true;
		return false;
	}
	src = source_read(l->dtc, path);
	if (!src) {
		lib->failed = true;
		return false;
	}
	src->is_library = true;
	src->is_own = !strncmp(path, data_dir(), strlen(data_dir()));
	if (!needs_load(l, src))
		lib->failed = true;
	else if (parse_source(l->dtc, src, NULL))
		lib->failed = true;
	return !lib->failed;
}

static int is_d(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 2 && !strcmp(e->d_name + n - 2, ".d");
}

static void folder_load(struct libraries *l, const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, is_d, alphasort);

	for (int i = 0; i < n; i++) {
		library_load(l, mem_printf("%s/%s", dir, list[i]->d_name));
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	else
		diag_warn(l->dtc, NULL, NULL, NULL, "cannot read the libraries in %s: %s", dir, strerror(errno));
}

void libraries_load(struct dtc *dtc)
{
	struct libraries l = { .dtc = dtc };

	if (dtc->opt.nolibs)
		return;
	index_read(&l);
	for (size_t i = 0; i < dtc->nlib_paths; i++)
		folder_load(&l, dtc->lib_paths[i]);
	for (size_t i = 0; i < dtc->ninputs; i++)
		needs_load(&l, dtc->inputs[i].src);
}
