/* tick and profile: arguments, names, rates; clocks. */
#pragma D option quiet
BEGIN { i = 0; t0 = timestamp; }
tick-10ms { i++; } tick-10ms /i == 3/ { printf("%d %d %d %s %s\n", i, arg0 != 0, arg1 != 0, probefunc, probename); }
profile-50 /cpu == 0 && !seen++/ { printf("%d %d\n", (arg0 != 0) ^^ (arg1 != 0), stackdepth > 0 || ustackdepth > 0); }
tick-100hz /!once++/ { printf("hz %s\n", probename); }
tick-1s { printf("%d %d\n", timestamp - t0 >= 900000000 && timestamp - t0 < 2000000000, vtimestamp > 0); exit(0); }
END { printf("%d %d\n", walltimestamp > 1700000000000000000, timestamp == timestamp); }
