#!/usr/sbin/dtrace -qs
#pragma D option strsize=64
#pragma ident "@(#)nothing"
inline int LIMIT = 10;
BEGIN
/LIMIT > 5/
{
	/* a comment */
	trace(LIMIT);
	exit(0);
}
