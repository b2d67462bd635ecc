long long x; unsigned long long y; long double *ld; float *fp; double *dp; void *vp;
BEGIN { vp = curthread; fp = 0; trace(vp == curthread); trace((struct task_struct *)vp == curthread); exit(0); }
