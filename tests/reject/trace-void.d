BEGIN { trace(trace(1)); }
BEGIN { trace(exit(0)); }
BEGIN { trace((void)1); }
BEGIN { trace(bcopy(curthread, curthread, 1)); }
