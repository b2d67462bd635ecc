#pragma D depends_on library nosuch.d
#pragma D depends_on provider nosuch
BEGIN { exit(0); }
