/* if, else if, else; one inside another; actions in either arm. */
#pragma D option quiet
BEGIN { x = 2; if (x == 1) printf("one\n"); else if (x == 2) { printf("two\n"); y = 1; } else printf("other\n"); if (y) { if (x > 1) { printf("nested\n"); } } if (!y) printf("never\n"); printf("after\n"); }
BEGIN /x == 2/ { if (x) { @a = count(); } else { @b = count(); } if (0) { exit(1); } printf("%d\n", y); exit(0); }
