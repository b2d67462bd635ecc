struct s { int; };
struct s2 { int a2; char *; };
struct s3 { int a3; int; };
