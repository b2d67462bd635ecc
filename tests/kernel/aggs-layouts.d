/* Every aggregating function without keys, as printa() shows it; values below, within and past the limits. */
#pragma D option quiet
BEGIN
{
	@c = count(); @s = sum(-5); @mn = min(-7); @mx = max(9); @av = avg(5); @av = avg(-8); @sd = stddev(5); @sd = stddev(9);
	@q = quantize(0); @q2 = quantize(-1); @q2 = quantize(1); @q2 = quantize(1000); @q3 = quantize(5);
	@l = lquantize(5, 0, 10, 2); @l = lquantize(-1, 0, 10, 2); @l = lquantize(100, 0, 10, 2);
	@l2 = lquantize(3, 0, 10); @l3 = lquantize(-3, -10, 10, 5); @l3 = lquantize(9, -10, 10, 5, 4); @l4 = lquantize(9, -10, 10, 5, -4);
	@q4 = quantize(9223372036854775807); @q4 = quantize(-9223372036854775807 - 1);
	printf("count"); printa(@c); printf("sum"); printa(@s); printf("min"); printa(@mn); printf("max"); printa(@mx);
	printf("avg"); printa(@av); printf("stddev"); printa(@sd); printf("q"); printa(@q); printf("q2"); printa(@q2);
	printf("q3"); printa(@q3); printf("l"); printa(@l); printf("l2"); printa(@l2); printf("l3"); printa(@l3); printf("l4"); printa(@l4);
	clear(@q); clear(@l); clear(@c); clear(@av); clear(@mn); clear(@sd);
	printa(@q); printa(@l); printa(@c); printa(@av); printa(@mn); printa(@sd);
	trunc(@q3); printa(@q3); printf("end\n");
	exit(0);
}
