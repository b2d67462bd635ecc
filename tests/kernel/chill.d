/* chill() takes its time, and half a second in each at the most. */
#pragma D option quiet
#pragma D option destructive

BEGIN { t = timestamp; chill(300000000); }
BEGIN { chill(300000000); printf("not reached\n"); }
BEGIN { chill(1); }
ERROR { printf("fault %d\n", arg4); }
tick-10ms { printf("%d\n", timestamp - t >= 300000000); exit(0); }
