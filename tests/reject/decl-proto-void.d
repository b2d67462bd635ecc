int f(int x, void);
int f(void, int x);
int g(int, void);
inline int f5(int x5, void) = 1;
provider p { probe a(int x, void); };
