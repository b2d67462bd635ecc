static self int x;
auto register int x;
typedef extern int x;
self this int x;
static static int x;
