BEGIN { pid = 1; 5 = 6; execname = "x"; }
