static int x;
auto int x;
register int x;
inline static int f = 1;
