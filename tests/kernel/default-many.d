/* The header and the columns of clauses with and without a body; names longer than their column. */
#pragma D option cpu=0
BEGIN { }
dtrace:::BEGIN, dtrace:::END { }
tick-1ms /!n++/ { trace(n); }
tick-1000000ns /n > 1/ { printf("%s", probename); exit(0); }
END { printf("%s|%s|%s|%s", probeprov, probemod, probefunc, probename); }
