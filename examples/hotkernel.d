#!/usr/sbin/dtrace -s
/* What is the kernel doing? Samples every CPU 997 times a second for five seconds and prints the ten commonest stacks. */
#pragma D option quiet

profile-997
/arg0/
{
	@[stack()] = count();
}

tick-5s
{
	trunc(@, 10);
	exit(0);
}
