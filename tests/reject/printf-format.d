BEGIN { printf("%y\n", pid); printf("%zu\n", sizeof(int)); }
