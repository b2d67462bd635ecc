/* exit() takes effect, with its status and what its clause prints, where the buffer is full; what else finds no room
   is counted; END finds room. @status: 3 */
#pragma D option quiet
#pragma D option cpu=0
#pragma D option bufsize=8
int never;
BEGIN { printf("%d\n", 1); }	/* the largest record, of which the buffer holds two, is that of the clause with exit() */
BEGIN { printf("%d\n", 2); }
BEGIN { printf("%d\n", 3); }
BEGIN { printf("%d\n", 4); }
BEGIN { printf("lost\n"); }
BEGIN { if (never) exit(4); printf("lost too\n"); }
BEGIN { printf("the last\n"); exit(3); }
BEGIN { printf("after the last\n"); }
END { printf("the end\n"); }
