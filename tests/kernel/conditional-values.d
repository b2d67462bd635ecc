/* ?: of numbers and strings, one inside another. */
#pragma D option quiet
BEGIN { x = 5; y = "s"; printf("%s %d %s\n", x > 3 ? "big" : "small", x > 9 ? 1 : 2, y == "s" ? y : "other"); z = x > 3 ? x < 5 ? 1 : x == 5 ? 2 : 3 : 4; printf("%d\n", z); exit(0); }
