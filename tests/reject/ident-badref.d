BEGIN { x[1] = 1; trace(x); }
BEGIN { trace(strlen); }
BEGIN { trace(args); }
BEGIN { trace(count); }
BEGIN { y = printf; }
BEGIN { x[1] = 1; x = 2; }
