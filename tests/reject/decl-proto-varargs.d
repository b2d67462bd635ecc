inline int f(int x, ...) = x;
int a[int, ...];
int a3[...];
provider p { probe a(int x, ...); };
