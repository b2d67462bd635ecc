BEGIN { a[1] = 1; a[2]++; a[3] += 4; ++a[4]; a[5]--; a[6] |= 3; a[7] <<= 2; a["x" == "y"] = 1; b["k"] = "v"; b["k"] = 0; c[pid, tid, execname] = timestamp; self->d[1] = 2; self->d[1] += 2; exit(0); }
