BEGIN { @a = llquantize(pid, 10, 0, 6, 5); @b = llquantize(pid, 10, 0, 6, 1); @c = llquantize(pid, 10, 2, 4, 1000); @d = llquantize(pid, 10, 0, 18, 20, tid); @e = llquantize(pid, 2, 0, 62, 2); }
BEGIN { stack(500); ustack(1000, 512); @f[stack(200)] = count(); }
