/* Records faster than any reader takes them; exit-storm.sh stops the reader. */
#pragma D option quiet
#pragma D option bufsize=16k
#pragma D option bufresize=manual
fbt::vfs_read:entry /execname == "dd"/ { printf("record\n"); }
tick-1s /++n == 3/ { printf("the last\n"); exit(n + 4); }
END { printf("the end\n"); }
