fbt::vfs_raed:entry { trace(1); }
