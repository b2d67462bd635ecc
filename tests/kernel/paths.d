/* copyinstr, copyin, and the process's identity. @run: -c 'cat /etc/hostname' */
#pragma D option quiet
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/etc/hostname"/
{
	printf("%s opens %s, parent %d, ids %d %d, child %d\n", execname, copyinstr(arg1), ppid == $pid, uid, gid, progenyof($pid));
	printf("%s %s\n", stringof(copyin(arg1, 14)), probeprov);
	self->opened = 1;
}
syscall::openat:return /self->opened/ { printf("%d %d %d\n", arg0 > 2, arg0 == arg1, errno); self->opened = 0; }
