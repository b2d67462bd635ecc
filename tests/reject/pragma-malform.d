#pragma D attributes
BEGIN { exit(0); }
#pragma D attributes Stable/Stable/Common
#pragma D attributes Stable/Stable/Common a b
#pragma D binding
#pragma D binding "1.0"
#pragma D depends_on
#pragma D depends_on library
