int f(int); extern int g(char *, ...); void h(void); extern int e;
BEGIN { exit(0); }
