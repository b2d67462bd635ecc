/* Parts of the elements of arrays, translated values as a whole, registers of the program. */
#pragma D option quiet

struct inner { int x, y[3]; };
struct pair { int a; short b:5; short c:7; string s; char t[8]; struct inner in; };
struct pair byKey[int, string];
self struct inner own[int];
int rows[int][4];

typedef struct info { int number; string name; char letter; uint64_t twice; int left; } info_t;
translator info_t < int n > { number = n; name = n == 7 ? "seven" : "other"; letter = 'a' + n; twice = n * 2; };
translator info_t < struct pair *p > { number = p->a; name = p->s; letter = p->t[0]; };
info_t global;
struct pair here;
inline info_t *seven = xlate <info_t *> (7);

BEGIN
{
	byKey[1, "k"].a = 3;
	byKey[1, "k"].b = -4;
	byKey[1, "k"].c = 44;
	byKey[1, "k"].s = "text";
	byKey[1, "k"].t = "array";
	byKey[1, "k"].in.x = 10;
	byKey[1, "k"].in.y[1] = 11;
	byKey[1, "k"].in.y[2] += 12;
	byKey[1, "k"].in.x++;
	byKey[2, "k"].a = byKey[1, "k"].a * 100;
	printf("%d %d %d %s %s\n", byKey[1, "k"].a, byKey[1, "k"].b, byKey[1, "k"].c, byKey[1, "k"].s, byKey[1, "k"].t);
	printf("%d %d %d %d\n", byKey[1, "k"].in.x, byKey[1, "k"].in.y[0], byKey[1, "k"].in.y[1], byKey[1, "k"].in.y[2]);
	printf("%d %s.\n", byKey[2, "k"].a, byKey[2, "k"].s);
	byKey[1, "k"].a = (byKey[1, "k"].in.x = 5) + 1;
	printf("%d %d\n", byKey[1, "k"].a, byKey[1, "k"].in.x);
	self->own[4].y[0] = 9;
	self->own[4].y[2] = self->own[4].y[0]--;
	printf("%d %d\n", self->own[4].y[0], self->own[4].y[2]);
	rows[8][3] = 83;
	rows[8][pid == 0 ? 0 : 1] = 81;
	printf("%d %d %d\n", rows[8][0], rows[8][1], rows[8][3]);
}

BEGIN
{
	global = xlate <info_t> (7);
	this->copy = xlate <info_t> (2);
	printf("%d %s %c %d %d\n", global.number, global.name, global.letter, global.twice, global.left);
	printf("%d %s %c %d\n", this->copy.number, this->copy.name, this->copy.letter, this->copy.twice);
	here = byKey[1, "k"];
	this->p = xlate <info_t *> (&here);
	printf("%d %s %c %d\n", this->p->number, this->p->name, this->p->letter, this->p->twice);
	printf("%d %s\n", (*seven).number, stringof(seven->name));
	print(xlate <info_t> (3));
	print(*seven);
}

BEGIN
/uregs[R_CS] == 0x33 && uregs[R_SS] == 0x2b && uregs[R_SP] && uregs[R_PC] == uregs[R_RIP] && uregs[R_DS] + uregs[R_ES] == 0 &&
    uregs[R_FS] + uregs[R_GS] == 0 && uregs[R_TRAPNO] < 32 && uregs[R_ERR] < 1000/
{
	printf("registers of a program\n");
	exit(0);
}
