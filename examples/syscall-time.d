#!/usr/sbin/dtrace -s
/*
 * Where does a program's time in system calls go? Sums the time on CPU that
 * each call took, for the command given with -c (or the process of -p):
 *
 *	dtc -c 'ls -lR /etc' syscall-time.d
 */
syscall:::entry
/pid == $target/
{
	self->ts = vtimestamp;
}

syscall:::return
/self->ts/
{
	@[probefunc] = sum(vtimestamp - self->ts);
	@["- all syscalls -"] = sum(vtimestamp - self->ts);
	self->ts = 0;
}
