extern int foo;
extern string foo;
extern int foo;
int bar(int);
extern long bar;
BEGIN { }
