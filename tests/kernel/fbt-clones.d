/*
 * Copies and parts that the compiler made of functions, which BTF does not know: their parameters by debug information.
 * @run: -c 'sh -c "/bin/true; /bin/false; /bin/true"'
 */
#pragma D option quiet
fbt::do_execveat_common.isra.0:entry
/execname == "sh"/
{
	@["exec", basename(stringof($filename->name))] = count();
}
fbt::finish_task_switch.isra.0:entry
{
	switched = 1;
	@wrong = sum((uintptr_t)args[0] == (uintptr_t)curthread || $prev->pid < 0);
}
END
{
	printa("%s %s %@u\n", @);
	printf("switched %d\n", switched);
	printa("wrong %@u\n", @wrong);
}
