#!/usr/sbin/dtrace -s
/* System calls that fail, by program, call and errno. */
#pragma D option quiet

syscall:::return
/errno != 0/
{
	@[execname, probefunc, errno] = count();
}

tick-5s
{
	printf("%-16s %-20s %5s %8s\n", "PROGRAM", "CALL", "ERRNO", "COUNT");
	printa("%-16s %-20s %5d %@8d\n", @);
	exit(0);
}
