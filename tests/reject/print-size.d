BEGIN { print((void)1); }
BEGIN { print(trace(1)); }
