enum e { A, B = 10, C }; enum e v; int arr[enum e]; struct { enum e q; } w;
BEGIN { v = B; arr[v] = 1; arr[C] = 2; w.q = v; trace(w.q == B ? A : C); trace(v + 1); printf("%d", v); @[v] = count(); exit(0); }
