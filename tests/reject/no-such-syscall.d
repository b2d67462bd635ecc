syscall::opeat:entry { trace(1); }
