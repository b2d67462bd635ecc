/* C's integer arithmetic at every width. */
#pragma D option quiet
int32_t narrow; uint8_t byte; int16_t half; uint64_t big; int64_t wide; char c;
BEGIN
{
	narrow = 0x7fffffff; narrow++;
	printf("int32 wraps to %d\n", narrow);
	byte = 300; printf("uint8 %d\n", byte);
	half = 40000; printf("int16 %d\n", half);
	c = 200; printf("char %d\n", c);
	big = -1; printf("uint64 %u %x\n", big, big);
	wide = -9; printf("div %d mod %d\n", wide / 2, wide % 2);
	printf("unsigned div %u\n", big / 2);
	printf("shift %d %d %u\n", wide >> 1, 1 << 10, big >> 60);
	printf("compare %d %d\n", -1 < 1, big < 1);
	printf("logic %d %d %d %d\n", 1 && 0, 1 || 0, 1 ^^ 1, !5);
	printf("bits %x %x %x %x\n", 0xf0 & 0x3c, 0xf0 | 0x0f, 0xff ^ 0x0f, ~0 & 0xff);
	printf("cond %d %s\n", wide < 0 ? 1 : 2, wide > 0 ? "positive" : "negative");
	printf("cast %d %d %u\n", (char)0x1ff, (int8_t)0x80, (uint16_t)-1);
	printf("literals %d %d %d %d\n", 0x10, 010, 'A', 1000000000000);
	wide = 10; wide += 5; wide -= 1; wide *= 3; wide /= 2; wide %= 8; wide <<= 4; wide >>= 1; wide |= 1; wide ^= 3; wide &= 0xff;
	printf("assigned %d\n", wide);
	printf("incr %d %d %d %d %d\n", wide++, ++wide, wide--, --wide, wide);
	printf("size %d %d %d\n", sizeof(int), sizeof(uint64_t), sizeof(char));
	exit(0);
}
