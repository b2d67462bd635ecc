/* A short run with each kind of probe that takes time to attach, and output until its end; for states.sh. */
#pragma D option quiet
fbt::vfs_read:entry { @reads = count(); }
fbt::vfs_read:return { self->x = arg1; @[self->x] = count(); }
syscall:::entry { @calls[probefunc] = count(); }
tick-10ms { printf("tick%8000s\n", ""); }	/* more in all than a pipe holds */
tick-10ms /++n == 20/ { exit(0); }
END { trunc(@); printf("the end\n"); }
