/* bufpolicy=ring keeps the last records: consecutive ones to the end. */
#pragma D option quiet
#pragma D option bufpolicy=ring
#pragma D option bufsize=16k

tick-1ms { printf("%d %s\n", n++, strjoin("a", "b")); }
tick-1ms /n == 400/ { printf("last\n"); exit(0); }
END { printf("end %d\n", n); }
