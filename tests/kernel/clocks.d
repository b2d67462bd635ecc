/* timestamp is one in a clause, grows from clause to clause; walltimestamp as a date; vtimestamp; ids. */
#pragma D option quiet
BEGIN { t = timestamp; printf("%d\n", timestamp - t); }
BEGIN { printf("%d %d\n", timestamp >= t, walltimestamp / 1000000000 > 1600000000); w = walltimestamp; }
BEGIN { printf("%d %d\n", walltimestamp >= w, vtimestamp >= 0); printf("%d %d %d\n", id, epid, ipl); }
BEGIN { printf("%d\n", strlen(lltostr(walltimestamp))); printf("[%d] [%d]\n", strlen(probefunc), strlen(probemod)); exit(0); }
END { printf("%d %d\n", id, epid); }
