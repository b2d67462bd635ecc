/* normalize, denormalize, clear and trunc, in the order they were called. */
#pragma D option quiet
BEGIN
{
	@["a"] = sum(1000); @["b"] = sum(3000); @["c"] = sum(2000);
	normalize(@, 1000); printa("%s %@d\n", @); denormalize(@); printa("%s %@d\n", @);
	trunc(@, 2); printa("kept %s %@d\n", @);
	clear(@); printa("cleared %s %@d\n", @);
	trunc(@); printa("gone %s %@d\n", @);
	exit(0);
}
