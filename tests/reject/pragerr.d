#error foo
BEGIN { exit(0); }
#pragma error foo
#pragma D error foo
#pragma D error foo
