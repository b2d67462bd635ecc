/* The paths of opens that fail, told at their return; those that succeed are forgotten. specsize: what does not fit is counted.
   @run: -c 'sh -c "cat /etc/hostname >/dev/null; cat /no/such/file; cat /no/other/file" 2>/dev/null' */
#pragma D option quiet
#pragma D option nspec=4
#pragma D option specsize=320
#pragma D option switchrate=50ms

syscall::openat:entry
/progenyof($target)/
{
	self->spec = speculation();
	speculate(self->spec);
	printf("open %s\n", copyinstr(arg1));
}
syscall::openat:entry
/self->spec/
{
	speculate(self->spec);
	printf("%s\n", strjoin("too ", "large"));
}
syscall::openat:return
/self->spec && errno == 2/
{
	speculate(self->spec);
	trace(errno);
}
syscall::openat:return
/self->spec && errno == 2/
{
	commit(self->spec);
	self->spec = 0;
}
syscall::openat:return
/self->spec/
{
	discard(self->spec);
	self->spec = 0;
}
