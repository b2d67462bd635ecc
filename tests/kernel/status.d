/* exit()'s argument is the exit status. @status: 7 */
#pragma D option quiet
tick-10ms { exit(7); }
END { printf("end\n"); }
