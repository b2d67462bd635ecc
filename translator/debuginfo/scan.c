// SPDX-License-Identifier: GPL-2.0
/*
 * Making the indexes: the functions of vmlinux that ftrace can hook, its
 * tracepoints, its BTF. From the kernel itself where it runs here and lets us
 * read, else from its image, else (functions) from what BTF lists, which has
 * some that cannot be hooked and lacks those that gcc has cloned.
 */
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "index.h"
#include "debugfile.h"
#include "module.h"

struct named { const char *name; u32 id; const char *group; };
struct named_list { struct named *v; size_t n, cap; };

static void named_add(struct named_list *l, const char *name, u32 id, const char *group)
{
	if (l->n == l->cap) {
		struct named *v = realloc(l->v, (l->cap = l->cap ? l->cap * 2 : 4096) * sizeof(*v));

		if (!v)
			abort();
		l->v = v;
	}
	l->v[l->n++] = (struct named){ name, id, group };
}

static int named_compare(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static int named_order(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = named_compare(a, b);

	return c ? c : x->id < y->id ? -1 : x->id > y->id;
}

/* Sorts; of one name there remains the first, whose id is 0 where they differed. */
static void named_sort(struct named_list *l, const struct btf *btf)
{
	size_t n = 0;

	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), named_order);
	for (size_t i = 0; i < l->n; i++) {
		if (n && !strcmp(l->v[n - 1].name, l->v[i].name)) {
			if (l->v[n - 1].id != l->v[i].id && (!btf || !btf_same_prototype(btf, l->v[n - 1].id, l->v[i].id)))
				l->v[n - 1].id = 0;
			continue;
		}
		l->v[n++] = l->v[i];
	}
	l->n = n;
}

static const struct named *named_find(const struct named_list *l, const char *name)
{
	struct named key = { .name = name };

	return l->n ? bsearch(&key, l->v, l->n, sizeof(*l->v), named_compare) : NULL;
}

/* All that scanning opens; names in the lists point into it. */
struct scan {
	struct file_data image, tracefs, events, btf_file;
	struct ksyms syms;
	struct btf *btf;
	const void *btf_data;
	size_t btf_size;
	struct named_list funcs, tps, protos, tp_types;
};

static void scan_deinit(struct scan *s)
{
	file_data_deinit(&s->image);
	file_data_deinit(&s->tracefs);
	file_data_deinit(&s->events);
	file_data_deinit(&s->btf_file);
	ksyms_deinit(&s->syms);
	btf__free(s->btf);
	free(s->funcs.v);
	free(s->tps.v);
	free(s->protos.v);
	free(s->tp_types.v);
}

/* Where an image may lie, the smaller first. */
static const char *const image_paths[] = {
	"/boot/vmlinuz-%s", "/lib/modules/%s/vmlinuz", "/usr/lib/modules/%s/vmlinuz",
	"/usr/lib/debug/boot/vmlinux-%s", "/usr/lib/debug/lib/modules/%s/vmlinux", "/boot/vmlinux-%s",
	"/lib/modules/%s/build/vmlinux",
};

/* The n-th path where there is a file. */
static char *image_path(struct dtc *dtc, size_t n)
{
	return root_path(dtc->kernel->root, mem_printf(image_paths[n], dtc->kernel->release));
}

bool scan_can(struct dtc *dtc)
{
	if (dtc->kernel->is_running && file_exists("/sys/kernel/btf/vmlinux"))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(image_paths); i++)
		if (image_path(dtc, i))
			return true;
	return false;
}

const char *scan_image_open(struct dtc *dtc, struct file_data *ret)
{
	const char *why = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(image_paths); i++) {
		char *path = image_path(dtc, i);
		const char *err;

		if (!path)
			continue;
		err = image_open(path, ret);
		if (!err)
			return NULL;
		if (!why)
			why = mem_printf("kernel image %s %s", path, err);
	}
	return why ? why : mem_printf("the image of kernel %s is missing", dtc->kernel->release);
}

