int *p;
BEGIN { trace(p[1, 2]); }
int a[5];
BEGIN { trace(a[1, 2]); }
BEGIN { trace(curthread->comm[1, 2]); }
