int;
extern int;
typedef int;
self int;
