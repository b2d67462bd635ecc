/* raise(), stop(), copyout(), copyoutstr(), system() on the process itself.
   @run: -c 'sh -c "trap \"echo got\" USR1; kill -0 \$\$; kill -0 1; echo hello | cat; echo done"' */
#pragma D option quiet
#pragma D option destructive
#pragma D option switchrate=50ms

syscall::kill:entry
/pid == $target && arg0 == $target/
{
	raise(10);
}
syscall::kill:entry
/pid == $target && arg0 == 1/
{
	stop();
	system("sleep 0.2; grep -c 'T (stopped)' /proc/%d/status; kill -CONT %d", pid, pid);
}
syscall::read:entry
/execname == "cat"/
{
	self->buf = arg1;
}
syscall::read:return
/execname == "cat" && arg0 == 6/
{
	copyoutstr("HELL", self->buf, 4);
	this->b = copyin(self->buf, 6);
	copyout(this->b, self->buf + 2, 2);
}
syscall::read:return
/execname == "cat" && arg0 == 6/
{
	copyout(this->b, 8, 4);
	printf("not reached\n");
}
syscall::read:return
/execname == "cat" && arg0 == 6/
{
	raise(1000);
}
ERROR { @faults[arg4] = count(); }
