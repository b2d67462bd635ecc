#pragma D option bufsiz=1m
BEGIN { exit(0); }
