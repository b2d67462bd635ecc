/* In what order things are evaluated, strings and keys among them; NULL. */
#pragma D option quiet
int n, a[int];
struct pair { int x; int y; } parts[string];
int64_t wide[uint8_t, int8_t, uint16_t, int16_t, uint32_t, int32_t, uint64_t, int64_t, string];
BEGIN
{
	n = 1; printf("%d %d %d\n", n, n = 5, n);
	printf("%d %d %d\n", n++ + n++, n, (n = 2) + n);
	n > 1 ? (n = 10) : (n = 20); printf("%d %d\n", n, n ? n++ : n--);
	n = (this->a = this->b = 9, 4); printf("%d %d %d\n", n, this->a, this->b);
	s = "x"; printf("%s %s %s\n", s, s = "y", s);
	m[strjoin(s, "1"), strjoin(s, "2")] = 4; m["y1", "y2"] = m["y1", "y2"] * m[strjoin(s, "1"), strjoin("y", "2")];
	printf("%d\n", m["y1", "y2"]);
	a[1] = 2; a[2] = 3; a[3] = 4; printf("%d\n", a[a[a[1]]]); a[a[1]] = a[a[2]] + a[1]; printf("%d\n", a[2]);
	t["a"] = "b"; t["b"] = "c"; t[t["a"]] = t["a"]; printf("%s\n", t["b"]);
	a[-1] = 5; this->small = (int8_t)-1; a[this->small]++; this->half = (int16_t)-1; a[this->half] += 2; printf("%d\n", a[-1]);
	wide[255, -128, 65535, -32768, 4294967295, -2147483648, -1, -1, "x"] = -77;
	v1 = (uint8_t)255; v2 = (int8_t)-128; v3 = (uint16_t)65535; v4 = (int16_t)-32768;
	v5 = (uint32_t)4294967295; v6 = (int32_t)-2147483648; v7 = (uint64_t)-1; v8 = (int64_t)-1; s = "x";
	printf("%d\n", wide[v1, v2, v3, v4, v5, v6, v7, v8, s]--);
	printf("%d\n", wide[255, -128, 65535, -32768, 4294967295, -2147483648, -1, -1, "x"]);
	printf("%d %s %s\n", curthread != NULL, strtok("b:c", ":"), strtok(NULL, ":"));
	n = 5; n -= (n = 2); this->q = 3; this->q *= ++this->q; self->q = 3; self->q += self->q++; printf("%d %d %d\n", n, this->q, self->q);
	a[1] = 2; a[1] <<= a[1]--; m["y1", "y2"] = 1; m["y1", "y2"] += m["y1", "y2"]++; printf("%d %d\n", a[1], m["y1", "y2"]);
	parts["p"].x = parts["p"].y = 7; parts["p"].x += parts["p"].y++; parts["p"].y -= (parts["p"].y = 3); printf("%d %d\n", parts["p"].x, parts["p"].y);
	exit(0);
}
BEGIN { printf("not after exit()\n"); }
