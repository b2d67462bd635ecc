BEGIN { printf("%hd", 1); printf("%ld", pid); printf("%hhx", 'a'); printf("%llu", 1); printf("%hx", timestamp); }
BEGIN { printf("%c", timestamp); printf("%Y", pid); printf("%d", curthread); printf("%s", sym(arg0)); }
BEGIN { @a[1] = count(); printa("%d %@s\n", @a); }
BEGIN { printf("%"); printf("%1$d", 1); printf("%Q", 1); }
