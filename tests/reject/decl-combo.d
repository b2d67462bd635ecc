int char x;
struct a { int x; } int y;
signed unsigned int x;
long short int x;
long long long x;
void int x;
string int x;
