struct pair { int a, b; };
struct pair byKey[int];
BEGIN { byKey[1].a = 3; }
BEGIN { *(void *)arg0 = 1; }
BEGIN { tracemem(curthread, pid); }
