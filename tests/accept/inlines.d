inline int one = 1; inline string s = "abc"; inline int add(int a, int b) = a + b; inline int sq[int x] = x * x; inline string nm = execname; inline int f() = 5; inline uint64_t now = timestamp / 1000;
BEGIN { trace(one + add(2, sq[3])); trace(s); trace(nm); trace(f()); trace(now); exit(0); }
