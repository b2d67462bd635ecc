inline int foo = 3;
#pragma D attributes Unstable/Unstable/Common foo
#pragma D binding "1.2" foo
BEGIN { trace(foo); exit(0); }
