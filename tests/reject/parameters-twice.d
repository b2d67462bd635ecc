int f(int a, int a);
int x[int a, int a];
inline int y[int a, int b, int a] = a;
provider foo { probe bar(int a, int a); };
BEGIN { }
