string s; char c[8]; char *p;
BEGIN { s = "hello"; c = "abc"; p = c; trace(stringof(p)); trace(s == c); trace(strlen(s) + strlen(c)); trace(c[1] == 'b'); p = (char *)alloca(10); *p = 'x'; trace(substr(s, 1, 2)); trace(s > "a"); exit(0); }
