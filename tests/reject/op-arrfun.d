int a[5];
int b[5];
BEGIN { a = b; }
struct s { int a[5]; };
struct s v;
BEGIN { v.a = 0; }
