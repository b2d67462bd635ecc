translator psinfo_t < int P > { pr_pid = P; pr_fname = "x"; };
BEGIN { trace(xlate <psinfo_t> (5).pr_pid); exit(0); }
