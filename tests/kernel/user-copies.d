/* copyin(), copyinstr(), copyout(), copyoutstr() on a program; lengths, bad addresses. @run: -c "perl -e '"'open(F, "<", "/some/long/name"); open(F, "<", "/second")'"'" */
#pragma D option quiet
#pragma D option destructive
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/some/long/name"/
{
	printf("[%s][%s][%s][%s]\n", copyinstr(arg1), copyinstr(arg1, 5), copyinstr(arg1, 0), copyinstr(arg1, 500));
	this->b = (char *)copyin(arg1, 6);
	printf("%c%c%c\n", this->b[0], this->b[1], this->b[5]);
	this->d = (char *)alloca(8);
	copyinto(arg1 + 6, 4, this->d);
	printf("%s\n", stringof(this->d));
	copyoutstr("/none", arg1, 6);
	printf("%s\n", copyinstr(arg1));
	this->d[0] = 'N'; this->d[1] = 'O';
	copyout(this->d, arg1 + 1, 2);
	printf("%s\n", copyinstr(arg1));
}
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/second"/ { printf("%s\n", copyinstr(0)); }
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/second"/ { copyin(arg1, 1 << 20); }
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/second"/ { printf("%s\n", copyinstr(1234)); }
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/second"/ { printf("last\n"); }
/* a name in the program's own text may not be in memory yet when a predicate reads it */
ERROR /arg5 < 4096/ { printf("fault %d at %x\n", arg4, arg5); }
