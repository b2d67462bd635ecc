BEGIN
{
	@a = llquantize(1, pid, 0, 6, 10);
	@b = llquantize(1, 100000, 0, 1, 100000);
	@c = llquantize(1, 10, pid, 6, 10);
	@d = llquantize(1, 10, 100000, 6, 10);
	@e = llquantize(1, 10, 0, pid, 10);
	@f = llquantize(1, 10, 0, 100000, 10);
	@g = llquantize(1, 10, 0, 6, pid);
	@h = llquantize(1, 10, 0, 6, 100000);
	@i = llquantize(1, 10, 3, 2, 10);
	@j = llquantize(1, 10, 0, 6, 10);
	@j = llquantize(1, 5, 0, 6, 25);
	@j = llquantize(1, 10, 1, 6, 10);
	@j = llquantize(1, 10, 0, 7, 10);
	@j = llquantize(1, 10, 0, 6, 20);
	@k = llquantize(1, 10);
}
