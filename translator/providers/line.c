// SPDX-License-Identifier: GPL-2.0
/*
 * line:MODULE:FILE:LINE, a line of the kernel's source: FILE is a path in it or
 * the end of one ("fs/read_write.c", "read_write.c"), LINE a number or a
 * pattern; line:MODULE:FUNCTION@LINE, a line of a function. The probe has a site
 * in each function, and each copy of an inlined one, that has code of the line:
 * where it begins.
 *
 * Without a module it is vmlinux. There are millions of lines: descriptions
 * that do not name the provider never mean them, and all of a module can be
 * listed, not enabled.
 */
#include <stdlib.h>
#include <string.h>

#include "site.h"
#include "../debuginfo/index.h"

extern const struct provider provider_line;

struct walk {
	struct dtc *dtc;
	const struct probe_desc *d;
	probe_found_fn *found;
	void *arg;
	struct debug_file *file;
	const char *source, *line;	/* patterns */
	const char *function;		/* NULL: any */
	bool optional;
	bool is_brief;		/* a list: one place of each line does, and the function there */
	const char *source_name;
	struct debug_range function_range;
	int err;
};

/* --- files --- */

/* "read_write.c" is fs/read_write.c: what begins at a folder. */
static bool source_matches(const char *glob, const char *name)
{
	for (; name; name = strchr(name, '/') ? strchr(name, '/') + 1 : NULL)
		if (glob_match(glob, name))
			return true;
	return false;
}

/* --- sites --- */

/* The addresses of one line: the lowest of each function and inlined copy. */
static void line_found(struct walk *w, const char *source, const struct debug_line *lines, u32 n, u32 place)
{
	struct site_place *places = mem_alloc(n * sizeof(*places));
	struct probe p = {
		.id = site_id(w->dtc, w->file, SITE_LINE, place),
		.part = { "line", w->file->module, NULL, mem_printf("%u", lines->line) },
		.kind = DTC_GROUP_KPROBE, .optional = w->optional, .provider = &provider_line,
	};
	struct probe_site site = { .file = w->file, .source = source, .line = lines->line };
	u32 kept = 0;

	if (!p.id)
		p.id = site_demand_id(w->dtc, mem_printf("%s:%s:%u", w->file->module, source, lines->line));
	for (u32 i = 0; i < n; i++) {
		struct debug_func owner = { 0 };

		if (debug_owner(w->file, lines[i].addr, source, lines[i].line, &owner) || !owner.name)
			owner.name = "";
		if (!w->function || glob_match(w->function, owner.name))
			places[kept++] = (struct site_place){ lines[i].addr, owner.die, 0 };
	}
	if (sites_found(w->dtc, w->d, &p, &site, places, kept, w->found, w->arg))
		w->err = -1;
}

static void file_match_sites(struct walk *w, u32 file)
{
	const char *source = debug_file_name(w->file, file);
	u32 count, end, place = debug_line_place(w->file, file);
	const struct debug_line *lines = debug_lines(w->file, file, &count);

	for (u32 i = 0; i < count; i = end) {
		for (end = i + 1; end < count && lines[end].line == lines[i].line; end++)
			;
		if (lines[i].line && (!*w->line || glob_match(w->line, mem_printf("%u", lines[i].line))))
			line_found(w, source, lines + i, end - i, place + i);
	}
}

static const char *decimal(u32 n)
{
	char text[11], *at = text + sizeof(text) - 1;

	*at = 0;
	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	return mem_strdup(at);
}

static void line_brief(u32 line, u64 addr, u32 place, void *arg)
{
	struct walk *w = arg;
	const char *function;
	struct probe p = {
		.id = site_id(w->dtc, w->file, SITE_LINE, place),
		.part = { "line", w->file->module, NULL, decimal(line) },
		.kind = DTC_GROUP_KPROBE, .optional = true, .provider = &provider_line,
	};

	if (!line || (*w->line && !glob_match(w->line, p.part[3])))
		return;
	if (!p.id)
		p.id = site_demand_id(w->dtc, mem_printf("%s:%s:%u", w->file->module, w->source_name, line));
	function = debug_function_at(w->file, addr, &w->function_range);
	p.part[2] = function ? function : "";
	w->found(w->dtc, &p, w->arg);
}

static void file_match(struct walk *w, u32 file)
{
	if (w->is_brief) {
		w->source_name = debug_file_name(w->file, file);
		debug_lines_each(w->file, file, line_brief, w);
	} else {
		file_match_sites(w, file);
	}
}

/* --- FUNCTION@LINE: the files that its copies and itself are declared in --- */

