dtrace::BEGIN, fbt::vfs_read, syscall:entry, syscall:read:entry, profile { exit(0); }
