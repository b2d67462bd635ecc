int a[-1];
int a[0];
int a["x"];
int a[pid];
struct s { int a[pid]; };
int x;
int a[x];
