#!/usr/sbin/dtrace -s
/*
 * Which system calls are made, by which programs? Prints the busiest after
 * five seconds (or at Ctrl-C).
 */
#pragma D option quiet

syscall:::entry
{
	@calls[execname, probefunc] = count();
}

tick-5s
{
	exit(0);
}

END
{
	trunc(@calls, 20);
	printf("%-16s %-20s %8s\n", "PROGRAM", "CALL", "COUNT");
	printa("%-16s %-20s %@8d\n", @calls);
}
