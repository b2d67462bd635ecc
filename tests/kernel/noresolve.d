/* noresolve: a program's stack as files and places in them; the kernel's symbols as ever.
   @run: -c "dd if=/dev/zero of=/dev/null bs=1 count=100000" */
#pragma D option quiet
#pragma D option noresolve
int n;
syscall::write:entry
/pid == $target && n < 1/
{
	n++; ustack(1); printf("%-4k", ustack(1)); sym((uintptr_t)&`vfs_read); printf("\n");
}
syscall::write:entry
/pid == $target && n == 1/
{
	exit(0);
}
