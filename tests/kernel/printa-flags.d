/* Flags and letters of @; formats with less or other than what is there. */
#pragma D option quiet
BEGIN { @a["k"] = count(); @b["k"] = sum(-7); @u["k"] = sum(18446744073709551615); printa("[%-5s|%@5d|%@-5d|%@05d|%@+d|%@x|%@o|%@X]\n", @b); printa("[%s %@d %@i %@u]\n", @u); printa("%@d\n", @a, @b); printa("no conv\n", @a, @b); printa("%s\n", @a); exit(0); }
