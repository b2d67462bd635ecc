#!/usr/sbin/dtrace -s
/* Every kernel function that runs during a second, the busiest last. */
#pragma D option quiet

fbt:::entry
{
	@[probefunc] = count();
}

tick-1s
{
	trunc(@, 30);
	exit(0);
}
