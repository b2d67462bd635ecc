/* What functions were called with, where a variable is known by that alone. Waits: a call from before. */
#pragma D option quiet

line:dtc_locals:entry_recursive@*
/$copy.second == 4711/
{
	@places[probefunc] = count();
	@wrong[probefunc] = sum($depth * 100 + $weight != $copy.first);
}

line:dtc_locals:entry_jumped@*, line:dtc_locals:entry_jumps@*
{
	printf("%s %s\n", probefunc, $$vars);
}

line:dtc_locals:entry_waits@*
{
	printf("%s %s\n", probefunc, $$vars);
}

line:dtc_locals:entry_waits@*
{
	printf("ticket %d\n", $ticket);
}
