#pragma ident "@(#)x.d 1.0"
#pragma D ident "x"
#ident "foo"
#pragma D option quiet
#pragma D option strsize=64
#pragma D option bufsize=64k
#pragma D option aggsortkey
#pragma D option switchrate=10hz
#pragma D attributes Stable/Stable/Common foo
#pragma D binding "1.0" foo
#pragma other stuff
#line 30 "abc.d"
# 5 "xyz.d"
#pragma D depends_on library errno.d
#pragma D depends_on provider syscall
#pragma D depends_on module vmlinux
inline int foo = 3;
BEGIN { trace(foo); exit(0); }
