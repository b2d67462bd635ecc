BEGIN { pid(1); }
BEGIN { x = 1; x(1); }
inline int a = 1;
BEGIN { a(1); }
enum e { A };
BEGIN { A(1); }
BEGIN { x5[1] = 1; x5(1); }
