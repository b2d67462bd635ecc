/* Stacks and symbols of a program: from write() of the C library up to what calls it.
   @run: -c "dd if=/dev/zero of=/dev/null bs=1 count=100000" */
#pragma D option quiet
int n;
syscall::write:entry
/pid == $target && n < 1/
{
	n++;
	ustack();
	usym(ucaller); umod(ucaller); uaddr(ucaller);
	printf("\ndepth %d pid %d\n", ustackdepth >= 1, pid == $target);
	@[umod(ucaller)] = count();
	@s[ustack(1)] = count();
}
syscall::write:entry
/pid == $target && n == 1/
{
	n++;
	printf("%A %-2k", usym(ucaller), jstack(1));
	exit(0);
}
