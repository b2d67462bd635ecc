/* Members of structures, and elements of arrays, that associative arrays hold: each is written alone. */
#pragma D option quiet
struct info {
	uint64_t ts;
	int calls;
	uint8_t low : 3;
	uint8_t high : 5;
	char name[8];
	int row[4];
	string text;
	struct { int x, y; } in;
};
typedef int four[4];
struct info by_name[string], plain;
self struct info mine[int];
four rows[int];
BEGIN
{
	by_name["read"].ts = 5;
	by_name["read"].calls++;
	by_name["read"].calls += 10;
	by_name["read"].low = 9;
	by_name["read"].high = 31;
	by_name["read"].high++;
	by_name["read"].name = "hello world";
	by_name["read"].row[2] = 7;
	by_name["read"].row[by_name["read"].calls - 10] = 8;
	by_name["read"].text = "text";
	by_name["read"].in.y = 4;
	printf("%d %d %d %d %s %d %d %s %d %d\n", by_name["read"].ts, by_name["read"].calls, by_name["read"].low, by_name["read"].high,
	       by_name["read"].name, by_name["read"].row[1], by_name["read"].row[2], by_name["read"].text, by_name["read"].in.x, by_name["read"].in.y);
}
BEGIN
{
	self->mine[3].calls = by_name["write"].calls = 6;
	printf("%d %d %d %d\n", self->mine[3].calls, by_name["write"].calls, by_name["write"].ts, self->mine[4].calls);
	by_name["a"].calls = by_name["a"].in.x = 3;
	plain = by_name["a"];
	by_name["b"] = plain;
	by_name["b"].ts = 1;
	by_name[execname].calls = 9;
	by_name[strjoin("a", "c")].row[by_name["b"].ts]++;
	printf("%d %d %d %d %d %d\n", by_name["a"].in.x, by_name["b"].calls, by_name["b"].ts, by_name["a"].ts, by_name[execname].calls, by_name["ac"].row[1]);
	rows[1][2] = 5;
	rows[2][1]--;
	printf("%d %d %d %d\n", rows[1][2], rows[1][1], rows[2][1], by_name["read"].calls);
	exit(0);
}
