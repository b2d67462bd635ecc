/* Distributions, to the column. */
#pragma D option quiet
BEGIN
{
	@q = quantize(1); @q = quantize(2); @q = quantize(3); @q = quantize(3); @q = quantize(-5); @q = quantize(0);
	@l = lquantize(5, 0, 50, 10); @l = lquantize(15, 0, 50, 10); @l = lquantize(16, 0, 50, 10); @l = lquantize(99, 0, 50, 10); @l = lquantize(-1, 0, 50, 10);
	exit(0);
}
