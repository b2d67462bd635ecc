BEGIN { x = alloca(10000000); }
