/* NULL is no string: what is not found compares with it, and to read it is a fault. */
#pragma D option quiet
string s;
BEGIN { printf("1 %d %d %d\n", strchr("abc", 'z') == NULL, strrchr("abc", 'z') == NULL, strstr("abc", "z") != NULL); }
BEGIN { printf("2 %d %d %d %d\n", "" == NULL, substr("abc", 3) == NULL, strchr("abc", 'b') == NULL, strstr("abc", "") == NULL); }
BEGIN { printf("3 %d %d %d\n", strchr("abc", 'z') == "", strchr("abc", 'z') < "", strtok("", ",") == strstr("a", "b")); }
BEGIN { printf("4 %s\n", strchr("abc", 'z') == NULL ? "none" : "some"); }
BEGIN { printf("5 %d\n", (1 ? strstr("abc", "z") : "x") == NULL); }
BEGIN { s = "set"; s = strstr("abc", "z"); printf("6 [%s] %d\n", s, s == NULL); }
BEGIN { printf("7 [%s]\n", strchr("abc", 'z')); }
BEGIN { printf("8 %d\n", strlen(strchr("abc", 'z'))); }
BEGIN { printf("9 %s\n", strjoin("a", strstr("b", "c"))); }
BEGIN { printf("10 %d\n", strlen(NULL)); }
BEGIN { printf("11 %d\n", index("abc", NULL)); }
BEGIN { printf("12 %s\n", basename(NULL)); }
BEGIN { printf("13 %s\n", strtok(NULL, ",")); }
BEGIN { printf("14 %s\n", strtok("abc", NULL)); }
BEGIN { @[strchr("abc", 'z')] = count(); printf("15\n"); }
BEGIN { x[strstr("abc", "z")] = 1; printf("16\n"); }
BEGIN { trace(json("{}", "a")); printf("17\n"); }
BEGIN { printf("18 %s\n", stringof(NULL)); }
BEGIN { printf("19 %s\n", 0 ? "x" : strstr("a", "b")); }
BEGIN { exit(0); }
ERROR { printf("fault %d of %d: %d %x\n", arg1, arg2, arg4, arg5); }
