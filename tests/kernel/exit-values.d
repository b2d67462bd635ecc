/* exit(): the last one tells, its low byte; what follows it in the clause is done. @status: 44 */
#pragma D option quiet
BEGIN { exit(1); printf("a\n"); exit(300); @ = count(); printf("b\n"); }
END { printf("c %d\n", arg0); printa(@); }
