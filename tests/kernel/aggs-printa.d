/* printa(): keys of every type, formats, flags of @, normalize() and its end, several aggregations, missing keys, clear() and trunc(). */
#pragma D option quiet
BEGIN
{
	@a["one", 1] = count(); @a["two", 2] = count(); @a["two", 2] = count(); @a["three", -3] = count();
	@b[(char)1, (short)2, 3, 4ll] = sum(10); @b[(char)-1, (short)-2, -3, -4ll] = sum(-10);
	@n["x"] = sum(1234); @n["y"] = sum(999); @q["a"] = quantize(1); @q["b"] = quantize(2); @q["b"] = quantize(-2);
	@m["x"] = max(1); @m["z"] = max(5);
	printa(@a); printa("%s %d %@d\n", @a); printa("[%10s] [%5d] [%@10d] [%-@10d] [%@-10d] [%@x] [%@u] [%@5.3d]\n", @a); printa("%@d %s %d\n", @a);
	printa(@b); printa("%d %d %d %d %@d\n", @b); printa("%u %u %u %u %@u %@x\n", @b);
	normalize(@n, 10); printa(@n); printa("%s %@d %@u\n", @n); denormalize(@n); printa("%s %@d\n", @n);
	printa(@q); printa("%s %@d\n", @q);
	printa(@n, @m); printa("%s %@d %@d\n", @n, @m); printa("%s %@d\n", @n, @m); printa("%@d %s %@d %@d %@d\n", @n, @m);
	clear(@a); printa(@a); trunc(@a, 1); printa(@a); trunc(@a); printa(@a); printa("gone %s %d %@d\n", @a);
	clear(@q); printa(@q); trunc(@b, -1); printa(@b);
	printa("static text\n", @n); printa("%@d\n", @n);
	exit(0);
}
