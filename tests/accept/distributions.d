BEGIN { @["a"] = count(); @["b"] = count(); @x[1] = lquantize(5, 0, 10, 2); @x[2] = lquantize(15, 0, 10, 2); @y = llquantize(5, 2, 0, 10, 2); @z = quantize(-5); exit(0); }
