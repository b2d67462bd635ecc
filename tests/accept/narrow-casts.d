BEGIN { a = (int)pid; b = (short)a; c = (char)b; trace(a + b + c); d = (long)a * 2; e = d / 3u; f = 3 > 2; g = f == 1; exit(0); }
