BEGIN { trace(1) trace(2); }
BEGIN { x = ; }
BEGIN { printf("ok\n"); }
