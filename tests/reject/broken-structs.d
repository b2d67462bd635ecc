struct s { int a };
struct t { };
union u { int a, ; };
struct v { int a b c; int d; };
BEGIN { trace(1) trace(2); }
