/* The smallest script: BEGIN, printf, exit. */
#pragma D option quiet
BEGIN { printf("hello, kernel\n"); exit(0); }
