/* substr(): from the end, past the ends, with lengths of both signs. */
#pragma D option quiet
BEGIN
{
	s = "abcdefghij";
	printf("1[%s][%s][%s][%s][%s]\n", substr(s, 3), substr(s, 3, 2), substr(s, 0, 0), substr(s, 10), substr(s, 11));
	printf("2[%s][%s][%s][%s]\n", substr(s, -3), substr(s, -3, 2), substr(s, -11), substr(s, -11, 3));
	printf("3[%s][%s][%s][%s]\n", substr(s, 2, -1), substr(s, 2, -3), substr(s, 2, -8), substr(s, 2, -9));
	printf("4[%s][%s][%s]\n", substr(s, 5, 100), substr("", 0), substr("", 1, 1));
	printf("5[%s][%s][%s]\n", substr(s, -100, 93), substr(s, -100), substr(s, -100, 200));
	exit(0);
}
