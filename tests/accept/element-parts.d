struct pair { int a, b; }; struct pair byKey[int];
BEGIN { byKey[1].a = 3; byKey[1].b = 4; byKey[2].a += 5; byKey[2].b++; trace(byKey[1].a + byKey[1].b); exit(0); }
