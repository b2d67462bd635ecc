/* Integers of every width: what is stored, printed, shifted, compared, divided. */
#pragma D option quiet
int8_t i8; uint8_t u8; int16_t i16; uint16_t u16; int32_t i32; uint32_t u32; int64_t i64; uint64_t u64; char ch;
BEGIN
{
	i8 = 300; u8 = 300; i16 = 70000; u16 = 70000; i32 = 5000000000; u32 = 5000000000; i64 = -1; u64 = -1; ch = 200;
	printf("1 %d %d %d %d %d %d %d %d %d\n", i8, u8, i16, u16, i32, u32, i64, u64, ch);
	i8 = 127; i8++; u8 = 0; u8--; i16 = -32768; i16--; u32 = 0; --u32;
	printf("2 %d %d %d %u\n", i8, u8, i16, u32);
	printf("3 %d %d %d %d\n", -7 / 2, -7 % 2, 7 / -2, 7 % -2);
	printf("4 %d %d %d\n", -1 < 1, -1 < 1u, (char)-1 < (unsigned char)1);
	printf("5 %d %d\n", -1ll < 1u, -1ll < 1ull);
	printf("6 %d %d %d %d\n", 1 << 31, 1 << 32, 1ll << 63, -8 >> 1);
	printf("7 %u %d\n", 0x80000000 >> 1, (int)0x80000000 >> 1);
	printf("8 %d %d %d\n", 5 & 3, 5 | 3, 5 ^ 3);
	printf("9 %d %d %d %d %d %d\n", 1 ^^ 1, 1 ^^ 0, 0 ^^ 0, !0, !5, !!5);
	printf("10 %d %x\n", ~5, ~5u);
	printf("11 %d %u %d %d\n", 2147483647 + 1, 4294967295u + 1, 4294967295 + 1, (int)4294967296);
	printf("12 %d %d %d %d %d\n", 010, 0xff, 'a', '\377', '\x41');
	printf("13 %d %d %d\n", (1, 2, 3), 1 ? 0 ? 1 : 2 : 3, 1 + 2 * 3 - 4 / 2 % 2);
	printf("14 %d %d %d %d %d %d\n", sizeof(char), sizeof(long), sizeof(void *), sizeof(1), sizeof(1ll), sizeof(i8 + i8));
	x = 5;
	printf("15 %d %d %d %d %d\n", x++, x, ++x, x--, --x);
	x += 3; x *= 2; x -= 1; x /= 3; x %= 4; x <<= 3; x >>= 1; x |= 8; x &= 12; x ^= 5;
	printf("16 %d\n", x);
	u64 = 18446744073709551615; i64 = -10;
	printf("17 %d %d %d %d\n", u64 / 10, u64 % 10, i64 / 3, i64 % 3);
	printf("18 %d %d\n", u64 > i64, (uint64_t)-1 / 2 > 5);
	i64 = -9223372036854775807 - 1; y = (int64_t)-1;
	printf("19 %d %d\n", i64 / y, i64 % y);
	n = 64;
	printf("20 %d %d", 1 << n, 1ll << n);
	n = 65;
	printf(" %d %d", 1ll << n, -1ll >> n);
	n = -1;
	printf(" %d\n", 1ll << n);
	printf("21 %d %d %d %d\n", 3 > 2 > 1, (3 > 2) + 1, -5 >> 33, 0 - 1u);
	printf("22 %x %d %d\n", (short)0x12345, +-+5, - -5);
	trace(1 << 32); trace(2147483648); trace(2147483647 + 1);
	exit(0);
}
