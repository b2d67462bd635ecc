/* Aggregations printed at exit without a format: keys and values in DTrace's columns, sorted by value. */
#pragma D option quiet
BEGIN
{
	@["short"] = sum(3); @["a rather longer key"] = sum(1); @["middle"] = sum(2);
	@n[1, "x"] = count();
	@total = count();
	exit(0);
}
