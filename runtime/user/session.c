// SPDX-License-Identifier: GPL-2.0
/*
 * A run from loading to unloading. session_run() is its order of events;
 * whatever goes wrong in the middle, the probes come off, the module goes.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "dtrun.h"

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* --- signals: the first ends the run, the second the waiting --- */

static int signals_open(struct session *s, struct error *e)
{
	struct sigaction hangup;
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	if (!sigaction(SIGHUP, NULL, &hangup) && hangup.sa_handler != SIG_IGN)	/* nohup(1) */
		sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return s->signal_fd < 0 ? error_set(e, "cannot watch for signals: %s", strerror(errno)) : 0;
}

static void signals_take(struct session *s)
{
	struct signalfd_siginfo info;

	while (read(s->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		s->impatient = s->interrupted;
		s->interrupted = true;
	}
}

/* --- preparing --- */

/* $N as a number; nonzero: it is none, or too large. */
static int param_number(const char *text, __s64 *ret)
{
	const char *digits = text + (*text == '-' || *text == '+');
	char *end;

	errno = 0;
	*ret = (__s64)strtoull(digits, &end, 0);
	if (*text == '-')
		*ret = -*ret;
	return *digits < '0' || *digits > '9' || *end || errno;
}

/* How many arguments there are and must be. */
static int params_count(const struct session *s, struct error *e)
{
	int wanted = s->meta.general->nparams ? (int)s->meta.general->nparams - 1 : 0;
	uint32_t flags = s->meta.general->flags;

	if (s->nargs < wanted && !(flags & DTC_META_DEFAULTARGS))
		return error_set(e, "the script takes %d argument%s ($1%s), but %d %s given", wanted, wanted == 1 ? "" : "s",
				 wanted > 1 ? " ..." : "", s->nargs, s->nargs == 1 ? "was" : "were");
	if (s->nargs >= DTC_MAX_PARAMS)
		return error_set(e, "more than %d arguments", DTC_MAX_PARAMS - 1);
	if (s->nargs > wanted && !(flags & DTC_META_ARGREF))
		return error_set(e, "extraneous argument '%s' ($%d is not referenced)", s->args[wanted], wanted + 1);
	return 0;
}

static int config_params(struct session *s, struct dtc_config *config, struct error *e)
{
	if (params_count(s, e))
		return -1;
	if (!(s->meta.general->flags & DTC_META_PARAMS))
		return 0;
	config->nparams = s->nargs + 1;
	snprintf(config->param_string[0], DTC_PARAM_STRLEN, "%s", s->module_path);
	for (int i = 0; i < s->nargs; i++) {
		bool is_number = !param_number(s->args[i], &config->param[i + 1]);

		if (strlen(s->args[i]) >= DTC_PARAM_STRLEN)
			return error_set(e, "argument %d has more than %d bytes", i + 1, DTC_PARAM_STRLEN - 1);
		if (!is_number && s->meta.general->int_params & 1u << (i + 1))
			return error_set(e, "argument %d is '%s', but the script uses $%d as a number", i + 1, s->args[i], i + 1);
		strcpy(config->param_string[i + 1], s->args[i]);
	}
	return 0;
}

static uint64_t at_least(uint64_t size, uint64_t min)
{
	return size < min ? min : size;
}

static int session_config(struct session *s, struct error *e)
{
	struct dtc_config *c = calloc(1, sizeof(*c));
	int ret;

	if (!c)
		return error_set(e, "out of memory");
	*c = (struct dtc_config){
		.version = DTC_CONTROL_VERSION, .bufsize = at_least(s->opt.bufsize, DTC_BUFSIZE_MIN),
		.aggsize = at_least(s->opt.aggsize, DTC_AGGSIZE_MIN), .dynvarsize = at_least(s->opt.dynvarsize, DTC_DYNVARSIZE_MIN), .nspec = s->opt.nspec, .specsize = s->opt.specsize, .threads = DTC_THREADS, .overload_percent = DTC_OVERLOAD_PERCENT,
		.reader_timeout = DTC_READER_TIMEOUT, .target = s->ntargets ? s->targets[0].pid : 0,
		.pid = getpid(), .ppid = getppid(), .pgid = getpgrp(), .sid = getsid(0),
		.uid = getuid(), .gid = getgid(), .euid = geteuid(), .egid = getegid(), .cpu = s->opt.cpu,
		.flags = (s->opt.destructive ? DTC_CONFIG_DESTRUCTIVE : 0) | (s->opt.bufpolicy == POLICY_RING ? DTC_CONFIG_RING : 0) |
			 (s->opt.bufpolicy == POLICY_FILL ? DTC_CONFIG_FILL : 0),
	};
	ret = config_params(s, c, e) || control_config(&s->control, c, !s->opt.bufresize, e) ? -1 : 0;
	s->bufsize = c->bufsize;
	s->aggsize = c->aggsize;
	s->dynvarsize = c->dynvarsize;
	free(c);
	return ret;
}

/* bufresize=auto: what was asked for is not what there is. */
static void size_explain(struct session *s, const char *what, uint64_t wanted, uint64_t size)
{
	static const char units[] = "\0kmgt";
	int unit = 0;

	if (size >= wanted)
		return;
	while (size && size % 1024 == 0 && units[unit + 1]) {
		size /= 1024;
		unit++;
	}
	if (unit)
		session_notice(s, "%s lowered to %" PRIu64 "%c", what, size, units[unit]);
	else
		session_notice(s, "%s lowered to %" PRIu64 " bytes", what, size);
}

static void sizes_explain(struct session *s)
{
	if (s->opt.quietresize)
		return;
	size_explain(s, "buffer size", s->opt.bufsize, s->bufsize);
	size_explain(s, "aggregation size", s->opt.aggsize, s->aggsize);
	size_explain(s, "dynamic variable size", s->opt.dynvarsize, s->dynvarsize);
}

static void banner_print(struct session *s)
{
	const char *text = meta_string(&s->meta, s->meta.general->banner), *end;

	for (; *text && !s->opt.quiet; text = *end ? end + 1 : end) {
		end = text + strcspn(text, DTC_BANNER_NEXT);
		session_notice(s, "%.*s", (int)(end - text), text);
	}
}

/* --- running --- */

/* Room for the largest entry of an aggregation. */
static size_t agg_buffer_size(const struct meta *m)
{
	size_t words = 0;

	for (uint64_t i = 0; i < meta_naggs(m); i++)
		if (meta_agg(m, i)->data_words > words)
			words = meta_agg(m, i)->data_words;
	words = (words + DTC_MAX_KEY_WORDS) * 8 + sizeof(struct dtc_agg_entry);
	return words < 32768 ? 32768 : words;
}

static int aggs_take(struct session *s, struct error *e)
{
	size_t size = agg_buffer_size(&s->meta);
	char *buf = malloc(size);
	int ret = buf ? 0 : error_set(e, "out of memory");

	for (size_t i = 0; !ret && i < s->streams.n; i++)
		ret = aggs_read(&s->aggs, s->agg_fds[i], s->streams.v[i].cpu, buf, size, e);
	free(buf);
	return ret;
}

struct round { struct session *s; uint64_t count; };

static int round_record(void *arg, uint32_t cpu, const struct dtc_record *r, struct error *e)
{
	struct round *round = arg;

	if (++round->count % 1024 == 0) {
		signals_take(round->s);
		if (round->s->impatient)
			return error_set(e, "interrupted: what was left is not printed");
	}
	if (round->count % 65536 == 0 && output_flush(&round->s->out, e))
		return -1;
	return session_record(round->s, cpu, r, e);
}

/* Takes and prints what the module has gathered up to now. */
static int session_round(struct session *s, bool final, struct error *e)
{
	struct round round = { s, 0 };
	bool aggs = meta_naggs(&s->meta);
	struct dtc_sync sync = { .flags = aggs ? DTC_SYNC_AGG : 0 };

	if (control_sync(&s->control, &sync, e) || cpus_update(s, &sync, e) || (aggs && aggs_take(s, e)))
		return -1;
	if (streams_consume(&s->streams, &s->meta, final ? UINT64_MAX : sync.time, round_record, &round, e))
		return -1;
	return output_flush(&s->out, e);
}

static void why_print(struct session *s)
{
	struct dtc_status st;
	struct error e;

	if (!s->streams.n || control_status(&s->control, s->streams.v[0].cpu, &st, &e))
		return;
	if (st.why == DTC_WHY_OVERLOAD)
		session_notice(s, "CPU %u spent %u%% of its time in probes: tracing was stopped to protect the system", st.cpu, st.percent);
	if (st.why == DTC_WHY_READER)
		session_notice(s, "the module heard nothing of dtrun for %d seconds: tracing was stopped", DTC_READER_TIMEOUT);
	if (st.why == DTC_WHY_OFFLINE)
		session_notice(s, "CPU %u, the only one that was traced, went offline: tracing was stopped", st.cpu);
	if (st.why == DTC_WHY_OVERLOAD || st.why == DTC_WHY_READER || st.why == DTC_WHY_OFFLINE)
		s->status = 1;
}

enum { POLL_CTL, POLL_SIGNAL, POLL_GUARDIAN, POLL_OUTPUT, POLL_TARGETS };

static size_t polls_fill(struct session *s, struct pollfd *p)
{
	size_t n = POLL_TARGETS;

	p[POLL_CTL] = (struct pollfd){ .fd = s->control.fd, .events = POLLIN };
	p[POLL_SIGNAL] = (struct pollfd){ .fd = s->signal_fd, .events = POLLIN };
	p[POLL_GUARDIAN] = (struct pollfd){ .fd = s->guardian.pidfd, .events = POLLIN };
	p[POLL_OUTPUT] = (struct pollfd){ .fd = fileno(s->out.f) };	/* events 0: a broken pipe alone */
	for (size_t i = 0; i < s->ntargets; i++)
		p[n++] = (struct pollfd){ .fd = s->targets[i].exited ? -1 : s->targets[i].fd, .events = POLLIN };
	for (size_t i = 0; i < s->streams.n && s->opt.bufpolicy == POLICY_SWITCH; i++)	/* the others are read at the end */
		p[n++] = (struct pollfd){ .fd = s->streams.v[i].fd, .events = POLLIN };
	return n;
}

/* True when the run is over. */
static bool polls_answer(struct session *s, const struct pollfd *p)
{
	size_t live = 0;
	bool over = false;

	if (p[POLL_SIGNAL].revents)
		signals_take(s);
	if (p[POLL_CTL].revents) {
		why_print(s);
		over = true;
	}
	if (p[POLL_GUARDIAN].revents) {
		session_notice(s, "the process that guards the module was killed: ending");
		s->status = 1;
		over = true;
	}
	for (size_t i = 0; i < s->ntargets; i++) {
		if (p[POLL_TARGETS + i].revents) {
			s->targets[i].exited = true;
			if (!s->opt.quiet)
				session_notice(s, "pid %d has exited", (int)s->targets[i].pid);
		}
		live += !s->targets[i].exited;
	}
	return over || s->interrupted || (s->ntargets && !live);
}

/* How long to wait for records, in ms: as often as the options say, but the module must hear of its reader. */
static uint64_t round_wait(const struct session *s)
{
	uint64_t ms = (s->opt.switchrate < s->opt.statusrate ? s->opt.switchrate : s->opt.statusrate) / 1000000 + 1;

	return ms < DTC_READER_TIMEOUT * 1000 / 6 ? ms : DTC_READER_TIMEOUT * 1000 / 6;
}

static int session_loop(struct session *s, struct error *e)
{
	struct pollfd *p = calloc(POLL_TARGETS + s->ntargets + s->control.info.possible, sizeof(*p));
	uint64_t reported = now_ns();
	int ret = p ? 0 : error_set(e, "out of memory");
	bool over = false;

	while (!ret && !over) {
		uint64_t wait = round_wait(s);
		size_t n = polls_fill(s, p);

		if (poll(p, n, wait) < 0 && errno != EINTR) {
			ret = error_set(e, "cannot wait: %s", strerror(errno));
			break;
		}
		over = polls_answer(s, p);
		if (p[POLL_OUTPUT].revents & POLLERR)
			ret = error_set(e, "cannot write to %s: %s", s->out.path, strerror(EPIPE));
		if (over || ret)
			break;
		ret = session_round(s, false, e);
		over = s->interrupted;
		if (!ret && now_ns() - reported >= s->opt.statusrate) {
			ret = drops_report(&s->drops, s, e);
			reported = now_ns();
		}
	}
	free(p);
	return ret;
}

/*
 * Room for END where buffers may have too little; those that are read at the end keep some. Else what came before END is read with
 * it: as in DTrace, the aggregations that the last records print have what END adds.
 */
static int session_drain(struct session *s, struct error *e)
{
	bool tight;

	if (control_halt(&s->control, &tight, e))
		return -1;
	return tight && s->opt.bufpolicy == POLICY_SWITCH ? session_round(s, true, e) : 0;
}

/* END, the rest of the records, the aggregations that the script did not print. */
static int session_finish(struct session *s, struct error *e)
{
	if (s->interrupted)	/* the line on which the terminal shows ^C ends */
		fputc('\n', s->out.f);
	if (session_drain(s, e) || control_stop(&s->control, e))
		return -1;
	signals_take(s);
	if (s->impatient) {
		fputc('\n', s->out.f);
		return output_flush(&s->out, e);
	}
	if (session_round(s, true, e) || session_print_aggs(s, e) || output_flush(&s->out, e))
		return -1;
	return drops_report(&s->drops, s, e);
}

/* Its own code and the loader's can be told by name even when it has ended before its records are read. */
static void targets_note(struct session *s)
{
	bool wanted = false;

	for (uint64_t i = 0; i < meta_nfields(&s->meta); i++) {
		uint16_t kind = meta_field(&s->meta, i)->kind;

		wanted |= kind == DTC_FIELD_USTACK || kind == DTC_FIELD_USYM;
	}
	for (size_t i = 0; wanted && i < s->ntargets; i++)
		symbols_user_expect(&s->symbols, s->targets[i].pid);
}

static int session_attached(struct session *s, struct error *e)
{
	if (control_open(&s->control, e) || session_config(s, e) || cpus_open(s, e) || control_attach(&s->control, s, e))
		return -1;
	banner_print(s);
	if (control_go(&s->control, e))
		return -1;
	sizes_explain(s);
	if (s->opt.destructive && !s->opt.quiet)
		session_notice(s, "allowing destructive actions");
	targets_note(s);
	for (size_t i = 0; i < s->ntargets; i++)
		if (target_release(&s->targets[i], e))
			return -1;
	return session_loop(s, e) ? -1 : session_finish(s, e);
}

static void session_unload(struct session *s)
{
	int ret;

	streams_free(&s->streams);
	for (size_t i = 0; s->agg_fds && s->agg_fds[i] >= 0; i++)
		close(s->agg_fds[i]);
	if (s->control.fd >= 0)
		close(s->control.fd);
	s->control.fd = -1;
	ret = module_remove(s->control.name, 30000);
	if (ret && ret != -ENOENT)
		session_notice(s, "cannot unload module %s: %s; the next run will", s->control.name, strerror(-ret));
	else
		guardian_name(&s->guardian, "");
}

int session_run(struct session *s, struct error *e)
{
	int ret = -1;

	s->control.fd = -1;
	sweep(s->verbose);
	if (signals_open(s, e) || guardian_start(&s->guardian, e))
		return -1;
	if (!aggs_init(&s->aggs, &s->meta, &s->symbols, e) &&
	    !module_load(&s->image, &s->meta, &s->guardian, s->control.name, e)) {
		image_free(&s->image);
		if (s->verbose)
			session_notice(s, "module %s", s->control.name);
		ret = session_attached(s, e);
		session_unload(s);
	}
	guardian_end(&s->guardian);
	aggs_free(&s->aggs);
	free(s->agg_fds);
	free(s->flows);
	free(s->drops.seen);
	specs_free(&s->specs);
	packets_close(&s->packets);
	close(s->signal_fd);
	return ret;
}
