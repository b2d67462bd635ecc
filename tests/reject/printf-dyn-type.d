BEGIN { printf("%*d", "a", 1); }
BEGIN { printf("%.*d", "a", 1); }
