/* llquantize(): negative values mirror the positive ones. */
#pragma D option quiet
BEGIN { @ = llquantize(-5, 10, 0, 2, 10); @ = llquantize(0, 10, 0, 2, 10); @ = llquantize(7, 10, 0, 2, 10); @m = llquantize(-99999, 10, 0, 1, 10);@m = llquantize(99999, 10, 0, 1, 10); @p = llquantize(5, 10, 1, 2, 10); @p = llquantize(50, 10, 1, 2, 10);
 @n["neg"] = llquantize(-50, 10, 1, 2, 10); @n["pos"] = llquantize(50, 10, 1, 2, 10); @n["zero"] = llquantize(0, 10, 1, 2, 10); printa(@n); clear(@n); printa(@n); exit(0); }
