/* Arguments and macro variables. @args: 42 word @options: -q */
BEGIN
{
	printf("%d %s %s %d\n", $1, $$2, $$1, $uid);
	printf("%d %d\n", $pid > 0, $1 + 1);
	exit(0);
}
