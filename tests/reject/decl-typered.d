struct t { int x; };
struct t { int y; };
union t { int x; };
union t { int y; };
enum t { A };
enum t { B };
