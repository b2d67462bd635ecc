/* alloca(), bcopy(), copyin(), copyinto(), stores by pointers, structures and arrays by value. */
#pragma D option quiet
struct point { int x; char tag; unsigned lo : 3; unsigned hi : 5; long y; };
struct point g, h;
struct point points[int];
int numbers[4];
self struct point where;
this struct point here;
BEGIN
{
	this->p = (int *)alloca(16);
	this->p[0] = 7; this->p[1] = 8; *(this->p + 2) = 9; this->p[3] = 0; this->p[3]++;
	printf("%d %d %d %d\n", this->p[0], this->p[1], this->p[2], this->p[3]);
	this->s = (char *)alloca(8);
	bcopy("abc", this->s, 4);
	this->s[1] = 'X';
	printf("%s\n", stringof(this->s));
	this->q = (struct point *)alloca(sizeof(struct point));
	this->q->x = 1; this->q->tag = 't'; this->q->lo = 5; this->q->hi = 17; this->q->y = -2;
	g = *this->q;
	h = g; h.x = 2; h.lo = 1;
	printf("%d %c %d %d %d, %d %c %d %d %d\n", g.x, g.tag, g.lo, g.hi, g.y, h.x, h.tag, h.lo, h.hi, h.y);
	numbers[2] = 5; numbers[3] += 6;
	printf("%d %d %d\n", numbers[0], numbers[2], numbers[3]);
	printf("%d %d\n", self->where.x, self->where.hi);
	self->where = h; self->where.x++; self->where.hi = 3;
	printf("%d %d %d\n", self->where.x, self->where.hi, self->where.lo);
	this->here = self->where; this->here.y = 1 << 20;
	printf("%d %d\n", this->here.y, this->here.x);
	points[3] = this->here; points[4] = g;
	printf("%d %d %d\n", points[3].y, points[4].x, points[5].x);
	this->g = &g; this->g->x = 77; this->g->hi = 2;
	printf("%d %d %d\n", g.x, g.hi, g.lo);
	this->r = &this->here; this->r->x = 5;
	printf("%d\n", this->here.x);
}
BEGIN { printf("%d %d\n", self->where.x, this->here.y); self->whole = *curthread->cred; this->whole = self->whole; }
BEGIN { printf("%d\n", self->whole.uid.val == uid && this->whole.gid.val == gid); }
BEGIN { this->t = (int *)curthread; *this->t = 3; printf("never\n"); }
BEGIN { this->c = curthread; this->c->pid = 3; printf("never\n"); }
BEGIN { bcopy("abc", curthread, 4); printf("never\n"); }
BEGIN { this->a = (char *)alloca(8); this->a[8] = 1; printf("never\n"); }
BEGIN { this->a = (char *)alloca(8); bcopy("0123456789", this->a, 9); printf("never\n"); }
BEGIN { this->a = (char *)alloca((pid >= 0) * 70000); printf("never\n"); }
BEGIN { this->z = (int *)0; *this->z = 1; printf("never\n"); }
ERROR { printf("fault %d in %d\n", arg4, arg2); }
BEGIN { exit(0); }
