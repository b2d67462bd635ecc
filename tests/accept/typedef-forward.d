typedef struct foo foo_t; struct foo { foo_t *next; int x; }; foo_t f; typedef union u u_t; union u { int a; long b; }; u_t w;
BEGIN { f.x = 3; f.next = &f; trace(f.next->next->x); w.b = -1; trace(w.a); exit(0); }
