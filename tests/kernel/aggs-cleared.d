/* What clear() leaves of each function; integer keys in the order of their bytes; more %@ than aggregations; a key that comes after normalize(). */
#pragma D option quiet
int i;
BEGIN
{
	@mn["a"] = min(5); @mx["a"] = max(5); @av["a"] = avg(5); @sd["a"] = stddev(5); @c["a"] = count(); @s["a"] = sum(5);
	clear(@mn); clear(@mx); clear(@av); clear(@sd); clear(@c); clear(@s);
	printa(@mn); printa(@mx); printa(@av); printa(@sd); printa(@c); printa(@s); printa("%s %@d\n", @mn);
	printa("%s %@d %@d %@d\n", @mn, @c, @mx);
}
BEGIN
{
	@k[-1] = count(); @k[1] = count(); @k[0] = count(); printa(@k);
	@t[(char)-1, 2ll] = count(); @t[(char)1, -2ll] = count(); @t[(char)1, 2ll] = count(); printa(@t);
	@p = sum(1); @q = sum(2); @r = sum(3); printa("%@d %@d %@d %@d %@d\n", @p, @q, @r); printa("%@d %@d\n", @p);
}
BEGIN { @n["before"] = sum(100); normalize(@n, 10); }
tick-100ms /i == 0/ { printa("%s %@d\n", @n); }
tick-100ms /i == 20/ { @n["after"] = sum(100); @mn["a"] = min(7); }
tick-100ms /i == 40/ { printa("%s %@d\n", @n); denormalize(@n); printa("%s %@d\n", @n); printa("%s %@d\n", @mn); exit(0); }
tick-100ms { i++; }
