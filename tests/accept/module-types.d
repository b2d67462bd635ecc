struct vmlinux`task_struct *p; vmlinux`pid_t q;
BEGIN { p = curthread; trace(p->pid); exit(0); }
