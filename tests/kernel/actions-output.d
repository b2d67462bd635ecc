/* system(), freopen() and back, ftruncate(), setopt() and what it refuses, exit() in the middle and in END. @status: 9 */
#pragma D option cpu=0
#pragma D option quiet
#pragma D option destructive
BEGIN { printf("one\n"); system("echo two"); printf("three\n"); system("echo %s %d", "four", 4); freopen("/tmp/fr.%d", 1); printf("into the file\n"); system("echo sys to stdout"); ftruncate(); printf("after truncate\n"); freopen(""); printf("back\n"); system("cat /tmp/fr.1"); }
BEGIN { freopen("/nonexistent/x"); printf("still here\n"); }
BEGIN { setopt("quiet", "unset"); } BEGIN { trace(1); } BEGIN { setopt("quiet"); } BEGIN { trace(2); printf("\n"); }
BEGIN { setopt("nosuch"); setopt("bufsize", "1m"); setopt("switchrate", "banana"); setopt("switchrate", "10hz"); }
BEGIN { printf("before exit "); exit(7); printf("after exit\n"); }
BEGIN { printf("never\n"); }
END { printf("end\n"); exit(9); }
END { printf("end two %d\n", arg0); }
