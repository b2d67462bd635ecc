#!/usr/sbin/dtrace -s
/* Who allocates kernel memory, and in what sizes? */
#pragma D option quiet

fbt::__kmalloc:entry,
fbt::__kmalloc_node:entry,
fbt::__kmalloc_node_track_caller:entry
{
	@size[execname] = quantize(arg0);
	@bytes[execname] = sum(arg0);
}

tick-5s
{
	printa("%-16s %@12d bytes\n", @bytes);
	exit(0);
}
