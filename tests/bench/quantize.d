fbt::vfs_read:entry { @ = quantize(arg2); }
