/* printf(): flags that take each other's place, widths and precisions of every kind of conversion, integers of each size in each base. */
#pragma D option quiet
BEGIN
{
	printf("[%-05d][%0-5d][%05d][%-5d]\n", 42, 42, 42, 42);
	printf("[%C][%5C][%-5C][%.1C]\n", '\n', '\n', '\n', '\n');
	printf("[%5c][%-5c][%05c]\n", 'a', 'b', 'c');
	printf("[%10.3s][%-10.3s][%.0s][%010s]\n", "abcdef", "abcdef", "abcdef", "abc");
	printf("[%p][%#p][%16p][%?x][%?d]\n", (void *)0x1234, (void *)0x1234, (void *)0x1234, 1, 2);
	printf("[%x][%x][%x][%x][%X]\n", (char)-1, (short)-1, -1, -1ll, -1);
	printf("[%d][%i][%u][%o][%u][%d]\n", (char)-1, (short)-1, -1, (short)-1, (char)-1, 4294967295u);
	printf("[%+d][% d][%+u][%#x][%#o][%#X][%.3d][%6.3d]\n", 5, 5, 5, 255, 8, 255, 7, 7);
	printf("[%S][%10S][%.4S]\n", "a\tb\"\\", "x\n", "abcdef");
	printf("[%*d][%-*d][%.*d][%*.*s][%*d]\n", 6, 1, 6, 2, 4, 3, 8, 2, "xyz", -6, 9);
	printf("[%25Y][%-25Y][%.4Y][%T]\n", 0ll, 0ll, 0ll, 1000000000ll * 86400);
	printf("[%ld][%lld][%hd][%hhd][%lx][%hx]\n", 5l, 5ll, (short)5, (char)5, -1l, (short)-1);
	exit(0);
}
