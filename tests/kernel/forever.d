/* Runs until it is told to end; lifecycle.sh tells it in many ways. */
#pragma D option quiet
syscall:::entry { @[probefunc] = count(); }
tick-50ms { printf("tick\n"); }
END { printf("the end\n"); }
