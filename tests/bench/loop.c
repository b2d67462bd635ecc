// SPDX-License-Identifier: GPL-2.0
/*
 * The workload that is measured: rounds of system calls. Prints the least time
 * of a round in nanoseconds. Under icount a nanosecond is an instruction.
 *
 *	loop read|getppid [calls [rounds]]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long round_of(int fd, int calls)
{
	const long long from = now();
	char byte;

	for (int i = 0; i < calls; i++) {
		if (fd < 0)
			syscall(SYS_getppid);
		else if (read(fd, &byte, 1) != 1)
			exit(1);
	}
	return now() - from;
}

int main(int argc, char **argv)
{
	const int reads = argc > 1 && !strcmp(argv[1], "read");
	const int calls = argc > 2 ? atoi(argv[2]) : 20000, rounds = argc > 3 ? atoi(argv[3]) : 5;
	const int fd = reads ? open("/dev/zero", O_RDONLY) : -1;
	long long least = -1;

	prctl(PR_SET_NAME, "loop");
	for (int i = 0; i < rounds; i++) {
		const long long took = round_of(fd, calls);

		if (least < 0 || took < least)
			least = took;
	}
	printf("%lld\n", least);
	return 0;
}
