/* Structures, bit-fields, unions, arrays of the script's own; pointers into them; enumerators. */
#pragma D option quiet
int arr[5], arr2[2][3];
struct st { int a:3; int b:5; unsigned c:7; char d; short e[3]; struct { int x; int y; } in; union { int i; char c[4]; } un; } st, *stp;
enum e { A, B = 5, C };
BEGIN
{
	arr[0] = 1; arr[4] = 5; arr2[1][2] = 9;
	printf("1 %d %d %d %d\n", arr[0], arr[4], arr[2], arr2[1][2]);
	st.a = 3; st.b = -7; st.c = 127; st.d = 'z'; st.e[2] = -5; st.in.x = 1; st.in.y = 2; st.un.i = 0x41424344;
	printf("2 %d %d %d %c %d %d %d %c %d\n", st.a, st.b, st.c, st.d, st.e[2], st.in.x, st.in.y, st.un.c[0], sizeof(st));
	st.a = 4; st.b = 20; st.c = 130;
	printf("3 %d %d %d\n", st.a, st.b, st.c);
	st.c++; st.a--;
	printf("4 %d %d\n", st.c, st.a);
	stp = (struct st *)alloca(sizeof(struct st));
	printf("5 %d %d %d\n", stp->d, stp->e[1], stp->a);
	stp->d = 'q'; stp->e[1] = 300; stp->a = 1;
	printf("6 %c %d %d\n", stp->d, stp->e[1], stp->a);
	*stp = st;
	printf("7 %c\n", stp->d);
	this->p = (int *)alloca(40);
	this->p[3] = 33; *(this->p + 4) = 44;
	printf("8 %d %d %d\n", this->p[3], *(this->p + 4), this->p[0]);
	printf("9 %d %d\n", &this->p[4] - this->p, (int)((uintptr_t)(this->p + 1) - (uintptr_t)this->p));
	this->c = (char *)this->p;
	printf("10 %d\n", this->c[12]);
	this->p++;
	printf("11 %d\n", this->p[2]);
	printf("12 %d %d\n", &arr[4] - &arr[1], (struct st *)(2 * sizeof(struct st)) - (struct st *)0);
	printf("13 %d %d %d %d\n", A, B, C, (enum e)5 == B);
	exit(0);
}
