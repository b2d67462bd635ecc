inline int f(static int x) = x;
int f(typedef int);
int a[self int];
