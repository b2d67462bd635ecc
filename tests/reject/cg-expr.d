BEGIN { count(); }
BEGIN { sum(1); }
BEGIN { x = stack(); }
BEGIN { y = sym(arg0); }
BEGIN { (void)trace(1); }
