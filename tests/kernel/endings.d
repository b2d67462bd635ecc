/* Never run: it must be refused without -w. */
#pragma D option destructive
BEGIN { panic(); }
