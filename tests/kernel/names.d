/* The parts of a probe's name, ids, and globs with lists. */
#pragma D option quiet
tick-100ms, profile:::tick-300ms { printf("%s:%s:%s:%s %d\n", probeprov, probemod, probefunc, probename, id > 3); }
dtrace:::BEGIN { printf("%s %d %d\n", strjoin(probeprov, probename), id, epid > 0); }
tick-350ms { exit(0); }
dtrace:::END { printf("%s\n", probename); }
