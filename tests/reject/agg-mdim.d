BEGIN { @a[1][2] = count(); }
BEGIN { @a[pid][execname] = quantize(1); }
