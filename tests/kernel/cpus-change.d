/* What cpus-change.sh watches while CPUs go offline and come online. self-> makes CONFIG attach a tracepoint. */
#pragma D option quiet
fbt::vfs_read:entry /execname == "dd" && arg2 == 1/ { self->cpu = cpu; @reads[cpu] = count(); printf("read %d\n", self->cpu); }
profile-20ms { @profile[cpu] = count(); printf("profile %d\n", cpu); }
tick-20ms { printf("tick %d\n", cpu); }
END { printa("reads %d %@d\n", @reads); printa("profiles %d %@d\n", @profile); printf("the end\n"); }
