/* Speculations: more than there are, more than specsize holds, again after the end. */
#pragma D option nspec=2
#pragma D option specsize=200
#pragma D option quiet
BEGIN { a = speculation(); b = speculation(); c = speculation(); d = speculation(); printf("%d %d %d %d\n", a, b, c, d); }
BEGIN { speculate(a); printf("012345678901234567890123456789 %d %d %d\n", a, b, c); }
BEGIN { speculate(a); printf("%s\n", "012345678901234567890123456789"); trace(execname); printf("%s%s%s%s%s%s%s%s%s%s%s%s\n", execname, execname, execname, execname, execname, execname, execname, execname, execname, execname, execname, execname); }
BEGIN { commit(a); }
BEGIN { speculate(b); printf("in b\n"); }
BEGIN { commit(b); }
BEGIN { a = speculation(); printf("%d\n", a); exit(0); }
