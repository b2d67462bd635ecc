signed float x;
unsigned double x;
unsigned string x;
struct t { int x; }; unsigned struct t x;
