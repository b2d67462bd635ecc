/* Values of system calls and functions: arg0, arg1, errno on success and failure, of each width. @run: -c "perl -e 'open(F, q(<), q(/nowhere)); getppid(); kill(0, 1); kill(99, 1)'" */
#pragma D option quiet
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/nowhere"/ { self->o = 1; }
syscall::openat:return /self->o/ { printf("openat %d %d %d\n", (int)arg0, (int)arg1, errno); self->o = 0; }
syscall::getppid:return /pid == $target/ { printf("getppid %d %d %d\n", arg0 == ppid, arg1 == ppid, errno); }
syscall::kill:entry /pid == $target/ { printf("kill %d %d\n", arg0, (int)arg1); self->k = 1; }
syscall::kill:return /self->k/ { printf("= %d errno %d\n", (int)arg1, errno); @[probefunc, errno] = count(); }
syscall::exit_group:entry /pid == $target/ { printf("exit %d %s:%s:%s:%s\n", arg0, probeprov, probemod, probefunc, probename); }
END { printa("%s %d %@d\n", @); }
