long float x;
struct t { int x; }; long struct t x;
short double x;
long string x;
