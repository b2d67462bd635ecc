BEGIN { printf("%y\n", pid); }
