int a[0x7fffffff];
int a[5000000000];
typedef int t[0xffffffffff];
