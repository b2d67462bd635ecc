BEGIN { trace(args[0]); }
fbt::vfs_read:entry { trace(args[12]); }
fbt::vfs_read:entry { trace(args[-1]); }
