/* A fault in a speculating clause drops its part only; what was committed before it stays; exit() in a speculation counts when committed. */
#pragma D option quiet
#pragma D option nspec=3
ERROR { printf("fault %d\n", arg4); }
BEGIN { a = speculation(); b = speculation(); }
BEGIN { speculate(a); printf("kept\n"); }
BEGIN { speculate(a); printf("lost\n"); x = *(int *)0; }
BEGIN { speculate(a); printf("kept too\n"); }
BEGIN { speculate(b); printf("b\n"); }
BEGIN { commit(a); }
BEGIN { discard(b); }
BEGIN { b = speculation(); c = speculation(); printf("%d %d\n", b, c); }
BEGIN { speculate(b); printf("again\n"); }
BEGIN { commit(b); }
BEGIN { commit(b); commit(c); discard(c); }
BEGIN { commit(0); discard(0); commit(3); discard(3); }
BEGIN { commit(4); }
BEGIN { discard(-1); commit(b); }
BEGIN { speculate(4); printf("not reached\n"); }
BEGIN { printf("end\n"); exit(0); }
