/* SPDX-License-Identifier: GPL-2.0 */
/* A server of one file on 127.0.0.1, for tests that fetch by build-id: whatever is asked for is that file. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void http_answer(int c, const void *data, size_t size, bool slow)
{
	char request[4096];
	const char *p = data;

	if (read(c, request, sizeof(request)) <= 0 || strncmp(request, "GET /buildid/", 13))
		return;
	dprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", size);
	for (size_t n; size; size -= n, p += n) {
		n = slow && size > 512 ? 512 : size;
		if (write(c, p, n) != (ssize_t)n)
			return;
		if (slow)
			sleep(1);
	}
}

/* The process that serves; *port is where. */
static pid_t http_server_start(const void *data, size_t size, bool slow, int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), c;
	socklen_t len = sizeof(a);
	pid_t pid;

	if (s < 0 || bind(s, (void *)&a, sizeof(a)) || listen(s, 8) || getsockname(s, (void *)&a, &len))
		return -1;
	*port = ntohs(a.sin_port);
	pid = fork();
	if (pid) {
		close(s);
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, SIG_DFL);	/* Check has a handler of its own */
	signal(SIGINT, SIG_IGN);
	while ((c = accept(s, NULL, NULL)) >= 0) {
		http_answer(c, data, size, slow);
		close(c);
	}
	_exit(0);
}

#endif