/* A list that ends its lines "address type name" or "... name [module]". */
static bool listed(const struct file_data *f, const char *name)
{
	const char *at = (const char *)f->data, *end = at + f->size, *line;
	size_t len = strlen(name);

	for (; at < end; at = line + 1) {
		line = memchr(at, '\n', (size_t)(end - at));
		line = line ? line : end;
		if ((size_t)(line - at) > len && line[-(long)len - 1] == ' ' && !memcmp(line - len, name, len))
			return true;
	}
	return false;
}

bool kernel_symbol_exists(struct dtc *dtc, const char *name, bool quick)
{
	struct scan s = { 0 };
	bool found = true;

	if (!kernel_get(dtc))
		return true;
	if (dtc->kernel->is_running && !file_read("/proc/kallsyms", &s.tracefs) && s.tracefs.size) {
		found = listed(&s.tracefs, name);
	} else if (!quick && !scan_image_open(dtc, &s.image) && !ksyms_read(&s.image, &s.syms)) {
		found = false;
		for (size_t i = 0; i < s.syms.count && !found; i++)
			found = !strcmp(s.syms.syms[i].name, name);
	}
	scan_deinit(&s);
	return found;
}

static bool text_next(char **at, char **line)
{
	char *end;

	if (!**at)
		return false;
	*line = *at;
	end = strchr(*at, '\n');
	*at = end ? end + 1 : *at + strlen(*at);
	if (end)
		*end = 0;
	return true;
}

static bool trace_file(const char *name, struct file_data *ret)
{
	static const char *const dirs[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };

	for (size_t i = 0; i < ARRAY_SIZE(dirs); i++)
		if (!file_read(mem_printf("%s/%s", dirs[i], name), ret)) {
			if (ret->size)
				return true;
			file_data_deinit(ret);
		}
	return false;
}

/* Lines "name" or "name [module]". */
static void funcs_from_tracefs(struct scan *s)
{
	char *at = (char *)s->tracefs.data, *line;

	while (text_next(&at, &line))
		if (!strchr(line, ' ') && strncmp(line, "__ftrace_invalid_address__", 26))
			named_add(&s->funcs, line, 0, NULL);
}

static const char *funcs_from_image(struct scan *s)
{
	const char **names, *err;
	size_t n;

	err = s->image.data ? ksyms_read(&s->image, &s->syms) : "is missing";
	if (!err)
		err = ksyms_traceable(&s->image, &s->syms, &names, &n);
	if (err)
		return err;
	for (size_t i = 0; i < n; i++)
		named_add(&s->funcs, names[i], 0, NULL);
	free(names);
	return NULL;
}

/* struct trace_event_call begins { list_head, class }, its class with the name of its group */
#define EVENT_CALL_CLASS 16

static const char *image_tp_group(const struct scan *s, const struct named_list *events, const char *tp)
{
	const struct named *n = named_find(events, tp);
	u64 room, addr;
	const u8 *p;

	if (!n)
		return "";
	p = elf_address(&s->image, s->syms.syms[n->id].addr + EVENT_CALL_CLASS, &room);
	if (!p || room < 8)
		return "";
	memcpy(&addr, p, 8);
	p = elf_address(&s->image, addr, &room);
	if (!p || room < 8)
		return "";
	memcpy(&addr, p, 8);
	p = elf_address(&s->image, addr, &room);
	return p && tp_group_valid((const char *)p, room) ? (const char *)p : "";
}

static void tps_from_image(struct scan *s)
{
	struct named_list events = {};

	for (size_t i = 0; i < s->syms.count; i++)
		if (!strncmp(s->syms.syms[i].name, "event_", 6))
			named_add(&events, s->syms.syms[i].name + 6, i, NULL);
	if (events.n)
		qsort(events.v, events.n, sizeof(*events.v), named_compare);
	for (size_t i = 0; i < s->syms.count; i++) {
		const char *name = s->syms.syms[i].name;

		if (!strncmp(name, "__tracepoint_", 13) && name[13])
			named_add(&s->tps, name + 13, 0, image_tp_group(s, &events, name + 13));
	}
	free(events.v);
}

