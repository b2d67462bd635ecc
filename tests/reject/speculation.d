BEGIN { trace(1); speculate(1); }
BEGIN { speculate(1); speculate(2); }
BEGIN { commit(1); speculate(1); }
BEGIN { trace(1); commit(1); }
BEGIN { commit(1); trace(1); }
BEGIN { speculate(1); exit(0); }
BEGIN { speculate(1); @a = count(); }
BEGIN { commit(1); @a = count(); }
BEGIN { commit(); discard("x"); speculate(@a); speculation(1); }
