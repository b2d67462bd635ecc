syscall::read:entry, syscall::wr*te:return /pid == $target && arg0 > 0 || errno == 2/ { trace(arg0); } syscall:::entry { }