/* The names from BTF, the groups from the kernel's list of events ("group:name"). */
static void tps_from_btf(struct scan *s, bool is_running)
{
	struct named_list events = {};
	char *at, *line;

	if (is_running && trace_file("available_events", &s->events))
		for (at = (char *)s->events.data; text_next(&at, &line);) {
			char *colon = strchr(line, ':');

			if (!colon || !strncmp(line, "syscalls:", 9))
				continue;
			*colon = 0;
			named_add(&events, colon + 1, 0, line);
		}
	named_sort(&events, NULL);
	for (size_t i = 0; i < s->tp_types.n; i++) {
		const struct named *e = named_find(&events, s->tp_types.v[i].name);

		named_add(&s->tps, s->tp_types.v[i].name, 0, e ? e->group : "");
	}
	free(events.v);
}

static const char *scan_btf(struct dtc *dtc, struct scan *s)
{
	struct elf_part part;

	if (dtc->kernel->is_running && !file_read("/sys/kernel/btf/vmlinux", &s->btf_file)) {
		s->btf_data = s->btf_file.data;
		s->btf_size = s->btf_file.size;
	} else if (s->image.data && elf_section(&s->image, ".BTF", &part)) {
		s->btf_data = part.data;
		s->btf_size = part.size;
	} else {
		return mem_printf("kernel %s has no BTF (CONFIG_DEBUG_INFO_BTF)", dtc->kernel->release);
	}
	s->btf = btf__new(s->btf_data, s->btf_size);
	if (!s->btf)
		return mem_printf("the BTF of kernel %s is damaged", dtc->kernel->release);
	for (u32 i = 1; i < btf__type_cnt(s->btf); i++) {
		const struct btf_type *t = btf__type_by_id(s->btf, i);

		const char *name = btf__name_by_offset(s->btf, t->name_off);

		if (name && btf_is_func(t))
			named_add(&s->protos, name, t->type, NULL);
		else if (name && btf_is_typedef(t) && !strncmp(name, "btf_trace_", 10) && name[10])
			named_add(&s->tp_types, name + 10, i, NULL);
	}
	named_sort(&s->protos, s->btf);
	named_sort(&s->tp_types, s->btf);
	return NULL;
}

/* BTF lists functions of the init text and without a hook too: those are skipped when they are attached. */
static void funcs_from_btf(struct scan *s)
{
	for (size_t i = 0; i < s->protos.n; i++)
		named_add(&s->funcs, s->protos.v[i].name, 0, NULL);
}

static int tp_compare(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->group, y->group);

	return c ? c : strcmp(x->name, y->name);
}

static void scan_store(struct scan *s, struct index_build *b)
{
	size_t proto = 0;

	named_sort(&s->funcs, NULL);
	named_sort(&s->tps, NULL);
	if (s->tps.n)
		qsort(s->tps.v, s->tps.n, sizeof(*s->tps.v), tp_compare);
	index_build_module(b, "vmlinux", "");
	for (size_t i = 0; i < s->funcs.n; i++) {
		const char *name = s->funcs.v[i].name;

		while (proto < s->protos.n && strcmp(s->protos.v[proto].name, name) < 0)
			proto++;
		index_build_func(b, name, proto < s->protos.n && !strcmp(s->protos.v[proto].name, name) ? s->protos.v[proto].id : 0);
	}
	for (size_t i = 0; i < s->tps.n; i++) {
		const struct named *t = named_find(&s->tp_types, s->tps.v[i].name);

		index_build_tp(b, s->tps.v[i].name, s->tps.v[i].group, t ? t->id : 0);
	}
	/* the caller writes the file after this returns */
	b->btf = mem_alloc(s->btf_size);
	memcpy((void *)b->btf, s->btf_data, s->btf_size);
	b->btf_size = s->btf_size;
}

