/* A raw tracepoint has the arguments of the sdt probe, as integers; each provider's probes fire. */
#pragma D option quiet
#pragma D option destructive
struct task_struct *raw; int typed, ends;
rawtp:sched::sched_switch
/!raw/
{
	raw = (struct task_struct *)args[2];
	printf("%s:%s:%s:%s %d", probeprov, probemod, probefunc, probename, sizeof(args[0]));
	printf(" %d %d %d\n", arg1 == (uint64_t)curthread, args[1] == arg1, raw->pid == ((struct task_struct *)arg2)->pid);
}
sdt:sched::sched_switch
/raw && !typed/
{
	typed = 1;
	printf("%s:%s:%s:%s %d", probeprov, probemod, probefunc, probename, sizeof(args[1]));
	printf(" %d %d\n", args[1] == curthread, args[2]->pid == ((struct task_struct *)arg2)->pid);
}
rawtp:sched::sched_process_exit, sdt:sched::sched_process_exit
/ends++ < 2/
{
	printf("%d %d %d %d\n", arg0 == (uint64_t)curthread, arg1, arg5, arg9);	/* it has one argument */
}
rawtp:sched::sched_process_exit, sdt:sched::sched_switch
/arg1 && probename == "sched_process_exit"/
{
	printf("more than it has: %x\n", arg1);
}
BEGIN { system("true"); }
tick-100ms /typed && ends >= 2/ { exit(0); }
