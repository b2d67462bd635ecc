int byvoid[void];
int byvoid2[void, int];
int byarray[int a[int]];
int f(int a[int]);
BEGIN { }
