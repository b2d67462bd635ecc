/* llquantize(): the label of the bucket around 0 with and without negative ones beside it, distributions that hold nothing. */
#pragma D option quiet
BEGIN
{
	@a = llquantize(5, 10, 0, 1, 10, 0); @b = llquantize(5, 10, 2, 3, 10, 0); @c = llquantize(5, 10, 0, 1, 20, 0);
	printa(@a); printa(@b); printa(@c);
	@d = llquantize(150, 10, 2, 3, 10); @e = llquantize(50, 10, 2, 3, 10); @e = llquantize(150, 10, 2, 3, 10);
	@f = llquantize(-150, 10, 2, 3, 10); @g = llquantize(0, 10, 0, 1, 10); @h = llquantize(1, 10, 0, 1, 10);
	printa(@d); printa(@e); printa(@f); printa(@g); printa(@h);
	@i = quantize(0, 0); @j = lquantize(0, 0, 10, 1, 0);
	printa(@i); printa(@j);
	exit(0);
}
