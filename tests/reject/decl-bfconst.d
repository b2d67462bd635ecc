struct s { int a:pid; };
struct s2 { int a2:-1; };
struct s3 { int a3:0; };
struct s4 { int a4:"x"; };
