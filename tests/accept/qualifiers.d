const int x; volatile int y; const volatile char *z; char *const w; int const v;
BEGIN { y = 1; trace(y); z = 0; exit(0); }
