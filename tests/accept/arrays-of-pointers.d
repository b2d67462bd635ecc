int (*f[3])(int); char *names[4]; typedef char name_t[16]; name_t n; typedef int matrix_t[2][3]; matrix_t m; struct { int q; } anon; struct { unsigned b:3, c:5; signed d:2; } bits;
BEGIN { n = "abc"; m[1][2] = 5; anon.q = 3; bits.b = 7; bits.d = -1; trace(bits.d); trace(m[1][2]); exit(0); }
