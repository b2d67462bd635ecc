struct a { int x; };
struct b { int y; };
translator struct a < struct b v > { z = v.y; };
