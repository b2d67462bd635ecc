int a[int, string, pid_t, int *, enum pid_type]; enum pid_type t;
BEGIN { a[1, "a", pid, (int *)0, t] = 4; trace(a[1, "a", pid, (int *)0, t]); a[1, "a", pid, (int *)0, t] = 0; exit(0); }
