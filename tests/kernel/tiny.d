/* @options: -xstrsize=2 -xdynvarsize=64 -xaggsize=128 -xbufsize=256 -xdroptags -xswitchrate=10s */
/* Sizes far below the usual are honoured: strings are cut, elements, entries and records are lost and counted. */
#pragma D option quiet
int i;
BEGIN
{
	s = "abc"; names["abc"] = "def"; self->x = "ghi"; this->y = "jkl";
	printf("%s %s %s %s %s %s", s, names["abd"], self->x, this->y, probename, strjoin("abc", "def"));
}
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
BEGIN { printf("%d %d %d %d %d %d", timestamp, timestamp, timestamp, timestamp, timestamp, timestamp); }
tick-1ms
/i < 100/
{
	more[i] = 1;
	@[i] = count();
	@all = count();
	printf("%d %d %d %d", i, i, i, i);
	i++;
}
tick-1ms
/i >= 100/
{
	exit(0);
}
END
{
	printa("\n%@d", @all);
	trunc(@);
}
