#pragma
#pragma D
#pragma D attributes Stable/Stable/Common provider profile name
#line 10 "foo.d" 1 3
#line 2 "pragma-empty.d" 2
BEGIN { }
