BEGIN { print((void *)0); }
BEGIN { print(&`vfs_read); }
struct unknown *p;
BEGIN { print(p); }
