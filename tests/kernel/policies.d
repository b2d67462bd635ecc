/* Numbers each firing on a CPU and counts it in an aggregation; policies.sh compares what is printed under each policy. */
#pragma D option quiet
#pragma D option bufresize=manual
int seq[int];
fbt::vfs_read:entry /execname == "dd" && arg2 == 1/ { seq[cpu]++; @fired[cpu] = count(); }
fbt::vfs_read:entry /execname == "dd" && arg2 == 1/ { printf("%d is %d\n", cpu, seq[cpu]); }
END { printa("fired %d %@d\n", @fired); }