const char *scan_vmlinux(struct dtc *dtc, struct index_build *b, const char **hint)
{
	struct scan s = {};
	bool from_kernel = dtc->kernel->is_running && trace_file("available_filter_functions", &s.tracefs);
	bool need_image = !from_kernel || !file_exists("/sys/kernel/btf/vmlinux");
	const char *image_err = need_image ? scan_image_open(dtc, &s.image) : NULL;
	const char *err = scan_btf(dtc, &s);

	if (err) {
		*hint = mem_printf("install linux-image-%s: apt-get install linux-image-%s", dtc->kernel->release, dtc->kernel->release);
		scan_deinit(&s);
		return image_err ? image_err : err;
	}
	if (from_kernel)
		funcs_from_tracefs(&s);
	else if (funcs_from_image(&s))
		funcs_from_btf(&s);
	if (s.syms.count)
		tps_from_image(&s);
	else
		tps_from_btf(&s, dtc->kernel->is_running);
	scan_store(&s, b);
	elf_build_id(&s.image, &b->image_id);
	scan_deinit(&s);
	return NULL;
}

static int module_compare(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

/* modules.dep: "kernel/fs/ext4/ext4.ko: kernel/..." */
static void modules_list(char *at, struct named_list *l)
{
	char *line;

	while (text_next(&at, &line)) {
		char *colon = strchr(line, ':'), *name;

		if (!colon)
			continue;
		*colon = 0;
		name = module_name(line);
		named_add(l, name, 0, line);
	}
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), module_compare);
}

static void module_store(struct index_build *b, const char *name, const char *path, const struct file_data *file, const struct module_syms *m)
{
	struct build_id id = {};
	struct elf_part debug;

	elf_build_id(file, &id);
	index_build_module(b, name, path);
	index_build_debug(b, id.size ? build_id_text(&id) : "", debug_link(file), elf_section(file, ".debug_info", &debug));
	for (size_t i = 0; i < m->nfuncs; i++)
		index_build_func(b, m->funcs[i], 0);
	for (size_t i = 0; i < m->ntps; i++)
		index_build_tp(b, m->tps[i].name, m->tps[i].group, 0);
}

static bool is_loaded(const char *const *loaded, size_t n, const char *name)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strcmp(loaded[mid], name);

		if (!c)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* `loaded` NULL: all. */
static const char *scan_some(struct dtc *dtc, struct index_build *b, const char **hint, const char *const *loaded,
			     size_t nloaded)
{
	const char *dir = mem_printf("%s/lib/modules/%s", dtc->kernel->root, dtc->kernel->release);
	struct named_list list = {};
	struct file_data dep;

	if (file_read(mem_printf("%s/modules.dep", dir), &dep)) {
		*hint = mem_printf("install linux-image-%s, or run depmod %s", dtc->kernel->release, dtc->kernel->release);
		return mem_printf("the modules of kernel %s are missing", dtc->kernel->release);
	}
	modules_list((char *)dep.data, &list);
	for (size_t i = 0; i < list.n; i++) {
		const char *path = list.v[i].group[0] == '/' ? mem_printf("%s%s", dtc->kernel->root, list.v[i].group) :
				   mem_printf("%s/%s", dir, list.v[i].group);
		struct file_data file;
		struct module_syms m;

		if ((i && !strcmp(list.v[i].name, list.v[i - 1].name)) || (loaded && !is_loaded(loaded, nloaded, list.v[i].name)) ||
		    module_open(path, &file))
			continue;
		module_syms_init(&m, &file);
		module_store(b, list.v[i].name, path, &file, &m);
		module_syms_deinit(&m);
		file_data_deinit(&file);
	}
	free(list.v);
	file_data_deinit(&dep);
	return NULL;
}

const char *scan_modules(struct dtc *dtc, struct index_build *b, const char **hint)
{
	return scan_some(dtc, b, hint, NULL, 0);
}

const char *scan_modules_loaded(struct dtc *dtc, struct index_build *b, const char **hint)
{
	static const char *const none[1];
	const char **loaded = NULL;
	size_t n = 0;

	kernel_modules_loaded(dtc, &loaded, &n);
	return scan_some(dtc, b, hint, n ? (const char *const *)loaded : none, n);
}
