BEGIN { @a = lquantize(1, 10, 5, 1); @b = lquantize(1, 0, x, 1); @c = lquantize(1, 0, 10, 0); }
