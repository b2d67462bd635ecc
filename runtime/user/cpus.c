// SPDX-License-Identifier: GPL-2.0
/*
 * The files of the CPUs that are traced: those that are online when the run
 * begins, and those that come online later. What is kept for each CPU has room
 * for all there may ever be.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "dtrun.h"

static int file_open(const struct session *s, const char *what, uint32_t cpu, struct error *e)
{
	char path[DTC_NAME_MAX + 32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/%s%u", s->control.name, what, cpu);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		error_set(e, "cannot open %s: %s", path, strerror(errno));
	return fd;
}

static int cpu_open(struct session *s, uint32_t cpu, struct error *e)
{
	const size_t at = s->streams.n;
	int fd = file_open(s, "data", cpu, e);

	if (fd < 0 || streams_add(&s->streams, cpu, fd, e))
		return -1;
	if (!meta_naggs(&s->meta))
		return 0;
	s->agg_fds[at] = file_open(s, "agg", cpu, e);
	return s->agg_fds[at] < 0 ? -1 : 0;
}

static bool is_open(const struct session *s, uint32_t cpu)
{
	for (size_t i = 0; i < s->streams.n; i++)
		if (s->streams.v[i].cpu == cpu)
			return true;
	return false;
}

static int cpus_open_new(struct session *s, struct error *e)
{
	for (uint32_t cpu = 0; cpu < s->control.info.ncpus; cpu++)
		if (control_has_cpu(&s->control, cpu) && !is_open(s, cpu) && cpu_open(s, cpu, e))
			return -1;
	return 0;
}

int cpus_open(struct session *s, struct error *e)
{
	const size_t possible = s->control.info.possible;
	size_t n = 0;

	for (uint32_t cpu = 0; cpu < s->control.info.ncpus; cpu++)
		n += control_has_cpu(&s->control, cpu);
	s->agg_fds = malloc((possible + 1) * sizeof(*s->agg_fds));
	s->flows = calloc(possible + 1, sizeof(*s->flows));
	s->aggs.ncpus = s->opt.aggpercpu ? possible : 0;
	if (!s->agg_fds || !s->flows)
		return error_set(e, "out of memory");
	memset(s->agg_fds, -1, (possible + 1) * sizeof(*s->agg_fds));
	streams_init(&s->streams, n, s->meta.max_record);
	return cpus_open_new(s, e);
}

int cpus_update(struct session *s, const struct dtc_sync *sync, struct error *e)
{
	const struct dtc_info before = s->control.info;

	if (sync->ncpus == s->streams.n && sync->nuntraced == s->nuntraced)
		return 0;
	s->nuntraced = sync->nuntraced;
	if (control_info(&s->control, e))
		return -1;
	for (uint32_t cpu = 0; cpu < s->control.info.possible; cpu++)
		if (s->control.info.untraced[cpu / 8] & ~before.untraced[cpu / 8] & 1 << cpu % 8)
			session_notice(s, "CPU %u has come online and is not traced: the kernel has no memory for its buffers", cpu);
	return cpus_open_new(s, e);
}
