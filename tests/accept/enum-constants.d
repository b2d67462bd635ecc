enum { A1 = 1, B1 = A1 + 1, C1 = 1 << 4, D1 = 'a', E1 = sizeof(int), F1 = -1, };
BEGIN { trace(A1 + B1 + C1 + D1 + E1 + F1); exit(0); }
