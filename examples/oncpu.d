#!/usr/sbin/dtrace -s
/* Time on CPU by program, from the scheduler's own functions. */
#pragma D option quiet

fbt::finish_task_switch*:entry
{
	self->on = timestamp;
}

fbt::psi_task_switch:entry
/self->on/
{
	@oncpu[execname] = sum(timestamp - self->on);
	self->on = 0;
}

tick-5s
{
	exit(0);
}

END
{
	normalize(@oncpu, 1000);
	printf("%-16s %12s\n", "PROGRAM", "MICROSECONDS");
	printa("%-16s %@12d\n", @oncpu);
}
