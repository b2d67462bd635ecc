struct a { int x; };
struct b { string y; };
translator struct a < struct b v > { x = v.y; };
struct a2 { int x2; };
struct b2 { int y2; };
translator struct a2 < struct b2 v2 > { x2 = "abc"; };
