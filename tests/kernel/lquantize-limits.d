/* lquantize(): bases and limits below 0, steps, the values at each edge, increments; quantize() with increments of both signs. */
#pragma D option quiet
BEGIN
{
	@a = lquantize(-100, -100, -50, 10); @a = lquantize(-101, -100, -50, 10); @a = lquantize(-50, -100, -50, 10); @a = lquantize(-51, -100, -50, 10);
	@b = lquantize(0, 0, 5); @b = lquantize(4, 0, 5); @b = lquantize(5, 0, 5); @b = lquantize(-1, 0, 5);
	@c = lquantize(7, 0, 100, 10, 3); @c = lquantize(17, 0, 100, 10, -2); @c = lquantize(95, 0, 100, 10, 0);
	@d = quantize(3, 5); @d = quantize(3, -5); @d = quantize(9, 2);
	@e = quantize(1, 1000000); @e = quantize(2, 1); @e = quantize(4, 12345);
	@f = quantize((char)-1); @f = quantize((unsigned char)-1); @f = quantize((short)-32768);
	@g["x", 1] = lquantize(3, 0, 10, 5); @g["y", 2] = lquantize(8, 0, 10, 5); @g["y", 2] = lquantize(99, 0, 10, 5);
	printa(@a); printa(@b); printa(@c); printa(@d); printa(@e); printa(@f); printa(@g); printa("%s/%d%@d", @g);
	exit(0);
}
