// SPDX-License-Identifier: GPL-2.0
/* The ioctls of a loaded module, and what their errors mean to its user. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "dtrun.h"

static int control_ioctl(struct control *c, unsigned long request, void *arg)
{
	int ret;

	do
		ret = ioctl(c->fd, request, arg);
	while (ret < 0 && errno == EINTR);
	return ret < 0 ? -errno : ret;
}

static const char *error_text(int err)
{
	return err == ENOMEM ? "the kernel has no memory for it: enable fewer probes, or choose smaller buffers" : strerror(err);
}

int control_open(struct control *c, struct error *e)
{
	char path[DTC_NAME_MAX + 16];

	snprintf(path, sizeof(path), "/proc/%s/ctl", c->name);
	c->fd = open(path, O_RDWR | O_CLOEXEC);
	if (c->fd < 0)
		return error_set(e, "cannot open %s: %s", path, errno == EBUSY ? "another dtrun runs this module" : strerror(errno));
	return 0;
}

static int config_error(int err, const struct dtc_config *config, struct error *e)
{
	switch (err) {
	case ENOMEM:
		return error_set(e, "the kernel has no memory for the buffers (bufsize %" PRIu64 ", aggsize 2 x %" PRIu64
				    " bytes on each CPU, dynvarsize %" PRIu64 "): choose smaller ones with -x bufsize=, -x aggsize=, -x dynvarsize=",
				 (uint64_t)config->bufsize, (uint64_t)config->aggsize, (uint64_t)config->dynvarsize);
	case EMSGSIZE:
		return error_set(e, "the script's largest record or its aggregations do not fit: choose a larger one with -x bufsize= or -x aggsize=");
	case EPERM:
		return error_set(e, "the script has destructive actions: permit them with -w");
	case ENODEV:
		return error_set(e, "option cpu: CPU %d is not online", config->cpu);
	case EPROTONOSUPPORT:
		return error_set(e, "the module speaks another version of dtrun's language: make it anew with this dtc");
	default:
		return error_set(e, "the module refuses its settings: %s", strerror(err));
	}
}

/* bufresize=auto: half of each size that may be less; false: none may. */
static bool config_halve(struct dtc_config *config)
{
	const struct { __u64 *size, min; } sizes[] = {
		{ &config->bufsize, DTC_BUFFER_LEAST }, { &config->aggsize, DTC_BUFFER_LEAST }, { &config->dynvarsize, DTC_BUFFER_LEAST },
	};
	bool any = false;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (*sizes[i].size <= sizes[i].min)
			continue;
		*sizes[i].size = *sizes[i].size / 2 < sizes[i].min ? sizes[i].min : *sizes[i].size / 2 & ~7ull;
		any = true;
	}
	return any;
}

int control_info(struct control *c, struct error *e)
{
	int ret = control_ioctl(c, DTC_IOC_INFO, &c->info);

	if (ret)
		return error_set(e, "the module does not tell of itself: %s", strerror(-ret));
	if (c->info.version != DTC_CONTROL_VERSION || c->info.possible > DTC_MAX_CPUS || c->info.ncpus > c->info.possible)
		return error_set(e, "the module speaks another version of dtrun's language: make it anew with this dtc");
	return 0;
}

int control_config(struct control *c, struct dtc_config *config, bool resize, struct error *e)
{
	struct dtc_missing missing;
	int ret;

	do
		ret = control_ioctl(c, DTC_IOC_CONFIG, config);
	while (ret == -ENOMEM && resize && config_halve(config));

	if (ret == -ENXIO && !control_ioctl(c, DTC_IOC_MISSING, &missing))
		return error_set(e, "this kernel has no symbol %.*s`%.*s%s", (int)sizeof(missing.module), missing.module, (int)sizeof(missing.name),
				 missing.name, strcmp(missing.module, "vmlinux") ? ", or its module is not loaded" : "");
	if (ret)
		return config_error(-ret, config, e);
	return control_info(c, e);
}

/* The names of a group's targets in one block; offset 0 is the empty one. */
struct names { char *data; size_t len, cap; uint32_t last; };

static int name_add(struct names *n, const char *name, uint32_t *ret)
{
	size_t len = strlen(name) + 1;

	if (n->len + len > n->cap) {
		size_t cap = (n->len + len) * 2 + 64;
		char *data = realloc(n->data, cap);

		if (!data)
			return -1;
		n->data = data;
		n->cap = cap;
	}
	memcpy(n->data + n->len, name, len);
	*ret = n->len;
	n->len += len;
	return 0;
}

static int targets_fill(const struct meta *m, const struct dtc_meta_group *g, struct dtc_target *targets, struct names *names)
{
	uint32_t module = 0, empty;

	if (name_add(names, "", &empty))
		return -1;
	for (uint32_t i = 0; i < g->count; i++) {
		const struct dtc_meta_probe *p = meta_probe(m, g->first + i);
		const char *mod = meta_string(m, p->module);

		targets[i].probe = g->first + i;
		targets[i].flags = p->flags;
		targets[i].value = p->value;
		if (name_add(names, meta_string(m, p->symbol ? p->symbol : p->function), &targets[i].symbol))
			return -1;
		if (strcmp(names->data + module, mod) && name_add(names, mod, &module))
			return -1;
		targets[i].module = module;
	}
	return 0;
}

/* "line:vmlinux:vfs_read:452 (fs/read_write.c:452, vfs_read+0x1c)" */
static const char *probe_text(const struct meta *m, const struct dtc_meta_probe *p, char *text, size_t size)
{
	const char *place = meta_string(m, p->place);

	snprintf(text, size, "%s:%s:%s:%s%s%s%s", meta_string(m, p->provider), meta_string(m, p->module), meta_string(m, p->function),
		 meta_string(m, p->name), *place ? " (" : "", place, *place ? ")" : "");
	return text;
}

