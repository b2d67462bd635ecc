syscall::read:entry /execname = "sh"/ { pid++; }
