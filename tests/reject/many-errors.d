BEGIN { trace(execnam); }
BEGIN { x = "a" + 1; printf("%d\n"); }
fbt::vfs_raed:entry { @ = count(1); }
