/* A ';' inside of a call's parentheses is one error; what is wrong in the next statements is told too. */
BEGIN
{
	trace(1;);
	trace((2;));
	trace(3 4);
}
