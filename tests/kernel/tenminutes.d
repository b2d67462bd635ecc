/* A run of ten minutes (the emulated machine skips the time it is idle) loses nothing and ends cleanly. @boot: --icount @deadline: 900 @only: kernel */
#pragma D option quiet
tick-1s { seconds++; @["ticks"] = count(); }
profile-10 { @["profile"] = count(); }
tick-1m { printf("minute %d\n", ++minutes); }
tick-601s { printf("%d seconds\n", seconds); exit(0); }
