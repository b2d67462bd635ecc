/* ERROR with the default action, among others; a fault in it is only counted; the clauses after a fault go on. */
#pragma D option cpu=0
BEGIN { trace(*(int *)0); trace("never"); }
BEGIN { trace("next"); }
ERROR { }
ERROR { trace(arg4); trace(arg1); }
ERROR { trace(*(int *)8); }
BEGIN { printf("x"); exit(0); }
