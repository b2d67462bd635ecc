/* normalize() of every aggregating function, by negative numbers, over clear(). */
#pragma D option quiet
BEGIN { @c["a"] = count(); @c["a"] = count(); @c["b"] = count(); @s["a"] = sum(100); @s["b"] = sum(-55); @v["a"] = avg(10); @v["a"] = avg(15); @d["a"] = stddev(10); @d["a"] = stddev(20); @q = quantize(5, 10); @l = lquantize(5, 0, 10, 1, 7); @mn = min(50); @mx = max(70);
normalize(@c, 2); printa(@c); normalize(@s, 10); printa(@s); normalize(@v, 3); printa(@v); normalize(@d, 2); printa(@d); normalize(@q, 5); printa(@q); normalize(@l, 2); printa(@l); normalize(@mn, 7); printa(@mn); normalize(@s, -5); printa("%s %@d %@u %@x\n", @s); denormalize(@q); printa(@q); normalize(@c, 3); clear(@c); printa(@c); exit(0); }
