/* What END does to aggregations shows in what is printed after it. */
#pragma D option quiet
BEGIN { @a[1] = sum(10); @a[2] = sum(20); @b = count(); @c["x"] = max(4); }
BEGIN { exit(0); }
END { normalize(@a, 10); clear(@b); trunc(@c); printf("end\n"); }
