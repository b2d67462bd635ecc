self int a; self string b; self struct task_struct *c; this int d; this char *e; self int f[int]; self uint64_t g, h, *i;
BEGIN { self->a = 1; self->b = "x"; self->c = curthread; this->d = 1; this->e = 0; self->f[1] = 2; self->g = self->h = 3; exit(0); }
