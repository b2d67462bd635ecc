BEGIN { 5(1); }
BEGIN { curthread->comm(1); }
BEGIN { "a"(1); }
BEGIN { trace(1)(2); }
