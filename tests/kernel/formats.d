/* printf's conversions and flags. */
#pragma D option quiet
BEGIN
{
	printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d]\n", 42, 42, 42, 42, 42, 42);
	printf("[%i] [%u] [%o] [%x] [%X] [%#x] [%#o]\n", -1, 7, 8, 255, 255, 255, 8);
	printf("[%c] [%s] [%%] [%*d] [%-*d]\n", 'x', "str", 6, 1, 6, 1);
	printf("[%hhd] [%hd] [%ld] [%lld]\n", (char)1, (short)2, (long)3, (long long)4);
	printf("[%p] [%x]\n", 0x1234, (uint8_t)-1);
	printf("[%d %d]\n", (uint32_t)4294967295, (int)-1);
	printf("%s\n", probename);
	exit(0);
}
