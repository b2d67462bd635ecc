/* Globals, self->, this->, associative arrays with tuple keys; unassigned ones read 0; if and else. */
#pragma D option quiet
self int unset; this int unset2;
int counts[string, int];
BEGIN
{
	counts["a", 1] = 10; counts["a", 2] = 20; counts["b", 1] += 5;
	printf("%d %d %d %d\n", counts["a", 1], counts["a", 2], counts["b", 1], counts["b", 2]);
	counts["a", 1] = 0;
	printf("%d\n", counts["a", 1]);
	counts["a", 2]++; counts["a", 2]++;
	printf("%d\n", counts["a", 2]);
	self->x = 7; self->name = "thread"; this->y = self->x * 6;
	names[self->x] = "seven"; self->arr["k", 3] = 33;
	printf("%d %s %d %s %d\n", self->x, self->name, this->y, names[7], self->arr["k", 3]);
	printf("[%s] %d %d\n", names[8], self->unset, this->unset2 = 5);
}
BEGIN
{
	this->n = self->x;
	if (this->n > 10) {
		printf("big\n");
	} else if (this->n == 7) {
		printf("seven\n");
		this->n = 1;
	} else
		printf("small\n");
	printf("after %d\n", this->n);
	exit(0);
}
