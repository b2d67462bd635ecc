BEGIN { trace(~"a"); }
BEGIN { trace("a" % 2); }
BEGIN { trace("a" & 2); }
BEGIN { trace(1 << "a"); }
BEGIN { trace(curthread >> 1); }
BEGIN { trace(curthread | 1); }
BEGIN { trace(curthread ^ 1); }
