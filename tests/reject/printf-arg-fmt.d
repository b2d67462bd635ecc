BEGIN { s = "%d"; printf(s, 1); }
BEGIN { printf(execname); }
BEGIN { system(execname); freopen(probename); }
BEGIN { printf(1); printf(&`jiffies, 1); }
