/* A pointer to char takes a string: where it lies. */
char *p;
const char *q;
this char *here;
BEGIN
{
	p = "abc";
	this->here = "def";
	q = strjoin("x", "y");
	self->r = p;
	printf("%s %s %s %c %c", stringof(p), stringof(this->here), stringof(q), p[1], *self->r);
	p = execname;
	p = 0;
	exit(0);
}
