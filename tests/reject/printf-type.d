BEGIN { printf("%s\n", pid); printf("%d\n", execname); }
