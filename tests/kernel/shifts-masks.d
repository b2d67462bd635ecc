/* Shifts by more than the width, of negative numbers; masks; precedence of them; assignments of each operator to narrow variables. */
#pragma D option quiet
int8_t c; uint8_t u; int16_t s; int i; uint64_t q;
BEGIN
{
	n = 3; printf("1 %d %d %d\n", -9 >> 1, -9 / 2, (uint64_t)-8 >> 60); printf("2 %x %x %x\n", 0xf0 & ~0x30, 0xf0 ^ 0xff, 1 << n | 1);
	c = 1; c <<= 7; printf("3 %d\n", c); c >>= 1; printf("4 %d\n", c); u = 200; u += 100; printf("5 %d\n", u); u -= 100; printf("6 %d\n", u); u *= 3; printf("7 %d\n", u);
	s = 30000; s += 10000; printf("8 %d\n", s); s /= 7; printf("9 %d\n", s); s %= 100; printf("10 %d\n", s); i = 1 << 30; i *= 4; printf("11 %d\n", i); i = -1; i ^= 0xff; printf("12 %x\n", i);
	q = 1; q <<= 63; printf("13 %u %x\n", q, q >> 63); q |= 1; q &= ~0x8000000000000000; printf("14 %d\n", q); q = -1; q /= 2; printf("15 %d\n", q); q %= 10; printf("16 %d\n", q);
	printf("17 %d %d %d\n", 1 + 2 << 3, 7 & 3 == 3, 1 | 2 ^ 3 & 1); printf("18 %d %d\n", !n == 0, -n * -n); printf("19 %d %d\n", n++ + ++n, n-- - --n); printf("20 %d\n", n ? n > 2 ? 10 : 20 : 30);
	c = -128; c = -c; printf("21 %d\n", c); c = -1; printf("22 %d %u %x\n", c, c, c); u = -1; printf("23 %d %u %x\n", u, u, u); printf("24 %d\n", c == u); printf("25 %d\n", c < u);
	i = 5; w = 40; printf("26 %d %d %d\n", (int64_t)((i > 0) << w), (int64_t)((i && w) << 31), (int64_t)(-(i > 0) << w));
	printf("27 %d %d %d\n", (int64_t)((probename == "BEGIN") << w), (int64_t)((int8_t)i << w), (i > 0) << 31 > 1);
	exit(0);
}
