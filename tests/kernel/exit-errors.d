/* An ERROR clause's exit() takes effect in a full buffer, in which not even the error itself finds room. @status: 5 */
#pragma D option quiet
#pragma D option cpu=0
#pragma D option bufsize=8
int fault;
BEGIN { printf("%d\n", 1); }
BEGIN { printf("%d\n", 2); }
BEGIN { fault = *(int *)8; }
ERROR { printf("the last\n"); exit(5); }
END { printf("the end\n"); }
