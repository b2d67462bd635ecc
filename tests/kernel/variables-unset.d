/* Variables that were not assigned, of every scope; associative arrays; a 0 that frees. */
#pragma D option quiet
int g; self int s; this int t; string gs; self string ss; this string ts; int a[int, string]; string as[int]; self int sa[int];
BEGIN
{
	printf("1 %d %d %d [%s][%s][%s]\n", g, self->s, this->t, gs, self->ss, this->ts);
	printf("2 %d [%s] %d\n", a[1, "x"], as[3], self->sa[4]);
	printf("3 %s %s\n", gs == NULL ? "null" : "not", as[1] == NULL ? "null" : "not");
	a[1, "x"] = 5; a[1, "x"] += 2; a[2, "x"]++;
	printf("4 %d %d %d\n", a[1, "x"], a[2, "x"], a[3, "x"]);
	a[1, "x"] = 0;
	printf("5 %d\n", a[1, "x"]);
	self->s = 5; self->sa[3] = 6; this->t = 7;
	printf("6 %d %d %d %d\n", self->s, self->sa[3], self->sa[4], this->t);
}
BEGIN
{
	printf("7 %d %d\n", this->t, self->s);
	self->s = 0;
	printf("8 %d %d\n", self->s, strlen(gs));
	exit(0);
}
