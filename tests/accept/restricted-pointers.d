extern int copy(char *restrict to, const char *restrict from);
char *restrict p;
BEGIN { p = 0; trace(p == NULL); }
