enum e { A = 0x7fffffff, B };
enum e2 { A2 = 0x100000000 };
