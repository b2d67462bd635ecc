/* Destructive actions may not be speculated; their arguments. @options: -w */
BEGIN { speculate(1); raise(9); }
BEGIN { speculate(1); stop(); }
BEGIN { speculate(1); chill(5); }
BEGIN { speculate(1); panic(); }
BEGIN { speculate(1); copyout(alloca(4), 0, 4); }
BEGIN { speculate(1); system("x"); }
BEGIN { raise("x"); chill(); stop(1); copyoutstr("x", 0); }
