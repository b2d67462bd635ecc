/* printf(): every conversion with flags, widths, precisions, types of every size. */
#pragma D option quiet
BEGIN
{
	printf("1[%d][%i][%u][%x][%X][%o]\n", -1, -1, -1, -1, -1, -1);
	printf("2[%d][%u][%x]\n", (char)-1, (char)-1, (char)-1);
	printf("3[%d][%u][%x]\n", (short)-1, (short)-1, (short)-1);
	printf("4[%d][%u][%x]\n", -1LL, -1LL, -1LL);
	printf("5[%d][%u][%x]\n", (unsigned char)200, (unsigned short)65535, 4294967295u);
	printf("6[%ld][%lld][%lu][%llx]\n", (long)-5, (long long)-5, (unsigned long)-5, (int64_t)-5);
	printf("7[%5d][%-5d][%05d][%+d][% d][%+5d]\n", 42, 42, 42, 42, 42, 42);
	printf("8[%.3d][%8.3d][%-8.3d][%08.3d][%.0d]\n", 7, 7, 7, 7, 0);
	printf("9[%#x][%#o][%#X][%#d]\n", 255, 255, 255, 255);
	printf("10[%'d][%'u]\n", 1234567, 1234567);
	printf("11[%s][%10s][%-10s][%.2s][%10.2s][%-10.2s][%.0s]\n", "hello", "hello", "hello", "hello", "hello", "hello", "hello");
	printf("12[%*d][%-*d][%.*d][%*.*d][%*d]\n", 6, 42, 6, 42, 4, 42, 8, 4, 42, -6, 42);
	printf("13[%*s][%.*s][%*.*s]\n", 8, "abc", 2, "abc", 8, 2, "abc");
	printf("14[%c][%5c][%-5c][%c][%c]\n", 'a', 'b', 'c', 65, 256 + 'a');
	printf("15[%S][%S][%10S][%-10S][%.3S]\n", "tab\there\n", "bell\a\x01\\q\"", "ab", "ab", "abcdef");
	printf("16[%C][%C][%C][%C][%C]\n", 'a', '\n', '\0', '\\', '"');
	printf("17[%p][%p][%p][%?p][%?x]\n", (void *)0, (void *)0xdeadbeef, 10, 16, 255);
	printf("18[%%]\n");
	printf("19[%Y][%T]\n", 1000000000000000000, 1000000000000000000);
	printf("20[%30Y][%-30Y]\n", 1000000000000000000, 1000000000000000000);
	printf("21[%a][%a][%a][%20a][%-20a]\n", 0, 0x1234, (uintptr_t)-1, (uintptr_t)&`jiffies, (uintptr_t)&`jiffies);
	printf("22[%d][%d][%u][%x][%o]\n", 9223372036854775807, -9223372036854775807 - 1, 18446744073709551615, 9223372036854775807, 8);
	printf("23[%s][%s][%s][%s]\n", probeprov, probemod, probefunc, probename);
	printf("24[%d][%s][%x]\n", "a" < "b", "a" == "a" ? "t" : "f", 'abcd');
	printf("25[%d][%d][%wc]\n", (int8_t)200, (uint8_t)-56, 'w');
	exit(0);
}
