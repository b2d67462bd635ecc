BEGIN { trace(1), trace(2); }
BEGIN { x = (printf("a"), 5); }
BEGIN { pid ? trace(1) : trace(2); }
BEGIN { y = printf("a"); z = (void)1; w = count(); }
BEGIN { !exit(0); pid && exit(0); }