struct declared { struct walk *w; u32 files[16]; size_t n; };

static void declared_in(const struct debug_func *fn, void *arg)
{
	struct declared *d = arg;

	for (size_t i = 0; i < d->n; i++)
		if (d->files[i] == fn->file)
			return;
	if (d->n < ARRAY_SIZE(d->files))
		d->files[d->n++] = fn->file;
}

static void function_match(struct walk *w)
{
	struct declared d = { .w = w };

	debug_functions(w->file, w->function, declared_in, &d);
	debug_inlines(w->file, w->function, declared_in, &d);
	for (size_t i = 0; i < d.n; i++)
		file_match(w, d.files[i]);
}

/* --- descriptions --- */

/* FILE:LINE or FUNCTION@LINE. */
static bool desc_read(const struct probe_desc *d, struct walk *w)
{
	const char *at = strchr(d->part[2], '@');

	w->source = d->part[2];
	w->line = d->part[3];
	if (at && !*d->part[3]) {
		w->function = mem_strndup(d->part[2], at - d->part[2]);
		w->line = at + 1;
	}
	w->optional = !*w->line || glob_is_pattern(w->line) || glob_is_pattern(d->part[2]) || !*d->part[2];
	return *d->part[2];
}

static const char *many_files(const struct walk *w, const u32 *files, size_t n)
{
	struct text t = { 0 };

	for (size_t i = 0; i < n && i < 4; i++)
		text_add(&t, "%s%s", i ? ", " : "", debug_file_name(w->file, files[i]));
	text_add(&t, n > 4 ? " and %zu more" : "", n - 4);
	return t.data;
}

static void files_match(struct walk *w)
{
	u32 n = debug_nfiles(w->file), *files = mem_alloc((n + 1) * sizeof(*files));
	size_t nfiles = 0;
	bool exact = false;

	for (u32 i = 0; i < n && !exact; i++) {
		const char *name = debug_file_name(w->file, i);

		exact = !strcmp(name, w->source);
		if (exact)
			nfiles = 0;
		if (source_matches(w->source, name) && debug_line_count(w->file, i))
			files[nfiles++] = i;
	}
	if (nfiles > 1 && *w->source && !glob_is_pattern(w->source)) {
		diag_error(w->dtc, &w->d->loc, "D_PDESC_INVAL", "write more of its path", "'%s' is the end of %zu files' names: %s", w->source, nfiles,
			   many_files(w, files, nfiles));
		w->err = -1;
		return;
	}
	for (size_t i = 0; i < nfiles; i++)
		file_match(w, files[i]);
}

static void module_match(struct walk *w, const char *module)
{
	w->file = site_file(w->dtc, w->d, module);
	if (!w->file)
		w->err = -1;
	else if (w->function)
		function_match(w);
	else
		files_match(w);
}

static int line_match(struct dtc *dtc, const struct probe_desc *d, probe_found_fn *found, void *arg)
{
	struct walk w = { .dtc = dtc, .d = d, .found = found, .arg = arg };
	const char *module = *d->part[1] ? d->part[1] : "vmlinux", *why, *hint;
	const struct index_file *f;

	if (!*d->part[0] || glob_is_pattern(d->part[0]))
		return 0;
	if (!desc_read(d, &w) && !dtc->list) {
		diag_error(dtc, &d->loc, "D_PDESC_INVAL", "as in line::fs/read_write.c:452 or line::vfs_read@452", "%s names no file", probe_desc_name(d));
		return -1;
	}
	w.is_brief = dtc->list && !dtc->verbose && !w.function && w.optional;
	if (!glob_is_pattern(module)) {
		module_match(&w, module);
		return w.err;
	}
	if (glob_match(module, "vmlinux"))
		module_match(&w, "vmlinux");
	f = kernel_has_modules(dtc) ? index_modules(dtc) : NULL;
	for (u32 i = 0; f && !w.err && i < f->nmods; i++) {
		const char *name = index_name(f, f->mods[i].name);

		/* of a pattern, those whose debug information is there */
		if (glob_match(module, name) && index_mod_has_debug(dtc, f, &f->mods[i]) && debug_file_get(dtc, name, &why, &hint))
			module_match(&w, name);
	}
	return w.err;
}

/* --- what is said when nothing matched --- */

