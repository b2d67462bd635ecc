unsigned void x;
long void *x;
