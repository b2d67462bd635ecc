/* Associative arrays: tuples of many types, elements that are freed, structures and strings as values, += on new ones. */
#pragma D option quiet
struct v { int a; string s; } val; struct v av[int];
string sv[string]; int8_t bv[int, int];
BEGIN
{
	a["x", 1, 'c'] = 5; a["x", 2, 'c'] = 6; printf("1 %d %d %d\n", a["x", 1, 'c'], a["x", 2, 'c'], a["y", 1, 'c']);
	n[3] += 4; n[3]++; --n[4]; printf("2 %d %d %d\n", n[3], n[4], n[5]);
	sv["k"] = "v1"; sv[sv["k"]] = "v2"; printf("3 [%s][%s][%s]\n", sv["k"], sv["v1"], sv["none"]);
	sv["k"] = ""; printf("4 [%s]\n", sv["k"]); sv["v1"] = NULL; printf("5 [%s]\n", sv["v1"]);
	val.a = 9; val.s = "in"; av[1] = val; printf("6 %d [%s] %d [%s]\n", av[1].a, av[1].s, av[2].a, av[2].s);
	bv[1, 2] = 300; bv[1, 2]++; printf("7 %d %d\n", bv[1, 2], bv[2, 1]);
	p[(char *)16] = 1; p[(char *)17] = 2; printf("8 %d %d\n", p[(char *)16], p[(char *)17]);
	self->m["a", 1] = 7; self->m["a", 1] <<= 2; printf("9 %d %d\n", self->m["a", 1], self->m["b", 1]);
	i = 0; t[i++] = i; printf("10 %d %d %d\n", t[0], t[1], i);
	exit(0);
}
