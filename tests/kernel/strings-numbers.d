/* Numbers in strings: strtoll() and lltostr() in every base, signs, ends, overflow. */
#pragma D option quiet
BEGIN
{
	printf("1[%d][%d][%d][%d][%d]\n", strtoll("123"), strtoll("-123"), strtoll("0x1f"), strtoll("010"), strtoll(""));
	printf("2[%d][%d][%d][%d][%d]\n", strtoll("1f", 16), strtoll("0x1f", 16), strtoll("777", 8), strtoll("1011", 2), strtoll("zz", 36));
	printf("3[%d][%d][%d][%d][%d]\n", strtoll("  42abc"), strtoll("+7"), strtoll("abc"), strtoll("9223372036854775807"), strtoll("-9223372036854775808"));
	printf("4[%d][%d]\n", strtoll("9223372036854775808"), strtoll("99999999999999999999"));
	printf("5[%d][%d][%d]\n", strtoll("0x"), strtoll("- 5"), strtoll("0x1g", 16));
	printf("6[%s][%s][%s][%s][%s]\n", lltostr(0), lltostr(-1), lltostr(9223372036854775807), lltostr(-9223372036854775807 - 1), lltostr(0xff));
	printf("7[%s][%s][%s][%s][%s]\n", lltostr(255, 16), lltostr(-255, 16), lltostr(8, 8), lltostr(5, 2), lltostr(0, 16));
	printf("8 %d %d %x %x %x %x\n", htons(0x1234), ntohs(0x3412), htonl(0x12345678), ntohl(0x12345678), htonll(0x0123456789abcdef), ntohll(1));
	exit(0);
}
