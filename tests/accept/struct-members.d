struct s { int a; char b; short c; long d; long long e; unsigned f; unsigned char g; signed char h; string i; char j[10]; int k:3; int :0; int l:5; unsigned long long m:40; };
struct s v; self struct s w; this struct s u; struct s arr[int];
BEGIN { v.a = 1; v.b = 'a'; v.c = 3; v.d = 4; v.e = 5; v.f = 6; v.g = 7; v.h = -8; v.i = "abc"; v.j = "def"; v.k = 2; v.l = -3; v.m = 0xffff;
 self->w = v; this->u = self->w; trace(this->u.a + self->w.l); printf("%s %s", v.i, this->u.j); exit(0); }
