/* An array ends where it is declared to; what alloca() gave is read and written to its end and no further, and by its own clause only. */
#pragma D option quiet
struct pair { int a; int b; };
struct row { int v[2]; int after; } *r;
uint8_t *q; int *p; struct pair *s, one; uint64_t *u;
BEGIN { q = alloca(8); q[7] = 1; p = (int *)q; printf("1 %d %d %d\n", q[7], p[1] != 0, *(uint8_t *)(q + 7)); }
BEGIN { q = alloca(8); printf("2 %d\n", q[8]); }
BEGIN { q = alloca(8); printf("3 %d\n", q[-1]); }
BEGIN { q = alloca(0); printf("4 %d\n", q[0]); }
BEGIN { q = alloca(8); u = (uint64_t *)(q + 1); printf("5 %d\n", *u); }
BEGIN { p = alloca(16); printf("6 %d\n", p[3]); }
BEGIN { p = alloca(16); printf("7 %d\n", p[4]); }
BEGIN { s = alloca(4); printf("8 %d\n", s->b); }
BEGIN { s = alloca(4); one = *s; printf("9\n"); }
BEGIN { q = alloca(4); bcopy("abcdefgh", q, 8); printf("10\n"); }
BEGIN { q = alloca(4); bcopy(q, alloca(2), 4); printf("11\n"); }
BEGIN { q = alloca(4); q[4] = 1; printf("12\n"); }
BEGIN { q = alloca(4); tracemem(q, 8); printf("13\n"); }
BEGIN { q = alloca(4); q[0] = 5; n = 4; bcopy(q, alloca(4), n); printf("14 %d\n", q[0]); }
BEGIN { printf("15 %d\n", q[0]); }
BEGIN { q = alloca(100); q[0] = 9; printf("16 %d\n", q[0] + q[99]); }
BEGIN { r = alloca(sizeof(struct row)); r->after = 3; n = 1; r->v[n] = 2; printf("17 %d\n", r->v[n]); }
BEGIN { r = alloca(sizeof(struct row)); n = 2; printf("18 %d\n", r->v[n]); }
BEGIN { r = alloca(sizeof(struct row)); n = -1; r->v[n] = 5; printf("19\n"); }
BEGIN { n = 16; printf("20 %c\n", curthread->comm[n]); }
BEGIN { n = 0; printf("21 %d\n", curthread->comm[n] == execname[0]); exit(0); }
ERROR { printf("fault %d of %d: %s\n", arg1, arg2, arg4 == DTRACEFLT_BADADDR ? "address" : arg4 == DTRACEFLT_BADSIZE ? "size" : arg4 == DTRACEFLT_BADINDEX ? "index" : "other"); }
