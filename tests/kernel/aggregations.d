/* Every aggregating function with exact results, printed at exit in order of their first use. */
#pragma D option quiet
BEGIN
{
	@c = count(); @c = count(); @s = sum(5); @s = sum(-2); @a = avg(10); @a = avg(5);
	@lo = min(9); @lo = min(-4); @hi = max(9); @hi = max(-4);
	@sd = stddev(2); @sd = stddev(4); @sd = stddev(4); @sd = stddev(4); @sd = stddev(5); @sd = stddev(5); @sd = stddev(7); @sd = stddev(9);
	@keyed["one", 1] = sum(1); @keyed["two", 2] = sum(2); @keyed["one", 1] = sum(10);
	printa("count %@d\n", @c); printa("sum %@d\n", @s); printa("avg %@d\n", @a);
	printa("min %@d\n", @lo); printa("max %@d\n", @hi); printa("stddev %@d\n", @sd);
	printa("%-5s %3d %@5d\n", @keyed);
	exit(0);
}
