BEGIN { trace(1), trace(2); }
BEGIN { (trace(1), 5); }
BEGIN { x = (trace(1), 5); }
