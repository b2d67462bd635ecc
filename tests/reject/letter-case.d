begin, FBT::vfs_read:entry, syscall::READ:entry { exit(0); }
