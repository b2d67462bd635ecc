#line 10 "foo" "bar"
#line 10 "foo" x
#pragma D option "quiet"
BEGIN { }
