/* Kernel memory as strings: char arrays, pointers to them, what is not there; a string assigned from each. */
#pragma D option quiet
char *p;
BEGIN
{
	printf("1 %s %s\n", `init_task.comm, stringof(`init_task.comm));
	p = (char *)&`init_task.comm;
	printf("2 %s %c %d\n", stringof(p), *p, p[7]);
	printf("3 %d %d\n", `init_task.comm == "swapper/0", strlen(`init_task.comm));
	s = stringof(p);
	printf("4 %s %s\n", s, strjoin(s, "!"));
	printf("5 %d %d %s\n", `init_task.pid, `init_task.tgid, curthread->comm == execname ? "same" : "differ");
	printf("6 %d %d\n", curthread->pid == tid, curthread->tgid == pid);
	trace(`init_task.comm);
	printf("\n7 %s\n", substr(stringof((char *)&`linux_banner), 0, 13));
	@[`init_task.comm] = count();
	printa(@);
	exit(0);
}