static const char *status_text(uint32_t kind, int status)
{
	switch (-status) {
	case ENOENT:
		return kind == DTC_GROUP_TRACEPOINT ? "the kernel has no such tracepoint" : "the kernel has no such function";
	case EPERM:
	case EINVAL:
		return "the kernel forbids to probe it";
	case EOPNOTSUPP:
		return "it cannot be traced: the kernel has no hook in it";
	case ENODEV:
		return "its module is not loaded";
	case EBUSY:
		return "another tracer has its hook";
	default:
		return error_text(-status);
	}
}

static const char *why_skipped(const struct meta *m, const struct dtc_meta_probe *p, uint32_t kind, int status)
{
	return p->flags & DTC_PROBE_SKIP ? meta_string(m, p->why) : status_text(kind, status);
}

static int targets_check(struct session *s, const struct dtc_meta_group *g, const struct dtc_target *targets, uint32_t *skipped, struct error *e)
{
	const struct meta *m = &s->meta;
	char text[512];

	for (uint32_t i = 0; i < g->count; i++) {
		const struct dtc_meta_probe *p = meta_probe(m, g->first + i);

		if (!targets[i].status)
			continue;
		if (!(p->flags & DTC_PROBE_OPTIONAL))
			return error_set(e, "cannot enable probe %s: %s", probe_text(m, p, text, sizeof(text)), why_skipped(m, p, g->kind, targets[i].status));
		++*skipped;
		if (s->verbose)
			session_notice(s, "skipped %s: %s", probe_text(m, p, text, sizeof(text)), why_skipped(m, p, g->kind, targets[i].status));
	}
	return 0;
}

static int group_attach(struct control *c, struct session *s, uint32_t row, uint32_t *skipped, struct error *e)
{
	const struct dtc_meta_group *g = meta_group(&s->meta, row);
	struct dtc_target *targets = calloc(g->count ? g->count : 1, sizeof(*targets));
	struct names names = { 0 };
	struct dtc_attach attach = { .group = row, .count = g->count };
	int ret;

	if (!targets || targets_fill(&s->meta, g, targets, &names)) {
		ret = error_set(e, "out of memory");
	} else {
		attach.targets = (uintptr_t)targets;
		attach.strings = (uintptr_t)names.data;
		attach.strings_size = names.len;
		ret = control_ioctl(c, DTC_IOC_ATTACH, &attach);
		if (!ret)
			ret = targets_check(s, g, targets, skipped, e);
		else
			ret = error_set(e, "cannot enable %s:%s:%s:%s: %s", meta_probe_part(&s->meta, g->first, DTC_PART_PROVIDER),
					meta_probe_part(&s->meta, g->first, DTC_PART_MODULE),
					meta_probe_part(&s->meta, g->first, DTC_PART_FUNCTION),
					meta_probe_part(&s->meta, g->first, DTC_PART_NAME),
					ret == -EOPNOTSUPP ? "this kernel was built without what it takes" : error_text(-ret));
	}
	free(targets);
	free(names.data);
	return ret;
}

int control_attach(struct control *c, struct session *s, struct error *e)
{
	uint32_t skipped = 0;
	uint64_t probes = 0;

	if (c->info.ngroups != meta_ngroups(&s->meta) || c->info.nprobes != meta_nprobes(&s->meta))
		return error_set(e, "the module is damaged: its description is another module's");
	for (uint32_t i = 0; i < c->info.ngroups; i++) {
		probes += meta_group(&s->meta, i)->count;
		if (meta_group(&s->meta, i)->count && group_attach(c, s, i, &skipped, e))
			return -1;
	}
	if (skipped && (!s->opt.quiet || s->verbose))
		session_notice(s, "%u of %" PRIu64 " probes skipped: they cannot be traced%s", skipped, probes, s->verbose ? "" : " (-v says why)");
	return skipped && skipped == probes ? error_set(e, "none of the script's probes can be traced") : 0;
}

int control_go(struct control *c, struct error *e)
{
	int ret = control_ioctl(c, DTC_IOC_GO, NULL);

	if (ret == -EUSERS)
		return error_set(e, "the kernel has no room for one more run with profile probes: too many are under way");
	return ret ? error_set(e, "cannot start: %s", error_text(-ret)) : 0;
}

int control_sync(struct control *c, struct dtc_sync *sync, struct error *e)
{
	int ret = control_ioctl(c, DTC_IOC_SYNC, sync);

	return ret ? error_set(e, "cannot read what the module gathered: %s", strerror(-ret)) : 0;
}

int control_status(struct control *c, uint32_t cpu, struct dtc_status *st, struct error *e)
{
	int ret;

	*st = (struct dtc_status){ .cpu = cpu };
	ret = control_ioctl(c, DTC_IOC_STATUS, st);
	return ret ? error_set(e, "cannot read the module's state: %s", strerror(-ret)) : 0;
}

int control_halt(struct control *c, bool *tight, struct error *e)
{
	int ret = control_ioctl(c, DTC_IOC_HALT, NULL);

	*tight = ret > 0;
	return ret < 0 ? error_set(e, "cannot stop: %s", strerror(-ret)) : 0;
}

int control_stop(struct control *c, struct error *e)
{
	int ret = control_ioctl(c, DTC_IOC_STOP, NULL);

	return ret ? error_set(e, "cannot stop: %s", strerror(-ret)) : 0;
}
