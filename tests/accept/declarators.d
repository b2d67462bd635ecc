int x, *y, z[5], w[int], (*v)(int);
BEGIN { x = 1; exit(0); }
