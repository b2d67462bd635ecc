/* The types of constants, what fits them, and characters of strings. */
#pragma D option quiet
string s;
int64_t wide;
BEGIN
{
	printf("%d %d %d\n", 2147483648, 0x80000000, 4294967295);
	printf("%d %d %d %d\n", sizeof(2147483647), sizeof(2147483648), sizeof(0x80000000), sizeof(4294967295u));
	dec = 3000000000 + 3000000000; hex = 0xb2d05e00 + 0xb2d05e00; printf("%d %d %d %d\n", dec, hex, 2147483648 * 2, -2147483648 - 1);
	printf("%d %d %d\n", -2147483648, -2147483649, -9223372036854775808);
	printf("%u %x %d\n", -1, -1, -0xffffffff);
	wide = -2147483648; printf("%d\n", wide);
	printf("%d %d %d\n", 'a', 'ab', '\377');
	printf("%x %x\n", 'abcd', 'abcdefgh');
	printf("%s|%s\n", "a\qb\%", "\101\x42\?\'");
	printf("%d %d\n", (uint8_t)200 + (uint8_t)100, (uint8_t)200 + 100);
	this->c = (char)100; printf("%d %d\n", this->c + this->c, (uint8_t)this->c << 8);
	s = "hello"; names[1] = "xyz"; self->t = "uvw"; this->u = "abc"; i = 1;
	printf("%c%c%c%c%c %d %d %d\n", s[0], s[4], names[1][1], self->t[2], *this->u, s[5], s[100], s[-1]);
	printf("%c %d %c\n", s[i++], "\xff"[0], strjoin("q", "r")[1]);
	printf("%d %d %d %d\n", sizeof("abc"), sizeof(""), sizeof ("ab") + 1, sizeof(s));
	exit(0);
}
