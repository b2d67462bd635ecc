struct nosuch *p;
BEGIN { trace(p->x); }
struct nosuch *p;
BEGIN { trace((*p).x); }
struct fwd;
struct fwd *v;
BEGIN { x = *v; }
