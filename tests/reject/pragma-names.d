#pragma D attributes Stable/Stable/Common nothing
#pragma D binding "1.0" three
#pragma D binding "x" three
#pragma D attributes Best/Stable/Common three
#pragma D attributes Stable/Stable/Common provider mine function
inline int three = 3;
BEGIN { exit(three); }
