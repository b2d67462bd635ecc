/* trace() of arrays of characters: text if it is nothing else, with NULs at its end or none; bytes where there is more, or nothing. */
#pragma D option quiet
char none[4], after[4], control[4], high[4], full[3], text[6];
BEGIN
{
	after[0] = 'a'; after[2] = 'b'; control[0] = 'a'; control[1] = 1; high[0] = 200; full[0] = 'x'; full[1] = 'y'; full[2] = 'z'; text[0] = 'h'; text[1] = 'i';
	trace(none); trace(after); trace(control); trace(high); trace(full); printf("|\n"); trace(text); printf("|\n"); trace(stringof(after)); printf("|\n");
	exit(0);
}
