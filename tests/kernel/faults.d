/* Faults end their clause, fire ERROR, drop what was recorded, and show the script's line. */
#pragma D option quiet
int zero;
BEGIN { printf("never printed\n"); trace(1 / zero); }
BEGIN { trace(*(int *)0xffffffffdeadbeef); }
BEGIN { trace(stringof((char *)0x10)); }
ERROR { printf("fault %d\n", arg4); errors++; }
BEGIN { printf("%d errors\n", errors); exit(0); }
