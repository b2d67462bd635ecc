/* aggpercpu: under each value of the default form, what each CPU had of it. @run: -c "taskset 1 sync" */
#pragma D option quiet
#pragma D option aggpercpu
syscall::sync:entry
{
	@c["a"] = count(); @m["a"] = min(7); @s = sum(-5); @q = lquantize(3, 0, 5, 1); @v[1] = avg(3); @v[1] = avg(6);
	printa(@c); printa("%s %@d\n", @c); printa(@c, @m); printa(@s); printa(@q); normalize(@s, 5); printa(@s); clear(@m); printa(@m);
	exit(0);
}
