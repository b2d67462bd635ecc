struct s { int a:3;
int b:4; };
struct s x;
BEGIN { trace(&x.a); }
