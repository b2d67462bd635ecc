int *p; int **pp; int x[5]; BEGIN { p = &x[0]; *p = 5; p[1] = 6; p++; p--; p += 2; p = p + 1; trace(*p); trace(p - &x[0]); trace(p == &x[3]); trace(p > &x[0]); exit(0); }
