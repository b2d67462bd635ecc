struct task_struct *p; int i; uintptr_t u; int byptr[struct task_struct *];
BEGIN { p = 1; p = u; u = p; i = p; }
BEGIN { trace(p == 1); trace(u == p); trace(pid ? p : 1); }
BEGIN { trace(byptr[u]); copyinstr(p); inet_ntoa(u); }
BEGIN { trace((void *)u + 1); u += p; }
BEGIN { trace(p == 0 || p == NULL || p != curthread); p = 0; p = NULL; byptr[0] = 1; trace(pid ? p : 0); }
