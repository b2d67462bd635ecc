inline int a = 3; inline int b = a * 2; inline int c(int x) = x + b; inline int d(int x, int y) = c(x) + c(y); inline string e(string s) = strjoin(s, "x"); inline int isx(string s) = s == "x";
BEGIN { trace(d(1, c(2))); trace(e(e("q"))); trace(isx(execname)); exit(0); }
