this int x[int];
this string x[string, int];
