BEGIN
{
	@a = lquantize(1, pid, 10);
	@b = lquantize(1, 0x100000000, 0x200000000, 1);
	@c = lquantize(1, 0, pid);
	@d = lquantize(1, 0, 0x100000000);
	@e = lquantize(1, 0, 10, pid);
	@f = lquantize(1, 0, 10, 0);
	@g = lquantize(1, 0, 1000000, 100000);
	@h = lquantize(1, 10, 0);
	@i = lquantize(1, 0, 10, 100);
	@j = lquantize(1, 10, 10);
	@k = lquantize(1, 0, 1000000);
	@l = lquantize(1, 0, 10, 1);
	@l = lquantize(1, 1, 10, 1);
	@l = lquantize(1, 0, 11, 1);
	@l = lquantize(1, 0, 10, 2);
	@m = lquantize(1, "a", 10);
	@n = lquantize(1);
	@o = lquantize(1, 0, 10, 1, 1, 1);
	@p = lquantize(execname, 0, 10);
}
