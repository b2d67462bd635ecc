// SPDX-License-Identifier: GPL-2.0
/*
 * pcap(): packets in the format of libpcap, with times in ns, to the file that
 * freopen() named; else to tshark, which prints them. Without tshark they are
 * printed as bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "dtrun.h"

extern char **environ;

struct pcap_header { uint32_t magic; uint16_t major, minor; int32_t zone; uint32_t accuracy, snapshot, link; };
struct pcap_packet { uint32_t seconds, ns, captured, length; };
#define MAGIC_NS 0xa1b23c4d

static int header_write(FILE *f, uint32_t snapshot, uint32_t link)
{
	struct pcap_header h = { .magic = MAGIC_NS, .major = 2, .minor = 4, .snapshot = snapshot, .link = link };

	return fwrite(&h, sizeof(h), 1, f) == 1 ? 0 : -1;
}

static int packet_write(FILE *f, const struct dtc_packet *p, const char *bytes)
{
	struct pcap_packet h = { p->time / 1000000000, p->time % 1000000000, p->captured, p->length };

	return fwrite(&h, sizeof(h), 1, f) == 1 && fwrite(bytes, 1, p->captured, f) == p->captured ? 0 : -1;
}

/* tshark prints where we print. It is in a process group of its own, so that Ctrl-C does not end it before what it has been sent. */
static FILE *tshark_start(pid_t *pid)
{
	char *argv[] = { "tshark", "-l", "-r", "-", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, pipe_signal;
	int fds[2], err;

	if (pipe2(fds, O_CLOEXEC))
		return NULL;
	sigemptyset(&none);
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[0], 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &pipe_signal);
	err = posix_spawnp(pid, argv[0], &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[0]);
	if (err) {
		close(fds[1]);
		return NULL;
	}
	return fdopen(fds[1], "w");
}

static int to_file(struct output *o, const struct dtc_packet *p, const char *bytes, uint32_t room, uint32_t link)
{
	if (!o->has_packets && header_write(o->f, room, link))
		return -1;
	o->has_packets = true;
	return packet_write(o->f, p, bytes);
}

static int to_tshark(struct packets *k, const struct dtc_packet *p, const char *bytes, uint32_t room, uint32_t link)
{
	if (!k->f && !k->failed) {
		k->f = tshark_start(&k->pid);
		k->failed = !k->f || header_write(k->f, room, link);
	}
	if (!k->failed && (packet_write(k->f, p, bytes) || fflush(k->f)))
		k->failed = true;
	return k->failed ? -1 : 0;
}

int packet_print(struct session *s, const struct printer *printer, const char *record, uint32_t size, uint32_t link, struct error *e)
{
	struct dtc_packet p;

	if (size < sizeof(p))
		return 0;
	memcpy(&p, record, sizeof(p));
	record += sizeof(p);
	size -= sizeof(p);
	if (p.captured > size)
		return error_set(e, "the module is damaged: a packet of %u bytes in %u", p.captured, size);
	if (s->out.base_fd >= 0)
		return to_file(&s->out, &p, record, size, link) ? output_flush(&s->out, e) : 0;
	if (!s->packets.failed && output_flush(&s->out, e))
		return -1;
	if (!to_tshark(&s->packets, &p, record, size, link))
		return 0;
	if (!s->packets.told)
		session_notice(s, "pcap(): tshark is missing, packets are printed as bytes; install it, or name a file by freopen()");
	s->packets.told = true;
	print_bytes(printer, record, p.captured);
	return 0;
}

void packets_close(struct packets *k)
{
	if (k->f)
		fclose(k->f);
	if (k->pid > 0)
		while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
			;
	*k = (struct packets){ 0 };
}
