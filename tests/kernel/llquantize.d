/* llquantize(): linear within powers, below the lowest, above the highest, an increment, sorted by value. */
#pragma D option quiet

BEGIN
{
	@a = llquantize(0, 10, 0, 2, 10);
	@a = llquantize(1, 10, 0, 2, 10);
	@a = llquantize(9, 10, 0, 2, 10);
	@a = llquantize(25, 10, 0, 2, 10, 3);
	@a = llquantize(999, 10, 0, 2, 10);
	@a = llquantize(1000, 10, 0, 2, 10);
	@b["twenty"] = llquantize(7, 10, 0, 3, 20);
	@b["twenty"] = llquantize(12, 10, 0, 3, 20);
	@b["twenty"] = llquantize(17, 10, 0, 3, 20);
	@b["more"] = llquantize(2000, 10, 0, 3, 20);
	@c = llquantize(-5, 2, 3, 5, 4);
	@c = llquantize(11, 2, 3, 5, 4);
	printa(@a);
	printa("%s %@d\n", @b);
	exit(0);
}
