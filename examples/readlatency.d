#!/usr/sbin/dtrace -s
/* How long do reads take, by program? A distribution in nanoseconds. */
#pragma D option quiet

fbt::vfs_read:entry
{
	self->start = timestamp;
}

fbt::vfs_read:return
/self->start/
{
	@latency[execname] = quantize(timestamp - self->start);
	self->start = 0;
}

tick-5s
{
	exit(0);
}
