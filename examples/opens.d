#!/usr/sbin/dtrace -s
/* Which files are opened, by whom, and with what result? */
#pragma D option quiet

dtrace:::BEGIN
{
	printf("%-16s %7s %4s %s\n", "PROGRAM", "PID", "RET", "PATH");
}

syscall::openat:entry
{
	self->path = copyinstr(arg1);
	self->in = 1;
}

syscall::openat:return
/self->in/
{
	printf("%-16s %7d %4d %s\n", execname, pid, errno ? -errno : (int)arg0, self->path);
	self->in = 0;
}
