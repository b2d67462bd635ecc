/* The messages of faults: number of the enabled probe, action, the line. */
#pragma D option quiet
#pragma D option destructive
ERROR { printf("error\n"); }
BEGIN { x = *(int *)0; }
BEGIN { y = 0; x = 1 / y; }
BEGIN /1 / y/ { trace(1); }
BEGIN { trace(strtoll("1", 1)); }
BEGIN { freopen("/nowhere/file"); }
BEGIN { setopt("aggsortpos", "banana"); }
BEGIN { setopt("agsortpos"); }
BEGIN { setopt("bufsize", "1m"); }
BEGIN { setopt("strsize", "100"); }
BEGIN { setopt("errtags"); }
BEGIN { exit(0); }
