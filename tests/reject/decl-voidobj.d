void x;
self void x;
void x[int];
void x[5];
struct s { void x; };
