/* a constant condition leaves one of the two, which may be an action, and which alone is looked at */
inline int OPT_time = 1;
inline int OPT_zone = 0;
enum mode { TERSE, WORDY };
BEGIN
{
	OPT_time ? printf("%-14s ", "TIME") : 1;
	OPT_zone ? printf("%-10s ", "ZONE") : 1;
	WORDY ? trace(1) : trace(2);
	1 ? printf("%5s\n", "UID") : printf("%5s\n", "PID");
	x = OPT_time ? "a" : 1;
	printf("%s", x);
}
