#pragma D option strsize=banana
BEGIN { exit(0); }
