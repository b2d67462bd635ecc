BEGIN { for (i = 0; i < 5; i++) { trace(i); } trace(2); }
BEGIN { while (pid) trace(1); x = 1; }
