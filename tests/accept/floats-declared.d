float f; double d; long double e; self float g;
BEGIN { exit(0); }
