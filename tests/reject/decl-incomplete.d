struct nosuch x;
self struct nosuch x;
struct s { struct s x; };
union nosuch x[int];
struct s5 { struct nosuche x5; };
struct nosuch x[5];
struct fwd;
struct fwd v;
