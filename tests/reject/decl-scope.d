int foo`bar;
extern int `bar;
struct foo`bar { int x; };
inline int a`b = 1;
enum a`b { X };
typedef int a`b;
