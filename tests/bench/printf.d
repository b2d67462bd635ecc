fbt::vfs_read:entry /execname == "loop"/ { printf("%d %d\n", pid, arg2); }
