int x;
typedef int foo_t;
struct s { int a; };
#pragma D option quiet
