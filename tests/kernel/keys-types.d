/* Keys of every type: pointers, enumerators, characters, bytes, values past their type's width, strings that differ after a NUL. */
#pragma D option quiet
enum e { A, B = 7 };
char ca[4];
BEGIN
{
	@p[(void *)0x1234] = count(); @p[(int *)0] = count();
	@e[B] = count(); @e[(enum e)7] = count(); @e[A] = count();
	@c['a'] = count(); @c[(char)97] = count();
	@w[(char)300] = count(); @w[(char)44] = count(); @w[(char)-212] = count();
	@u[(uint32_t)-1] = count(); @u[4294967295u] = count();
	@s[(int8_t)-1, (uint8_t)255, (short)-1, (unsigned short)65535] = count();
	@l[1 == 1, !1, -1ll] = count();
	@x["", "b"] = count(); @x["a", ""] = count(); @x["", ""] = count();
	@m[1, "two", 3ull, (char)4, "five"] = sum(6);
	@b[strlen("abc")] = count(); @b[sizeof(int)] = count();
	printa(@p); printa("%p %@d\n", @p); printa(@e); printa(@c); printa("%c %@d\n", @c); printa(@w); printa(@u);
	printa(@s); printa("%d %d %d %d %@d\n", @s); printa(@l); printa(@x); printa("[%s][%s] %@d\n", @x); printa(@m); printa("%d %s %d %d %s %@d\n", @m); printa(@b);
	exit(0);
}
