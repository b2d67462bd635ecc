/* print() of a pointer: its value, then what it points to as C would initialize it, without members that are 0; as far as printsize and 10 levels. */
#pragma D option quiet
struct in { int x; char c; };
enum col { RED, GREEN = 5 };
union u { int i; char c[4]; };
typedef struct in in_t;
struct st {
	int a; unsigned b; char c; char name[8]; short sh[3]; int bf1:3; unsigned bf2:5; struct in in; in_t t; struct in ar[3];
	enum col col, none, other; union u u; void *p; struct in *ip; long l; uint8_t u8; uint64_t u64; int zero; char *s;
	struct { int q; struct in deep; } anon; int (*fn)(int); struct in last;
};
struct pair { struct in a, b; int c; };
struct deep { int v; struct { int v; struct { int v; struct { int v; struct { int v; struct { int v; struct { int v; struct { int v;
	struct { int v; struct { int v; struct { int v; } k; } j; } i; } h; } g; } f; } e; } d; } c; } b; };
struct st g;
struct in z;
struct pair v;
struct deep n;
BEGIN
{
	g.a = -1; g.b = 4000000000; g.c = 'x'; g.name[0] = 'h'; g.name[1] = 'i'; g.name[3] = '!'; g.sh[1] = 2; g.bf1 = -1; g.bf2 = 17; g.in.x = 3; g.in.c = 'y';
	g.ar[1].x = 9; g.ar[2].c = 'z'; g.col = GREEN; g.other = (enum col)99; g.u.i = 0x41424344; g.p = (void *)0x1234; g.l = -5; g.u8 = 200; g.u64 = -1;
	g.t.x = 1; g.anon.q = 6; g.anon.deep.x = 7; g.last.x = 8;
	print(&g);
}
BEGIN { print(&g.l); print(&g.zero); print(&g.c); print(&g.col); print(&g.none); print(&g.other); print(&g.u64); print(&g.p); print(&g.sh); print(&g.name); print(&z); print(&g.ar[1]); }
BEGIN
{
	v.a.x = 1; v.a.c = 'a'; v.b.x = 3; v.c = 5;
	setopt("printsize", "4"); print(&v); setopt("printsize", "8"); print(&v); setopt("printsize", "12"); print(&v); setopt("printsize", "4k"); print(&v);
	n.v = 1; n.b.c.d.e.f.g.h.i.j.v = 2; n.b.c.d.e.f.g.h.i.j.k.v = 3; print(&n);
}
BEGIN { print((struct in *)16); printf("not reached\n"); }
BEGIN { print((struct in *)0); printf("not reached\n"); }
ERROR { printf("fault %d at %x\n", arg4, arg5); }
BEGIN { print(&`init_task.comm); print(&`init_task.pid); exit(0); }
