int uint32_t;
int uint32_t x;
typedef int foo;
typedef long foo;
typedef int foo;
int foo;
int foo foo;
typedef int string;
typedef char pid_t;
BEGIN { }
