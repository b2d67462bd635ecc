/* The default columns of trace(): integers of every size, strings, structures, pointers; clauses that record nothing. @status: 3 */
#pragma D option cpu=0
struct s { int a; char b; long c; } g;
BEGIN { trace((char)-1); trace((unsigned char)255); trace((short)-2); trace((unsigned short)65534); trace(-3); trace(4294967295u); trace(-4ll); trace(18446744073709551615ull); }
BEGIN { trace(""); }
BEGIN { trace("abc"); trace("0123456789012345678901234567890123456789"); }
BEGIN { g.a = 1; g.b = 'x'; g.c = -1; trace(g); }
BEGIN { trace(probename); trace(probefunc); trace(probemod); trace(probeprov); }
BEGIN { trace((void *)0); trace((int *)0x1234); }
BEGIN { trace('a'); trace('\n'); trace('ab'); trace(1 == 1); trace(sizeof(int)); trace(strlen("abc")); }
BEGIN { trace(1 ? "yes" : "no"); trace(!5); trace(~0); trace(-1 >> 1); trace(-1u); trace(1ll << 40); }
BEGIN { printf("x"); printf("y\n"); trace(3); }
BEGIN { }
BEGIN { x = 1; }
BEGIN { exit(3); }
END { trace("end"); }
