/* flowindent: several clauses on one entry and one return, providers nested. @run: -c "taskset 1 sync" */
#pragma D option flowindent
#pragma D option cpu=0
BEGIN { trace(1); }
syscall::sync:entry { trace("in"); }
syscall::sync:entry { trace("in2"); }
syscall::sync:return { trace("out"); }
syscall::sync:return { printf("ret\n"); exit(0); }
fbt::ksys_sync:entry, fbt::ksys_sync:return { }
fbt::ksys_sync:return { trace(arg1); }
fbt::iterate_supers:entry, fbt::iterate_supers:return { }
tick-5s { exit(1); }
END { trace("end"); }
