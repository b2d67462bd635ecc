/* Tracepoints at the very start of an interrupt's stack, which ends before the arguments that they do not have. @run: -c 'sleep 1' */
#pragma D option quiet
sdt:irq_vectors::local_timer_entry, sdt:irq_vectors::local_timer_exit
{
	deep += stackdepth > 0;
	last = arg9;
}
END
{
	printf("stacks %d\n", deep > 0);
}
