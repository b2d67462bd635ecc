int a[5];
BEGIN { trace(a[5]); }
int a[5];
BEGIN { a[-1] = 2; }
int a3[5][6];
BEGIN { a3[1][6] = 2; }
struct s { int a[5]; };
struct s x;
BEGIN { x.a[7] = 2; }
