/*
 * What stands outside of clauses is one error each; what follows it, from the
 * next line that can begin an item, is read as usual.
 */
BEGIN ) { trace(1); }

END
{
	trace(3);
}

BEGIN { trace(1); } } trace(2); }

BEGIN
	trace(1);
	x = 2;
}

END
{
	trace(3);
}

pragma D option quiet

"abc" { trace(1); }

tick-1s
{
	trace(3);
}
