/* print() of structures, scalars, strings; tracemem(); trace() of a structure. */
#pragma D option quiet
#pragma D option printsize=4096
struct inner { short a[3]; char name[8]; };
struct outer { int n; unsigned lo : 3; unsigned hi : 5; struct inner in[2]; union { int i; char c; } u; void *f; char ch; };
enum color { RED, GREEN = 5 };
struct outer o;
BEGIN
{
	o.n = -1; o.lo = 5; o.hi = 17; o.in[1].a[2] = 7; o.in[0].name[0] = 'h'; o.in[0].name[1] = 'i'; o.u.i = 0x41; o.ch = 'z';
	o.f = (void *)&`vfs_read;
	print(o);
	print(o.n); print(5ull); print("text"); print(o.ch);
	tracemem(&o.in[0].name, 8);
	tracemem(&o.in[0].name, 8, 3);
	trace(o.in[1]);
}
BEGIN { print(curthread->cred->uid); print(`system_state); }
BEGIN { print(`init_task.comm); exit(0); }
