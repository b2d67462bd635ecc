/* Strings: values, comparison by content, subroutines. */
#pragma D option quiet
string g;
BEGIN
{
	g = "alpha"; this->s = "alphabet"; self->t = strjoin(g, "bet");
	printf("%d %d %d\n", this->s == self->t, g < "beta", g != "alpha");
	printf("[%s] [%10s] [%-10s] [%.3s]\n", g, g, g, g);
	printf("%d %d\n", strlen(g), strlen(""));
	printf("%s %s\n", basename("/usr/lib/libc.so"), dirname("/usr/lib/libc.so"));
	printf("%s %s %s\n", basename("/"), dirname("/x"), dirname("x"));
	printf("%s|%s|%s|%s\n", substr("kernel", 2), substr("kernel", 1, 3), substr("kernel", -3), substr("kernel", 10));
	printf("%s %s\n", lltostr(-42), lltostr(9223372036854775807));
	g = strjoin(g, strjoin("-", lltostr(7)));
	printf("%s %d\n", g, strlen(g));
	printf("%s\n", stringof("literal"));
	exit(0);
}
