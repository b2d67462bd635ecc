/* Searching and cutting strings: nothing found, empty strings, places before the start and past the end. */
#pragma D option quiet
#pragma D option strsize=32
string s, e;
BEGIN
{
	s = "hello"; e = "";
	printf("[%s] [%s] [%s] [%s]\n", strchr(s, 'l'), strrchr(s, 'l'), strchr(s, 'z') == NULL ? "" : "some", strrchr(s, 'z') == NULL ? "" : "some");
	printf("%d %d %d\n", strchr(s, 'z') == 0, strrchr(e, 'a') == 0, strchr(s, 'h') == s);
	printf("[%s] [%s] [%s] [%s]\n", strstr(s, "ll"), strstr(s, e), strstr(s, "lll") == NULL ? "" : "some", strstr(e, "a") == NULL ? "" : "some");
	printf("%d %d %d %d %d %d\n", index(s, "l"), index(s, "l", 3), index(s, "l", 4), index(s, "l", -9), index(s, "x"), index(s, "hellow"));
	printf("%d %d %d %d %d\n", index(s, e), index(s, e, 3), index(s, e, 99), index(e, e), index(e, "a"));
	printf("%d %d %d %d %d %d\n", rindex(s, "l"), rindex(s, "l", 2), rindex(s, "l", 1), rindex(s, "l", -1), rindex(s, "l", 99), rindex(s, "x"));
	printf("%d %d %d %d\n", rindex(s, e), rindex(s, e, -1), rindex(s, e, 99), rindex(e, e));
	printf("[%s] [%s] [%s] [%s]\n", substr(s, 1), substr(s, -3), substr(s, 5), substr(s, -9));
	printf("[%s] [%s] [%s] [%s]\n", substr(s, 1, 2), substr(s, 1, -1), substr(s, -3, 2), substr(s, 1, 99));
	printf("[%s] [%s] [%s] [%s]\n", substr(s, -9, 3), substr(s, -7, 3), substr(s, 2, 0), substr(s, 9, 2));
	printf("[%s] [%s] [%s]\n", substr(s, 0, -9), substr(e, 0), substr(e, -1, 1));
	printf("[%s] [%s] [%s]\n", toupper("aZ-09z"), tolower("aZ-09z"), toupper(e));
	printf("[%s]\n", strjoin("0123456789abcdefghij", "0123456789abcdefghij"));
	printf("%d\n", strlen(strjoin("0123456789abcdefghij", "0123456789abcdefghij")));
	printf("[%s] [%s] [%s] [%s]\n", cleanpath("/a//b/./c/../d"), cleanpath("/.."), cleanpath("/a/b/.."), cleanpath(e));
	printf("%d %d %d %d\n", strtoll("-12x"), strtoll("0x1f", 16), strtoll("0x1f"), strtoll("zz", 36));
	printf("%d %d %d\n", strtoll(e), strtoll("  +7"), strtoll("9223372036854775807"));
	printf("[%s] [%s] [%s] [%s]\n", lltostr(255, 16), lltostr(8, 8), lltostr(-1, 2) , lltostr(-35, 10));
}
BEGIN { printf("[%s] [%s]\n", strtok(0, ",") == NULL ? "" : "some", strtok(",,one,;two,", ",;")); }
BEGIN { printf("[%s]\n", strtok(0, ";,")); this->x = strjoin("over", "written"); printf("[%s] %d\n", strtok(0, ",") == NULL ? "" : "some", strtok(0, ",") == 0); }
BEGIN { printf("[%s] [%s]\n", strtok(e, ",") == NULL ? "" : "some", strtok(0, ",") == NULL ? "" : "some"); printf("[%s] [%s]\n", strtok("a b", ""), strtok("abc", "abc") == NULL ? "" : "some"); }
BEGIN { self->b = strtoll("16"); printf("%d\n", strtoll("11", self->b)); self->b = 1; printf("%d\n", strtoll("11", self->b)); }
BEGIN { printf("[%s]\n", lltostr(11, 37)); }
ERROR { printf("fault %d\n", arg4); }
BEGIN
{
	this->d = (12 << 20) | 34;
	printf("%d %d %x %x %x\n", getmajor(this->d), getminor(this->d), htonl(0x01020304), htons(0x0102), htonll(0x0102030405060708));
	printf("%x %x %x\n", ntohl(0x11223344), ntohs(0x1122), ntohll(0x1122334455667788));
	printf("%x %x\n", htons(0x12345678), htonl(0x1122334455));
	this->r = rand();
	printf("%d %d\n", this->r >= 0, progenyof(pid) && progenyof(ppid) && progenyof(1) && !progenyof(-1) && !progenyof(99999999));
	exit(0);
}
tick-1s { strtok(0, ","); }
