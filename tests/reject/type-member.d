BEGIN { trace(curthread->nosuch); }
struct s { int a; };
struct s v;
BEGIN { trace(v.b); }
union s4 { int a4; };
union s4 v4;
BEGIN { v4.b4 = 1; }
