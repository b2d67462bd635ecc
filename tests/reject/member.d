BEGIN { trace(pid->x); trace(execname.y); }
