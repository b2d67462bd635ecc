// SPDX-License-Identifier: GPL-2.0
/* The pass `parse`: libraries and sources are read and parsed, one after the other, into one tree. */
#include "parser.h"
#include "grammar.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOURCE_MAX (64u << 20)	/* bytes of a script */

struct source *source_new(struct dtc *dtc, const char *name, const char *text, size_t len)
{
	struct source *src = mem_alloc(sizeof(*src));
	size_t n = dtc->nsources;

	if (!n || (n >= 8 && !(n & (n - 1)))) {	/* full: capacities are powers of two */
		struct source **grown = mem_alloc((n ? 2 * n : 8) * sizeof(*grown));

		if (n)
			memcpy(grown, dtc->sources, n * sizeof(*grown));
		dtc->sources = grown;
	}
	*src = (struct source){ .name = mem_strdup(name), .text = text, .len = len, .index = (u32)dtc->nsources };
	dtc->sources[dtc->nsources++] = src;
	return src;
}

static int read_all(int fd, struct text *t)
{
	char buffer[65536];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text_write(t, buffer, (size_t)n);
		if (t->len > SOURCE_MAX) {
			errno = EFBIG;
			return -1;
		}
	}
	return 0;
}

#define BYTE_ORDER_MARK "\xef\xbb\xbf"	/* that some editors put before UTF-8 */

struct source *source_read(struct dtc *dtc, const char *path)
{
	bool is_stdin = !strcmp(path, "-") || !strcmp(path, "/dev/stdin");
	struct text t = { NULL, 0, 0 };
	struct stat st;
	int fd, err = 0;

	fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		err = errno;
	else if (S_ISDIR(st.st_mode))
		err = EISDIR;
	else if (read_all(fd, &t))
		err = errno;
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (err) {
		diag_error(dtc, NULL, NULL, *path ? NULL : "the name of a script is expected here", "failed to open %s: %s", *path ? path : "''", strerror(err));
		return NULL;
	}
	if (t.len >= strlen(BYTE_ORDER_MARK) && !memcmp(t.data, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)))
		return source_new(dtc, path, t.data + strlen(BYTE_ORDER_MARK), t.len - strlen(BYTE_ORDER_MARK));
	return source_new(dtc, path, t.data ? t.data : "", t.len);
}

int parse_source(struct dtc *dtc, struct source *src, struct input *input)
{
	size_t errors = diag_errors(dtc);
	struct parser p = { .dtc = dtc, .input = input, .src = src, .text = src->text, .len = src->len, .line = 1, .column = 1 };

	if (!dtc->unit)
		dtc->unit = mem_alloc(sizeof(*dtc->unit));
	p.first_is_desc = src->is_oneliner;
	word_add_type(&p, NULL);
	p.last_top = &dtc->unit->tops;
	p.last_clause = &dtc->unit->clauses;
	while (*p.last_top) {	/* what was parsed before: its typedefs hold */
		const struct top *t = *p.last_top;

		if (t->kind == TOP_DECL && t->decl->spec->storage == STORAGE_TYPEDEF)
			for (const struct declared *d = t->decl->things; d; d = d->next)
				word_add_type(&p, d->name);
		p.last_top = &(*p.last_top)->next;
	}
	while (*p.last_clause)
		p.last_clause = &(*p.last_clause)->next;
	if (lexer_open(&p)) {
		diag_error(dtc, NULL, NULL, NULL, "%s is too large to be parsed", src->name);
		return -1;
	}
	if (yyparse(&p))
		dtc->parse_dropped = true;
	lexer_close(&p);
	return diag_errors(dtc) > errors ? -1 : 0;
}

/* Whether all that was parsed after `tops` is pragmas and declarations, which do nothing; *declares: there is one of these. */
static bool is_empty(const struct top *tops, bool *declares)
{
	for (*declares = false; tops && (tops->kind == TOP_PRAGMA || tops->kind == TOP_DECL); tops = tops->next)
		*declares |= tops->kind == TOP_DECL;
	return !tops;
}

/* The end of an input, as a place without a caret. */
static struct loc input_end(const struct input *input)
{
	u32 lines = 1;

	for (size_t i = 0; i + 1 < input->src->len; i++)
		lines += input->src->text[i] == '\n';
	return (struct loc){ .src = input->src, .line = lines, .end_line = lines };
}

void input_is_empty(struct dtc *dtc, const struct input *input)
{
	struct loc loc = input_end(input);

	diag_error(dtc, &loc, "D_EMPTY", "write a clause: probe /predicate/ { actions }", "the program is empty");
}

static void check_arguments(struct dtc *dtc)
{
	struct loc loc = input_end(&dtc->inputs[0]);
	size_t last = dtc->nargs ? dtc->nargs - 1 : 0;

	if (dtc->params_at_load || dtc->opt.argref || dtc->parse_dropped || !dtc->args_used || diag_errors(dtc))
		return;
	if (last && !dtc->args_used[last])
		diag_error(dtc, &loc, "D_MACRO_UNUSED", "-x argref permits arguments that are not used",
			   "extraneous argument '%s' ($%zu is not referenced)", dtc->args[last], last);
}

int pass_parse(struct dtc *dtc)
{
	int err = 0;

	if (!dtc->unit)
		dtc->unit = mem_alloc(sizeof(*dtc->unit));
	if (!dtc->args_used)
		dtc->args_used = mem_alloc(dtc->nargs + 1);
	for (size_t i = 0; dtc->opt.cpp && i < dtc->ninputs; i++)
		err = cpp_run(dtc, &dtc->inputs[i]) ? -1 : err;
	if (err)
		return -1;
	libraries_load(dtc);
	for (size_t i = 0; i < dtc->ninputs; i++) {
		struct input *in = &dtc->inputs[i];
		struct top **last = &dtc->unit->tops;
		bool declares;

		while (*last)
			last = &(*last)->next;
		if (parse_source(dtc, in->src, in)) {
			err = -1;
		} else if (is_empty(*last, &declares) && !dtc->opt.empty && !dtc->parse_dropped) {
			in->is_empty = declares;	/* what is wrong with a declaration comes first */
			if (declares)
				continue;
			input_is_empty(dtc, in);
			err = -1;
		}
	}
	if (dtc->ninputs)
		check_arguments(dtc);
	options_explain(dtc);
	return err || diag_errors(dtc) ? -1 : 0;
}
