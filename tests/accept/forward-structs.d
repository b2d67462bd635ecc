struct a; struct b { struct a *p; }; struct a { int x; }; struct b v;
BEGIN { v.p = 0; trace(sizeof(struct a)); exit(0); }
