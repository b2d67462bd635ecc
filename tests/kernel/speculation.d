/* Speculations: nothing before commit(), all of it then; discard() forgets; an id again after its end; none free. */
#pragma D option quiet
#pragma D option nspec=2

BEGIN { s = speculation(); t = speculation(); printf("%d %d\n", s, t); printf("none: %d\n", speculation()); }
BEGIN { speculate(s); printf("kept %d\n", 1); }
BEGIN { speculate(t); printf("forgotten\n"); }
BEGIN { printf("first\n"); }
BEGIN { speculate(s); x = 5; printf("kept %d", 2); trace(x); printf("\n"); }
BEGIN { discard(t); }
BEGIN { commit(s); commit(s); }
BEGIN { printf("second\n"); }
BEGIN { speculate(s); printf("into one that has ended\n"); y = 7; }
BEGIN { u = speculation(); printf("again %d, y %d\n", u, y); }
BEGIN { speculate(u); printf("new\n"); }
BEGIN { speculate(0); printf("no speculation\n"); }
BEGIN { speculate(77); printf("no such\n"); }
BEGIN /u/ { if (y == 7) { commit(u); z = *(int *)0; } }
BEGIN { v = speculation(); speculate(v); if (v) { printf("in an if\n"); } else { printf("not\n"); } }
BEGIN { commit(v); }
BEGIN { w = speculation(); speculate(w); printf("never committed\n"); }
ERROR { printf("fault %d\n", arg4); }
BEGIN { printf("end\n"); exit(0); }
