fbt::vfs_read:entry { @[stack()] = count(); }
