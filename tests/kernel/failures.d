/* Each kind of probe and of memory; failures.sh lets one after the other of what it wants from the kernel fail. */
#pragma D option quiet
#pragma D option nspec=2
int elements[int];
BEGIN { elements[1] = 2; self->x = 1; s = speculation(); }
fbt::vfs_read:entry { self->read = timestamp; @[execname] = count(); }
fbt::vfs_read:return /self->read/ { @took = quantize(timestamp - self->read); self->read = 0; }
fbt::vfs_write:return { @writes = count(); }
fbt::vfs_statx:entry, fbt::do_filp_open:entry { @two[probefunc] = count(); }
sdt:::sched_switch { @switches = count(); }
syscall::openat:entry { @opened[copyinstr(arg1)] = count(); }
line::ksys_read@*, line::ksys_write@* { @line = count(); }
profile-100ms { @profile[cpu] = count(); }
tick-50ms /++n == 4/ { exit(0); }
END { printf("the end\n"); clear(@opened); }
