struct s { float a:3; };
struct s2 { int *a2:3; };
struct s3 { string a3:3; };
struct t4 { int x4; };
struct s4 { struct t4 a4:3; };
