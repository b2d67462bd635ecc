struct a { int x; };
struct b { int y; };
translator struct a < struct b v > { x = v.y; };
translator struct a < struct b v > { x = v.y; };