static const char *nearest_line(struct debug_file *f, u32 file, u32 line)
{
	u32 count, below = 0, above = 0;
	const struct debug_line *lines = debug_lines(f, file, &count);

	for (u32 i = 0; i < count; i++) {
		if (lines[i].line <= line)
			below = lines[i].line;
		else if (!above)
			above = lines[i].line;
	}
	if (!below || !above)
		return mem_printf("the nearest line with code is %u", below ? below : above);
	return line - below <= above - line ? mem_printf("the nearest lines with code are %u and %u", below, above) :
					      mem_printf("the nearest lines with code are %u and %u", above, below);
}

static void first_file(const struct debug_func *fn, void *arg)
{
	if (*(u32 *)arg == UINT32_MAX)
		*(u32 *)arg = fn->file;
}

static const char *nearest_source(struct debug_file *f, const char *name)
{
	const char *base = strrchr(name, '/');
	struct nearest full, last;

	nearest_init(&full, name);
	nearest_init(&last, base ? base + 1 : name);
	for (u32 i = 0; i < debug_nfiles(f); i++) {
		const char *file = debug_file_name(f, i), *slash = strrchr(file, '/');

		nearest_try(&full, file);
		nearest_try(&last, slash ? slash + 1 : file);
	}
	return full.best ? full.best : last.best;
}

static void try_function(const struct debug_func *fn, void *arg)
{
	nearest_try(arg, fn->name);
}

static const char *no_function(struct debug_file *f, const char *module, const char *name)
{
	struct nearest near;

	nearest_init(&near, name);
	debug_functions(f, NULL, try_function, &near);
	debug_inlines(f, NULL, try_function, &near);
	return near.best ? mem_printf("%s has no function '%s': did you mean '%s'?", module, name, near.best) :
			   mem_printf("%s has no function '%s'", module, name);
}

static const char *line_explain(struct dtc *dtc, const struct probe_desc *d)
{
	const char *module = *d->part[1] ? d->part[1] : "vmlinux", *why, *hint, *near;
	struct debug_file *f;
	struct walk w = { 0 };
	u32 file = UINT32_MAX;

	if (!*d->part[0] || glob_is_pattern(d->part[0]))
		return NULL;
	f = debug_file_get(dtc, module, &why, &hint);
	if (!f || !desc_read(d, &w) || glob_is_pattern(d->part[2]))
		return NULL;
	if (w.function) {
		debug_functions(f, w.function, first_file, &file);
		debug_inlines(f, w.function, first_file, &file);
		if (file == UINT32_MAX)
			return no_function(f, module, w.function);
		if (strspn(w.line, "0123456789") != strlen(w.line))
			return NULL;
		return mem_printf("'%s' is in %s, where %s", w.function, debug_file_name(f, file), nearest_line(f, file, strtoul(w.line, NULL, 10)));
	}
	for (u32 i = 0; i < debug_nfiles(f); i++) {
		u32 count;

		if (source_matches(w.source, debug_file_name(f, i)) && debug_lines(f, i, &count) && count)
			file = i;
	}
	if (file != UINT32_MAX && *w.line && strspn(w.line, "0123456789") == strlen(w.line))
		return mem_printf("line %s of %s has no code; %s", w.line, debug_file_name(f, file), nearest_line(f, file, strtoul(w.line, NULL, 10)));
	if (file != UINT32_MAX)
		return NULL;
	debug_functions(f, w.source, first_file, &file);
	if (file != UINT32_MAX)
		return mem_printf("a line of a function is line:%s:%s@%s", d->part[1], w.source, *w.line ? w.line : "LINE");
	near = nearest_source(f, w.source);
	return near ? mem_printf("did you mean '%s'?", near) : mem_printf("%s has no source file '%s'", module, w.source);
}

static void line_suggest(struct dtc *dtc, const struct probe_desc *d, struct nearest *n)
{
}

static bool line_by_id(struct dtc *dtc, u32 id, struct probe_desc *ret)
{
	u32 row, file, line;
	struct debug_file *f = site_of_id(dtc, SITE_LINE, id, &row);

	if (!f || !debug_line_at(f, row, &file, &line) || !line)
		return false;
	ret->part[0] = "line";
	ret->part[1] = f->module;
	ret->part[2] = debug_file_name(f, file);
	ret->part[3] = mem_printf("%u", line);
	return true;
}

const struct provider provider_line = {
	.name = "line",
	.help = "lines of the kernel's source, with the variables in scope",
	.match = line_match,
	.suggest = line_suggest,
	.explain = line_explain,
	.arg_type = site_arg_type,
	.nargs = site_nargs,
	.locals = site_locals,
	.locate = site_locate,
	.place = site_place,
	.alive = site_alive,
	.count = site_count,
	.by_index = site_by_index,
	.by_id = line_by_id,
};
