BEGIN { @ = sum("abc"); }
BEGIN { @z2 = avg(execname); }
BEGIN { @z3 = min(*curthread); }
BEGIN { @z4 = quantize(probefunc); }
BEGIN { @z5 = lquantize("a", 1, 10, 1); }
