BEGIN { x = 1; trace(x[1]); }
BEGIN { x[1] = 1; trace(x); }
BEGIN { trace(strlen); }
BEGIN { trace(pid[1]); }
BEGIN { trace(args); }
BEGIN { trace(count); }
BEGIN { x = printf; }
