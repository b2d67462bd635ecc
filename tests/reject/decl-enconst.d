enum e { A = pid };
enum e2 { A2 = "x" };
int x3;
enum e3 { A3 = x3 };
