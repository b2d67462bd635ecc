struct s { int a; struct { int b; union { int c; char d; }; } e; }; struct s v;
BEGIN { v.e.c = 5; v.e.b = 1; trace(v.e.d); trace(offsetof(struct s, e)); exit(0); }
