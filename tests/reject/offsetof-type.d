BEGIN { trace(offsetof(int, a)); }
typedef int foo;
BEGIN { trace(offsetof(foo, a)); }
enum e { A };
BEGIN { trace(offsetof(enum e, a)); }
