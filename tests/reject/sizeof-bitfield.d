struct s { int a:3; };
struct s v;
BEGIN { trace(sizeof(v.a)); }
struct s2 { int a2:3; };
struct s2 v2;
BEGIN { trace(sizeof v2.a2); }
