int x;
BEGIN { ; ; ; } BEGIN { 1; x; "abc"; x + 1; (x = 5); exit(0); }
