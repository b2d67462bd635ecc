BEGIN { trunc(); clear(1); normalize(@a[1], 0); trunc(@never["x"]); }
