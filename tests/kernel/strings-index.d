/* index() and rindex(): positions outside of the string, empty strings. */
#pragma D option quiet
BEGIN
{
	s = "abcdefghij";
	t = "foofoo";
	printf("1[%d][%d][%d][%d][%d]\n", index(s, "cd"), index(s, "x"), index(s, ""), index("", ""), index("", "a"));
	printf("2[%d][%d][%d][%d][%d]\n", index(s, "a", 0), index(s, "a", 1), index(s, "cd", 2), index(s, "cd", 3), index(s, "cd", -5));
	printf("3[%d][%d][%d]\n", index(s, "", 5), index(s, "", 10), index(s, "", 11));
	printf("4[%d][%d][%d][%d][%d]\n", rindex(t, "foo"), rindex(t, "o"), rindex(t, "x"), rindex(t, ""), rindex("", ""));
	printf("5[%d][%d][%d][%d][%d]\n", rindex(t, "foo", 3), rindex(t, "foo", 2), rindex(t, "foo", 0), rindex(t, "foo", -1), rindex(t, "o", 100));
	printf("6[%d][%d][%d][%d][%d]\n", rindex(t, "", 6), rindex(t, "", 3), rindex(t, "", -1), rindex(t, "", 0), rindex(t, "", 100));
	exit(0);
}
