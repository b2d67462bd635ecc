/* bufpolicy=fill keeps the first records and ends when a buffer is full; there is room for END. */
#pragma D option quiet
#pragma D option bufpolicy=fill
#pragma D option bufsize=16k

tick-1ms { printf("%d %s\n", n++, strjoin("a", "b")); }
END { printf("end %d\n", n); }
