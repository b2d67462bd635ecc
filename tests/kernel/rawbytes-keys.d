/* rawbytes: strings as all the bytes they have room for, in records and keys. */
#pragma D option rawbytes
#pragma D option quiet
#pragma D option strsize=20
struct s { int a; } g; char c[4];
BEGIN { trace("abc"); trace(probename); trace(1); trace((char)2); trace(-3ll); g.a = 5; trace(g); c[0] = 'x'; trace(c); printf("%s\n", "abc"); @["k"] = count(); @b[1] = sum(1); exit(0); }
