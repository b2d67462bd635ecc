BEGIN { trace(sizeof(enum nosuch)); }
BEGIN { trace(sizeof(struct vmlinux`nosuch)); }
BEGIN { trace((struct nosuchmod`nosuch *)0); }
BEGIN { trace(sizeof(enum nosuch)); }
