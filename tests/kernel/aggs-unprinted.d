/* At the end: aggregations that were not printed, in the order of the script, after one empty line; those that were are left out. */
#pragma D option cpu=0
BEGIN
{
	@a["one", 1] = count(); @a["two", 1] = count(); @b = count(); @p = count(); @c[probename] = avg(3);
	@e[1, "x", 2ll] = min(2); @["un"] = max(3); @q[1] = quantize(3); @l["x"] = lquantize(1, 0, 10, 1); @cl = count(); @t["t"] = count();
	printa(@p); clear(@cl); trunc(@t);
	exit(0);
}
