inline int f(int) = 1;
inline int f2(void x2) = 1;
int f3(void x3);
