/* llquantize() with fewer steps than the factor: the first of an order is the narrower one. */
#pragma D option quiet

BEGIN
{
	@a = llquantize(0, 10, 0, 1, 5);
	@a = llquantize(1, 10, 0, 1, 5);
	@a = llquantize(2, 10, 0, 1, 5, 2);
	@a = llquantize(3, 10, 0, 1, 5);
	@a = llquantize(9, 10, 0, 1, 5);
	@a = llquantize(10, 10, 0, 1, 5);
	@a = llquantize(19, 10, 0, 1, 5);
	@a = llquantize(20, 10, 0, 1, 5);
	@a = llquantize(99, 10, 0, 1, 5);
	@a = llquantize(-4, 10, 0, 1, 5);
	@a = llquantize(100, 10, 0, 1, 5);
	@one = llquantize(7, 10, 1, 2, 1);
	@one = llquantize(70, 10, 1, 2, 1);
	@one = llquantize(700, 10, 1, 2, 1);
	printa(@a);
	printa(@one);
	exit(0);
}
