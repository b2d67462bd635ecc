/* print(): scalars, characters, structures, bit-fields, arrays, unions, enumerators, strings; pointers as members. */
#pragma D option quiet
struct in { int x; char c; };
enum col { RED, GREEN = 5 };
union u { int i; char c[4]; };
struct st { int a; unsigned b; char c; char name[8]; short sh[3]; int bf1:3; unsigned bf2:5; struct in in; struct in ar[2]; enum col col; union u u; void *p; struct in *ip; long l; uint8_t u8; };
struct st g; int gi; char gc; string gs; int ga[3]; enum col ge; char gn[8];
BEGIN
{
	g.a = -1; g.b = 7; g.c = 'x'; g.name[0] = 'h'; g.name[1] = 'i'; g.sh[1] = 2; g.bf1 = -1; g.bf2 = 17; g.in.x = 3; g.in.c = 2;
	g.ar[1].x = 9; g.col = GREEN; g.u.i = 0x41424344; g.p = (void *)&`jiffies; g.l = -5; g.u8 = 200;
	print(g);
	gi = 5; print(gi); gi = -5; print(gi);
	gc = 'a'; print(gc); gc = 0; print(gc); gc = 7; print(gc);
	gs = "hello"; print(gs);
	ge = GREEN; print(ge); ge = (enum col)99; print(ge);
	print(1); print("lit"); print((char)65); print((uint64_t)-1);
	print(ga); gn[0] = 'q'; print(gn);
	print(g.in); print(g.ar); print(g.u); print(g.sh); print(g.bf2);
	exit(0);
}
