/* Strings longer than strsize are cut to as many characters: literals, variables of every scope, results, keys, members. */
#pragma D option quiet
#pragma D option strsize=16
string gs; self string ss; this string ts;
struct sx { string m; int i; } sx;
BEGIN
{
	x = "0123456789abcdefghij";
	printf("1[%s] %d\n", x, strlen(x));
	printf("2[%s]\n", "0123456789abcdefghij");
	printf("3[%s]\n", strjoin("0123456789", "abcdefghij"));
	y = strjoin("0123456789abcde", "f");
	printf("4[%s] %d\n", y, strlen(y));
	printf("5[%s]\n", toupper("abcdefghijklmnopqrstuv"));
	z["0123456789abcdefXXX"] = 1;
	printf("6 %d %d\n", z["0123456789abcdefYYY"], z["0123456789abcde"]);
	printf("7 %d\n", "0123456789abcdefXXX" == "0123456789abcdefYYY");
	@["0123456789abcdefXXX"] = count();
	@["0123456789abcdefYYY"] = count();
	printf("8 %d %d\n", sizeof(string), strlen("0123456789abcdefghij"));
	printf("9 %d [%s]\n", index("0123456789abcdefghij", "j"), substr("0123456789abcdefghij", 2));
	trace("0123456789abcdefghij");
	printf("\n");
	gs = self->ss = this->ts = "abcdefghijklmnopqrstuvwxyz";
	printf("10[%s][%s][%s]\n", gs, self->ss, this->ts);
	sx.m = gs;
	sx.i = 7;
	printf("11[%s] %d %d\n", sx.m, sx.i, sizeof(sx));
	az["k"] = gs;
	printf("12[%s]\n", az["k"]);
	print(gs);
	printf("13[%S]\n", gs);
	printf("14[%s]\n", stringof((char *)&`linux_banner));
	exit(0);
}
