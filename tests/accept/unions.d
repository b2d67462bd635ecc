union u { int a; char b[4]; struct { short x, y; } c; };
union u v;
BEGIN { v.a = 0x01020304; trace(v.b[0]); trace(v.c.x); trace(v.c.y); trace(sizeof(union u)); trace(offsetof(union u, c)); exit(0); }
