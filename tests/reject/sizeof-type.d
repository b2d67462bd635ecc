BEGIN { trace(sizeof(void)); }
struct nosuch *p;
BEGIN { trace(sizeof(*p)); }
BEGIN { trace(sizeof(struct nosuch)); }
BEGIN { trace(sizeof(`vfs_read)); }
BEGIN { @a = count(); trace(sizeof(@a)); }
