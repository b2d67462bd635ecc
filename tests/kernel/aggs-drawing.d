/* agghist, aggpack, aggzoom. */
#pragma D option quiet
BEGIN { @a["x"] = sum(10); @a["yy"] = sum(30); @a["neg"] = sum(-5); @c = count(); @q["a"] = quantize(1); @q["a"] = quantize(100); @q["b"] = quantize(7); @l["a"] = lquantize(5, 0, 10, 1); @l["b"] = lquantize(50, 0, 10, 1); @i[1] = count(); @i[22] = count(); @i[22] = count();
 setopt("agghist"); printa(@a); printa(@c); printa(@i); setopt("aggpack"); printa(@q); printa(@l); setopt("agghist", "unset"); setopt("aggpack", "unset"); setopt("aggzoom"); printa(@q); printa(@l); setopt("agghist"); printa(@a); printa("%s %@d\n", @a); exit(0); }
