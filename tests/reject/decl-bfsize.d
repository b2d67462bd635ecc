struct s { int a:33; };
struct s2 { char a2:9; };
struct s3 { unsigned long long a3:65; };
