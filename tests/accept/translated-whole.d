struct out { int a; string b; }; translator struct out < int i > { a = i; b = "abc"; };
struct out v;
BEGIN { v = xlate <struct out> (5); this->o = xlate <struct out> (6); trace(this->o.a); print(xlate <struct out> (7)); exit(0); }
