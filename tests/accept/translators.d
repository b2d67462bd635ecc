struct out { int a; string b; char c; int d; }; struct in { int x; char y[8]; };
translator struct out < struct in *p > { a = p->x * 2; b = stringof(p->y); c = p->y[0]; d = 5; };
translator struct out < struct in p > { a = p.x; };
struct in v;
BEGIN { v.x = 3; v.y = "abc"; trace(xlate <struct out *> (&v)->a); printf("%s", xlate <struct out> (&v).b); trace(xlate <struct out> (v).a); exit(0); }
