struct s { int x; }; struct s a[int]; struct s g; self struct s t; this struct s c;
BEGIN { g.x = 1; a[1] = g; g = a[1]; self->t = g; this->c = self->t; a[2] = this->c; trace(a[2].x); exit(0); }
