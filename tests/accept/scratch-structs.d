struct s { int a; char b[4]; struct s *n; }; struct s v, *p; int arr[5];
BEGIN { p = (struct s *)alloca(sizeof (struct s)); p->a = 1; p->b[2] = 'x'; p->n = p; trace(p->n->a); *((int *)alloca(8)) = 5; trace(*&v.a); trace(&arr[3] == arr + 3); trace(&p->b[1]); trace(&v.a); exit(0); }
