struct a { int x, y; };
BEGIN { trace(xlate <struct a> (1).y); }
struct a2 { int x2, y2; };
BEGIN { trace(xlate <struct a2 *> (curthread)->y2); }
