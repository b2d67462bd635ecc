#pragma D attributes Stable/Stable/Common pid
BEGIN { exit(0); }
#pragma D attributes Stable/Stable/Common printf
#pragma D binding "1.0" execname
#pragma D binding "1.0" trace
