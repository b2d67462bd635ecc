/*
 * $$vars, $$parms, $$locals at lines, entries, returns and tracepoints. @run: -c 'dd if=/etc/passwd of=/dev/null bs=7 count=1 status=none'
 */
#pragma D option quiet
fbt::vfs_read:entry /pid == $target && $count == 7/ { printf("entry %s\n", $$vars); self->in = 1; }
line::vfs_read@458 /self->in/ { printf("line %s\n", $$vars); printf("parms %s\n", $$parms); trace($$locals); trace("\n"); }
line::vfs_read@458 /self->in/ { print($$vars); }
line::vfs_read@4* /self->in/ { printf("%s: %s\n", probename, $$locals); }
fbt::vfs_read:return /self->in/ { printf("return %s\n", $$vars); self->in = 0; }
sdt:::sched_process_exit /pid == $target/ { printf("exit %s\n", $$vars); }
fbt::do_exit:entry /pid == $target/ { print($$vars); }
