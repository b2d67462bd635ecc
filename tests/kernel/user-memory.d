/* copyin() and copyinto(): the program's memory, never past what is the script's. @run: -c 'echo hello world' */
#pragma D option quiet
syscall::write:entry /pid == $target && !done++/
{
	this->b = (char *)copyin(arg1, 5);
	printf("[%c%c%c]\n", this->b[0], this->b[1], this->b[2]);
	this->c = (char *)alloca(6);
	copyinto(arg1, 5, this->c);
	this->c[5] = 0;
	printf("[%s]\n", stringof(this->c));
	printf("%d\n", *(short *)copyin(arg1, 2) == 0x6568);
}
syscall::write:entry /pid == $target && done == 1/ { this->c = (char *)alloca(6); copyinto(arg1, 50000, this->c); printf("never\n"); }
ERROR { printf("fault %d\n", arg4); }
