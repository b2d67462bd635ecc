struct s { struct { int x; int y; } a[3]; int *p; } v;
BEGIN { v.a[1].x = 5; trace(v.a[1].x + v.a[2].y); exit(0); }
