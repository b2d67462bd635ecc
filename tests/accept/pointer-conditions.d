struct s { int a; char b[4]; }; struct s v, *p;
BEGIN { p = &v; p->a = 3; (*p).a = 4; trace(p == 0); trace(p != NULL); trace(!p); trace(p && 1); trace(p ? 1 : 0); trace(!!v.a); trace(- -v.a); trace(~~v.a); x = y = z = 5; exit(0); }
