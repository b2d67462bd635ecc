/* -c: its calls, what it opens, how it ends. @run: -c "sh -c 'read x </nonexistent; exit 3'" */
#pragma D option quiet
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/nonexistent"/ { self->in = 1; printf("open [%s] %x\n", copyinstr(arg1), arg2); printf("[%s][%s]\n", copyinstr(arg1, 4), stringof(copyin(arg1, 5))); }
syscall::openat:return /self->in/ { printf("%d %d %d %d\n", arg0, arg1, errno, (int)arg0); self->in = 0; }
syscall::exit_group:entry /pid == $target/ { printf("exit %d %s %d\n", arg0, execname, ppid != 0); printf("%d %d %d\n", uid, gid, tid == pid); printf("%s\n", curpsinfo->pr_fname); printf("%d\n", progenyof($pid)); }
END { printf("end %d\n", $target > 0); }
